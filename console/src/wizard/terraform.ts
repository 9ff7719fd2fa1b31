// A connection as a resource of Terraform's provider "google".
import type { BodyVariable, ConnectionBody } from '../connection-form/body.ts';

/** A line, or a block with lines of its own. */
type Line = readonly [name: string, value: string | number | boolean] | { readonly block: string; readonly lines: readonly Line[] };

export function terraformOf(region: string, id: string, body: ConnectionBody): string {
  const { connectorVersion, description, labels, serviceAccount, configVariables = [], authConfig, destinationConfigs = [], nodeConfig = {}, logConfig, ...others } = body;
  const lines: readonly Line[] = [
    ['name', id], ['location', region], ...given('description', description), ...given('connector_version', connectorVersion), ...given('service_account', serviceAccount),
    ...configVariables.map((one) => variable('config_variable', one)),
    ...destinationConfigs.map(({ key, destinations = [] }): Line => ({
      block: 'destination_config',
      lines: [['key', key], ...destinations.map(({ host, port }): Line => ({ block: 'destination', lines: [...given('host', host), ...given('port', port)] }))],
    })),
    ...(authConfig === undefined ? [] : [auth(authConfig)]),
    { block: 'node_config', lines: [...given('min_node_count', nodeConfig.minNodeCount), ...given('max_node_count', nodeConfig.maxNodeCount)] },
    ...(logConfig === undefined ? [] : [{ block: 'log_config', lines: [...given('enabled', logConfig.enabled), ...given('level', logConfig.level)] }]),
  ];
  const notes = Object.keys(others).map((field) => `  # ${field} is not written here.\n`).join('');
  return `resource "google_integration_connectors_connection" "${id.replaceAll('-', '_')}" {\n${written(lines, '  ')}${labelsOf(labels)}${notes}}\n`;
}

function given(name: string, value: string | number | boolean | undefined): readonly Line[] {
  return value === undefined ? [] : [[name, value]];
}

function variable(block: string, { key, stringValue, intValue, boolValue, secretValue }: BodyVariable): Line {
  return {
    block,
    lines: [
      ['key', key], ...given('string_value', stringValue), ...given('integer_value', intValue === undefined ? undefined : Number(intValue)), ...given('boolean_value', boolValue),
      ...(secretValue === undefined ? [] : [{ block: 'secret_value', lines: given('secret_version', secretValue.secretVersion) }]),
    ],
  };
}

function auth({ authType, authKey, additionalVariables = [], userPassword }: NonNullable<ConnectionBody['authConfig']>): Line {
  const password = userPassword?.password?.secretVersion;
  return {
    block: 'auth_config',
    lines: [
      ...given('auth_type', authType), ...given('auth_key', authKey), ...additionalVariables.map((one) => variable('additional_variable', one)),
      ...(userPassword === undefined ? [] : [{ block: 'user_password', lines: [...given('username', userPassword.username), ...(password === undefined ? [] : [{ block: 'password', lines: given('secret_version', password) }])] }]),
    ],
  };
}

/** As `terraform fmt` has it: the signs of lines that follow each other stand below each other, a blank line is before a block. */
function written(lines: readonly Line[], indent: string): string {
  const runs = lines.map((line, index) => ({ line, run: lines.slice(0, index).filter((one) => 'block' in one).length }));
  return runs.map(({ line, run }, index) => {
    if ('block' in line) return `${index === 0 ? '' : '\n'}${indent}${line.block} {\n${written(line.lines, `${indent}  `)}${indent}}\n`;
    const width = Math.max(...runs.flatMap((one) => (one.run === run && !('block' in one.line) ? [one.line[0].length] : [])));
    return `${indent}${line[0].padEnd(width)} = ${typeof line[1] === 'string' ? quoted(line[1]) : String(line[1])}\n`;
  }).join('');
}

function labelsOf(labels: ConnectionBody['labels']): string {
  if (labels === undefined) return '';
  const width = Math.max(...Object.keys(labels).map((key) => quoted(key).length));
  return `\n  labels = {\n${Object.entries(labels).map(([key, value]) => `    ${quoted(key).padEnd(width)} = ${quoted(value)}\n`).join('')}  }\n`;
}

/** `${` and `%{` begin something in HCL. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{');
}
