// Payloads full of secrets, made from what the connector says of itself: the forms that secrets have, in every column that takes a
// text, and texts that only their key gives away, in every column whose key says that it is secret.
import { actionBindingOf } from '../../src/connectors/stripe/action-bindings.ts';
import { bindingOf } from '../../src/connectors/stripe/bindings.ts';
import type { ActionType, EntityType, Field } from '../../src/spi/catalog.ts';

/** Secrets that their form gives away. */
export const FORMS: readonly string[] = [
  'sk_live_TanamanRahasia0123456789', 'rk_test_TanamanRahasia0123456789', 'whsec_TanamanRahasia0123456789', 'ek_test_TanamanRahasia0123456789',
  'pi_3TanamanRahasia_secret_Tanaman0123456789', 'seti_1Tanaman_secret_Rahasia0123456789', 'cs_test_a1Tanaman_secret_fidTanaman0123456789', 'konektor_TanamanRahasia0123456789abcdef',
  '4000056655665556', '5555 5555 5555 4444', `t=1700000000,v1=${'5ec2e7'.repeat(10)}abcd`, 'Bearer TanamanRahasia.0123456789',
  'eyJhbGciOiJIUzI1NiJ9.eyJUYW5hbWFuIjoiUmFoYXNpYSJ9.VGFuYW1hblJhaGFzaWE', 'https://budi:TanamanRahasia@example.com/x',
];

/** What of them must not be found, where that is not the whole. */
const CORES: Readonly<Record<string, string>> = {
  'Bearer TanamanRahasia.0123456789': 'Bearer TanamanRahasia', 'https://budi:TanamanRahasia@example.com/x': 'budi:TanamanRahasia@',
};

/** Stripe's names of parameters whose values are secret. */
const SECRET_KEYS: ReadonlySet<string> = new Set([
  'account_number', 'client_secret', 'cvc', 'encrypted_number', 'iban', 'id_number', 'id_number_secondary', 'number', 'password', 'payload', 'private_key_file_password', 'secret', 'signing_secret', 'ssn_last_4',
]);

interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

export class Planter {
  private next = 0;
  private readonly hidden: string[] = [];

  /** Everything that was planted, as it must not be found. */
  get planted(): readonly string[] {
    return [...FORMS.map((form) => CORES[form] ?? form), ...this.hidden];
  }

  createRow(entity: EntityType, operation: 'CREATE' | 'UPDATE'): Record<string, unknown> {
    const paths = new Map(bindingOf(entity.name).columns.map(({ name, path }) => [name, path.at(-1) ?? name]));
    return this.rowOf(entity.fields.filter(({ writable }) => writable.includes(operation)), paths);
  }

  inputOf(action: ActionType): Record<string, unknown> {
    const paths = new Map(actionBindingOf(action.name).inputs.map(({ name, path }) => [name, path.at(-1) ?? name]));
    return this.rowOf(action.inputs, paths);
  }

  private rowOf(fields: readonly Field[], keys: ReadonlyMap<string, string>): Record<string, unknown> {
    return Object.fromEntries(fields.map((field) => [field.name, this.valueOf(keys.get(field.name) ?? '', { type: field.type, ...(field.enum === undefined ? {} : { enum: field.enum }), ...field.schema })]));
  }

  private valueOf(key: string, { type, enum: members, examples, items, properties }: Schema): unknown {
    const [first] = members ?? examples ?? [];
    if (first !== undefined) return first;
    switch (type ?? 'string') {
      case 'integer':
        return 1;
      case 'decimal':
      case 'number':
        return 1.5;
      case 'boolean':
        return true;
      case 'timestamp':
        return '2030-01-01T00:00:00Z';
      case 'array':
        return [this.valueOf(key, items ?? { type: 'string' })];
      case 'object':
      case 'json':
        return properties === undefined ? { catatan: this.text('') } : Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, this.valueOf(schema.title?.replaceAll(' ', '_') ?? name, schema)]));
      default:
        return this.text(key);
    }
  }

  private text(key: string): string {
    this.next += 1;
    if (!SECRET_KEYS.has(key)) return FORMS[this.next % FORMS.length] ?? '';
    const hidden = `Tersembunyi${this.next}Zx`;
    this.hidden.push(hidden);
    return hidden;
  }
}

/** Texts in an answer that its keys, or their own form, say are secret: what Stripe gave out. */
export function secretsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') {
    const last = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split('.').at(-1) ?? '';
    const isSecret = /(^|_)(client_secret|secret|signing_secret|authentication_token)$/.test(last) || /^(whsec|ek|rk|sk)_/.test(value) || /_secret_./.test(value);
    return isSecret && value.length >= 12 ? [value] : [];
  }
  if (Array.isArray(value)) return value.flatMap((one) => secretsIn(one, key));
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, one]) => secretsIn(one, name)) : [];
}

export interface Refusal {
  /** `Lines[0].Period.End` */
  readonly field: string;
  readonly description: string;
}

/** What takes the place of a text where something else is wanted; everything else that is refused is left out. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [[/must be a time/, '2030-01-01T00:00:00Z'], [/decimal number|whole number/, '1'], [/an id holds no/, 'abc_1']];

/** Changes a payload so that the connector no longer refuses it for this. */
export function mend(payload: Record<string, unknown>, { field, description }: Refusal): void {
  const path = field.split(/[.[\]]+/).filter((part) => part !== '');
  let place: unknown = payload;
  for (const [depth, part] of path.entries()) {
    if (typeof place !== 'object' || place === null) return;
    const holder = place as Record<string, unknown>;
    const key = Object.keys(holder).find((name) => name.toLowerCase() === part.toLowerCase()) ?? Object.keys(holder).find((name) => name.toLowerCase() === path.slice(depth).join('').toLowerCase());
    if (key === undefined) return;
    if (depth < path.length - 1 && typeof holder[key] === 'object') {
      place = holder[key];
      continue;
    }
    const instead = INSTEAD.find(([words]) => words.test(description))?.[1];
    if (instead === undefined) delete holder[key];
    else holder[key] = instead;
    return;
  }
}
