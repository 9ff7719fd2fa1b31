// Values as YAML: as much of it as JSON has.

/** A text that means itself without quotes. */
const PLAIN = /^[A-Za-z][\w@./-]*(?: [\w@./-]+)*$/;
const WORDS_OF_YAML = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** @param value what JSON can hold */
export function yamlOf(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    return `\n${value.map((one: unknown) => `${indent}- ${yamlOf(one, `${indent}  `).replace(/^\n\s*/, '').replace(/^ /, '')}`).join('')}`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined);
    if (fields.length === 0) return ' {}\n';
    return `\n${fields.map(([key, one]) => `${indent}${textOf(key)}:${yamlOf(one, `${indent}  `)}`).join('')}`;
  }
  return ` ${typeof value === 'string' ? textOf(value) : JSON.stringify(value)}\n`;
}

/** JSON's quotes are YAML's too. */
function textOf(text: string): string {
  return PLAIN.test(text) && !WORDS_OF_YAML.test(text) ? text : JSON.stringify(text);
}
