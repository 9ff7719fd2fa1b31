// What will change when it is saved: each field as it is and as it will be.
import { Box, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldNames } from '../connections/field-names.ts';
import '../parts/scroll-shade.css';
import type { Change } from './changes.ts';

export function ChangeTable({ changes, names }: { readonly changes: readonly Change[]; readonly names: FieldNames }): JSX.Element {
  const { t } = useTranslation();
  if (changes.length === 0) return <Typography variant="body2" sx={{ color: 'text.secondary' }}>{t('edit.nothing')}</Typography>;
  return (
    <TableContainer className="scroll-shade" tabIndex={0} role="region" aria-label={t('edit.review')}>
      <Table size="small">
        <TableHead><TableRow><TableCell>{t('edit.field')}</TableCell><TableCell>{t('edit.before')}</TableCell><TableCell>{t('edit.after')}</TableCell></TableRow></TableHead>
        <TableBody>
          {changes.map(({ part, key, before, after }) => (
            <TableRow key={`${part} ${key}`}>
              <TableCell component="th" scope="row">{part === 'label' ? `${t('connection.facts.labels')}: ${key}` : part === 'destination' ? names.destination(key) : part === 'field' ? names.field(key) : names.variable(key)}</TableCell>
              <TableCell><Value text={before} as="del" /></TableCell>
              <TableCell><Value text={after} as="ins" /></TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Value({ text, as }: { readonly text: string | undefined; readonly as: 'del' | 'ins' }): JSX.Element {
  const { t } = useTranslation();
  if (text === undefined) return <Typography component="span" variant="body2" sx={{ color: 'text.secondary', fontStyle: 'italic' }}>{t('edit.absent')}</Typography>;
  return <Box component={as} sx={{ textDecoration: as === 'del' ? 'line-through' : 'none', color: as === 'del' ? 'error.main' : 'success.main', fontWeight: as === 'ins' ? 600 : 400, overflowWrap: 'anywhere' }}>{text === '' ? '""' : text}</Box>;
}
