// Ids that callers give: checked before they become part of a path, and composite ids taken apart. An unchecked id could turn
// a Get into a List (the empty one) or name another resource (one with a slash).

const LONGEST = 255;

/** What is wrong with an id; undefined for one that can stand in a path. */
export function faultOfId(id: string): string | undefined {
  if (id === '') return 'an id cannot be empty';
  if (id.length > LONGEST) return `an id has at most ${LONGEST} characters`;
  if (id === '.' || id === '..') return `"${id}" is not an id`;
  // oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
  if (/[/?#\u0000-\u001f\u007f]/.test(id)) return 'an id holds no slash, question mark, number sign or control character';
  // A lone surrogate cannot be percent-encoded.
  return id.isWellFormed() ? undefined : 'an id is well-formed text';
}

/** `cus_1/txi_2`, for two slots, → `['cus_1', 'txi_2']`; a fault where the number of parts differs or one is no id. */
export function splitId(id: string, slots: number): readonly string[] | { readonly fault: string } {
  const parts = slots === 1 ? [id] : id.split('/');
  if (parts.length !== slots) return { fault: `an id of ${slots} parts is needed here, written with "/" between them` };
  for (const part of parts) {
    const fault = faultOfId(part);
    if (fault !== undefined) return { fault };
  }
  return parts;
}

export function joinId(parts: readonly string[]): string {
  return parts.join('/');
}

interface PathParts {
  readonly slots: readonly string[];
  /** What stands before, between and behind the slots. */
  readonly texts: readonly string[];
}

/** Paths come from the tables, so there are some hundreds of them; each is taken apart once. */
const known = new Map<string, PathParts>();

function partsOf(path: string): PathParts {
  const found = known.get(path);
  if (found !== undefined) return found;
  const pieces = path.split(/\{([^}]+)\}/);
  const parts = { texts: pieces.filter((_piece, index) => index % 2 === 0), slots: pieces.filter((_piece, index) => index % 2 === 1) };
  known.set(path, parts);
  return parts;
}

/** A path of Stripe's with its `{slots}` filled in order; ids are percent-encoded. */
export function fillPath(path: string, ids: readonly string[]): string {
  const { texts, slots } = partsOf(path);
  let filled = texts[0] ?? '';
  for (let index = 0; index < slots.length; index += 1) filled += encodeURIComponent(ids[index] ?? '') + (texts[index + 1] ?? '');
  return filled;
}

export function slotsOf(path: string): readonly string[] {
  return partsOf(path).slots;
}
