// Labels as they are typed, and as they are shown in tables.
import { CommandError } from './command-error.ts';
import { membersOf } from './members.ts';

/** `env=prod` sets a label, `env-` takes it away. @throws CommandError */
export function withLabels(before: Readonly<Record<string, string>> = {}, changes: readonly string[]): Readonly<Record<string, string>> {
  return changes.reduce<Readonly<Record<string, string>>>((labels, change) => {
    if (/^[^=]+-$/.test(change)) return Object.fromEntries(Object.entries(labels).filter(([key]) => key !== change.slice(0, -1)));
    const [key, value] = pair(change, 'env=prod, or env- to take it away');
    return { ...labels, [key]: value };
  }, before);
}

/** `key=value` in two. @param example what should have been written. @throws CommandError */
export function pair(text: string, example: string): readonly [string, string] {
  const [, key, value = ''] = /^([^=\s]+)=([^]*)$/.exec(text) ?? [];
  if (key === undefined) throw new CommandError('INVALID_ARGUMENT', `"${text}" has no "=": write ${example}.`);
  return [key, value];
}

/** `env=prod, team=kasir` */
export function shownLabels(labels: unknown): string {
  return Object.entries(membersOf(labels)).map(([key, value]) => `${key}=${String(value)}`).join(', ');
}
