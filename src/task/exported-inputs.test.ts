import { describe, expect, it } from 'vitest';
import { chooseTask, readExported } from './exported.ts';
import { inputsOf } from './exported-inputs.ts';

const CONNECTION = 'projects/p/locations/us-central1/connections/stripe';
const text = (stringValue: string): object => ({ stringValue });
const parameters = (values: Readonly<Record<string, object>>): object => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { key, value }]));
const task = (values: Readonly<Record<string, object>>, more: object = {}): object => ({
  task: 'GenericConnectorTask', taskId: '1', displayName: 'Connectors', ...more,
  parameters: parameters({ connectionName: text(CONNECTION), connectorOutputPayload: text('$`Task_1_connectorOutputPayload`$'), ...values }),
});

function inputs(file: object, given: Readonly<Record<string, string>> = {}, connection?: string): object {
  const read = readExported(JSON.stringify(file));
  return inputsOf({ file: read, task: chooseTask(read.tasks, undefined), given: new Map(Object.entries(given)), ...(connection === undefined ? {} : { connection }) });
}

function faults(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  throw new Error('there was no fault');
}

describe('a task', () => {
  it('keeps what its operation takes, under the names of the flat form', () => {
    const list = task({
      operation: text('LIST_ENTITIES'), entityType: text('Customer'), filterClause: text("Email = 'a@b.c'"), listEntitiesPageSize: { intValue: '10' }, listEntitiesPageToken: text('next'),
      listEntitiesSortByColumns: { stringArray: { stringValues: ['Created'] } }, entityId: text('$left$'), connectorInputPayload: text('$over$'), actionName: text(''), timeout: { intValue: '0' },
      executeQueryRequestConfig: {}, config: {}, authOverrideEnabled: { booleanValue: false }, dynamicAuthConfig: { jsonValue: '{"a":"b"}' }, connectionVersion: text('x'),
    });
    expect(inputs(list)).toEqual({ operation: 'LIST_ENTITIES', connectionName: CONNECTION, entity: 'Customer', filterClause: "Email = 'a@b.c'", pageSize: 10, pageToken: 'next', sortByColumns: ['Created'], timeout: 0 });
  });

  it('of an older export names its connection and operation in its config, in single quotes even', () => {
    const config = `{'@type': 'x', 'connection': {'connectionName': '${CONNECTION}', 'serviceName': 'say \\'x\\' and "y"'}, 'operation': 'EXECUTE_ACTION'}`;
    const old = { task: 'GenericConnectorTask', taskId: '1', parameters: parameters({ config: { jsonValue: config }, actionName: text('AcceptQuote'), connectorInputPayload: { jsonValue: '{"QuoteId":"qt_1"}' }, connectorOutputPayload: text('$x$') }) };
    expect(inputs(old)).toEqual({ operation: 'EXECUTE_ACTION', connectionName: CONNECTION, action: 'AcceptQuote', connectorInputPayload: { QuoteId: 'qt_1' } });
  });

  it('runs on another connection where one is named, whatever its own is', () => {
    expect(inputs(task({ connectionName: text('$unset$'), operation: text('GET_ENTITY'), entityType: text('Customer'), entityId: text('cus_1') }), {}, 'other')).toMatchObject({ connectionName: 'other' });
  });
});

