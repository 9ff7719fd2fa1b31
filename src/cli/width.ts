// How wide a text stands on a terminal, and how it is made to fit: wide letters take two columns, marks that join take none.

/** What came from a server is shown without what would move the cursor of a terminal, or turn the writing round. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  // oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
  return plain.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd');
}

/** The same of a text of several lines, such as an error that repeats what was given. */
export function cells(text: string): string {
  return text.replaceAll('\t', '  ').split('\n').map(cell).join('\n');
}

const PLAIN = /^[\u0020-\u007e]*$/;
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;
const JOINING = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** In columns of a terminal. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of letters.segment(text)) width += widthOfLetter(segment);
  return width;
}

function widthOfLetter(letter: string): number {
  if (JOINING.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** At most so wide; what is cut ends in `…`. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let [kept, used] = ['', 0];
  for (const { segment } of letters.segment(text)) {
    used += widthOfLetter(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Breaks between words; a word that is wider stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
