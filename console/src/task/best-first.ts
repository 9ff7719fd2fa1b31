// Names found by what one types: the one that is meant first, then those that begin so, then those that hold it.

/** For the choice of one of many names; those that are found keep their order within each kind. */
export function bestFirst(names: readonly string[], { inputValue }: { readonly inputValue: string }): string[] {
  const wanted = inputValue.trim().toLowerCase();
  if (wanted === '') return [...names];
  const rank = (name: string): number => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3);
  return names.map((name) => ({ name, at: rank(name.toLowerCase()) })).filter(({ at }) => at < 3).toSorted((a, b) => a.at - b.at).map(({ name }) => name);
}
