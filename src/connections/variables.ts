// The configuration of a connection against its template: types, members, patterns, what is needed when. Everything it knows
// of single variables stands in the templates.
import { nearest } from '../errors/nearest.ts';
import type { Condition, DestinationTemplate, ValueType, VariableTemplate, VariableValue } from '../spi/template.ts';
import type { Faults } from './message.ts';
import type { ConfigVariable, ConnectionSpec } from './model.ts';
import type { ConnectionTemplate } from './templates.ts';

type Configured = Pick<ConnectionSpec, 'configVariables' | 'authConfig' | 'destinationConfigs'>;
type ValueField = 'intValue' | 'boolValue' | 'stringValue' | 'secretValue' | 'encryptionKeyValue';

const VALUE_FIELDS: readonly ValueField[] = ['intValue', 'boolValue', 'stringValue', 'secretValue', 'encryptionKeyValue'];

interface TypeRule {
  /** The field the platform keeps it in, first; others are taken too, as clients and people write them. */
  readonly fields: readonly ValueField[];
  readonly words: string;
  /** What a text must look like to be read as this type. */
  readonly text?: RegExp;
  /** What an absent value means. */
  readonly empty: VariableValue;
}

const TYPES: Readonly<Record<ValueType, TypeRule>> = {
  STRING: { fields: ['stringValue', 'intValue'], words: 'is text: give it as stringValue', empty: '' },
  ENUM: { fields: ['stringValue'], words: 'is one of a few words: give it as stringValue', empty: '' },
  INT: { fields: ['intValue', 'stringValue'], words: 'is a whole number: give it as intValue', text: /^-?\d{1,19}$/, empty: 0 },
  BOOL: { fields: ['boolValue', 'stringValue'], words: 'is true or false: give it as boolValue', text: /^(true|false)$/i, empty: false },
  SECRET: { fields: ['secretValue'], words: 'is a secret: store it as a secret version and name that in secretValue.secretVersion', empty: '' },
};

/**
 * Adds every fault of a configuration. A variable without a value is never one: it means the default.
 * @returns warnings: what is kept though no template knows it.
 */
export function checkVariables(spec: Configured, template: ConnectionTemplate, faults: Faults): readonly string[] {
  const variables = spec.configVariables ?? [];
  const warnings = checkList(variables, template.variables, 'configVariables', faults);
  const values = readVariables(variables, template.variables);
  for (const { key, required } of template.variables) {
    if (required === undefined || !isRequired(required, values) || hasValue(variables, key)) continue;
    faults.add('configVariables', `${key} is required${required === true ? '' : ` where ${wordsOf(required)}`}`);
  }
  checkAuth(spec, template, faults);
  checkDestinations(spec, template.destinations, values, faults);
  return warnings;
}

/** The values of all variables that templates know, defaults filled in. A secret's value is the name of its version. */
export function readVariables(variables: readonly ConfigVariable[], templates: readonly VariableTemplate[]): ReadonlyMap<string, VariableValue> {
  return new Map(templates.map((template) => {
    const given = variables.find((one) => matches(template, one.key));
    const rule = TYPES[template.valueType];
    const absent = template.default ?? rule.empty;
    return [template.key, given === undefined ? absent : (valueOf(given, template.valueType) ?? absent)];
  }));
}

function valueOf(variable: ConfigVariable, type: ValueType): VariableValue | undefined {
  const value = variable.secretValue?.secretVersion ?? variable.boolValue ?? variable.intValue ?? variable.stringValue;
  if (value === undefined || value === '') return undefined;
  if (type === 'BOOL') return String(value).toLowerCase() === 'true';
  return type === 'INT' ? Number(value) : String(value);
}

function matches({ key, aliases }: VariableTemplate, given: string): boolean {
  return given === key || aliases?.includes(given.toLowerCase()) === true;
}

function hasValue(variables: readonly ConfigVariable[], key: string): boolean {
  return variables.some((one) => one.key === key && valueOf(one, 'STRING') !== undefined);
}

/** Platforms and tools send variables that are none; one that is misspelt does nothing, which its writer has to know. */
function unused(at: string, key: string, templates: readonly VariableTemplate[]): string {
  const meant = nearest(key, templates.map((one) => one.key));
  return `${at}: the connector has no variable ${key}; it is kept and not used${meant === undefined ? '' : `. ${meant} may be meant`}`;
}

function checkList(variables: readonly ConfigVariable[], templates: readonly VariableTemplate[], field: string, faults: Faults): readonly string[] {
  const warnings: string[] = [];
  const seen = new Set<string>();
  for (const [index, variable] of variables.entries()) {
    const at = `${field}[${index}]`;
    if (seen.has(variable.key)) faults.add(`${at}.key`, `${variable.key} is given twice`);
    seen.add(variable.key);
    const template = templates.find((one) => matches(one, variable.key));
    if (template === undefined) warnings.push(unused(at, variable.key, templates));
    else checkValue(variable, template, at, faults);
  }
  return warnings;
}

