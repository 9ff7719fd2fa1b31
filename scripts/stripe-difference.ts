// Says where a committed file departs from what it should be, in a line or two. Knows texts alone.

/** The first line that differs and how many there are; absent where nothing does. */
export function firstDifference(name: string, committed: string | undefined, generated: string): string | undefined {
  if (committed === undefined) return `${name} is missing`;
  if (committed === generated) return undefined;
  const is = committed.split('\n');
  const should = generated.split('\n');
  const at = should.findIndex((line, index) => line !== is[index]);
  const line = at === -1 ? should.length : at;
  const known = new Set(is);
  const missing = should.filter((text) => !known.has(text)).length;
  return `${name}:${line + 1} differs (${missing} generated lines are not in it)\n`
    + `  committed: ${shorten(is[line])}\n  generated: ${shorten(should[line])}`;
}

function shorten(line: string | undefined): string {
  if (line === undefined) return '(the file ends here)';
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
