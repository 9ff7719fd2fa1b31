// Leads to the first field that is to be mended, once it says so.
import type { RefObject } from 'react';
import type { Fault } from '../connection-form/faults.ts';
import { idOf } from '../connection-form/form-field.tsx';

export function focusFault(place: RefObject<HTMLElement | null>, faults: readonly Fault[]): void {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const first = place.current?.querySelector<HTMLElement>('[role="combobox"][aria-invalid="true"], input:not([aria-hidden="true"])[aria-invalid="true"], textarea[aria-invalid="true"]');
    // A fault of a group has no field: the button that adds one is where it begins.
    const other = faults.map(({ field }) => document.querySelector<HTMLElement>(`#${idOf(field)}`)).find((one) => one !== null);
    (first ?? other)?.focus();
  }));
}