describe('references', () => {
  const create = (payload: object): object => task({ operation: text('CREATE_ENTITY'), entityType: text('Customer'), connectorInputPayload: payload });

  it('are filled as whole values, within texts and within JSON', () => {
    const get = task({ operation: text('GET_ENTITY'), entityType: text('$kind$'), entityId: text('$`Task_1_entityId`$') });
    expect(inputs(get, { kind: 'Customer', Task_1_entityId: 'cus_1' })).toMatchObject({ entity: 'Customer', entityId: 'cus_1' });
    expect(inputs(get, { '$kind$': 'Customer', '`Task_1_entityId`': 'cus_1' })).toMatchObject({ entity: 'Customer', entityId: 'cus_1' });
    expect(inputs(create({ jsonValue: '{"Name":"$name$","Description":"of $name$ for 5$ or 6$","Metadata":{"a":["$`b`$"]}}' }), { name: 'Jenny', b: 'c' }))
      .toMatchObject({ connectorInputPayload: { Name: 'Jenny', Description: 'of Jenny for 5$ or 6$', Metadata: { a: ['c'] } } });
    expect(inputs(create(text('$payload$')), { payload: '{"Name":"Jenny"}' })).toMatchObject({ connectorInputPayload: { Name: 'Jenny' } });
    expect(inputs(create(text('`$payload$`')), { payload: '{"Name":"Jenny"}' })).toMatchObject({ connectorInputPayload: { Name: 'Jenny' } });
    expect(inputs(create({ jsonValue: '{"Balance": $balance$, "Name": "Mx \\"$name$\\""}' }), { balance: '5', name: 'a "b"' })).toMatchObject({ connectorInputPayload: { Balance: '5', Name: 'Mx "a "b""' } });
  });

  it('take the type and the usual value of the variable that the integration declares', () => {
    const file = {
      taskConfigs: [create({ jsonValue: '{"Balance":"$balance$","Name":"$name$","Address":{"city":"$order.address[0].city$"},"Phone":"$order.none$"}' })],
      integrationParameters: [
        { key: 'balance', dataType: 'INT_VALUE', defaultValue: { intValue: '7' } }, { key: 'name', dataType: 'STRING_VALUE', defaultValue: { stringValue: '' } },
        { key: 'order', dataType: 'JSON_VALUE', defaultValue: { jsonValue: '{"address":[{"city":"Jakarta"}]}' } },
      ],
    };
    expect(inputs(file)).toMatchObject({ connectorInputPayload: { Balance: 7, Name: '', Address: { city: 'Jakarta' }, Phone: null } });
    expect(inputs(file, { balance: '9', order: '{"address":[{"city":"Bandung"}]}' })).toMatchObject({ connectorInputPayload: { Balance: 9, Address: { city: 'Bandung' } } });
    expect(faults(() => inputs(file, { balance: 'much', order: '{' }))).toMatch(/^\$balance\$: cannot be read: it is not JSON.*; \$order\$: cannot be read/);
    for (const balance of ['1.5', '15.00']) expect(faults(() => inputs(file, { balance }))).toBe('$balance$: is no whole number');
  });

  it('cannot end the quotes of a filter', () => {
    const remove = task({ operation: text('DELETE_ENTITY'), entityType: text('Customer'), filterClause: text("Email = '$email$' AND Name = \"$name$\" AND $rest$") });
    expect(inputs(remove, { email: "x' OR Id <> '", name: 'a"b\'c', rest: "Phone = '1'" })).toMatchObject({ filterClause: `Email = 'x'' OR Id <> ''' AND Name = "a""b'c" AND Phone = '1'` });
    expect(inputs(task({ operation: text('LIST_ENTITIES'), entityType: text('Customer'), filterClause: text('$where$') }), { where: "Email = 'a'" })).toMatchObject({ filterClause: "Email = 'a'" });
  });

  it('that nobody fills are told all at once, with what was given in vain', () => {
    const update = task({ operation: text('UPDATE_ENTITY'), entityType: text('$kind$'), entityId: text('$id$'), connectorInputPayload: { jsonValue: '{"Name":"$name$"}' }, filterClause: text('') });
    const told = faults(() => inputs(update, { nmae: 'John' }));
    for (const name of ['kind', 'id', 'name']) expect(told).toContain(`$${name}$: has no value, and`);
    expect(told).toContain('nmae: is no variable of this task, which has $kind$, $name$, $id$');
    expect(faults(() => inputs(task({ operation: text('GET_ENTITY'), entityType: text('Customer'), entityId: text('cus_1') }), { x: '1' }))).toBe('x: is no variable of this task, which has none');
  });

  it('may stay unfilled where the task does the same without them', () => {
    const list = task({ operation: text('LIST_ENTITIES'), entityType: text('Customer'), listEntitiesPageToken: text('$`Task_1_listEntitiesPageToken`$'), listEntitiesPageSize: text('$`Task_1_listEntitiesPageSize`$') });
    expect(inputs(list)).toEqual({ operation: 'LIST_ENTITIES', connectionName: CONNECTION, entity: 'Customer' });
    expect(inputs(list, { Task_1_listEntitiesPageSize: '5' })).toMatchObject({ pageSize: 5 });
    const remove = task({ operation: text('DELETE_ENTITY'), entityType: text('Customer'), entityId: text('$`Task_1_entityId`$'), filterClause: text('$`Task_1_filterClause`$') });
    expect(inputs(remove, { Task_1_entityId: 'cus_1' })).toEqual({ operation: 'DELETE_ENTITY', connectionName: CONNECTION, entity: 'Customer', entityId: 'cus_1' });
    expect(faults(() => inputs(remove))).toMatch(/Task_1_entityId.*Task_1_filterClause/);
    // Rows are not listed, deleted or made by a filter or a payload that somebody forgot.
    expect(faults(() => inputs(task({ operation: text('LIST_ENTITIES'), entityType: text('Customer'), filterClause: text('$`Task_1_filterClause`$') })))).toContain('filterClause needs one');
    expect(faults(() => inputs(create(text('$`Task_1_connectorInputPayload`$'))))).toContain('connectorInputPayload needs one');
  });

  it('that come in by the configuration of the integration are filled too', () => {
    const file = {
      taskConfigs: [task({ connectionName: text('$`CONFIG_connection`$'), operation: text('GET_ENTITY'), entityType: text('$`CONFIG_kind`$'), entityId: text('cus_1') })],
      integrationConfigParameters: [
        { parameter: { key: '`CONFIG_connection`', dataType: 'STRING_VALUE', defaultValue: { stringValue: 'x' } }, value: { stringValue: CONNECTION } },
        { parameter: { key: '`CONFIG_kind`', dataType: 'STRING_VALUE', defaultValue: { stringValue: 'Customer' } } },
      ],
    };
    expect(inputs(file)).toMatchObject({ connectionName: CONNECTION, entity: 'Customer' });
  });
});

