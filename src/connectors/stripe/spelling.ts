// Names in two languages: Stripe's snake_case and the PascalCase that callers see. Pure words; it knows no table.

/** `tax_reporting_us_1099_k` → `TaxReportingUs1099K`. There is no way back by rule: what was made is looked up in the tables. */
export function pascal(name: string): string {
  const known = made.get(name);
  if (known !== undefined) return known;
  const pascalled = name.split(/[_.]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  // Names come from the tables, some 2,500; those of other API versions are few, but a caller's keys must not fill the memory.
  if (made.size < 10_000) made.set(name, pascalled);
  return pascalled;
}

const made = new Map<string, string>();

/** The column of a path: `['invoice_settings', 'footer']` → `InvoiceSettingsFooter`. */
export function columnName(path: readonly string[]): string {
  return path.map(pascal).join('');
}

/** What two spellings of one name have in common: lower case, without underscores and dots. */
export function fold(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '');
}

/** `PaymentMethodOptions` → `payment_method_options`: for names that no table knows, on API versions older or newer than it. */
export function snake(name: string): string {
  if (!/[A-Z]/.test(name)) return name;
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** `payment_method` → `payment method`. */
export function words(name: string): string {
  return name.replace(/[_.]/g, ' ');
}

/** `CheckoutSession` → `checkout_session`: an entity's name as an alias in snake case. */
export function snakeOfPascal(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z])([A-Z][a-z])/g, '$1_$2').toLowerCase();
}

/** The plural of an English noun in PascalCase: `Customer` → `Customers`, `TaxRegistry` → `TaxRegistries`. */
export function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  if (/(?:s|x|ch|sh)$/.test(name)) return `${name}es`;
  return `${name}s`;
}

/** Stripe's name of a parameter, `items[0][price]`, as our columns spell it: `Items[0].Price`. */
export function columnOfParameter(parameter: string): string {
  const parts = parameter.split(/[[\].]+/).filter((part) => part !== '');
  let column = '';
  let isElement = false;
  for (const part of parts) {
    const isIndex = /^\d+$/.test(part);
    column += isIndex ? `[${part}]` : `${isElement ? '.' : ''}${pascal(part)}`;
    isElement = isIndex;
  }
  return column;
}
