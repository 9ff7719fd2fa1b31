// Names of columns, arguments and tools as callers may spell them, and the one that was probably meant.

/** Case, underscores and dots do not matter, as everywhere that names are taken. */
export function fold(name: string): string {
  return name.toLowerCase().replaceAll('_', '').replaceAll('.', '');
}

/** `; did you mean Email?`, where that is more than chance. */
export function meant(name: string, known: readonly string[]): string {
  const wanted = fold(name);
  const best = known.map((one) => ({ one, shared: sharedStart(wanted, fold(one)) })).toSorted((a, b) => b.shared - a.shared || a.one.length - b.one.length)[0];
  return best !== undefined && best.shared >= 3 ? `; did you mean ${best.one}?` : '';
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** `ConfirmPaymentIntent` → `Confirm Payment Intent` */
export function spaced(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
}

/** The first sentences of a text, up to a length. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const end = Math.max(cut.lastIndexOf('. '), cut.endsWith('.') ? cut.length - 1 : -1);
  return end > most / 3 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(' ') > 0 ? cut.lastIndexOf(' ') : most).replace(/[,;:]$/, '')} …`;
}
