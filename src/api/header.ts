// The headers of a call as handlers get them: a header that came several times is a list.

/** The value of a header, the first where it came several times. */
export function single(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
