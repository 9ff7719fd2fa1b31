// Templates as the management API shows them: the platform's names and forms for what `spi/template.ts` says.
import type { Answer } from '../api/table.ts';
import type { ConnectionTemplate } from '../connections/templates.ts';
import type { AuthTemplate, Condition, DestinationTemplate, VariableTemplate, VariableValue } from '../spi/template.ts';

type Version = Answer<'versions.get'>;
type ShownVariable = Version['configVariableTemplates'][number];
type ShownCondition = NonNullable<ShownVariable['requiredCondition']>;
type Comparison = NonNullable<ShownCondition['fieldComparisons']>[number];

/** The templates of a connector version. */
export function renderTemplates(template: ConnectionTemplate): Pick<Version, 'authConfigTemplates' | 'configVariableTemplates' | 'destinationConfigTemplates'> {
  return {
    authConfigTemplates: template.auth.map(({ variables, ...rest }) => ({ ...rest, configVariableTemplates: variables.map(renderVariable) })),
    configVariableTemplates: template.variables.map(renderVariable),
    destinationConfigTemplates: template.destinations.map(renderDestination),
  };
}

function renderVariable({ key, valueType, displayName, description, required, options, pattern, isAdvanced }: VariableTemplate): ShownVariable {
  return {
    key, valueType, displayName, description, state: 'ACTIVE',
    ...(required === true ? { required } : {}),
    ...(required === undefined || required === true ? {} : { requiredCondition: renderCondition(required) }),
    ...(options === undefined ? {} : { enumOptions: options }),
    ...(pattern === undefined ? {} : { validationRegex: pattern.regex }),
    ...(isAdvanced === undefined ? {} : { isAdvanced }),
  };
}

function shownValue(value: VariableValue): Omit<Comparison, 'key' | 'comparator'> {
  if (typeof value === 'boolean') return { boolValue: value };
  return typeof value === 'number' ? { intValue: String(value) } : { stringValue: value };
}

function renderCondition({ fieldComparisons, logicalExpressions, logicalOperator }: Condition): ShownCondition {
  return {
    ...(fieldComparisons === undefined ? {} : { fieldComparisons: fieldComparisons.map(({ key, comparator, value }) => ({ key, comparator, ...shownValue(value) })) }),
    ...(logicalExpressions === undefined ? {} : { logicalExpressions: logicalExpressions.map(renderCondition) }),
    ...(logicalOperator === undefined ? {} : { logicalOperator }),
  };
}

function renderDestination({ key, displayName, description, max, port, isAdvanced }: DestinationTemplate): Version['destinationConfigTemplates'][number] {
  return { key, displayName, description, min: 0, max, portFieldType: port, ...(isAdvanced === undefined ? {} : { isAdvanced }) };
}

/** The ways to authenticate as lists of fields. */
export function renderAuthSchemas(auth: readonly AuthTemplate[]): NonNullable<Answer<'versions.fetchAuthSchema'>['authSchemas']> {
  return auth.map(({ variables, ...rest }) => ({ ...rest, authFields: variables.map(({ key, valueType, description }) => ({ key, dataType: valueType, description })) }));
}

const JSON_TYPES: Readonly<Record<string, string>> = { INT: 'integer', BOOL: 'boolean' };

/** The ways to authenticate as one JSON Schema. */
export function renderAuthJsonSchema(auth: readonly AuthTemplate[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    oneOf: auth.map(({ authType, authKey, description, isDefault, variables }) => ({
      type: 'object', authType, ...(authKey === undefined ? {} : { authKey }), description, isDefault, additionalProperties: false,
      properties: Object.fromEntries(variables.map((one) => [one.key, { type: JSON_TYPES[one.valueType] ?? 'string', description: one.description }])),
    })),
  };
}
