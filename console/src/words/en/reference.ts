// Words of the page that shows the API. What it shows is the server's own description, in English.
export const reference = {
  title: 'API', operations: 'Operations', found_one: '{{count}} operation', found_other: '{{count}} operations', groups: 'What there is', console: 'To the console',
  unserved: 'This is not served here: it answers 501, UNIMPLEMENTED.', notServed: 'not served', permission: 'Permission', open: 'None', effect: 'Effect', service: 'Service that must be enabled',
  effects: { read: 'Changes nothing', write: 'Changes something', destroy: 'Takes something away' },
  curl: 'As a command', in: { path: 'In the path', query: 'In the query', header: 'Headers' }, body: 'Body', answer: 'Answer', errors: 'Errors', within: 'Within {{name}}',
  errorHelp: 'Every error is a google.rpc.Status with a stable reason and a hint, and names all faults at once.',
} as const;
