// A command line that somebody is typing, as words: quotes and backslashes are read, nothing is expanded or run.

export interface TypedLine {
  /** Whole words, from the command's own. */
  readonly words: readonly string[];
  /** What has been typed of the word at the cursor; empty where none has been begun. */
  readonly current: string;
  /** The quotation mark that the word at the cursor has open. */
  readonly quote: '' | '"' | '\'';
}

/** @param line up to the cursor */
export function readLine(line: string): TypedLine {
  const words: string[] = [];
  let current = '';
  let begun = false;
  let quote: TypedLine['quote'] = '';
  for (let index = 0; index < line.length; index += 1) {
    const letter = line.charAt(index);
    if (quote === '\'') {
      if (letter === quote) quote = '';
      else current += letter;
    } else if (letter === '\\' && (quote === '' || '"\\$`'.includes(line.charAt(index + 1)))) {
      index += 1;
      begun = true;
      current += line.charAt(index);
    } else if (quote === '"') {
      if (letter === quote) quote = '';
      else current += letter;
    } else if (letter === '"' || letter === '\'') {
      [quote, begun] = [letter, true];
    } else if (/\s/.test(letter)) {
      if (begun) words.push(current);
      [current, begun] = ['', false];
    } else {
      begun = true;
      current += letter;
    }
  }
  return { words, current, quote };
}

/** A text as it may stand in a line of bash, within the quotation mark that is open. */
export function escapeFor(quote: TypedLine['quote'], text: string): string {
  if (quote === '\'') return text.replaceAll('\'', String.raw`'\''`);
  return quote === '"' ? text.replace(/["\\$`]/g, String.raw`\$&`) : text.replace(/[^\w@%+=:,./-]/g, String.raw`\$&`);
}
