// What every field of the form of a connection works with.
import { createContext, useContext } from 'react';
import type { ConnectorVersion } from '../api/catalogue.ts';
import type { Validation } from '../api/validation.ts';
import type { ConnectionBody } from './body.ts';
import type { Draft } from './draft.ts';
import type { Fault, FieldId, Step } from './faults.ts';

export interface ConnectionForm {
  readonly project: string;
  readonly draft: Draft;
  /** Whether the connection is there already: where and what it is called cannot be changed. */
  readonly isExisting: boolean;
  /** Of the chosen connector; undefined until one is chosen. */
  readonly version: ConnectorVersion | undefined;
  /** What would be sent. */
  readonly body: ConnectionBody;
  /** Changes the draft; the named field shows its faults from now on. */
  readonly set: (change: Partial<Draft>, field?: FieldId) => void;
  readonly touch: (field: FieldId) => void;
  /** Of every field, shown or not, as last told. */
  readonly faults: readonly Fault[];
  /** What is said at a field: nothing where it was not filled in yet. */
  readonly faultOf: (field: FieldId) => Fault | undefined;
  /** Asks the server about what stands there now. */
  readonly check: () => Promise<readonly Fault[]>;
  /** From now on every fault of a step is shown. */
  readonly reveal: (steps: readonly Step[]) => void;
  readonly isRevealed: (step: Step) => boolean;
  readonly warnings: Validation['warnings'];
  readonly missingRoles: Validation['missingRoles'];
}

export const FormContext = createContext<ConnectionForm | undefined>(undefined);

export function useConnectionForm(): ConnectionForm {
  const form = useContext(FormContext);
  if (form === undefined) throw new Error('A field of a connection stands outside of its form.');
  return form;
}
