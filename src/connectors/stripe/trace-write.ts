// What is remembered of a write to Stripe: the object that it changes and the connected account that it is for. Ids only; what is
// no id is left for the session to refuse.
import type { Row } from '../../spi/connector.ts';
import type { WriteRequest, WriteTrace } from '../../spi/writes.ts';
import { actionBindingOf } from './action-bindings.ts';
import { bindingOf } from './bindings.ts';
import { faultOfId, slotsOf } from './id.ts';
import { fold } from './spelling.ts';

const ACCOUNT: ReadonlySet<string> = new Set(['accountid']);

/** Writes take turns by the first id of their path: a child's by its parent. */
export function traceWrite(write: WriteRequest): WriteTrace {
  const { object, takesAccount } = write.kind === 'execute' ? ofAction(write) : ofEntity(write);
  const account = takesAccount ? idNamed(write.payload, ACCOUNT) : undefined;
  return { ...(object === undefined ? {} : { object }), ...(account === undefined ? {} : { account }) };
}

interface Traced {
  readonly object: string | undefined;
  readonly takesAccount: boolean;
}

function ofAction({ name, payload }: WriteRequest): Traced {
  const { inputs, takesAccount } = actionBindingOf(name);
  const slot = inputs.find((input) => input.slot);
  return { object: slot === undefined ? undefined : idNamed(payload, slot.spellings), takesAccount };
}

function ofEntity({ name, kind, id, payload }: WriteRequest): Traced {
  const { row, parents } = bindingOf(name);
  const path = (kind === 'create' ? row.create : kind === 'update' ? row.update : row.delete)?.path ?? '';
  if (slotsOf(path).length === 0) return { object: undefined, takesAccount: true };
  const first = kind === 'create' ? idNamed(payload, parents[0]?.spellings ?? new Set()) : id?.split('/')[0];
  return { object: first !== undefined && faultOfId(first) === undefined ? first : undefined, takesAccount: true };
}

function idNamed(payload: Row, spellings: ReadonlySet<string>): string | undefined {
  const value = Object.entries(payload).find(([key]) => spellings.has(fold(key)))?.[1];
  return typeof value === 'string' && faultOfId(value) === undefined ? value : undefined;
}