function checkValue(variable: ConfigVariable, template: VariableTemplate, at: string, faults: Faults): void {
  const rule = TYPES[template.valueType];
  const given = VALUE_FIELDS.filter((name) => isGiven(variable, name));
  const [name] = given;
  if (name === undefined) return;
  if (given.length > 1) faults.add(at, `${template.key} has more than one value: ${given.join(', ')}`);
  const text = String(valueOf(variable, 'STRING') ?? '');
  if (!rule.fields.includes(name) || (name === 'stringValue' && text !== '' && rule.text?.test(text) === false)) {
    faults.add(`${at}.${name}`, `${template.key} ${rule.words}`);
    return;
  }
  const { options, pattern } = template;
  if (options !== undefined && text !== '' && !options.some(({ id }) => id === text)) {
    faults.add(`${at}.${name}`, `${template.key} must be ${options.map(({ id }) => id).join(', ').replace(/, ([^,]*)$/, ' or $1')}`);
  }
  if (pattern !== undefined && text !== '' && !new RegExp(pattern.regex).test(text)) faults.add(`${at}.${name}`, `${template.key} ${pattern.words}`);
}

function isGiven(variable: ConfigVariable, name: ValueField): boolean {
  const value: unknown = Object.entries(variable).find(([field]) => field === name)?.[1];
  return value !== undefined && value !== null;
}

/** One of the ways to authenticate must be complete; which, the type need not say. */
function checkAuth({ authConfig }: Configured, { auth }: ConnectionTemplate, faults: Faults): void {
  const { authType, additionalVariables = [], userPassword } = authConfig ?? {};
  const types = [...new Set(auth.map((one) => one.authType))];
  if (authType !== undefined && !types.includes(authType)) faults.add('authConfig.authType', `must be ${types.join(' or ')}`);
  const templates = auth.flatMap(({ variables }) => variables);
  checkList(additionalVariables, templates, 'authConfig.additionalVariables', faults);
  const password = userPassword?.password?.secretVersion;
  const all: readonly ConfigVariable[] = [...additionalVariables, ...(password === undefined ? [] : [{ key: 'password', secretValue: { secretVersion: password } }])];
  const complete = auth.some(({ variables }) => variables.every((one) => one.required !== true || all.some((given) => matches(one, given.key) && valueOf(given, 'STRING') !== undefined)));
  const usual = auth.find(({ isDefault }) => isDefault) ?? auth[0];
  if (complete || usual === undefined) return;
  const missing = usual.variables.filter(({ required }) => required === true);
  faults.add('authConfig.additionalVariables', missing.map(({ key, description }) => `${key} is required: ${description.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, '')}`).join('; '));
}

function checkDestinations({ destinationConfigs = [] }: Configured, templates: readonly DestinationTemplate[], values: ReadonlyMap<string, VariableValue>, faults: Faults): void {
  const keys = destinationConfigs.map(({ key }) => key);
  for (const [index, key] of keys.entries()) if (keys.indexOf(key) !== index) faults.add(`destinationConfigs[${index}].key`, `${key} is given twice`);
  const templateOf = (key: string): DestinationTemplate | undefined => templates.find((one) => one.key === key) ?? templates.find(({ takesOthers }) => takesOthers === true);
  for (const template of templates) {
    const own = destinationConfigs.flatMap((config, index) => (templateOf(config.key) === template ? config.destinations.map((one, at) => ({ ...one, at: `destinationConfigs[${index}].destinations[${at}]` })) : []));
    if (own.length > template.max) faults.add('destinationConfigs', `${template.key} takes at most ${template.max} ${template.max === 1 ? 'destination' : 'destinations'}`);
    if (template.required === undefined || !isRequired(template.required, values)) continue;
    if (own.length === 0) faults.add('destinationConfigs', `a destination ${template.key} with host${template.port === 'REQUIRED' ? ' and port' : ''} is required where ${wordsOf(template.required)}`);
    for (const { at, host, port } of own) {
      if (host === undefined || host === '') faults.add(`${at}.host`, 'is required');
      if (template.port === 'REQUIRED' && (port === undefined || port === 0)) faults.add(`${at}.port`, 'is required');
    }
  }
}

function isRequired(required: true | Condition, values: ReadonlyMap<string, VariableValue>): boolean {
  return required === true || holds(required, values);
}

function holds({ fieldComparisons = [], logicalExpressions = [], logicalOperator }: Condition, values: ReadonlyMap<string, VariableValue>): boolean {
  const parts = [
    ...fieldComparisons.map(({ key, comparator, value }) => (values.get(key) === value) === (comparator === 'EQUALS')),
    ...logicalExpressions.map((one) => holds(one, values)),
  ];
  return logicalOperator === 'OR' ? parts.some(Boolean) : parts.every(Boolean);
}

/** `proxy_enabled is true and (proxy_auth_scheme is BASIC or proxy_auth_scheme is DIGEST)` */
function wordsOf({ fieldComparisons = [], logicalExpressions = [], logicalOperator }: Condition): string {
  const parts = [
    ...fieldComparisons.map(({ key, comparator, value }) => `${key} is ${comparator === 'EQUALS' ? '' : 'not '}${String(value)}`),
    ...logicalExpressions.map((one) => `(${wordsOf(one)})`),
  ];
  return parts.join(logicalOperator === 'OR' ? ' or ' : ' and ');
}
