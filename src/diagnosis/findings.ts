// What a diagnosis can find, each under a stable name with what it says and what to do about it: for those who say the same in other
// languages. {{names}} stand for the facts of a finding. It does not know when something is found.
import { filled } from '../errors/filled.ts';

export interface FindingWords {
  readonly says: string;
  /** What to do about it, where it is not well. */
  readonly hint?: string;
}

const TRY_AGAIN = 'Change the connection, or let it be tried out again: PATCH with updateMask=description.';
const CORRECT_IT = 'Correct or remove what is named.';
const SET_CLOCK = 'Set the clock of this machine by NTP: tokens, signatures of webhooks and time filters go by it.';
const PROXY_WAY = 'Check host and port of the destination proxy_server, and the firewall between.';

export const FINDINGS = {
  NOT_LOOKED_AT: { says: 'Not looked at: "{{title}}" comes first.' },
  NO_ANSWER_IN_TIME: { says: 'No answer within {{seconds}} s.', hint: 'Look at what lies between, such as a firewall that drops without a word.' },
  SERVER_FAULT: { says: 'This could not be looked at: a fault of the server.', hint: 'See its log.' },

  ACTIVE: { says: 'ACTIVE' },
  ACTIVE_WITH_WARNINGS: { says: 'ACTIVE. {{description}}', hint: CORRECT_IT },
  IN_ERROR: { says: 'ERROR: {{description}}', hint: `The steps below tell more. ${TRY_AGAIN}` },
  SUSPENDED: { says: 'INACTIVE: it is suspended.', hint: 'Resume it: PATCH with updateMask=suspended and {"suspended": false}.' },
  CHANGING: { says: '{{state}}; the revision before serves until it is tried out.', hint: 'Look again in a moment.' },
  NOT_READY: { says: '{{state}}', hint: 'Wait until the operation on it has ended.' },
  NOT_READY_BECAUSE: { says: '{{state}}: {{description}}', hint: 'Wait until the operation on it has ended.' },

  CONFIGURATION_TAKEN: { says: 'Taken by its connector.' },
  CONFIGURATION_UNUSED: { says: '{{warnings}}.', hint: CORRECT_IT },
  ACCOUNT_WORKS: { says: '{{serviceAccount}}' },
  ACCOUNT_GONE: { says: '{{serviceAccount}} was not found in the project, or is disabled.', hint: 'Create or enable it, or give the connection another one.' },
  ROLES_HELD: { says: '{{roles}} on {{secrets}}' },
  ROLES_NOT_NEEDED: { says: 'The connection uses no secret.' },
  ROLES_MISSING: { says: '{{missing}}: missing.', hint: 'Grant them on the secret or its project: POST /v1/{secret}:setIamPolicy.' },
  SECRETS_READABLE: { says: '{{versions}}: readable' },
  SECRETS_NONE: { says: 'none is used' },
  KEY_NONE: { says: 'The connection has none.' },
  KEY_FITS: { says: 'A {{mode}} key.' },
  KEY_FITS_RESTRICTED: { says: 'A restricted {{mode}} key.' },
  KEY_WRONG: { says: '{{fault}}', hint: 'Store the right key as a new version of the secret.' },

  DESTINATION_NONE: { says: 'Its connector calls nobody.' },
  DESTINATION: { says: '{{destination}}' },
  PROXY_NONE: { says: 'None is configured.' },
  PROXY_DEAD: { says: '{{faults}}.', hint: PROXY_WAY },
  PROXY_PARTLY_DEAD: { says: '{{proxies}} answer, but for {{faults}}.', hint: PROXY_WAY },
  PROXY_WORKS: { says: '{{proxies}}: answers and lets us through.' },
  NETWORK_BY_PROXY: { says: 'The proxy finds the way; the account tells whether it does.' },
  NETWORK_NOT_NEEDED: { says: 'None is needed.' },
  NETWORK_REACHED: { says: '{{address}} port {{port}} answers, {{milliseconds}} ms.' },
  NETWORK_REACHED_TLS: { says: '{{address}} port {{port}} answers, {{milliseconds}} ms; {{protocol}}, certificate by {{issuer}} until {{until}}.' },
  NETWORK_CUT: { says: '{{destination}}: {{fault}}.', hint: 'Check the name, the firewall, and what certificates this server trusts (NODE_EXTRA_CA_CERTS).' },

  ACCOUNT_TAKEN: { says: 'Taken by the source.' },
  ACCOUNT_TAKEN_IN: { says: 'Taken by the source in {{milliseconds}} ms.' },
  ACCOUNT_NOT_READ: { says: 'Taken by the source in {{milliseconds}} ms; the key is restricted and may not read the account.' },
  CLOCK_UNTOLD: { says: 'The source told no time.' },
  CLOCK_AGREES: { says: 'Less than a second from the source\'s.' },
  CLOCK_AHEAD: { says: '{{seconds}} s ahead of the source\'s.', hint: SET_CLOCK },
  CLOCK_BEHIND: { says: '{{seconds}} s behind the source\'s.', hint: SET_CLOCK },
  API_VERSION_NONE: { says: 'The source has no versions.' },
  API_VERSION: { says: '{{asked}}' },
  API_VERSION_OTHER: { says: '{{asked}} was asked for, and {{answered}} answered.', hint: 'Set the variable api_version of the connection to one that the source has.' },
  NOT_LIMITED: { says: 'Transactions are not limited (KONEKTOR_NODE_RATE=0).' },
  NODES: {
    says: '{{nodes}} of {{min}} to {{max}} nodes, {{now}} transactions per second now, {{most}} at most; {{waiting}} waiting.', hint: 'Raise maxNodeCount of the connection, or let its callers slow down.',
  },
  WRITES_SETTLED: { says: 'None is unsettled.' },
  WRITES_UNSETTLED: { says: '{{count}} under way, or of unknown outcome.', hint: 'Those that stay: konektor writes list, and konektor writes reconcile.' },

  VERSION: { says: 'Konektor {{version}} on Node {{node}}' },
  DATABASE_SILENT: { says: 'The database does not answer.', hint: 'See the log of the server; with DATABASE_URL look at that PostgreSQL.' },
  DATABASE_POSTGRESQL: { says: 'PostgreSQL answers in {{milliseconds}} ms; what it keeps survives as its own settings promise.' },
  DATABASE_EMBEDDED: {
    says: 'Embedded (PGlite), answers in {{milliseconds}} ms. It survives the death of the process, not of the power: it does not wait for the disk.',
    hint: 'Set DATABASE_URL to a PostgreSQL where that matters, and back up: konektor backup.',
  },
  QUEUE_STOPPED: { says: 'It does not run: connections are neither made nor changed.', hint: 'Restart the server; its log says why.' },
  QUEUE_IDLE: { says: 'Runs; nothing waits.' },
  QUEUE_BUSY: { says: 'Runs; {{count}} operations are not done.' },
} as const satisfies Readonly<Record<string, FindingWords>>;

export type FindingName = keyof typeof FINDINGS;

/** The values that a finding names. */
export type Facts = Readonly<Record<string, string | number>>;

/** What a finding says of its facts, and what to do about it. */
export function wordsOf(name: FindingName, facts: Facts): FindingWords {
  const { says, hint }: FindingWords = FINDINGS[name];
  return { says: filled(says, facts), ...(hint === undefined ? {} : { hint }) };
}
