// A table of many rows: sorted by a column, drawn only where one looks, scrolled within itself.
import { Box, CircularProgress, Paper } from '@mui/material';
import { type JSX, type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, gridOf, leastWidth, sortedRows, sortOf } from './column.ts';
import './data-table.css';
import { DataTableHead } from './data-table-head.tsx';
import { DataTableRows } from './data-table-rows.tsx';
import './scroll-shade.css';

export type { Column } from './column.ts';

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What is said where there are none. */
  readonly empty?: ReactNode;
  readonly maxHeight?: number | string;
  /** Called when the last rows come into sight: for more of them. */
  readonly onEnd?: () => void;
  /** Whether these are on their way. */
  readonly isFetchingMore?: boolean;
  /** Key of the column that it is sorted by, with - before it where descending; where it is not given the table keeps it itself. */
  readonly order?: string;
  readonly onOrder?: (order: string) => void;
}

export function DataTable<Row>({ label, columns, rows, rowKey, empty, maxHeight = '70dvh', onEnd, isFetchingMore = false, order: given, onOrder }: DataTableProps<Row>): JSX.Element {
  const { t, i18n } = useTranslation();
  const [own, setOwn] = useState('');
  const order = given ?? own;
  const sort = useMemo(() => sortOf(order), [order]);
  const sorted = useMemo(() => sortedRows(rows, columns, sort, i18n.language), [rows, columns, sort, i18n.language]);
  // Known a moment after it is there: the rows are drawn when it is.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const choose = onOrder ?? setOwn;
  const toggle = useCallback((key: string): void => choose(order === key ? `-${key}` : order === `-${key}` ? '' : key), [choose, order]);
  return (
    <>
      <Paper
        variant="outlined" ref={setScroller} role="table" aria-label={label} aria-rowcount={sorted.length + 1} tabIndex={0} className="data-table scroll-shade"
        sx={{ maxHeight, '--columns': gridOf(columns), '--least': `${leastWidth(columns)}px` }}
      >
        <DataTableHead columns={columns} sort={sort} onToggle={toggle} />
        {sorted.length === 0 ? <Box sx={{ p: 3, color: 'text.secondary' }}>{empty ?? t('common.empty')}</Box>
          : scroller === null ? null
          : <DataTableRows scroller={scroller} columns={columns} rows={sorted} rowKey={rowKey} {...(onEnd === undefined ? {} : { onEnd })} />}
      </Paper>
      {/* Over the last of the rows, so that nothing moves when more of them come. */}
      {isFetchingMore ? <Box sx={{ position: 'relative', height: 0, zIndex: 1 }}><CircularProgress size={24} aria-label={t('common.loading')} sx={{ position: 'absolute', bottom: 8, left: 'calc(50% - 12px)' }} /></Box> : null}
    </>
  );
}
