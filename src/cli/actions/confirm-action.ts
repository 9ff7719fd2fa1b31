// Actions that end something for good, such as a subscription: said and asked about before they are run, wherever that is.
import type { RowOutput } from '../../api/row-caller.ts';
import { shortName } from '../call-options.ts';
import { confirm, type ConfirmOptions } from '../confirm.ts';
import type { Terminal } from '../deeds.ts';
import { isFinal } from '../schema/entity-shape.ts';
import { cell, cut } from '../width.ts';

const LONGEST = 300;

export interface ActionToRun {
  /** As it is described: whether it ends something is known from there. */
  readonly described: RowOutput<'actions.get'>;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The full name. */
  readonly connection: string;
}

/** @throws CommandError where it is not to be done */
export async function confirmAction(terminal: Terminal, options: ConfirmOptions, { described, parameters, connection }: ActionToRun): Promise<void> {
  if (!isFinal(described)) return;
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${cell(value)}`).join(', ');
  await confirm(terminal, options, `Runs ${described.name}${given === '' ? '' : ` (${cut(given, LONGEST)})`}\nthrough ${shortName(connection)}. What it ends is not brought back.`);
}
