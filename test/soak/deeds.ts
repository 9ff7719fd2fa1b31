// What callers do to the server, how often, and how each may end: reads and writes, wrong calls, management, connections that
// come and go. Any other end is a fault.
import { setTimeout as sleep } from 'node:timers/promises';
import { TOKEN } from './server.ts';

export const CONNECTION = 'projects/demo/locations/us-central1/connections/stripe-sandbox';
const LOCATION = 'projects/demo/locations/us-central1';
const CUSTOMERS = `/v2/${CONNECTION}/entityTypes/Customer/entities`;
const MOST_KEPT = 40;

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One of those who call: with a token, and rows of their own. */
export interface Caller {
  readonly number: number;
  readonly customers: string[];
  /** Counts what it has made, for names. */
  made: number;
  /** Calls as this caller. Any answer but these statuses is told as a fault. */
  call(expected: readonly number[], method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export interface Deed {
  readonly name: string;
  readonly weight: number;
  readonly do: (caller: Caller) => Promise<unknown>;
}

const ADMIN = { authorization: `Bearer ${TOKEN}` };
const query = (values: Readonly<Record<string, string>>): string => `?${new URLSearchParams(values).toString()}`;
const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(Math.random() * all.length)];

async function create(caller: Caller): Promise<void> {
  const number = caller.made++;
  const { body } = await caller.call([200], 'POST', CUSTOMERS, { fields: { Name: `Caller ${caller.number}`, Email: `soak-${caller.number}-${number}@example.com`, Metadata: { round: String(number) } } });
  const id = idOf(body);
  if (id !== undefined) caller.customers.push(id);
  if (caller.customers.length > MOST_KEPT) await remove(caller);
}

async function remove(caller: Caller): Promise<void> {
  const id = caller.customers.shift();
  if (id !== undefined) await caller.call([200], 'DELETE', `${CUSTOMERS}/${id}`);
}

function idOf({ fields }: Readonly<Record<string, unknown>>): string | undefined {
  const id: unknown = typeof fields === 'object' && fields !== null ? Reflect.get(fields, 'Id') : undefined;
  return typeof id === 'string' ? id : undefined;
}

async function own(caller: Caller): Promise<string> {
  if (caller.customers.length === 0) await create(caller);
  return pick(caller.customers) ?? 'cus_none';
}

/** Waits for the end of an operation. */
async function settled(caller: Caller, { name }: Readonly<Record<string, unknown>>): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    const { status, body } = await caller.call([200], 'GET', `/v1/${String(name)}`, undefined, ADMIN);
    if (status !== 200 || body['done'] === true) return;
    await sleep(25);
  }
}

async function comeAndGo(caller: Caller): Promise<void> {
  const id = `soak-${caller.number}-${caller.made++}`;
  const spec = {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
    authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } }] },
  };
  await settled(caller, (await caller.call([200], 'POST', `/v1/${LOCATION}/connections?connectionId=${id}`, spec, ADMIN)).body);
  const path = `/v1/${LOCATION}/connections/${id}`;
  await caller.call([200], 'GET', `/v2/${LOCATION}/connections/${id}/entityTypes/Customer/entities?pageSize=2`);
  await settled(caller, (await caller.call([200], 'PATCH', `${path}?updateMask=labels`, { labels: { round: String(caller.made) } }, ADMIN)).body);
  await settled(caller, (await caller.call([200], 'DELETE', path, undefined, ADMIN)).body);
}

