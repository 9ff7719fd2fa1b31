// Words of the schema and of the connector task.
export const schema = {
  choose: 'Entity types and actions', found: '{{entities}} entity types, {{actions}} actions', entities: 'Entities', actions: 'Actions', help: 'Choose an entity type or an action to see its columns, inputs and examples.',
  type: 'Type', written: 'Written by', filters: 'Stripe filters', requires: 'A list needs a filter that fixes {{columns}}.', searchColumns: 'Search columns', columnsOf: 'Columns of {{name}}',
  example: 'Example', examples: 'Examples', tryIt: 'Open as a task', inputs: 'Inputs', outputs: 'Results', marks: { key: 'key', required: 'required', money: 'smallest unit of the currency' },
  searchInputs: 'Search inputs', searchOutputs: 'Search results', columnCount: '{{count}} of {{all}}',
} as const;

export const operations = { LIST: 'List', GET: 'Get', CREATE: 'Create', UPDATE: 'Update', DELETE: 'Delete' } as const;

export const task = {
  configure: 'Configure connector task', none: 'No task is chosen', help: 'Choose an entity and what to do with it, or an action; give its input, run it, and see the output.',
  type: 'Type', entity: 'Entity', action: 'Action', operation: 'Operation', input: 'Task input', output: 'Task output', form: 'Form', run: 'Run', recent: 'Recent', failed: 'failed',
  outputForm: 'Form of the output', text: 'Texts, as the platform gives them', typed: 'Native JSON', textHelp: 'Every value is a text or null, as in connectorOutputPayload on the platform.', typedHelp: 'Numbers, lists and objects as Stripe answers them.',
  newKey: 'Draw a new key', keyHelp: 'Under one key a write is done once, however often it is sent. The key changes with the input.', keyUsed: 'Done under this key: running it again gives the same answer and does nothing twice. Draw a new key to do it once more.',
  outcomeUnknown: 'It is not known whether this was done', foundDone: 'It was done', foundRefused: 'It was refused', getAnswer: 'Get its answer',
  findOutHelp: 'Finding out asks Stripe and changes nothing there. Running it again under the same key does nothing twice either, but what Stripe has answered with an error it answers so again. Change neither the input nor the key before it is known.',
  outcomeUnknownHelp: 'Run it again under the same key: if it was done, its answer is given and nothing is done twice. Do not change the input or the key before.',
  notDone: 'This was not done', notDoneHelp: 'Nothing is wrong with the input. Run it again in a moment, under the same key.', refusedHelp: 'This was refused, and nothing was changed. Mend the input and run it; it goes out under a new key.', repeat: 'Run again under the same key', toWrites: 'Unfinished writes',
  noForm: 'The text is no JSON object yet.', fillExample: 'Fill in an example', addField: 'Add a field', pushed: 'Stripe itself filters by {{columns}}; the rest is filtered here.', quotes: 'Values stand in single quotes.',
  atStripe: 'Stripe filters by {{filter}}.', here: 'Filtered here: {{filter}}.',
  pageSize: 'Rows per page', sortBy: 'Sort by', unsorted: 'Newest first', descending: 'Descending', table: 'Table', everyColumn: 'Every column', noRows: 'No row passes the filter.',
  nothingTold: 'Done; there is nothing to tell.', told: '{{rows}}, {{time}} ms', nextPage: 'Next page', allPages: 'All pages', stop: 'Stop', firstShown: 'The first {{count}} rows; JSON of all is read through the API.', showRow: 'Show the row', explain: 'Explain', copyAs: 'Copy as',
  sure: 'Really?', oneRow: 'The row {{id}} will be deleted.', endsForGood: '{{action}} ends something that is not brought back.', everyRow: 'Every row that passes this filter will be changed or deleted: {{filter}}',
} as const;

export const plan = {
  filter: 'Filter', everyRow: 'every row', way: 'How', atStripe: 'Filtered by Stripe', here: 'Filtered here', nothing: 'nothing', order: 'Order', calls: 'Calls to Stripe for a page', unbounded: 'as many as the rows take', budget: 'At most',
  most: '{{rows}} rows, {{calls}} calls, {{seconds}} s', fullScan: 'Every row may have to be read.', why: 'Why', asked: 'What Stripe is asked',
  routes: { GET: 'The rows are got by their ids.', SCAN: 'The rows are listed.' },
  orders: { SOURCE: 'as Stripe gives them', SORTED_BY_SOURCE: 'sorted by Stripe', SORTED_HERE: 'sorted here' },
} as const;
