// Texts that can be kept, and names that can be spoken.

/** Whether a database and a backup of it take a text: without NUL, without halves of surrogate pairs. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

// oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
const PART = /^[^/\u0000-\u001f\u007f]+$/;

/** Whether a text can be one segment of a resource's name: no slash, no control character, and not nothing. */
export function isNamePart(text: string): boolean {
  return PART.test(text);
}