describe('a file', () => {
  const version = { taskConfigs: [{ task: 'FieldMappingTask', taskId: '3' }, task({}, { taskId: '4', displayName: 'Write order' }), task({}, { taskId: '6', displayName: 'Write order' }), task({}, { taskId: '7', displayName: 'Read' })] };
  const { tasks } = readExported(JSON.stringify(version));

  it('may be a version of an integration, an array of tasks or one task', () => {
    expect(tasks.map(({ id }) => id)).toEqual(['4', '6', '7']);
    expect(readExported(JSON.stringify(version.taskConfigs)).tasks).toHaveLength(3);
    expect(readExported(JSON.stringify({ parameters: parameters({ operation: text('LIST_ENTITIES'), connectorOutputPayload: text('$x$') }) })).tasks).toHaveLength(1);
  });

  it('has its task chosen by id or display name', () => {
    expect(chooseTask(tasks, '6').id).toBe('6');
    expect(chooseTask(tasks, 'Read').id).toBe('7');
    expect(faults(() => chooseTask(tasks, undefined))).toBe('holds 3 Connectors tasks; choose one by its id: 4 (Write order), 6 (Write order), 7 (Read)');
    expect(faults(() => chooseTask(tasks, 'Write order'))).toBe('has more than one Connectors task "Write order"; there is 4 (Write order), 6 (Write order)');
    expect(faults(() => chooseTask(tasks, 'x'))).toContain('has no Connectors task "x"; there is 4');
  });

  it('without a Connectors task, or without sense, is told of', () => {
    expect(faults(() => readExported('{"taskConfigs":[{"task":"EmailTask"}]}'))).toContain('holds no GenericConnectorTask');
    expect(faults(() => readExported('{'))).toContain('cannot be read: it is not JSON');
    expect(faults(() => inputs(task({})))).toBe('operation: is not set');
    expect(faults(() => inputs(task({ operation: { stringValue: 5 } })))).toContain('operation: holds no stringValue');
    expect(faults(() => inputs(task({ operation: { fooValue: 5 } })))).toContain('operation: must hold one of stringValue');
    expect(faults(() => inputs(create2('{"a":')))).toContain('connectorInputPayload: cannot be read');
    expect(faults(() => inputs(create2('[1]')))).toContain('connectorInputPayload: must be an object');
    expect(faults(() => inputs(task({ operation: text('LIST_ROWS') })))).toContain('operation: must be one of LIST_ENTITIES, GET_ENTITY');
    const list = { operation: text('LIST_ENTITIES'), entityType: { stringArray: { stringValues: ['Customer'] } }, listEntitiesPageSize: { doubleValue: 1.5 }, listEntitiesSortByColumns: { jsonValue: '[1]' } };
    expect(faults(() => inputs(task(list)))).toBe('entityType: must be text; listEntitiesPageSize: is no whole number; listEntitiesSortByColumns: must be a list of texts');
  });
  const create2 = (jsonValue: string): object => task({ operation: text('CREATE_ENTITY'), entityType: text('Customer'), connectorInputPayload: { jsonValue } });
});
