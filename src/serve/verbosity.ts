// How much a connection asks to be told of its own traffic, from its configuration.
import type { Connection } from '../connections/model.ts';

/** 1 to 5; undefined where the connection does not say, and takes part in the log as everybody does. */
export function verbosityOf({ configVariables = [] }: Pick<Connection, 'configVariables'>): number | undefined {
  const variable = configVariables.find(({ key }) => key === 'verbosity');
  const level = Number(variable?.stringValue ?? variable?.intValue ?? Number.NaN);
  return Number.isInteger(level) && level >= 1 && level <= 5 ? level : undefined;
}
