// LIKE: `%` stands for any run of characters, `_` for one, `\` before a sign takes its meaning away. Patterns inside a Filter
// always escape with the backslash, whatever ESCAPE said in the text.

/**
 * Rewrites a pattern so that the backslash is its escape character; an empty `escape` means that it has none.
 * Gives undefined when the pattern ends in a lone escape character, which no SQL accepts.
 */
export function escapeWithBackslash(pattern: string, escape: string): string | undefined {
  if (!pattern.includes('\\') && (escape === '\\' || escape === '' || !pattern.includes(escape))) return pattern;
  let rewritten = '';
  for (let index = 0; index < pattern.length; index += 1) {
    const sign = pattern[index] ?? '';
    if (sign === escape) {
      index += 1;
      if (index === pattern.length) return undefined;
      rewritten += `\\${pattern[index] ?? ''}`;
    } else {
      rewritten += sign === '\\' ? '\\\\' : sign;
    }
  }
  return rewritten;
}

type Part = string | typeof ANY | typeof ONE;
const ANY = Symbol('%');
const ONE = Symbol('_');

/** Prepares a pattern once; the function it gives is called for every row. Case matters. */
export function likeMatcher(pattern: string): (text: string) => boolean {
  // Only `_` must see whole characters (an emoji is two code units); without it the text need not be taken apart.
  const hasOne = pattern.includes('_');
  const parts = patternParts(hasOne ? Array.from(pattern) : pattern.split(''));
  const literal = parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
  if (literal !== undefined) return (text) => text === literal;
  return (text) => matches(parts, hasOne ? Array.from(text) : text);
}

function patternParts(signs: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  for (let index = 0; index < signs.length; index += 1) {
    const sign = signs[index] ?? '';
    if (sign === '%') parts.push(ANY);
    else if (sign === '_') parts.push(ONE);
    else if (sign === '\\' && index + 1 < signs.length) parts.push(signs[(index += 1)] ?? '');
    else parts.push(sign);
  }
  return parts;
}

/** Goes back to the last `%` only: at most pattern × text steps, whatever the pattern. */
function matches(parts: readonly Part[], text: ArrayLike<string>): boolean {
  let part = 0;
  let at = 0;
  let lastAny = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === ANY) {
      lastAny = part;
      resumeAt = at;
      part += 1;
    } else if (wanted !== undefined && (wanted === ONE || wanted === text[at])) {
      part += 1;
      at += 1;
    } else if (lastAny >= 0) {
      part = lastAny + 1;
      resumeAt += 1;
      at = resumeAt;
    } else {
      return false;
    }
  }
  while (parts[part] === ANY) part += 1;
  return part === parts.length;
}
