// A text with places for values, {{name}}, as sentences under stable names have them. It does not know what they say.

/** @returns the text with its values; nothing where one is not given */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
