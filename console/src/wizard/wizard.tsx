// "Create new": step by step from nothing, or from another connection, to one that works. What was filled in stays there on the
// way back, also from a connection that was made and does not work.
import { Box, Button, Paper, Stack } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type JSX, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Operation } from '../api/operation.ts';
import { addressOf } from '../app/place.ts';
import { AuthenticationFields } from '../connection-form/authentication-fields.tsx';
import { FORM_MASK } from '../connection-form/body.ts';
import { DetailFields } from '../connection-form/detail-fields.tsx';
import type { Draft } from '../connection-form/draft.ts';
import { type Step, STEPS, stepOf } from '../connection-form/faults.ts';
import { FormContext } from '../connection-form/form-context.ts';
import { RegionField } from '../connection-form/region-field.tsx';
import { useForm } from '../connection-form/use-form.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { FocusedHeading } from './focused-heading.tsx';
import { Outcome } from './outcome.tsx';
import { Review } from './review.tsx';
import { StepList } from './step-list.tsx';
import { useFaultFocus } from './use-fault-focus.ts';

export function Wizard({ project, start }: { readonly project: string; readonly start: Draft }): JSX.Element {
  const { t } = useTranslation();
  /** The connection, once it is there. */
  const [made, setMade] = useState<string | undefined>();
  const [operation, setOperation] = useState<string | undefined>();
  const [step, goTo] = useStep();
  const form = useForm(project, start, made !== undefined);
  const place = useRef<HTMLFormElement>(null);
  const { seek, forget } = useFaultFocus(place);
  const { draft, body } = form;
  const name = made ?? `projects/${project}/locations/${draft.region}/connections/${draft.id}`;

  const making = useMutation({
    mutationFn: async () => (made === undefined
      ? call<Operation>(`/v1/projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(draft.region)}/connections`, { method: 'POST', query: { connectionId: draft.id }, body })
      : call<Operation>(`/v1/${made}`, { method: 'PATCH', query: { updateMask: FORM_MASK }, body })),
    onSuccess: (begun) => {
      setMade(name);
      setOperation(begun.name);
    },
  });

  /** Past the step, or from the last on to the connection, unless the server finds something there. */
  const forward = useMutation({
    mutationFn: async () => (await form.check()).filter(({ field }) => step === 'review' || stepOf(field) === step),
    onSuccess: (faults) => {
      const first = STEPS.find((one) => faults.some(({ field }) => stepOf(field) === one));
      if (first !== undefined) {
        goTo(first);
        seek(faults);
      } else if (step === 'review') making.mutate();
      else goTo(STEPS[STEPS.indexOf(step) + 1] ?? 'review');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // Dialogs that are opened from a field hand their own submits up to here.
    if (event.target !== event.currentTarget) return;
    form.reveal(step === 'review' ? STEPS : [step]);
    forward.mutate();
  };

  const failure = forward.error ?? making.error;
  if (operation !== undefined) {
    return (
      <Outcome
        key={operation} name={name} operation={operation}
        onMend={(where) => {
          setOperation(undefined);
          goTo(where);
        }}
      />
    );
  }
  return (
    <FormContext value={form}>
      <StepList step={step} onStep={(next) => {
        form.reveal([step]);
        goTo(next);
      }} />
      <Paper variant="outlined" component="form" noValidate ref={place} onSubmit={submit} onKeyDownCapture={forget} onPointerDownCapture={forget} sx={{ p: { xs: 1.5, sm: 3 } }}>
        <Box sx={{ mb: 2 }}><FocusedHeading key={step}>{t(`wizard.steps.${step}`)}</FocusedHeading></Box>
        <Box role="tabpanel" aria-label={t(`wizard.steps.${step}`)}>
          {step === 'location' ? <RegionField /> : step === 'details' ? <DetailFields /> : step === 'authentication' ? <AuthenticationFields /> : <Review onStep={goTo} />}
        </Box>
        {failure === null ? null : <ErrorAlert error={failure} />}
        <Stack direction="row" spacing={1} useFlexGap sx={{ mt: 3, flexWrap: 'wrap' }}>
          {step === 'location' ? null : <Button onClick={() => goTo(STEPS[STEPS.indexOf(step) - 1] ?? 'location')}>{t('common.back')}</Button>}
          <Button type="submit" variant="contained" loading={forward.isPending || making.isPending}>{step !== 'review' ? t('common.next') : made === undefined ? t('wizard.create') : t('wizard.save')}</Button>
          <Box sx={{ flexGrow: 1 }} />
          <Button component={Link} to={addressOf(`projects/${project}`, 'connections')}>{t('wizard.leave')}</Button>
        </Stack>
      </Paper>
    </FormContext>
  );
}

/** The step is in the address, so that the browser's own ways back and forward go through the wizard. */
function useStep(): readonly [Step, (step: Step) => void] {
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get('step');
  return [
    STEPS.find((one) => one === asked) ?? 'location',
    (step) => setParameters((now) => new URLSearchParams([...[...now].filter(([key]) => key !== 'step'), ['step', step]])),
  ];
}
