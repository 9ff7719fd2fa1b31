// Words of the pages of one connection.
export const connection = {
  configuration: 'Configuration',
  tabs: { overview: 'Overview', edit: 'Edit', access: 'Access', charts: 'Charts', log: 'Log', audit: 'Audit', writes: 'Writes', task: 'Connector task', schema: 'Schema' },
  serves: 'Calls are served.', servesNot: 'Calls are not served.', since: 'since', revision: 'Revision {{number}}', servesBefore: 'The revision before serves until this one is tried out.',
  history: 'History', noHistory: 'Nothing is known of what was before.', operation: 'Operation', locked: 'Locked', lockedBecause: 'Locked: {{reason}}',
  deeds: {
    suspend: 'Suspend', resume: 'Resume', lock: 'Lock', unlock: 'Unlock', delete: 'Delete', tryAgain: 'Try out again', under: 'Under way …', done: 'Done.',
    suspends: 'While {{name}} is suspended no call through it is served.', deletes: 'The connection {{name}} goes with its policy and its log. Its audit entries and unsettled writes stay.',
    locks: 'A locked connection cannot be changed, suspended or deleted until it is unlocked.', reason: 'Reason',
  },
  nodes: {
    title: 'Nodes', now: 'Now', least: 'At least', most: 'At most', takes: 'Calls a second', waiting: 'Calls that wait', processes: 'Processes', unlimited: 'Nothing limits the calls: the rate of nodes is switched off.',
  },
  facts: {
    connector: 'Connector', description: 'Description', labels: 'Labels', account: 'Acts as', authentication: 'Authentication', nodes: 'Nodes', nodesFromTo: '{{from}} to {{to}}',
    log: 'Logging', off: 'off', shaping: 'Calls to the source', shapingRate: '{{quota}} in {{duration}}', region: 'Region', name: 'Name', host: 'Host',
  },
  diagnosis: {
    title: 'Diagnosis', help: 'Looks at the connection step by step, from its state to the clock of the source. Changes nothing.', run: 'Diagnose', allWell: 'Everything is well.',
    outcomes: { ok: 'OK', warning: 'Warning', failed: 'Failed', skipped: 'Not looked at' },
  },
} as const;

export const charts = {
  help: 'What the process that answers ({{process}}) has done since {{since}}.', several: 'Several processes serve this connection: each tells its own, and figures change with the one that answers.',
  span: 'Span', spans: { quarter: '15 minutes', day: 'A day' }, pause: 'Pause', goOn: 'Go on', table: 'Tables', time: 'Time', nothing: 'Nothing happened in this time.',
  calls: 'Calls', callsHelp: 'Per interval of {{seconds}} s, by outcome.', latency: 'Latency', latencyHelp: 'Milliseconds from the arrival of a call to its answer.', throttled: 'Throttled', throttledHelp: 'Calls that a rate refused.',
  nodes: 'Nodes', nodesHelp: 'Nodes, and the most calls that waited.', nodeCount: 'Nodes', waiting: 'Waiting', source: 'Stripe calls', sourceHelp: 'Attempts at the source, by status.', failed: 'no answer',
  sum: { calls: 'calls', errors: 'errors', throttled: 'throttled', source: 'Stripe calls' },
} as const;

export const log = {
  help: 'The last lines of the process {{process}}, kept since {{since}}.', severity: 'Severity', severities: { INFO: 'Info', WARNING: 'Warning', ERROR: 'Error' }, atLeast: 'From {{what}} on', upTo: 'Shown up to level',
  written: 'Written up to level', unset: 'not set (1)', levels: { l1: '1 · calls', l2: '2 · requests', l3: '3 · bodies', l4: '4 · sockets, TLS', l5: '5 · timings' },
  levelHelp: 'From level 3 on lines hold rows of your customers. Changing it tries the connection out again; the revision before serves meanwhile.', changing: 'The level is being changed …',
  follow: 'Follow', pause: 'Pause', following: 'Following', cut: 'Broken off, tried again', count_one: '{{count, number}} line', count_other: '{{count, number}} lines', paused: 'Paused', older: 'Older lines', none: 'No line yet. Lines come with calls through the connection.', noMatch: 'No line passes.', level: 'Level {{level}}',
  expand: 'Show the line', collapse: 'Hide the line', ofCall: 'Lines of this call', oneCall: 'Lines of the call {{id}}', lines: 'Lines of the log', copyAll: 'what is shown',
} as const;

export const writes = {
  unfinished: 'Unfinished writes', unfinishedHelp: 'Writes of which nobody knows yet whether Stripe did them. Finding out asks Stripe and changes nothing there.', noneUnfinished: 'None: of every write it is known how it ended.',
  all: 'All writes', allHelp: 'What went to Stripe through this connection, newest first; never what it held.', noneAtAll: 'Nothing was written through this connection yet.', state: 'State', target: 'Entity or action', entity: 'Row', key: 'Idempotency key', attempts: 'Attempts',
  sent: 'Sent', settled: 'Settled', outcome: 'Outcome', note: 'Note', partOf: 'Part of', reconcile: 'Find out', reconcileAll: 'Find out all', settle: 'Say how it ended', settleHelp: 'Say it where Stripe cannot tell: what you say is believed, and stands in the audit log as your word.',
  asDone: 'It was done', asNotDone: 'It was not done', told_one: '{{count}} write looked at', told_other: '{{count}} writes looked at', write: 'Write', found: 'Found out',
  states: { underWay: 'Under way', unknown: 'Unknown', notDone: 'Not done', succeeded: 'Succeeded', failed: 'Failed' },
} as const;

export const may = {
  title: 'Who may do what', help: 'By the roles on this connection and on its project.', question: 'Question', youMay: 'You may.', youMayNot: 'You may not.', nobody: 'Nobody but administrators.', by: 'by {{role}}, {{where}}', where: { here: 'on this connection', above: 'on the project' },
  deeds: {
    list: 'Who may list rows?', change: 'Who may change rows?', remove: 'Who may delete rows?', execute: 'Who may run actions?', see: 'Who may see the connection?', edit: 'Who may change the connection?', drop: 'Who may delete the connection?', log: 'Who may read its log?', settle: 'Who may settle its writes?', share: 'Who may give access?',
  },
  inherited: 'Inherited from the project', inheritedHelp: 'Whoever has a role on the project has it on the connection too.', toProject: 'Access of the project', onConnection: 'On this connection', onConnectionHelp: 'Roles that hold for this connection alone.',
} as const;

export const edit = {
  help: 'What is saved is tried out first; the revision before serves calls meanwhile.', review: 'What will change', nothing: 'Nothing is changed yet.', field: 'Field', before: 'Before', after: 'After', absent: 'not set', save: 'Save', discard: 'Discard', saving: 'It is being tried out …', saved: 'Saved and tried out.',
  failed: 'It was saved, but the trial failed: calls are not served until it is mended.', lockedHelp: 'The connection is locked: unlock it first.', busy: 'Something works on the connection; wait until it has ended.', changedMeanwhile: 'Somebody else has changed the connection since you began. Discard to see it as it is.', faults: 'Mend what is marked first.',
} as const;

export const connectionAudit = { hideLooks: 'Without administrative reads', wholeLog: 'The whole audit log' } as const;
