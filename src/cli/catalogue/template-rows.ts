// The templates of a connector's version as lines of a table: what a connection is configured with, authenticates with and
// reaches. It reads what the API answered and calls nothing.
import type { RowOutput } from '../../api/row-caller.ts';

export interface TemplateRow {
  readonly kind: string;
  readonly key: string;
  readonly valueType: string;
  readonly required: boolean;
  readonly displayName: string;
}

/** Configuration, then each way to authenticate, then destinations. */
export function templateRows({ configVariableTemplates, authConfigTemplates, destinationConfigTemplates }: RowOutput<'versions.get'>): readonly TemplateRow[] {
  type Variable = (typeof configVariableTemplates)[number];
  const variable = (kind: string) => ({ key, valueType, required, displayName }: Variable): TemplateRow => ({ kind, key, valueType, required: required === true, displayName });
  return [
    ...configVariableTemplates.map(variable('configuration')),
    ...authConfigTemplates.flatMap(({ authKey, authType, configVariableTemplates: variables }) => variables.map(variable(`authentication ${authKey ?? authType}`))),
    ...destinationConfigTemplates.map(({ key, displayName, min }): TemplateRow => ({ kind: 'destination', key, valueType: 'HOST', required: min > 0, displayName })),
  ];
}

export interface AuthRow {
  readonly way: string;
  readonly key: string;
  readonly dataType: string;
  readonly description: string;
}

export function authRows({ authSchemas = [] }: RowOutput<'versions.fetchAuthSchema'>): readonly AuthRow[] {
  return authSchemas.flatMap(({ authKey, authType, authFields }) => authFields.map(({ key, dataType, description }) => ({ way: authKey ?? authType, key, dataType, description })));
}
