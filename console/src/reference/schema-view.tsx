// A schema to read: its members with kind and meaning, and what lies within them behind a button.
import { Box, Typography } from '@mui/material';
import { type JSX, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../api/description.ts';
import { boundsOf, innerOf, kindOf, membersOf, resolved, type Schemas, valuesOf } from './shape.ts';

const MOST_VALUES = 20;

export function SchemaView({ schema, schemas }: { readonly schema: Schema; readonly schemas: Schemas }): JSX.Element {
  const inner = innerOf(schema, schemas);
  return (
    <Box sx={{ my: 1 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}><code>{kindOf(schema)}</code> <span lang="en">{describedAs(resolved(schema, schemas))}</span></Typography>
      {inner === undefined ? null : <Members schema={inner} schemas={schemas} />}
    </Box>
  );
}

function Members({ schema, schemas }: { readonly schema: Schema; readonly schemas: Schemas }): JSX.Element {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {membersOf(schema).map(({ name, schema: one, isRequired }) => <MemberItem key={name} name={name} given={one} isRequired={isRequired} schemas={schemas} />)}
    </Box>
  );
}

function MemberItem({ name, given, isRequired, schemas }: { readonly name: string; readonly given: Schema; readonly isRequired: boolean; readonly schemas: Schemas }): JSX.Element {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const schema = resolved(given, schemas);
  const inner = innerOf(schema, schemas);
  return (
    <Box component="li" sx={{ borderTop: 1, borderColor: 'divider', py: 0.75 }}>
      <ValueLine name={name} schema={schema} kind={kindOf(given)} isRequired={isRequired} />
      {inner === undefined ? null : (
        <Box component="details" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)} sx={{ mt: 0.5 }}>
          <Typography component="summary" variant="body2" sx={{ cursor: 'pointer', color: 'primary.main' }}>{t('reference.within', { name })}</Typography>
          {/* Made when it is opened: a schema may hold itself. */}
          {isOpen ? <Box sx={{ pl: { xs: 1, sm: 2 }, borderLeft: 2, borderColor: 'divider' }}><Members schema={inner} schemas={schemas} /></Box> : null}
        </Box>
      )}
    </Box>
  );
}

export interface ValueLineProps {
  readonly name: string;
  readonly schema: Schema;
  readonly kind: string;
  readonly isRequired: boolean;
  /** Stands behind the kind. */
  readonly mark?: ReactNode;
}

/** A name with its kind, and below it what it is for and which values it takes. */
export function ValueLine({ name, schema, kind, isRequired, mark }: ValueLineProps): JSX.Element {
  const { t } = useTranslation();
  const values = valuesOf(schema);
  const bounds = boundsOf(schema);
  return (
    <>
      <Typography variant="body2" component="div" sx={{ overflowWrap: 'anywhere' }}>
        <Box component="code" sx={{ fontWeight: 700 }}>{name}</Box> <Box component="code" sx={{ color: 'text.secondary' }}>{kind}</Box>
        {isRequired ? <Box component="span" sx={{ color: 'error.main', ml: 1 }}>{t('schema.marks.required')}</Box> : null}{mark}
      </Typography>
      <Typography variant="body2" component="div" lang="en" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{describedAs(schema)}</Typography>
      {values.length === 0 && bounds.length === 0 ? null : (
        <Typography variant="caption" component="div" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}><code>{[...values.slice(0, MOST_VALUES), ...(values.length > MOST_VALUES ? ['…'] : []), ...bounds].join(' · ')}</code></Typography>
      )}
    </>
  );
}

function describedAs({ description }: Schema): string {
  return typeof description === 'string' ? description : '';
}
