// What a page is set to, kept in the query of its address: it survives a reload, can be sent to others and gone back to.
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** A value of the address's query; '' where there is none, and '' takes it away. Setting it makes no new entry in the history. */
export function useAddressValue(name: string): readonly [string, (value: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback((value: string): void => {
    setParameters(() => {
      // What the address says by now, which may be more than what the page has drawn: of two that are set in turn, both stay.
      const next = new URLSearchParams(location.search);
      if (value === '') next.delete(name);
      else next.set(name, value);
      return next;
      // At once, or a field that shows it would lose the letters of a fast writer.
    }, { replace: true, flushSync: true });
  }, [name, setParameters]);
  return [parameters.get(name) ?? '', set];
}

/** The order of a table, `name` or `-name`, as `DataTable` takes it. */
export function useAddressOrder(name = 'order'): { readonly order: string; readonly onOrder: (order: string) => void } {
  const [order, onOrder] = useAddressValue(name);
  return { order, onOrder };
}
