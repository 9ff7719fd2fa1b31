// Every setting once: its name, environment variable, type, default, whether it is secret, and what it is for.
// The reference in docs/reference/settings.md is made from this table.
import { readCount, readFlag, readHosts, readIssuers, readMembers, readNames, readPlaces, type IssuerSetting, type SecretPlace } from './setting-values.ts';

export type { IssuerSetting, SecretPlace } from './setting-values.ts';

interface Setting {
  readonly variable: string;
  readonly type: 'port' | 'string' | 'hosts' | 'names' | 'count' | 'limit' | 'flag' | 'members' | 'issuers' | 'places';
  readonly default: string | number | undefined;
  readonly secret: boolean;
  readonly description: string;
}

export const SETTINGS = {
  port: {
    variable: 'KONEKTOR_PORT', type: 'port', default: 8080, secret: false,
    description: 'Port of the HTTP API; 0 takes a free one.',
  },
  host: {
    variable: 'KONEKTOR_HOST', type: 'string', default: '127.0.0.1', secret: false,
    description: 'Address the HTTP API listens on.',
  },
  dataDir: {
    variable: 'KONEKTOR_DATA_DIR', type: 'string', default: '.konektor', secret: false,
    description: 'Folder of the embedded database, the sandbox\'s log and the keys; one server at a time may hold it.',
  },
  adminToken: {
    variable: 'KONEKTOR_ADMIN_TOKEN', type: 'string', default: undefined, secret: true,
    description: 'Bearer token of the administrator, at least 16 characters; without it one is drawn at the first start and kept in the data folder.',
  },
  sandboxPort: {
    variable: 'KONEKTOR_SANDBOX_PORT', type: 'port', default: 12111, secret: false,
    description: 'Port of the sandbox on 127.0.0.1; 0 takes a free one.',
  },
  stripeApiKey: {
    variable: 'STRIPE_API_KEY', type: 'string', default: undefined, secret: true,
    description: 'A secret or restricted key of Stripe. With it the demo connection talks to Stripe itself; nothing is ever seeded there.',
  },
  allowStripeHosts: {
    variable: 'KONEKTOR_ALLOW_STRIPE_HOSTS', type: 'hosts', default: '', secret: false,
    description: 'host:port, comma-separated: what a connection may name as destination stripe_api besides Stripe\'s own hosts and the sandbox. Nothing else is ever called.',
  },
  databaseUrl: {
    variable: 'DATABASE_URL', type: 'string', default: undefined, secret: true,
    description: 'postgres://… of a PostgreSQL to keep the state in, instead of the embedded database.',
  },
  masterKey: {
    variable: 'KONEKTOR_MASTER_KEY', type: 'string', default: undefined, secret: true,
    description: '64 hexadecimal digits that seal the secrets; without it a key is drawn at the first start and kept in the data folder. Servers that share a database share it.',
  },
  tokenSeconds: {
    variable: 'KONEKTOR_TOKEN_LIFETIME_SECONDS', type: 'count', default: 7_776_000, secret: false,
    description: 'How long a minted token lives that names no lifetime: 90 days.',
  },
  longestTokenSeconds: {
    variable: 'KONEKTOR_TOKEN_LONGEST_SECONDS', type: 'count', default: 31_536_000, secret: false,
    description: 'How long a minted token may live: 365 days.',
  },
  mostTokens: {
    variable: 'KONEKTOR_TOKENS_PER_MEMBER', type: 'count', default: 1_000, secret: false,
    description: 'Minted tokens that one member may have which are neither expired nor revoked.',
  },
  oidcIssuers: {
    variable: 'KONEKTOR_OIDC_ISSUERS', type: 'issuers', default: '[]', secret: false,
    description: 'Issuers whose JSON Web Tokens are taken, as a JSON list: [{"issuer": "https://…", "audience": "…", "jwksUri"?, "memberClaim"?: "email", "groupsClaim"?, "accountProjects"?: "acme,shop"}]. accountProjects names the projects whose service accounts an issuer may speak for. With "consoleClientId" people sign in to the console there; "consoleClientSecretFile" names a file with the client\'s secret, "consoleName" is how the console calls the issuer, "consoleScopes" what it asks for (openid email profile).',
  },
  admins: {
    variable: 'KONEKTOR_ADMINS', type: 'members', default: '', secret: false,
    description: 'Members who may do everything, comma-separated: user:ani@example.com, group:platform.',
  },
  allowAnonymous: {
    variable: 'KONEKTOR_ALLOW_ANONYMOUS', type: 'flag', default: 'false', secret: false,
    description: 'true lets calls without a token through as what policies grant to allUsers.',
  },
  caFile: {
    variable: 'KONEKTOR_CA_FILE', type: 'string', default: undefined, secret: false,
    description: 'PEM file with certificates of authorities of your own, trusted besides the usual ones when Stripe or a proxy is called.',
  },
  logLevel: {
    variable: 'KONEKTOR_LOG_LEVEL', type: 'string', default: 'info', secret: false,
    description: 'fatal, error, warn, info, debug or silent.',
  },
  metricsOpen: {
    variable: 'KONEKTOR_METRICS_OPEN', type: 'flag', default: 'false', secret: false,
    description: 'true lets everybody who reaches the server read /metrics; they name connections, entity types and rates, and no values.',
  },
  metricsToken: {
    variable: 'KONEKTOR_METRICS_TOKEN', type: 'string', default: undefined, secret: true,
    description: 'Bearer token that reads /metrics and nothing else, at least 16 characters; administrators read them with their own.',
  },
  otlpEndpoint: {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT', type: 'string', default: undefined, secret: false,
    description: 'Address of a collector of OpenTelemetry; with it, traces go to its path /v1/traces, by HTTP in protobuf.',
  },
  otlpTracesEndpoint: {
    variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', type: 'string', default: undefined, secret: false,
    description: 'Whole address that traces go to, before the one above.',
  },
  otlpHeaders: {
    variable: 'OTEL_EXPORTER_OTLP_HEADERS', type: 'string', default: undefined, secret: true,
    description: 'Headers sent with traces: name=value, comma-separated, values percent-encoded.',
  },
  otlpTracesHeaders: {
    variable: 'OTEL_EXPORTER_OTLP_TRACES_HEADERS', type: 'string', default: undefined, secret: true,
    description: 'More of them, before those above.',
  },
  otelServiceName: {
    variable: 'OTEL_SERVICE_NAME', type: 'string', default: 'konektor', secret: false,
    description: 'What this server is called in traces.',
  },
  traceShare: {
    variable: 'OTEL_TRACES_SAMPLER_ARG', type: 'string', default: '1', secret: false,
    description: 'Share of the traces begun here that is sent, from 0 to 1; those that a caller began are sent if the caller sends them.',
  },
  shutdownDelaySeconds: {
    variable: 'KONEKTOR_SHUTDOWN_DELAY_SECONDS', type: 'limit', default: 0, secret: false,
    description: 'Seconds between being told to stop, when /readyz begins to fail, and taking no more calls: for balancers that must notice first.',
  },
  regions: {
    variable: 'KONEKTOR_REGIONS', type: 'names', default: '', secret: false,
    description: 'Regions in which connections may be made, comma-separated (europe-west1, jakarta); without it those of the platform.',
  },
  projects: {
    variable: 'KONEKTOR_PROJECTS', type: 'names', default: '', secret: false,
    description: 'Projects that are made at a start where they are missing, comma-separated.',
  },
  mostProjects: {
    variable: 'KONEKTOR_MOST_PROJECTS', type: 'count', default: 1_000, secret: false,
    description: 'Projects that there may be.',
  },
  mostServiceAccounts: {
    variable: 'KONEKTOR_SERVICE_ACCOUNTS_PER_PROJECT', type: 'count', default: 1_000, secret: false,
    description: 'Service accounts that a project may have.',
  },
  mostSecrets: {
    variable: 'KONEKTOR_SECRETS_PER_PROJECT', type: 'count', default: 10_000, secret: false,
    description: 'Secrets that a project may have.',
  },
  mostSecretVersions: {
    variable: 'KONEKTOR_SECRET_VERSIONS', type: 'count', default: 10_000, secret: false,
    description: 'Versions that a secret may have, destroyed ones included.',
  },
  secretProviders: {
    variable: 'KONEKTOR_SECRET_PROVIDERS', type: 'places', default: '', secret: false,
    description: 'Where projects keep their secrets, comma-separated: acme=google, acme=google:host, shop=file:/run/secrets/shop, lab=env:LAB_, demo=embedded; *=… is for all others. What is not named is kept in the database.',
  },
  secretRefreshSeconds: {
    variable: 'KONEKTOR_SECRET_REFRESH_SECONDS', type: 'count', default: 60, secret: false,
    description: 'Seconds that a value from another place than the database is used before it is read again.',
  },
  connectionsPerLocation: {
    variable: 'KONEKTOR_CONNECTIONS_PER_LOCATION', type: 'limit', default: 0, secret: false,
    description: 'Connections that one location of a project may have; 0 for any number. The platform allows 50.',
  },
  publicHost: {
    variable: 'KONEKTOR_PUBLIC_HOST', type: 'string', default: undefined, secret: false,
    description: 'host or host:port under which callers reach this server, for connections and regions (`runtimeConfig`) to tell, for issuers to send people back to who sign in to the console, and for MCP clients to find the issuers by (https, unless it is this machine); without it the address it listens on.',
  },
  scanRows: {
    variable: 'KONEKTOR_SCAN_ROWS', type: 'count', default: 100_000, secret: false,
    description: 'Rows that one List may read where the source cannot filter; beyond it the answer is SCAN_LIMIT.',
  },
  scanCalls: {
    variable: 'KONEKTOR_SCAN_CALLS', type: 'count', default: 2_000, secret: false,
    description: 'Calls to Stripe that one List may make; beyond them the answer is SCAN_LIMIT.',
  },
  scanSeconds: {
    variable: 'KONEKTOR_SCAN_SECONDS', type: 'count', default: 60, secret: false,
    description: 'Seconds that one List may take; beyond them the answer is SCAN_LIMIT.',
  },
  nodeRate: {
    variable: 'KONEKTOR_NODE_RATE', type: 'limit', default: 6, secret: false,
    description: 'Transactions per second that one node of a connection takes; 0 for no limit. What is beyond waits its turn, then is answered with 429.',
  },
  queueSeconds: {
    variable: 'KONEKTOR_QUEUE_SECONDS', type: 'count', default: 5, secret: false,
    description: 'Seconds that a call over the rate of its connection waits its turn at most.',
  },
  queueLength: {
    variable: 'KONEKTOR_QUEUE_LENGTH', type: 'count', default: 1_000, secret: false,
    description: 'Calls of one connection that wait their turn at once.',
  },
  nodeIdleSeconds: {
    variable: 'KONEKTOR_NODE_IDLE_SECONDS', type: 'count', default: 60, secret: false,
    description: 'Seconds that fewer nodes must have been enough for a connection before it has fewer.',
  },
  stripeLiveRate: {
    variable: 'KONEKTOR_STRIPE_LIVE_RATE', type: 'limit', default: 100, secret: false,
    description: 'Calls per second to one Stripe account with live keys; 0 for no limit. Whatever is over this or one of the next four waits here and is not refused by Stripe.',
  },
  stripeTestRate: {
    variable: 'KONEKTOR_STRIPE_TEST_RATE', type: 'limit', default: 25, secret: false,
    description: 'Calls per second to one Stripe account with test keys; 0 for no limit.',
  },
  stripeEndpointRate: {
    variable: 'KONEKTOR_STRIPE_ENDPOINT_RATE', type: 'limit', default: 25, secret: false,
    description: 'Calls per second to one endpoint of a Stripe account, whatever the ids in its path; 0 for no limit.',
  },
  stripeSearchRate: {
    variable: 'KONEKTOR_STRIPE_SEARCH_RATE', type: 'limit', default: 20, secret: false,
    description: 'Searches per second in a Stripe account, of all kinds together; 0 for no limit.',
  },
  stripeFilesRate: {
    variable: 'KONEKTOR_STRIPE_FILES_RATE', type: 'limit', default: 20, secret: false,
    description: 'Files per second written to a Stripe account, and as many read; 0 for no limit.',
  },
  limitSandbox: {
    variable: 'KONEKTOR_LIMIT_SANDBOX', type: 'flag', default: 'false', secret: false,
    description: 'true keeps the rates of calls to Stripe towards the sandbox, and other stand-ins for Stripe on this machine, too. trafficShapingConfigs of a connection are kept either way.',
  },
  auditDays: {
    variable: 'KONEKTOR_AUDIT_DAYS', type: 'count', default: 90, secret: false,
    description: 'Days that audit records are kept.',
  },
  auditRows: {
    variable: 'KONEKTOR_AUDIT_ROWS', type: 'count', default: 1_000_000, secret: false,
    description: 'Audit records of changes that are kept at most, and as many of everything else; the oldest go first. A million take about half a gigabyte.',
  },
  operationDays: {
    variable: 'KONEKTOR_OPERATION_DAYS', type: 'count', default: 30, secret: false,
    description: 'Days that long-running operations are kept after their end.',
  },
  writeDays: {
    variable: 'KONEKTOR_WRITE_DAYS', type: 'count', default: 7, secret: false, description: 'Days that the journal keeps writes after they were settled: as long, a repeated Idempotency-Key gets the first answer again. What is not settled stays.',
  },
  writeRows: {
    variable: 'KONEKTOR_WRITE_ROWS', type: 'count', default: 1_000_000, secret: false,
    description: 'Settled writes that the journal keeps at most; the oldest go first, and none that was settled within a day.',
  },
  operationRows: {
    variable: 'KONEKTOR_OPERATION_ROWS', type: 'count', default: 100_000, secret: false,
    description: 'Long-running operations that have ended which are kept at most; the oldest go first.',
  },
  tokenDays: {
    variable: 'KONEKTOR_TOKEN_DAYS', type: 'count', default: 30, secret: false,
    description: 'Days that minted tokens are listed after they expired or were revoked.',
  },
  destroyedVersionDays: {
    variable: 'KONEKTOR_DESTROYED_VERSION_DAYS', type: 'count', default: 365, secret: false,
    description: 'Days that a destroyed version of a secret, whose value is gone at once, is still listed.',
  },
} as const satisfies Record<string, Setting>;

