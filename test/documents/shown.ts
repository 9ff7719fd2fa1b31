// Whether a command printed what a document shows. `…` in a line stands for any text, a line of `…` alone for any lines. What
// differs by nature at every run (ids, times, durations, ports) need only have the form that is shown. What was printed in place of
// an id is told, since the document may use the id again.

/** What differs at every run, by how it looks; and what may stand in its place, where that is more. */
const FORMS: readonly (readonly [name: string, form: string, instead?: string])[] = [
  ['time', String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`],
  ['uuid', String.raw`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`],
  ['date', String.raw`\d{4}-\d\d-\d\d`],
  ['token', String.raw`konektor_[\w-]{16,}`],
  ['id', String.raw`\b[a-z]{2,8}_(?:test_|live_)?(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{10,}`],
  ['address', String.raw`http://127\.0\.0\.1:\d+`],
  ['hash', String.raw`\b(?=[0-9a-z]*\d)[0-9a-z]{12,}\b`],
  ['duration', String.raw`\b\d+(?:\.\d+)? (?:ms|s)\b`],
  ['seconds', String.raw`\b1[5-9]\d{8}\b`],
  ['count', String.raw`\b\d{1,3}(?:,\d{3})+\b`, String.raw`\d[\d,]*`],
  ['age', String.raw`\b\d+[smhd]\b`],
];
const ANY_FORM = new RegExp(FORMS.map(([name, form]) => `(?<${name}>${form})`).join('|'), 'g');

/** Ids, which a document may use again. */
const NAMES: ReadonlySet<string> = new Set(['uuid', 'token', 'id', 'hash']);

export interface Comparison {
  /** Undefined where there is none. */
  readonly difference: string | undefined;
  /** What was printed for each id that is shown. */
  readonly printedFor: ReadonlyMap<string, string>;
}

export function compare(shown: string, printed: string): Comparison {
  const printedFor = new Map<string, string>();
  const wanted = shown.split('\n').map(plain);
  const got = printed.replace(/^\n+/, '').trimEnd().split('\n').map(plain);
  return { difference: findDifference(wanted, got, printedFor), printedFor };
}

/** Columns of tables are as wide as their values: one space is as good as many. */
function plain(line: string): string {
  return line.trimEnd().replaceAll(/(?<=\S) +/g, ' ');
}

function findDifference(wanted: readonly string[], got: readonly string[], printedFor: Map<string, string>): string | undefined {
  const [first, ...rest] = wanted;
  if (first === undefined) return got.length === 0 ? undefined : `printed besides: ${got.join('\n')}`;
  if (first.trim() === '…') {
    for (let skipped = 0; skipped <= got.length; skipped++) if (findDifference(rest, got.slice(skipped), printedFor) === undefined) return undefined;
    return `nowhere printed:\n${rest.join('\n')}\nbut:\n${got.join('\n')}`;
  }
  const [line, ...others] = got;
  const { pattern, names } = patternOf(first);
  const match = line === undefined ? null : pattern.exec(line);
  if (match === null) return `shown:   ${first}\nprinted: ${[line ?? '(nothing)', ...others].join('\n')}`;
  names.forEach((name, index) => printedFor.set(name, match[index + 1] ?? ''));
  return findDifference(rest, others, printedFor);
}

/** @returns what a printed line must be, with a group for each id that is shown. */
function patternOf(line: string): { readonly pattern: RegExp; readonly names: readonly string[] } {
  const names: string[] = [];
  let pattern = '';
  let from = 0;
  for (const match of line.matchAll(ANY_FORM)) {
    const [name = '', form = '', instead = form] = FORMS.find(([name]) => match.groups?.[name] !== undefined) ?? [];
    if (NAMES.has(name)) names.push(match[0]);
    pattern += `${literal(line.slice(from, match.index))}${NAMES.has(name) ? `(${instead})` : instead}`;
    from = match.index + match[0].length;
  }
  return { pattern: new RegExp(`^${pattern}${literal(line.slice(from))}$`), names };
}

function literal(text: string): string {
  return text.split('…').map((part) => RegExp.escape(part)).join('.*');
}
