// Words of the schema and of the connector task.
export const schema = {
  choose: 'Entity types and actions', found: '{{entities}} entity types, {{actions}} actions', entities: 'Entities', actions: 'Actions', help: 'Choose an entity type or an action to see its columns, inputs and examples.',
  type: 'Type', written: 'Written by', filters: 'Stripe filters', requires: 'A list needs a filter that fixes {{columns}}.', searchColumns: 'Search columns', columnsOf: 'Columns of {{name}}',
  run: 'Run it', example: 'Example', inputs: 'Inputs', outputs: 'Results', marks: { key: 'key', required: 'required' },
} as const;

export const operations = { LIST: 'List', GET: 'Get', CREATE: 'Create', UPDATE: 'Update', DELETE: 'Delete' } as const;

export const task = {
  configure: 'Configure connector task', none: 'No task is chosen', help: 'Choose an entity and what to do with it, or an action; give its input, run it, and see the output.',
  type: 'Type', entity: 'Entity', action: 'Action', operation: 'Operation', typed: 'Native JSON', input: 'Task input', output: 'Task output', form: 'Form', run: 'Run',
  noForm: 'The text is no JSON object yet.', addField: 'Add a field', pushed: 'Stripe itself filters by {{columns}}; the rest is filtered here.', quotes: 'Values stand in single quotes.',
  pageSize: 'Rows per page', sortBy: 'Sort by', unsorted: 'Newest first', descending: 'Descending', table: 'Table', everyColumn: 'Every column', noRows: 'No row passes the filter.',
  nothingTold: 'Done; there is nothing to tell.', told: '{{rows}}, {{time}} ms', nextPage: 'Next page', explain: 'Explain', copyAs: 'Copy as',
  sure: 'Really?', oneRow: 'The row {{id}} will be deleted.', everyRow: 'Every row that passes this filter will be changed or deleted: {{filter}}',
} as const;
