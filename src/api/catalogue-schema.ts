// What the catalogue looks like: locations, providers, connectors, and the templates of their versions.
import { Type } from 'typebox';
import { AnyObject, Instant, Labels } from './schema.ts';

const text = Type.Optional(Type.String());
const presented = { name: Type.String(), displayName: Type.String(), launchStage: Type.String(), createTime: Instant, updateTime: Instant };
const linked = { description: Type.String(), documentationUri: text, externalUri: text };

export const Location = Type.Object({ name: Type.String(), locationId: Type.String(), displayName: Type.String(), labels: Type.Optional(Labels) }, { title: 'Location' });
export const Provider = Type.Object({ ...presented, ...linked }, { title: 'Provider' });
export const Connector = Type.Object({ ...presented, ...linked, category: Type.String(), tags: Type.Array(Type.String()), connectorType: Type.String() }, { title: 'Connector' });

const Condition = Type.Object({
  fieldComparisons: Type.Optional(Type.Array(Type.Object({ key: Type.String(), comparator: Type.String(), stringValue: text, intValue: text, boolValue: Type.Optional(Type.Boolean()) }))),
  logicalExpressions: Type.Optional(Type.Array(AnyObject, { description: 'Conditions again.' })), logicalOperator: Type.Optional(Type.Enum(['AND', 'OR'])),
}, { title: 'Condition', description: 'What must hold of other variables.' });

const ConfigVariableTemplate = Type.Object({
  key: Type.String(), valueType: Type.Enum(['STRING', 'INT', 'BOOL', 'SECRET', 'ENUM']), displayName: Type.String(), description: Type.String(), state: Type.String(),
  required: Type.Optional(Type.Boolean()), requiredCondition: Type.Optional(Condition), enumOptions: Type.Optional(Type.Array(Type.Object({ id: Type.String(), displayName: Type.String() }))),
  validationRegex: text, isAdvanced: Type.Optional(Type.Boolean()),
}, { title: 'ConfigVariableTemplate' });

const AuthConfigTemplate = Type.Object({
  authType: Type.String(), authKey: text, displayName: Type.String(), description: Type.String(), isDefault: Type.Boolean(), configVariableTemplates: Type.Array(ConfigVariableTemplate),
}, { title: 'AuthConfigTemplate' });

const DestinationConfigTemplate = Type.Object({
  key: Type.String(), displayName: Type.String(), description: Type.String(), min: Type.Integer(), max: Type.Integer(), portFieldType: Type.String(), isAdvanced: Type.Optional(Type.Boolean()),
}, { title: 'DestinationConfigTemplate' });

export const ConnectorVersion = Type.Object({
  ...presented, releaseVersion: Type.String(), authConfigTemplates: Type.Array(AuthConfigTemplate), configVariableTemplates: Type.Array(ConfigVariableTemplate), destinationConfigTemplates: Type.Array(DestinationConfigTemplate),
  supportedRuntimeFeatures: Type.Object({ entityApis: Type.Boolean(), actionApis: Type.Boolean() }), egressControlConfig: Type.Object({ backends: Type.String() }),
  connectorInfraConfig: Type.Object({ ratelimitThreshold: Type.String(), connectionRatelimitWindowSeconds: Type.String(), connectionServiceAccountEnabled: Type.Boolean() }),
  schemaRefreshConfig: Type.Object({ useSynchronousSchemaRefresh: Type.Boolean() }), unsupportedConnectionTypes: Type.Array(Type.String()),
  roleGrants: Type.Optional(Type.Array(Type.Object({ principal: Type.String(), roles: Type.Array(Type.String()), resource: Type.Object({ type: Type.String(), pathTemplate: Type.String() }), helperTextTemplate: Type.String() }), { description: 'In the FULL view.' })),
}, { title: 'ConnectorVersion', description: 'A connector with the templates that connections are made after.' });

export const AuthSchema = Type.Object({
  authType: Type.String(), authKey: text, displayName: Type.String(), description: Type.String(), isDefault: Type.Boolean(),
  authFields: Type.Array(Type.Object({ key: Type.String(), dataType: Type.String(), description: Type.String() })),
}, { title: 'AuthSchema' });
