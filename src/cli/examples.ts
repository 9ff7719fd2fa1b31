// The examples below the help of a command.

/** Lines as they are typed, under a heading. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
