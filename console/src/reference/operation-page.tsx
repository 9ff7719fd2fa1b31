// One operation: how it is called, what it takes, what it answers, who may, and how it fails.
import { Alert, Box, Chip, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { descriptionQuery, type Content, type Description, type Parameter } from '../api/description.ts';
import { NotFound } from '../app/not-found.tsx';
import { Breakable } from '../parts/breakable.tsx';
import { CodeBlock, JsonView } from '../parts/code-block.tsx';
import { type Fact, Facts } from '../parts/facts.tsx';
import { curlLine } from './curl-line.ts';
import { answersOf, groupsOf, isServed, type Listed, type ListedAnswer, parametersOf } from './listed.ts';
import { SchemaView, ValueLine } from './schema-view.tsx';
import { exampleOf, kindOf, resolved, type Schemas } from './shape.ts';

export function OperationPage(): JSX.Element | null {
  const { operationId = '' } = useParams();
  const { data: description } = useQuery(descriptionQuery);
  if (description === undefined) return null;
  const listed = groupsOf(description).flatMap(({ operations }) => operations).find(({ operation }) => operation.operationId === operationId);
  return listed === undefined ? <NotFound /> : <Operation key={operationId} listed={listed} description={description} />;
}

function Operation({ listed, description }: { readonly listed: Listed; readonly description: Description }): JSX.Element {
  const { t } = useTranslation();
  const { method, path, operation } = listed;
  const { operationId, summary, requestBody } = operation;
  const { schemas } = description.components;
  const answers = answersOf(operation, description);
  return (
    <Box component="article" aria-labelledby="operation-name">
      <Typography id="operation-name" component="h2" variant="h2" sx={{ overflowWrap: 'anywhere' }}><Breakable name={operationId} /></Typography>
      <Typography lang={isServed(listed) ? 'en' : undefined} sx={{ my: 1 }}>{isServed(listed) ? summary : t('reference.unserved')}</Typography>
      {isServed(listed) ? null : <Alert severity="info" lang="en" sx={{ mb: 1 }}>{operation.description}</Alert>}
      <Typography component="p" sx={{ mb: 2, overflowWrap: 'anywhere' }}><Chip size="small" label={method} sx={{ mr: 1, fontWeight: 700 }} /><code><Breakable name={path} /></code></Typography>
      <Facts facts={factsOf(listed, t('reference.open'), { permission: t('reference.permission'), effect: t('reference.effect'), service: t('reference.service') }, (effect) => t(`reference.effects.${effect}`))} />
      <Part title={t('reference.curl')}><CodeBlock text={curlLine(listed, description, location.origin)} label={t('reference.curl')} /></Part>
      {(['path', 'query', 'header'] as const).map((place) => <Parameters key={place} title={t(`reference.in.${place}`)} parameters={parametersOf(operation, description).filter((one) => one.in === place)} schemas={schemas} />)}
      {requestBody === undefined || !isServed(listed) ? null : <Part title={t('reference.body')}><Contents content={requestBody.content} schemas={schemas} /></Part>}
      {answers.filter(({ status }) => status.startsWith('2')).map(({ status, answer }) => (
        <Part key={status} title={`${t('reference.answer')} ${status}`}>{answer.content === undefined ? <span lang="en">{answer.description}</span> : <Contents content={answer.content} schemas={schemas} />}</Part>
      ))}
      <Part title={t('reference.errors')}><Errors answers={answers.filter(({ status }) => !status.startsWith('2'))} /></Part>
    </Box>
  );
}

function factsOf({ operation }: Listed, open: string, names: Readonly<Record<'permission' | 'effect' | 'service', string>>, effectWord: (effect: 'read' | 'write' | 'destroy') => string): readonly Fact[] {
  const { description = '', 'x-konektor-permission': permission, 'x-konektor-effect': effect, 'x-konektor-service': service } = operation;
  return [
    { name: names.permission, value: typeof permission === 'string' ? <code>{permission}</code> : description === '' ? open : <span lang="en">{description}</span> },
    ...(effect === undefined ? [] : [{ name: names.effect, value: effectWord(effect) }]),
    ...(service === undefined ? [] : [{ name: names.service, value: <code>{service}</code> }]),
  ];
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return <Box component="section" sx={{ mt: 3 }}><Typography component="h3" variant="subtitle1" sx={{ fontWeight: 600, mb: 0.5 }}>{title}</Typography>{children}</Box>;
}

function Parameters({ title, parameters, schemas }: { readonly title: string; readonly parameters: readonly Parameter[]; readonly schemas: Schemas }): JSX.Element | null {
  if (parameters.length === 0) return null;
  return (
    <Part title={title}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {parameters.map(({ name, schema, description, required = false }) => (
          <Box component="li" key={name} sx={{ borderTop: 1, borderColor: 'divider', py: 0.75 }}>
            <ValueLine name={name} schema={{ ...resolved(schema, schemas), ...(description === undefined ? {} : { description }) }} kind={kindOf(schema)} isRequired={required} />
          </Box>
        ))}
      </Box>
    </Part>
  );
}

function Contents({ content, schemas }: { readonly content: Readonly<Record<string, Content>>; readonly schemas: Schemas }): JSX.Element {
  const { t } = useTranslation();
  return (
    <>
      {Object.entries(content).map(([type, { schema, example }]) => (
        <Box key={type}>
          <Typography variant="caption" sx={{ color: 'text.secondary' }}>{type}</Typography>
          <SchemaView schema={schema} schemas={schemas} />
          <JsonView value={example ?? exampleOf(schema, schemas)} label={t('schema.example')} maxHeight={300} />
        </Box>
      ))}
    </>
  );
}

function Errors({ answers }: { readonly answers: readonly ListedAnswer[] }): JSX.Element {
  const { t } = useTranslation();
  return (
    <>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>{t('reference.errorHelp')}</Typography>
      <Facts facts={answers.map(({ status, answer }) => ({ name: status, value: <span lang="en">{answer.description}</span> }))} />
    </>
  );
}