type Value<S extends Setting> = S['type'] extends 'port' | 'count' | 'limit' ? number
  : S['type'] extends 'hosts' | 'names' | 'members' ? readonly string[]
  : S['type'] extends 'flag' ? boolean
  : S['type'] extends 'issuers' ? readonly IssuerSetting[]
  : S['type'] extends 'places' ? readonly SecretPlace[]
  : S['default'] extends string ? string : string | undefined;

export type Settings = { readonly [Name in keyof typeof SETTINGS]: Value<(typeof SETTINGS)[Name]> };

/** Thrown by `readSettings`: every setting that cannot be used, with what to write instead. */
export class SettingsError extends Error {}

/** Reads all settings from an environment. @throws SettingsError with every fault. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = [];
  const read = ([name, setting]: [string, Setting]): [string, unknown] => {
    const text = environment[setting.variable]?.trim();
    const given = text === undefined || text === '' ? setting.default : text;
    if (given === undefined) return [name, undefined];
    switch (setting.type) {
      case 'string':
        return [name, given];
      case 'hosts':
        return [name, readHosts(setting, String(given), faults)];
      case 'names':
        return [name, readNames(setting, String(given), faults)];
      case 'flag':
        return [name, readFlag(setting, String(given), faults)];
      case 'members':
        return [name, readMembers(setting, String(given), faults)];
      case 'issuers':
        return [name, readIssuers(setting, String(given), faults)];
      case 'places':
        return [name, readPlaces(setting, String(given), faults)];
      case 'port':
        return [name, readCount(setting, String(given), 0, 65_535, faults)];
      case 'limit':
        return [name, readCount(setting, String(given), 0, Number.MAX_SAFE_INTEGER, faults)];
      case 'count':
        return [name, readCount(setting, String(given), 1, Number.MAX_SAFE_INTEGER, faults)];
    }
  };
  const settings = Object.fromEntries(Object.entries(SETTINGS).map(read)) as Settings;
  for (const [variable, token] of [['KONEKTOR_ADMIN_TOKEN', settings.adminToken], ['KONEKTOR_METRICS_TOKEN', settings.metricsToken]]) {
    if (token !== undefined && token.length < 16) faults.push(`${variable} must have at least 16 characters.`);
  }
  for (const { variable, text } of [{ variable: 'OTEL_EXPORTER_OTLP_ENDPOINT', text: settings.otlpEndpoint }, { variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', text: settings.otlpTracesEndpoint }]) {
    if (text !== undefined && !(/^https?:\/\//.test(text) && URL.canParse(text))) faults.push(`${variable} must be an address: http://collector:4318.`);
  }
  if (!/^(0|1|0?\.\d+|[01]\.0+)$/.test(settings.traceShare)) faults.push('OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.');
  if (settings.masterKey !== undefined && !/^[0-9a-f]{64}$/i.test(settings.masterKey)) faults.push('KONEKTOR_MASTER_KEY must be 64 hexadecimal digits (openssl rand -hex 32).');
  if (settings.stripeApiKey !== undefined && !/^[sr]k_\w+$/.test(settings.stripeApiKey)) faults.push('STRIPE_API_KEY must be a whole secret or restricted key of Stripe (sk_… or rk_…); a publishable key (pk_…) opens nothing here.');
  if (settings.databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(settings.databaseUrl)) faults.push('DATABASE_URL must begin with postgres://.');
  if (!['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].includes(settings.logLevel)) {
    faults.push(`KONEKTOR_LOG_LEVEL is "${settings.logLevel}": use fatal, error, warn, info, debug or silent.`);
  }
  if (Math.max(settings.tokenSeconds, settings.longestTokenSeconds) > LONGEST_TOKEN_SECONDS) {
    faults.push(`KONEKTOR_TOKEN_LIFETIME_SECONDS and KONEKTOR_TOKEN_LONGEST_SECONDS may be ${LONGEST_TOKEN_SECONDS} (a hundred years) at most.`);
  }
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
  return settings;
}

const LONGEST_TOKEN_SECONDS = 3_153_600_000;

/** Variables of ours that the command line reads, or tests and measurements. */
const OTHERS = /^KONEKTOR_(SERVER|TOKEN|CONFIG|CONTEXT|PROJECT|LOCATION|CONNECTION|TEST_\w+|BENCH_\w+)$/;
/** What Kubernetes sets for a service of the name konektor. */
const LINKS = /^KONEKTOR_(SERVICE_(HOST|PORT)\w*|PORT_\d+_(TCP|UDP)\w*)$/;

/** Names of variables that look like settings and are none. */
export function unknownVariables(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = new Set<string>(Object.values(SETTINGS).map(({ variable }) => variable));
  return Object.keys(environment).filter((name) => name.startsWith('KONEKTOR_') && !known.has(name) && !OTHERS.test(name) && !LINKS.test(name));
}