export const DEEDS: readonly Deed[] = [
  { name: 'Get', weight: 400, do: async (caller) => caller.call([200], 'GET', `${CUSTOMERS}/${await own(caller)}`) },
  { name: 'List', weight: 100, do: (caller) => caller.call([200], 'GET', `${CUSTOMERS}?pageSize=10`) },
  { name: 'List by filter', weight: 60, do: (caller) => caller.call([200], 'GET', `${CUSTOMERS}${query({ conditions: `Email = 'soak-${caller.number}-1@example.com' AND Metadata IS NOT NULL`, pageSize: '5' })}`) },
  { name: 'Create', weight: 60, do: create },
  { name: 'Update', weight: 50, do: async (caller) => caller.call([200], 'PATCH', `${CUSTOMERS}/${await own(caller)}`, { fields: { Description: `round ${caller.made++}` } }) },
  { name: 'Delete', weight: 20, do: remove },
  {
    name: 'Pay', weight: 20,
    async do(caller) {
      const { body } = await caller.call([200], 'POST', `/v2/${CONNECTION}/entityTypes/PaymentIntent/entities`, { fields: { Amount: 1_500, Currency: 'usd', PaymentMethod: 'pm_card_visa' } });
      await caller.call([200], 'POST', `/v2/${CONNECTION}/actions/ConfirmPaymentIntent:execute`, { parameters: { PaymentIntentId: idOf(body) ?? '', ReturnUrl: 'https://example.com/' } });
    },
  },
  {
    name: 'Update where', weight: 5,
    do: (caller) => caller.call([200], 'POST', `${CUSTOMERS}:updateEntitiesWithConditions${query({ conditions: `Email = 'soak-${caller.number}-2@example.com'` })}`, { fields: { Phone: '+62215550100' } }),
  },
  { name: 'Wrong row', weight: 30, do: (caller) => caller.call([404], 'GET', `${CUSTOMERS}/cus_none${caller.made++}`) },
  { name: 'Wrong filter', weight: 30, do: (caller) => caller.call([400], 'GET', `${CUSTOMERS}${query({ conditions: `Nonsense${caller.made++} = 'x'` })}`) },
  { name: 'Wrong type', weight: 20, do: (caller) => caller.call([404], 'GET', `/v2/${CONNECTION}/entityTypes/Nothing${caller.made++}/entities`) },
  { name: 'Wrong body', weight: 20, do: (caller) => caller.call([400], 'POST', CUSTOMERS, { fields: { Balance: { deep: ['x'] }, Nmae: 1 } }) },
  { name: 'Wrong connection', weight: 10, do: (caller) => caller.call([403, 404], 'GET', `/v2/${LOCATION}/connections/none-${caller.made++}/entityTypes/Customer/entities`) },
  { name: 'No token', weight: 20, do: (caller) => caller.call([401], 'GET', `${CUSTOMERS}?pageSize=1`, undefined, { authorization: `Bearer stranger_${caller.made++}` }) },
  { name: 'No permission', weight: 10, do: (caller) => caller.call([403], 'GET', '/v1/backup') },
  { name: 'Catalogue', weight: 20, do: (caller) => caller.call([200], 'GET', `/v2/${CONNECTION}/entityTypes/PaymentIntent`) },
  { name: 'Connection', weight: 20, do: (caller) => caller.call([200], 'GET', `/v1/${CONNECTION}`) },
  { name: 'Connections', weight: 10, do: (caller) => caller.call([200], 'GET', `/v1/${LOCATION}/connections?pageSize=5`) },
  { name: 'Operations', weight: 5, do: (caller) => caller.call([200], 'GET', `/v1/${LOCATION}/operations?pageSize=5`) },
  { name: 'Audit', weight: 5, do: (caller) => caller.call([200], 'GET', '/v1/projects/demo/auditEntries?pageSize=5', undefined, ADMIN) },
  { name: 'Status', weight: 5, do: (caller) => caller.call([200], 'GET', `/v2/${CONNECTION}:checkStatus`) },
  { name: 'Diagnosis', weight: 2, do: (caller) => caller.call([200], 'POST', `/v1/${CONNECTION}:diagnose`, {}) },
  { name: 'Policy', weight: 5, do: (caller) => caller.call([200], 'POST', '/v1/projects/demo:getIamPolicy', {}, ADMIN) },
  {
    name: 'Token', weight: 5,
    async do(caller) {
      const { body } = await caller.call([200], 'POST', '/v1/tokens', { member: `user:brief${caller.number}@example.com`, lifetime: '60s' }, ADMIN);
      await caller.call([403], 'GET', `/v1/${CONNECTION}`, undefined, { authorization: `Bearer ${String(body['token'])}` });
      await caller.call([200], 'POST', `/v1/tokens/${String(body['id'])}:revoke`, {}, ADMIN);
    },
  },
  {
    name: 'Secret', weight: 3,
    async do(caller) {
      const secret = `/v1/projects/demo/secrets/soak-${caller.number}-${caller.made++}`;
      await caller.call([200], 'POST', `/v1/projects/demo/secrets?secretId=${secret.split('/').at(-1) ?? ''}`, { replication: { automatic: {} } }, ADMIN);
      await caller.call([200], 'POST', `${secret}:addVersion`, { payload: { data: Buffer.from('a value').toString('base64') } }, ADMIN);
      await caller.call([200], 'GET', `${secret}/versions/1:access`, undefined, ADMIN);
      await caller.call([200], 'DELETE', secret, undefined, ADMIN);
    },
  },
  { name: 'Connection, made and deleted', weight: 3, do: comeAndGo },
  { name: 'Metrics', weight: 5, do: (caller) => caller.call([200], 'GET', '/metrics', undefined, ADMIN) },
  { name: 'Readiness', weight: 5, do: (caller) => caller.call([200], 'GET', '/readyz') },
];
