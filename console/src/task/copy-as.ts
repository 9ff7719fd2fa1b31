// The flat inputs of a task in the forms of other places. A token is never written: it is read from where it is kept.

import type { FlatInputs } from './inputs.ts';

export interface Written {
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  readonly connection: string;
  readonly inputs: FlatInputs;
  readonly isTyped: boolean;
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);
/** A text as a shell takes it whole. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function curl({ origin, connection, inputs, isTyped }: Written): string {
  const location = connection.split('/').slice(0, 4).join('/');
  const headers = ['"Authorization: Bearer $TOKEN"', "'Content-Type: application/json'", ...(isTyped ? ["'X-Konektor-Output: typed'"] : [])];
  return `curl -s ${headers.map((header) => `-H ${header}`).join(' \\\n  ')} \\\n  -d ${quoted(json(inputs))} \\\n  ${quoted(`${origin}/v2/${location}/integrations/ExecuteConnection:execute?triggerId=api_trigger/ExecuteConnection`)}`;
}

/** The task of an integration, as Application Integration exports it and `konektor task run` takes it. */
function taskJson({ connection, inputs }: Written): string {
  const { operation, entity, entityId, action, filterClause, connectorInputPayload, pageSize, sortByColumns } = inputs;
  const text = (key: string, value: string | undefined): object => (value === undefined ? {} : { [key]: { key, value: { stringValue: value } } });
  const data = (key: string, value: unknown): object => (value === undefined ? {} : { [key]: { key, value: { jsonValue: JSON.stringify(value) } } });
  return json({
    task: 'GenericConnectorTask', taskId: '1', displayName: action ?? entity ?? '',
    parameters: {
      ...text('connectionName', connection), ...text('operation', operation), ...text('entityType', entity), ...text('entityId', entityId), ...text('actionName', action),
      ...text('filterClause', filterClause), ...data('connectorInputPayload', connectorInputPayload),
      ...(pageSize === undefined ? {} : { listEntitiesPageSize: { key: 'listEntitiesPageSize', value: { intValue: String(pageSize) } } }), ...data('listEntitiesSortByColumns', sortByColumns),
    },
  });
}

function command(written: Written): string {
  return `konektor task run - <<'TASK'\n${taskJson(written)}\nTASK`;
}

export const FORMS = {
  curl: { label: 'curl', write: curl },
  command: { label: 'konektor', write: command },
  task: { label: 'JSON', write: taskJson },
} as const;
