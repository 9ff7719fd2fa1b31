// Everything that is about to be made, step by step, each with the way back to it.
import { Alert, Box, Button, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenWay } from '../connection-form/draft.ts';
import { FaultSaid } from '../connection-form/fault-said.tsx';
import { type Step, STEPS, stepOf } from '../connection-form/faults.ts';
import { useConnectionForm } from '../connection-form/form-context.ts';
import { MissingRoles } from '../connection-form/missing-roles.tsx';
import { shortOf } from '../connection-form/short-name.ts';
import { useTemplateWords } from '../connection-form/template-words.ts';
import { unusedIn } from '../connection-form/warnings.ts';
import { type Fact, Facts } from '../parts/facts.tsx';
import { Section } from '../parts/section.tsx';
import { ServerSaid } from '../parts/server-said.tsx';
import { WrittenTabs } from './written-tabs.tsx';

export function Review({ onStep }: { readonly onStep: (step: Step) => void }): JSX.Element {
  const { t } = useTranslation();
  const { faults, warnings, missingRoles, isExisting } = useConnectionForm();
  const facts = useFacts();
  return (
    <>
      {faults.length === 0 ? null : (
        <Alert severity="error" sx={{ mb: 2 }}>
          {t('wizard.faults')}
          <ul>{faults.map((fault) => <li key={`${fault.field} ${fault.text}`}>{t(`wizard.steps.${stepOf(fault.field)}`)}: <FaultSaid fault={fault} /></li>)}</ul>
        </Alert>
      )}
      {warnings.length === 0 ? null : <Alert severity="info" sx={{ mb: 2 }}>{t('wizard.warnings')}<ul>{warnings.map((warning) => <li key={warning}><WarningSaid warning={warning} /></li>)}</ul></Alert>}
      {missingRoles.map((one) => <Box key={one.secret} sx={{ mb: 2 }}><MissingRoles {...one} /></Box>)}
      {STEPS.filter((step) => step !== 'review').map((step) => (
        <Section
          key={step} title={t(`wizard.steps.${step}`)}
          actions={isExisting && step === 'location' ? null : <Button size="small" onClick={() => onStep(step)} aria-label={`${t('common.edit')}: ${t(`wizard.steps.${step}`)}`}>{t('common.edit')}</Button>}
        >
          <Facts facts={facts[step].map((fact) => (fact.value === '' ? { ...fact, value: <Typography variant="body2" component="span" sx={{ color: 'text.secondary' }}>{t('wizard.unsaid')}</Typography> } : fact))} />
        </Section>
      ))}
      <WrittenTabs />
    </>
  );
}

function WarningSaid({ warning }: { readonly warning: string }): JSX.Element {
  const { t } = useTranslation();
  const unused = unusedIn(warning);
  if (unused === undefined) return <ServerSaid said={[{ text: warning, isServers: true }]} />;
  const { name, meant } = unused;
  return <>{meant === undefined ? t('wizard.unused', { name }) : t('wizard.unusedMeant', { name, meant })}</>;
}

function useFacts(): Readonly<Record<Exclude<Step, 'review'>, readonly Fact[]>> {
  const { t } = useTranslation();
  const words = useTemplateWords();
  const { draft, body, version, project } = useConnectionForm();
  const { configVariables = [], destinationConfigs = [], nodeConfig = {}, authConfig } = body;
  const templates = version?.configVariableTemplates ?? [];
  const name = (key: string): string => {
    const template = [...templates, ...(chosenWay(draft, version)?.configVariableTemplates ?? [])].find((one) => one.key === key);
    return template === undefined ? key : words.variable(template).label;
  };
  const valueOf = ({ key, stringValue, intValue, boolValue, secretValue }: (typeof configVariables)[number]): string => {
    const option = templates.find((one) => one.key === key)?.enumOptions?.find(({ id }) => id === stringValue);
    if (option !== undefined) return words.option(key, option).label;
    if (secretValue?.secretVersion !== undefined) return shownSecret(secretValue.secretVersion, project);
    return boolValue === undefined ? String(stringValue ?? intValue ?? '') : t(boolValue ? 'common.yes' : 'common.no');
  };
  const destinationName = (key: string): string => {
    const template = version?.destinationConfigTemplates.find((one) => one.key === key);
    return template === undefined ? key : words.destination(template).label;
  };
  const others = Object.keys(draft.rest);
  const way = chosenWay(draft, version);
  const password = authConfig?.userPassword?.password?.secretVersion;
  return {
    location: [{ name: t('connectionForm.region'), value: draft.region }],
    details: [
      { name: t('connectionForm.connector'), value: version === undefined ? '' : `${draft.connector.split('/').at(-1) ?? ''}, ${t('connectionForm.version')} ${version.name.split('/').at(-1) ?? ''}` },
      { name: t('connectionForm.name'), value: draft.id }, { name: t('connectionForm.description'), value: draft.description }, { name: t('connectionForm.account'), value: draft.serviceAccount },
      { name: t('connectionForm.nodes'), value: `${nodeConfig.minNodeCount ?? 2} – ${nodeConfig.maxNodeCount ?? 50}` },
      ...configVariables.map((one) => ({ name: name(one.key), value: valueOf(one) })),
      ...destinationConfigs.map(({ key, destinations = [] }) => ({ name: destinationName(key), value: destinations.map(({ host = '', port }) => (port === undefined ? host : `${host}:${port}`)).join(', ') })),
      { name: t('connectionForm.labels'), value: draft.labels.map(({ key, value }) => `${key}=${value}`).join(', ') },
      { name: t('connectionForm.logging'), value: draft.logLevel === '' ? t('connectionForm.noLogging') : draft.logLevel },
      ...(others.length === 0 ? [] : [{ name: t('wizard.more'), value: others.join(', ') }]),
    ],
    authentication: [
      { name: t('connectionForm.way'), value: way === undefined ? '' : words.way(way).label },
      ...(authConfig?.additionalVariables ?? []).map((one) => ({ name: name(one.key), value: valueOf(one) })),
      ...(password === undefined ? [] : [{ name: name('password'), value: shownSecret(password, project) }]),
    ],
  };
}

/** `stripe-key, 3` */
function shownSecret(version: string, project: string): string {
  const [secret = '', number = ''] = version.split('/versions/');
  return `${shortOf(secret, project)}, ${number}`;
}
