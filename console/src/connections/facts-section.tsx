// What a connection is configured with, in words; whatever the words leave out stands in the JSON below.
import { Link } from '@mui/material';
import { type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router';
import { connectorVersionsQuery } from '../api/catalogue.ts';
import { type ConfiguredConnection, regionOf } from '../api/connections.ts';
import { addressOf } from '../app/place.ts';
import type { BodyVariable } from '../connection-form/body.ts';
import { useTemplateWords } from '../connection-form/template-words.ts';
import { Breakable } from '../parts/breakable.tsx';
import { type Fact, Facts } from '../parts/facts.tsx';
import { JsonDisclosure } from '../parts/json-disclosure.tsx';
import { LabelChips } from '../parts/label-chips.tsx';
import { Section } from '../parts/section.tsx';
import { useFieldNames } from './field-names.ts';

export function FactsSection({ connection }: { readonly connection: ConfiguredConnection }): JSX.Element {
  const { t } = useTranslation();
  const { name, connectorVersion = '', description = '', labels = {}, serviceAccount = '', configVariables = [], destinationConfigs = [], authConfig, nodeConfig, logConfig, trafficShapingConfigs = [], host } = connection;
  const words = useTemplateWords();
  const { data: versions = [] } = useQuery(connectorVersionsQuery(connectorVersion.split('/versions/')[0] ?? ''));
  const version = versions.find((one) => one.name === connectorVersion);
  const { way, variable: variableName, destination: destinationName } = useFieldNames(version, connection);
  const [, provider = '', connector = '', number = ''] = /providers\/([^/]+)\/connectors\/([^/]+)\/versions\/([^/]+)/.exec(connectorVersion) ?? [];
  const password = authConfig?.userPassword?.password?.secretVersion;
  const facts: readonly Fact[] = [
    { name: t('connection.facts.name'), value: <code>{name}</code> },
    { name: t('connection.facts.connector'), value: `${provider}/${connector}, ${number}` },
    ...(description === '' ? [] : [{ name: t('connection.facts.description'), value: description }]),
    ...(Object.keys(labels).length === 0 ? [] : [{ name: t('connection.facts.labels'), value: <LabelChips labels={labels} /> }]),
    { name: t('connection.facts.region'), value: regionOf(name) },
    { name: t('connection.facts.account'), value: <Account email={serviceAccount} /> },
    ...(authConfig === undefined ? [] : [{ name: t('connection.facts.authentication'), value: (way === undefined ? undefined : words.way(way).label) ?? authConfig.authKey ?? authConfig.authType ?? '' }]),
    ...(authConfig?.userPassword?.username === undefined ? [] : [{ name: variableName('username'), value: authConfig.userPassword.username }]),
    ...(password === undefined ? [] : [{ name: variableName('password'), value: <SecretLink version={password} /> }]),
    ...(authConfig?.additionalVariables ?? []).map((one) => ({ name: variableName(one.key), value: <VariableValue variable={one} /> })),
    ...configVariables.map((one) => ({ name: variableName(one.key), value: <VariableValue variable={one} /> })),
    ...destinationConfigs.map(({ key, destinations = [] }) => ({ name: destinationName(key), value: destinations.map(({ host: of = '', port }) => (port === undefined ? of : `${of}:${port}`)).join(', ') })),
    { name: t('connection.facts.nodes'), value: t('connection.facts.nodesFromTo', { from: String(nodeConfig?.minNodeCount ?? ''), to: String(nodeConfig?.maxNodeCount ?? '') }) },
    { name: t('connection.facts.log'), value: logConfig?.enabled === true ? (logConfig.level ?? '') : t('connection.facts.off') },
    ...trafficShapingConfigs.map(({ quotaLimit = '', duration = '' }) => ({ name: t('connection.facts.shaping'), value: t('connection.facts.shapingRate', { quota: quotaLimit, duration }) })),
    ...(host === undefined ? [] : [{ name: t('connection.facts.host'), value: <code>{host}</code> }]),
  ];
  return (
    <Section title={t('connection.configuration')}>
      <Facts facts={facts.filter(({ value }) => value !== '' && value !== null)} />
      <JsonDisclosure value={connection} label={t('connection.configuration')} />
    </Section>
  );
}

function Account({ email }: { readonly email: string }): JSX.Element {
  const [, project] = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email) ?? [];
  return project === undefined ? <span><Breakable name={email} /></span> : <Link component={RouterLink} to={addressOf(`projects/${project}/serviceAccounts/${email}`)}><Breakable name={email} /></Link>;
}

function SecretLink({ version }: { readonly version: string }): JSX.Element {
  const [secret = '', number = ''] = version.split('/versions/');
  return <><Link component={RouterLink} to={addressOf(secret)}>{secret.split('/').at(-1)}</Link> ({number})</>;
}

function VariableValue({ variable: { secretValue, boolValue, intValue, stringValue } }: { readonly variable: BodyVariable }): ReactNode {
  const { t } = useTranslation();
  if (secretValue?.secretVersion !== undefined) return <SecretLink version={secretValue.secretVersion} />;
  if (boolValue !== undefined) return t(boolValue ? 'common.yes' : 'common.no');
  return String(intValue ?? stringValue ?? '—');
}
