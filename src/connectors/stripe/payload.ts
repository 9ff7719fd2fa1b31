// A caller's payload taken apart: whose account it is for, which parents it belongs to, and the parameters that are left.
import { type FieldViolation } from '../../errors/status-error.ts';
import type { Field } from '../../spi/catalog.ts';
import type { Row } from '../../spi/connector.ts';
import type { Binding, Column } from './bindings.ts';
import { faultOfAccount, type StripeConfig } from './config.ts';
import type { Parameters } from './form.ts';
import { faultOfId } from './id.ts';
import { hasAccountColumn } from './plan-list.ts';
import { noSuchField, parametersOf } from './request.ts';
import { fold } from './spelling.ts';

export interface EntityPayload {
  readonly parents: readonly string[];
  readonly account: string | undefined;
  readonly parameters: Parameters;
}

/** @throws INVALID_ARGUMENT with every fault of the payload. */
export function readEntityPayload(binding: Binding, given: Row, mode: 'CREATE' | 'UPDATE', shape: string | undefined, config: StripeConfig, passthrough: boolean): EntityPayload {
  const faults: FieldViolation[] = [];
  const rest: Record<string, unknown> = { ...given };
  const account = hasAccountColumn(binding) ? takeAccount(rest, config, faults) : undefined;
  const parents = mode === 'CREATE' ? binding.parents.map(({ column, entity, spellings }) => {
    const id = takeId(rest, column, spellings, faults);
    if (id === undefined) faults.push({ field: column, description: `is required: the id of the ${entity}` });
    return id ?? '';
  }) : [];
  const unknown = (key: string): string => sayUnknown(binding, key, mode);
  return { parents, account, parameters: parametersOf(rest, { api: binding.row.api, mode, shape, passthrough, unknown }, faults) };
}

/** The connected account that a payload names, taken out of it. */
export function takeAccount(rest: Record<string, unknown>, config: StripeConfig, faults: FieldViolation[]): string | undefined {
  const account = takeId(rest, 'AccountId', new Set(['accountid']), faults);
  if (account === undefined) return undefined;
  const wrong = config.accountOverride || account === config.accountId ? faultOfAccount(account) : 'the connection does not allow another account (account_override)';
  if (wrong !== undefined) faults.push({ field: 'AccountId', description: wrong });
  return account;
}

/** An id under any of its spellings, taken out of the payload; two spellings must agree. */
export function takeId(rest: Record<string, unknown>, field: string, spellings: ReadonlySet<string>, faults: FieldViolation[]): string | undefined {
  let id: string | undefined;
  for (const key of Object.keys(rest).filter((one) => spellings.has(fold(one)))) {
    const value = rest[key];
    delete rest[key];
    if (value === null || value === undefined) continue;
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const wrong = faultOfId(text) ?? (id !== undefined && id !== text ? `${field} is given twice with different values` : undefined);
    if (wrong !== undefined) faults.push({ field: key, description: wrong });
    id ??= text;
  }
  return id;
}

function sayUnknown(binding: Binding, key: string, mode: 'CREATE' | 'UPDATE'): string {
  const folded = fold(key);
  const column = binding.columns.find(({ name }) => fold(name) === folded);
  if (column !== undefined && mode === 'UPDATE' && column.create !== undefined) return 'can be set only when the row is created';
  if (column !== undefined && mode === 'CREATE' && column.update !== undefined) return 'can be set only on a row that exists';
  if (column !== undefined || folded === 'stripeid') return 'cannot be written: Stripe sets it';
  return noSuchField(key, binding.row.entity, binding.columns.filter((one) => isWritable(one, mode)).map(fieldNamed));
}

function isWritable(column: Column, mode: 'CREATE' | 'UPDATE'): boolean {
  return (mode === 'CREATE' ? column.create : column.update) !== undefined;
}

/** A field of which only the name matters: for finding what was probably meant. */
export function fieldNamed({ name, aliases = [] }: { readonly name: string; readonly aliases?: readonly string[] }): Field {
  return { name, aliases, type: 'string', nullable: true, description: '', writable: [] };
}

