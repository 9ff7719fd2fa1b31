// What came from outside, looked into: its members, each of a type that is not known yet. It knows nothing of what they are.

/** A member of something that came from outside. */
export function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** A text that is a member of something that came from outside; empty where it is none. */
export function textIn(value: unknown, key: string): string {
  const found = field(value, key);
  return typeof found === 'string' ? found : '';
}

/** The members of something that came from outside, each yet unknown; none where it is no object. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
