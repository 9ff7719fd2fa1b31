// Texts that can be kept.

/** Whether a database and a backup of it take a text: without NUL, without halves of surrogate pairs. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
