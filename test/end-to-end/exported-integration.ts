// A version of an integration as Application Integration exports it, in the forms that its tasks have: references to variables
// of several types, parameters of other operations left over, outputs that name variables of their own.

const text = (stringValue: string): object => ({ stringValue });
const parameters = (values: Readonly<Record<string, object>>): object => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { key, value }]));

const connector = (taskId: string, displayName: string, connectionName: string, values: Readonly<Record<string, object>>): object => ({
  task: 'GenericConnectorTask', taskId, displayName, taskExecutionStrategy: 'WHEN_ALL_SUCCEED', externalTaskType: 'NORMAL_TASK',
  parameters: parameters({
    config: {}, connectionName: text(connectionName), connectionVersion: text('projects/shop/locations/global/providers/stripe/connectors/stripe/versions/1'), serviceName: text(''), host: text(''),
    authOverrideEnabled: { booleanValue: false }, dynamicAuthConfig: { jsonValue: 'null' }, enableDynamicConnection: { booleanValue: false }, executeQueryRequestConfig: {}, useHttpHeaderForDynamicAuthConfig: {},
    actionName: text(''), entityType: text(''), entityId: text(''), filterClause: text(''), listEntitiesPageSize: { intValue: '0' }, listEntitiesPageToken: text(''), listEntitiesSortByColumns: { stringArray: {} }, timeout: { intValue: '0' },
    connectorInputPayload: text(`$\`Task_${taskId}_connectorInputPayload\`$`), connectorOutputPayload: text(`$\`Task_${taskId}_connectorOutputPayload\`$`), listEntitiesNextPageToken: text(`$\`Task_${taskId}_listEntitiesNextPageToken\`$`),
    ...values,
  }),
});

/** @param connection the one that the tasks name */
export function exportedIntegration(connection: string): object {
  return {
    snapshotNumber: '3',
    triggerConfigs: [{ label: 'API Trigger', triggerType: 'API', triggerNumber: '1', triggerId: 'api_trigger/customers', startTasks: [{ taskId: '9' }] }],
    taskConfigs: [
      { task: 'FieldMappingTask', taskId: '9', displayName: 'Map', parameters: {} },
      connector('1', 'Create customer', connection, { operation: text('CREATE_ENTITY'), entityType: text('Customer'), connectorInputPayload: { jsonValue: '{\n  "Name": "$name$",\n  "Email": "$contact.email$",\n  "Balance": "$balance$",\n  "Description": "$name$ of $city$"\n}' } }),
      connector('2', 'Get customer', connection, { operation: text('GET_ENTITY'), entityType: text('Customer'), entityId: text('$customerId$') }),
      connector('3', 'List customers', connection, { operation: text('LIST_ENTITIES'), entityType: text('Customer'), filterClause: text("Email = '$contact.email$'"), listEntitiesPageSize: text('$`Task_3_listEntitiesPageSize`$'), listEntitiesPageToken: text('$`Task_3_listEntitiesPageToken`$'), listEntitiesSortByColumns: { stringArray: { stringValues: ['Created'] } } }),
      connector('4', 'Delete customer', connection, { operation: text('DELETE_ENTITY'), entityType: text('Customer'), entityId: text('$customerId$') }),
      connector('5', 'Confirm payment', connection, { operation: text('EXECUTE_ACTION'), actionName: text('ConfirmPaymentIntent') }),
      connector('6', 'Query', connection, { operation: text('EXECUTE_QUERY'), executeQueryRequestConfig: { jsonValue: '{"query":{"referenceKey":"$query$"}}' } }),
    ],
    integrationParameters: [
      { key: 'name', dataType: 'STRING_VALUE', inputOutputType: 'IN' }, { key: 'city', dataType: 'STRING_VALUE', defaultValue: text('Jakarta'), inputOutputType: 'IN' }, { key: 'balance', dataType: 'INT_VALUE', defaultValue: { intValue: '5' } },
      { key: 'contact', dataType: 'JSON_VALUE', defaultValue: { jsonValue: '{\n  "email": "exported@example.com"\n}' } }, { key: 'customerId', dataType: 'STRING_VALUE', inputOutputType: 'IN' },
      { key: '`Task_3_listEntitiesPageSize`', dataType: 'INT_VALUE', producer: '1_3' }, { key: '`Task_5_connectorInputPayload`', dataType: 'JSON_VALUE', producer: '1_5' },
    ],
  };
}
