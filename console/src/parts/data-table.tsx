// A table of many rows: sorted by a column, drawn only where one looks, scrolled within itself.
import { Box, Paper, TableSortLabel } from '@mui/material';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type JSX, type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** What it is sorted by; a column without it is not sorted. */
  readonly order?: (row: Row) => string | number;
  /** A length of CSS grids that its content does not decide: `minmax(120px, 1fr)` unless set. */
  readonly width?: string;
  readonly align?: 'start' | 'end';
}

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
  /** Key of the column that it is sorted by, with - before it where descending; where it is not given the table keeps it itself. */
  readonly order?: string;
  readonly onOrder?: (order: string) => void;
}

const ROW_HEIGHT = 44;
const BEYOND = 12;
/** Between columns, and at both ends, in pixels. */
const GAP = 16;
const LEAST = 120;
/** On a narrow screen the first column stays where the others are scrolled. */
const STICKY = { position: 'sticky', left: 0, zIndex: 1, bgcolor: 'background.paper', ml: -2, pl: 2, height: '100%', alignContent: 'center' } as const;

export function DataTable<Row>({ label, columns, rows, rowKey, empty, maxHeight = '70dvh', onEnd, order: given, onOrder }: DataTableProps<Row>): JSX.Element {
  const { t, i18n } = useTranslation();
  const [own, setOwn] = useState('');
  const order = given ?? own;
  const sort = useMemo(() => (order === '' ? undefined : { key: order.replace(/^-/, ''), isDescending: order.startsWith('-') }), [order]);
  const sorted = useMemo(() => sortedRows(rows, columns, sort, i18n.language), [rows, columns, sort, i18n.language]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: sorted.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: BEYOND,
    onChange: ({ range }) => { if (range !== null && range.endIndex >= sorted.length - 1 && sorted.length > 0) onEnd?.(); },
  });
  const template = columns.map(({ width }) => width ?? 'minmax(120px, 1fr)').join(' ');
  // Each line is a grid of its own. What stands in it must not decide how wide it is: columns would not be in line.
  const minWidth = columns.reduce((sum, { width }) => sum + leastOf(width), GAP * (columns.length - 1) + 2 * GAP);
  const line = { display: 'grid', gridTemplateColumns: template, alignItems: 'center', columnGap: 2, px: 2, minWidth } as const;

  const toggle = (key: string): void => (onOrder ?? setOwn)(order === key ? `-${key}` : order === `-${key}` ? '' : key);
  return (
    <Paper variant="outlined" ref={scroller} role="table" aria-label={label} aria-rowcount={sorted.length + 1} tabIndex={0} sx={{ maxHeight, overflow: 'auto' }}>
      <Box role="rowgroup" sx={{ position: 'sticky', top: 0, zIndex: 1, bgcolor: 'background.paper', borderBottom: 1, borderColor: 'divider', minWidth }}>
        <Box role="row" aria-rowindex={1} sx={{ ...line, minHeight: ROW_HEIGHT, fontWeight: 600, fontSize: 14 }}>
          {columns.map(({ key, head, order, align }, at) => {
            const isSorted = sort?.key === key;
            const direction = isSorted && sort.isDescending ? 'desc' : 'asc';
            return (
              <Box key={key} role="columnheader" aria-sort={isSorted ? (direction === 'asc' ? 'ascending' : 'descending') : undefined} sx={{ textAlign: align ?? 'start', ...(at === 0 ? { ...STICKY, height: ROW_HEIGHT } : {}) }}>
                {order === undefined ? head : <TableSortLabel active={isSorted} direction={direction} onClick={() => toggle(key)}>{head}</TableSortLabel>}
              </Box>
            );
          })}
        </Box>
      </Box>
      {sorted.length === 0 ? <Box sx={{ p: 3, color: 'text.secondary' }}>{empty ?? t('common.empty')}</Box> : (
        <Box role="rowgroup" sx={{ position: 'relative', height: virtual.getTotalSize(), minWidth }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = sorted[index];
            return row === undefined ? null : (
              <Box
                key={rowKey(row)} role="row" aria-rowindex={index + 2} style={{ transform: `translateY(${start}px)` }}
                sx={{ ...line, position: 'absolute', insetInline: 0, top: 0, height: ROW_HEIGHT, fontSize: 14, borderBottom: 1, borderColor: 'divider', '&:hover': { bgcolor: 'action.hover' } }}
              >
                {columns.map(({ key, cell, align }, at) => (
                  // A long text makes no row wider than its head: what does not fit is cut.
                  <Box key={key} role="cell" sx={{ contain: 'inline-size', textAlign: align ?? 'start', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', ...(at === 0 ? STICKY : {}) }}>{cell(row)}</Box>
                ))}
              </Box>
            );
          })}
        </Box>
      )}
    </Paper>
  );
}

/** The width that a column has where there is no room to share, in pixels: its greatest, where that is a length. */
function leastOf(width: string | undefined): number {
  const found = width?.matchAll(/(\d+)px/g).toArray().at(-1)?.[1];
  return found === undefined ? LEAST : Number(found);
}

function sortedRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: { readonly key: string; readonly isDescending: boolean } | undefined, language: string): readonly Row[] {
  const order = columns.find(({ key }) => key === sort?.key)?.order;
  if (sort === undefined || order === undefined) return rows;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const sign = sort.isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [order(a), order(b)];
    return sign * (typeof left === 'number' && typeof right === 'number' ? left - right : compare(String(left), String(right)));
  });
}
