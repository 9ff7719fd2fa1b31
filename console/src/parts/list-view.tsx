// A list that a page shows: found by what one types, sorted by its columns, both kept in the address; with what is said while it
// comes, where it fails, where there is nothing, and where nothing passes.
import Search from '@mui/icons-material/Search';
import { Box, InputAdornment, TextField, Typography } from '@mui/material';
import { type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isPassing } from '../api/failed.ts';
import { useAddressOrder, useAddressValue } from './address-state.ts';
import { type Column, DataTable } from './data-table.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { Loading } from './loading.tsx';

export interface ListViewProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** undefined while they are on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly rowKey: (row: Row) => string;
  /** What a search looks through. */
  readonly textOf: (row: Row) => string;
  /** What to do where there are none. */
  readonly empty: ReactNode;
  /** More choices beside the search. */
  readonly filters?: ReactNode;
  /** Whether one of them holds rows back. */
  readonly isFiltered?: boolean;
  /** Where a page has several lists: what their values in the address begin with. */
  readonly prefix?: string;
  readonly maxHeight?: number | string;
}

export function ListView<Row>({ label, columns, rows, error, retry, rowKey, textOf, empty, filters, isFiltered = false, prefix = '', maxHeight }: ListViewProps<Row>): JSX.Element {
  const { t } = useTranslation();
  const [search, setSearch] = useAddressValue(`${prefix}q`);
  const order = useAddressOrder(`${prefix}order`);
  if (error !== null && rows === undefined) return <ErrorAlert error={error} retry={retry} />;
  if (rows === undefined) return <Loading />;
  const wanted = search.trim().toLowerCase();
  // Where there is nothing at all there is nothing to look for.
  const isEmpty = rows.length === 0 && wanted === '' && !isFiltered;
  const found = rows.filter((row) => textOf(row).toLowerCase().includes(wanted));
  return (
    <Box>
      {error === null || isPassing(error) ? null : <ErrorAlert error={error} retry={retry} />}
      {isEmpty ? null : <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mt: 2, mb: 1.5 }}>
        <TextField
          label={`${t('common.search')}: ${label}`} type="search" value={search} onChange={({ target }) => setSearch(target.value)} sx={{ width: { xs: '100%', sm: 320 } }}
          slotProps={{ input: { startAdornment: <InputAdornment position="start"><Search fontSize="small" /></InputAdornment> } }}
        />
        {filters}
        <Typography role="status" variant="caption" sx={{ color: 'text.secondary' }}>{t('common.rows', { count: found.length })}</Typography>
      </Box>}
      <DataTable
        label={label} columns={columns} rows={found} rowKey={rowKey} empty={isEmpty ? empty : t('common.noMatch')} {...order}
        {...(maxHeight === undefined ? {} : { maxHeight })}
      />
    </Box>
  );
}
