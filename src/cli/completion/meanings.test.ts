// What can be completed is: every name of an argument or an option either means something that can be asked for, or is known to
// its user alone.
import { expect, it } from 'vitest';
import { describeProgram } from '../description.ts';
import { OF_ARGUMENTS, OF_OPTIONS } from './meanings.ts';

/** Texts, numbers and moments; names of what is being made; words of the program itself. */
const OF_ITS_USER: ReadonlySet<string> = new Set([
  'command', 'field=value', 'id', 'labels', 'member', 'words', 'write',
  '--account-id', '--annotation', '--as', '--description', '--destination', '--effects', '--host', '--idempotency-key', '--label', '--level', '--lifetime', '--limit', '--log-level', '--max', '--max-nodes', '--member', '--min',
  '--min-nodes', '--mode', '--name', '--page-size', '--page-token', '--port', '--reason', '--request', '--search', '--search-delay', '--server', '--since', '--task', '--timeout', '--token', '--token-env', '--unset', '--until', '--variable',
]);

it('has a meaning for each argument and option that takes a value', async () => {
  const names = (await describeProgram()).flatMap(({ name, command }) => [
    ...command.registeredArguments.filter(({ argChoices }) => argChoices === undefined).map((one) => ({ name: one.name(), at: name })),
    ...command.options.filter(({ required, optional, argChoices }) => (required || optional) && argChoices === undefined).map(({ long, short }) => ({ name: long ?? short ?? '', at: name })),
  ]);
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((one) => !OF_ITS_USER.has(one.name) && OF_ARGUMENTS[one.name] === undefined && OF_OPTIONS[one.name] === undefined)).toEqual([]);
});
