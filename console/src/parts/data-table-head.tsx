// The head of a table, which stays while rows are scrolled beneath it: names of columns, and what rows are sorted by.
import { TableSortLabel } from '@mui/material';
import { type JSX } from 'react';
import { cellClass, type Column, type Sort } from './column.ts';

export interface DataTableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | undefined;
  readonly onToggle: (key: string) => void;
}

export function DataTableHead<Row>({ columns, sort, onToggle }: DataTableHeadProps<Row>): JSX.Element {
  return (
    <div role="rowgroup" className="data-table-head">
      <div role="row" aria-rowindex={1} className="data-table-line">
        {columns.map(({ key, head, order, align }, at) => {
          const isSorted = sort?.key === key;
          const direction = isSorted && sort.isDescending ? 'desc' : 'asc';
          return (
            <div key={key} role="columnheader" aria-sort={isSorted ? (direction === 'asc' ? 'ascending' : 'descending') : undefined} className={cellClass(align, at)}>
              {order === undefined ? head : <TableSortLabel active={isSorted} direction={direction} onClick={() => onToggle(key)}>{head}</TableSortLabel>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
