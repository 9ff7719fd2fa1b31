// Leads to the first field that is to be mended, as soon as it is on the page: its step, or what it is folded away in, may come
// later than what is known of it. Whoever does something else meanwhile is left alone.
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Fault } from '../connection-form/faults.ts';
import { idOf } from '../connection-form/form-field.tsx';

export interface FaultFocus {
  readonly seek: (faults: readonly Fault[]) => void;
  readonly forget: () => void;
}

export function useFaultFocus(place: RefObject<HTMLElement | null>): FaultFocus {
  const sought = useRef<readonly Fault[]>([]);
  // After whatever the page drew anew.
  useEffect(() => {
    const wanted = new Set(sought.current.map(({ field }) => idOf(field)));
    if (wanted.size === 0) return;
    const first = [...place.current?.querySelectorAll<HTMLElement>('[id^="field-"]') ?? []].find(({ id }) => wanted.has(id));
    if (first === undefined) return;
    sought.current = [];
    first.focus();
  });
  return {
    seek: useCallback((faults) => { sought.current = faults; }, []),
    forget: useCallback(() => { sought.current = []; }, []),
  };
}
