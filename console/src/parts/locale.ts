// Which variety of the page's language its reader is used to.

/** @param offered the tags that the browser tells, the most wanted first
 *  @returns the first of them that is of `language`: `en-GB` for `en`; else the language itself */
export function localeOf(language: string, offered: readonly string[]): string {
  return offered.find((tag) => tag.split('-')[0] === language && isTag(tag)) ?? language;
}

/** A browser under Linux whose LANG is C or POSIX tells `en-US@posix`, which Intl throws at. */
function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}
