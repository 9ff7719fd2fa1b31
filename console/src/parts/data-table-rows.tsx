// The rows of a table where one looks, and some beyond. What is scrolled into sight is drawn within a frame, so that rows and cells
// are plain elements: nothing here, and nothing in a cell of a long list, may style itself by script or look at more than its row.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type JSX, useMemo } from 'react';
import { cellClass, type Column } from './column.ts';

/** As the style sheet has it. */
const ROW_HEIGHT = 44;
const BEYOND = 6;

export interface DataTableRowsProps<Row> {
  readonly scroller: HTMLElement;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly onEnd?: () => void;
}

export function DataTableRows<Row>({ scroller, columns, rows, rowKey, onEnd }: DataTableRowsProps<Row>): JSX.Element {
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller, estimateSize: () => ROW_HEIGHT, overscan: BEYOND,
    onChange: ({ range }) => { if (range !== null && range.endIndex >= rows.length - 1) onEnd?.(); },
  });
  return (
    <div role="rowgroup" className="data-table-body" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, start }) => {
        const row = rows[index];
        return row === undefined ? null : <DataTableRow key={rowKey(row)} columns={columns} row={row} index={index} start={start} />;
      })}
    </div>
  );
}

interface DataTableRowProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly row: Row;
  readonly index: number;
  readonly start: number;
}

/** Its cells are drawn once, however far it is scrolled. */
function DataTableRow<Row>({ columns, row, index, start }: DataTableRowProps<Row>): JSX.Element {
  const cells = useMemo(() => columns.map(({ key, cell, align }, at) => <div key={key} role="cell" className={cellClass(align, at)}>{cell(row)}</div>), [columns, row]);
  return <div role="row" aria-rowindex={index + 2} className="data-table-line" style={{ transform: `translateY(${start}px)` }}>{cells}</div>;
}
