// The task of an integration, as Application Integration exports it and `konektor task run` takes it.
import { type CopiedTask, jsonText } from './copied.ts';
import { flatInputs } from './inputs.ts';

export function taskJson({ connection, choice, inputs }: CopiedTask): string {
  const { operation, entity, entityId, action, filterClause, connectorInputPayload, pageSize, sortByColumns } = flatInputs(connection, choice, inputs);
  const text = (key: string, value: string | undefined): object => (value === undefined ? {} : { [key]: { key, value: { stringValue: value } } });
  const data = (key: string, value: unknown): object => (value === undefined ? {} : { [key]: { key, value: { jsonValue: JSON.stringify(value) } } });
  return jsonText({
    task: 'GenericConnectorTask', taskId: '1', displayName: action ?? entity ?? '',
    parameters: {
      ...text('connectionName', connection), ...text('operation', operation), ...text('entityType', entity), ...text('entityId', entityId), ...text('actionName', action),
      ...text('filterClause', filterClause), ...data('connectorInputPayload', connectorInputPayload),
      ...(pageSize === undefined ? {} : { listEntitiesPageSize: { key: 'listEntitiesPageSize', value: { intValue: String(pageSize) } } }), ...data('listEntitiesSortByColumns', sortByColumns),
    },
  });
}
