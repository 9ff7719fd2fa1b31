// Columns of an entity type, or inputs and results of an action.
import { Box, Link, Paper, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { Field } from '../api/schema.ts';
import { addressOf } from '../app/place.ts';
import { Breakable } from '../parts/breakable.tsx';
import '../parts/scroll-shade.css';

const MOST_CHOICES = 12;

export interface FieldTableProps {
  readonly label: string;
  readonly connection: string;
  readonly fields: readonly Field[];
  /** Which marks are told of a field: an action's inputs are written, and filtered by nobody. */
  readonly of: 'entity' | 'input' | 'output';
}

export function FieldTable({ label, connection, fields, of }: FieldTableProps): JSX.Element {
  const { t } = useTranslation();
  return (
    <TableContainer component={Paper} variant="outlined" className="scroll-shade" tabIndex={0} role="region" aria-label={label} sx={{ my: 1, maxHeight: '70dvh' }}>
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell>{t('common.name')}</TableCell>
            <TableCell>{t('schema.type')}</TableCell>
            {of === 'entity' ? <TableCell>{t('schema.written')}</TableCell> : null}
            {of === 'entity' ? <TableCell>{t('schema.filters')}</TableCell> : null}
            <TableCell sx={{ minWidth: 240 }}>{t('common.description')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {fields.map((field) => {
            const { name, dataType, description, reference, additionalDetails = {} } = field;
            const { writable = [], filters = [], enum: choices = [] } = additionalDetails;
            return (
              <TableRow key={name} sx={{ verticalAlign: 'top' }}>
                <TableCell component="th" scope="row" sx={{ minWidth: 160, maxWidth: 240, overflowWrap: 'anywhere' }}>
                  <code><Breakable name={name} /></code>{marksOf(field, of).map((mark) => <Typography key={mark} variant="caption" component="div" sx={{ color: 'text.secondary' }}>{t(`schema.marks.${mark}`)}</Typography>)}
                </TableCell>
                <TableCell sx={{ minWidth: 110, overflowWrap: 'anywhere' }}>
                  {dataType.toLowerCase()}
                  {reference === undefined ? null : <Box><Link component={RouterLink} to={addressOf(connection, `schema/entities/${reference.name}`)}>→ <Breakable name={reference.name} /></Link></Box>}
                </TableCell>
                {of === 'entity' ? <TableCell>{writable.map((one) => t(`operations.${one}`)).join(', ')}</TableCell> : null}
                {of === 'entity' ? <TableCell><code>{filters.join(' ')}</code></TableCell> : null}
                <TableCell sx={{ overflowWrap: 'anywhere' }}>
                  <span lang="en">{description}</span>
                  {choices.length === 0 ? null : <Typography variant="caption" component="div" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{choices.slice(0, MOST_CHOICES).join(' · ')}{choices.length > MOST_CHOICES ? ' …' : ''}</Typography>}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function marksOf({ key, nullable, additionalDetails }: Field, of: FieldTableProps['of']): readonly ('key' | 'required' | 'money')[] {
  const isRequired = of === 'input' ? !nullable : additionalDetails?.required?.includes('CREATE') === true;
  return [...(key === true ? ['key' as const] : []), ...(isRequired && of !== 'output' ? ['required' as const] : []), ...(additionalDetails?.unit === undefined ? [] : ['money' as const])];
}
