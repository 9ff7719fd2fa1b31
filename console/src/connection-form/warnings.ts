// What a connection would keep though nothing uses it, read out of the server's sentence, so that it is said in the reader's words.

export interface UnusedVariable {
  readonly name: string;
  /** The variable that may have been meant. */
  readonly meant?: string;
}

const UNUSED = /^\S+: the connector has no variable (?<name>.+?); it is kept and not used(?:\. (?<meant>\S+) may be meant)?$/s;

/** @returns undefined for a sentence of another kind, which is told as it is */
export function unusedIn(warning: string): UnusedVariable | undefined {
  const { name, meant } = UNUSED.exec(warning)?.groups ?? {};
  return name === undefined ? undefined : { name, ...(meant === undefined ? {} : { meant }) };
}
