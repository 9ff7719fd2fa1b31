// The steps, each with a mark where something is to be mended; any can be gone to.
import { Box, Step as MuiStep, StepButton, StepLabel, Stepper } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { type Step, STEPS, stepOf } from '../connection-form/faults.ts';
import { useConnectionForm } from '../connection-form/form-context.ts';

export function StepList({ step, onStep }: { readonly step: Step; readonly onStep: (step: Step) => void }): JSX.Element {
  const { t } = useTranslation();
  const { faults, isRevealed } = useConnectionForm();
  const here = STEPS.indexOf(step);
  return (
    <Stepper nonLinear activeStep={here} alternativeLabel sx={{ mb: 2, '& .MuiStep-root': { px: { xs: 0, sm: 1 }, minWidth: 0 }, '& .MuiStepLabel-label': { fontSize: { xs: '0.7rem', sm: '0.875rem' } }, '& .MuiStepButton-root': { px: { xs: 0, sm: 2 }, mx: { xs: 0, sm: -2 } } }} aria-label={t('wizard.stepOf', { number: here + 1, count: STEPS.length })}>
      {STEPS.map((one) => {
        const hasFault = isRevealed(one) && faults.some(({ field }) => stepOf(field) === one);
        return (
          <MuiStep key={one} completed={isRevealed(one) && !hasFault && one !== 'review'}>
            <StepButton onClick={() => onStep(one)}>
              <StepLabel error={hasFault}>{t(`wizard.steps.${one}`)}{hasFault ? <Box component="span" sx={{ position: 'absolute', clipPath: 'inset(50%)' }}> {t('wizard.hasFaults')}</Box> : null}</StepLabel>
            </StepButton>
          </MuiStep>
        );
      })}
    </Stepper>
  );
}
