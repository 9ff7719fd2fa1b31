// The requests that the provider hashicorp/google makes for a configuration, in its order and with its quirks: what is false, zero
// or empty is not sent, int64 go as numbers, a block that was taken out is named by the mask and absent. What it reads back is
// turned into attributes again, so that a difference is found as the provider would find it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Block, Body, Expression } from './hcl.ts';
import { TOKEN } from './running-server.ts';

export interface Sent {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

type Json = Readonly<Record<string, unknown>>;
/** Attributes of a resource as a plan compares them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** How an argument goes over the wire. A block is a list, of one where the API has an object; computed ones the server may fill in. */
interface Argument {
  readonly wire: string;
  readonly kind: 'text' | 'number' | 'bool' | 'labels' | { readonly list: Arguments } | { readonly one: Arguments };
  readonly computed?: true;
}
type Arguments = Readonly<Record<string, Argument>>;

const text = (wire: string): Argument => ({ wire, kind: 'text' });
const SECRET: Argument = { wire: 'secretValue', kind: { one: { secret_version: text('secretVersion') } } };
const VARIABLE: Arguments = { key: text('key'), integer_value: { wire: 'intValue', kind: 'number' }, string_value: text('stringValue'), boolean_value: { wire: 'boolValue', kind: 'bool' }, secret_value: SECRET };

/** In the order in which the provider names changed fields in a mask. */
const CONNECTION: Arguments = {
  description: text('description'),
  connector_version: text('connectorVersion'),
  config_variable: { wire: 'configVariables', kind: { list: VARIABLE } },
  auth_config: {
    wire: 'authConfig',
    kind: { one: {
      auth_type: text('authType'), auth_key: text('authKey'), additional_variable: { wire: 'additionalVariables', kind: { list: VARIABLE } },
      user_password: { wire: 'userPassword', kind: { one: { username: text('username'), password: { wire: 'password', kind: { one: { secret_version: text('secretVersion') } } } } } },
    } },
  },
  lock_config: { wire: 'lockConfig', kind: { one: { locked: { wire: 'locked', kind: 'bool' }, reason: text('reason') } } },
  destination_config: { wire: 'destinationConfigs', kind: { list: { key: text('key'), destination: { wire: 'destinations', kind: { list: { host: text('host'), port: { wire: 'port', kind: 'number' }, service_attachment: text('serviceAttachment') } } } } } },
  service_account: { ...text('serviceAccount'), computed: true },
  suspended: { wire: 'suspended', kind: 'bool' },
  node_config: { wire: 'nodeConfig', kind: { one: { min_node_count: { wire: 'minNodeCount', kind: 'number' }, max_node_count: { wire: 'maxNodeCount', kind: 'number' } } }, computed: true },
  log_config: { wire: 'logConfig', kind: { one: { enabled: { wire: 'enabled', kind: 'bool' }, level: { ...text('level'), computed: true } } } },
  eventing_enablement_type: text('eventingEnablementType'),
  labels: { wire: 'labels', kind: 'labels' },
};

/** The provider labels what it made. */
const ATTRIBUTION = { 'goog-terraform-provisioned': 'true' };
const EMPTY: Readonly<Record<string, unknown>> = { text: '', number: 0, bool: false };

export interface Provider {
  readonly sent: Sent[];
  request(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Json }>;
  /** Attributes that later resources refer to. */
  readonly state: Map<string, Attributes>;
}

export function createProvider(url: string, project: string): Provider {
  const sent: Sent[] = [];
  return {
    sent, state: new Map(),
    async request(method, path, body) {
      const [name = '', query = ''] = path.split('?');
      const address = `/v1/${name}?alt=json${query === '' ? '' : `&${query}`}`;
      const reply = await fetch(`${url}${address}`, {
        method, ...(body === undefined ? {} : { body: `${JSON.stringify(body)}\n` }),
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'x-goog-user-project': project, 'user-agent': 'Terraform/1.9.8 (+https://www.terraform.io) Terraform-Plugin-SDK/2.33.0 terraform-provider-google/6.12.0' },
      });
      const answer = await reply.text();
      sent.push({ method, path: address, status: reply.status, body });
      return { status: reply.status, body: (answer === '' ? {} : JSON.parse(answer)) as Json };
    },
  };
}

/** The value of an expression, with the references to what was made before. */
export function evaluate(expression: Expression, state: ReadonlyMap<string, Attributes>): unknown {
  if (expression.is === 'literal') return expression.value;
  if (expression.is === 'list') return expression.items.map((item) => evaluate(item, state));
  if (expression.is === 'object') return Object.fromEntries(Object.entries(expression.entries).map(([key, value]) => [key, evaluate(value, state)]));
  const at = expression.path.lastIndexOf('.');
  const value = state.get(expression.path.slice(0, at))?.[expression.path.slice(at + 1)];
  if (value === undefined) throw new Error(`there is no ${expression.path}`);
  return value;
}

/** What a configuration says, with an empty value for every argument that it does not name. */
function configured(args: Arguments, body: Body, state: ReadonlyMap<string, Attributes>): Attributes {
  return Object.fromEntries(Object.entries(args).map(([name, { kind }]) => {
    const given = body.attributes[name];
    if (typeof kind === 'object') {
      const inner = 'list' in kind ? kind.list : kind.one;
      return [name, body.blocks.filter(({ type }) => type === name).map((block) => configured(inner, block, state))];
    }
    return [name, given === undefined ? (EMPTY[kind] ?? {}) : evaluate(given, state)];
  }));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || value === 0 || value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** What is sent: nothing that is empty. */
function expand(args: Arguments, attributes: Attributes): Json {
  return Object.fromEntries(Object.entries(args).map(([name, { wire, kind }]) => {
    const value = attributes[name];
    if (typeof kind !== 'object' || !Array.isArray(value)) return [wire, value];
    const blocks = value.map((one: Attributes) => expand('list' in kind ? kind.list : kind.one, one));
    return [wire, 'list' in kind ? blocks : blocks[0]];
  }).filter(([, value]) => !isEmpty(value)));
}

/** What was read, as attributes. @throws Error at a value that the provider cannot read. */
function flatten(args: Arguments, reply: Json): Attributes {
  return Object.fromEntries(Object.entries(args).map(([name, { wire, kind }]) => {
    const value = reply[wire];
    if (typeof kind === 'object') {
      if (value === undefined || isEmpty(value)) return [name, []];
      return [name, 'list' in kind ? (value as readonly Json[]).map((one) => flatten(kind.list, one)) : [flatten(kind.one, value as Json)]];
    }
    if (kind === 'number') return [name, Number(value ?? 0)];
    return [name, value ?? EMPTY[kind] ?? {}];
  }));
}

/** The attributes that differ, computed ones aside that the configuration leaves open. */
function differences(args: Arguments, wanted: Attributes, found: Attributes): readonly string[] {
  return Object.entries(args).filter(([name, { kind, computed }]) => {
    const [want, have] = [wanted[name], found[name]];
    if (computed === true && isEmpty(want)) return false;
    if (typeof kind !== 'object' || !Array.isArray(want) || !Array.isArray(have)) return JSON.stringify(sorted(want)) !== JSON.stringify(sorted(have));
    const inner = 'list' in kind ? kind.list : kind.one;
    return want.length !== have.length || want.some((one: Attributes, index) => differences(inner, one, have[index] as Attributes).length > 0);
  }).map(([name]) => name);
}

function sorted(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)) : value;
}

/** The connection of a configuration, as the provider handles it. */
export class ConnectionResource {
  readonly #provider: Provider;
  readonly name: string;
  readonly #parent: string;

  constructor(provider: Provider, project: string, block: Block) {
    this.#provider = provider;
    this.#parent = `projects/${project}/locations/${String(this.#value(block, 'location'))}/connections`;
    this.name = `${this.#parent}/${String(this.#value(block, 'name'))}`;
  }

  #value(block: Block, name: string): unknown {
    const expression = block.attributes[name];
    return expression === undefined ? undefined : evaluate(expression, this.#provider.state);
  }

  #wanted(block: Block): Attributes {
    const attributes = configured(CONNECTION, block, this.#provider.state);
    return { ...attributes, labels: { ...(attributes['labels'] as object), ...ATTRIBUTION } };
  }

  async create(block: Block): Promise<Json> {
    const reply = await this.#provider.request('POST', `${this.#parent}?connectionId=${this.name.split('/').at(-1) ?? ''}`, expand(CONNECTION, this.#wanted(block)));
    await this.#wait(reply);
    return this.read();
  }

  /** Reads until nothing is under way; the provider takes a reply without a status for a crash. */
  async read(): Promise<Json> {
    for (;;) {
      const { status, body } = await this.#provider.request('GET', this.name);
      if (status !== 200) throw new Error(`GET ${this.name}: ${status}`);
      const { state } = body['status'] as { readonly state: string };
      if (state !== 'CREATING' && state !== 'UPDATING') return body;
      await sleep(20);
    }
  }

  /** What a plan would change. */
  async plan(block: Block): Promise<readonly string[]> {
    return differences(CONNECTION, this.#wanted(block), flatten(CONNECTION, await this.read()));
  }

  async update(block: Block): Promise<Json> {
    const wanted = this.#wanted(block);
    const changed = await this.plan(block);
    const mask = Object.entries(CONNECTION).filter(([name]) => changed.includes(name)).map(([, { wire }]) => wire);
    const reply = await this.#provider.request('PATCH', `${this.name}?updateMask=${encodeURIComponent(mask.join(','))}`, expand(CONNECTION, wanted));
    await this.#wait(reply);
    return this.read();
  }

  async delete(): Promise<void> {
    await this.#wait(await this.#provider.request('DELETE', this.name));
  }

  /** An error of the operation aborts, a missing one is tolerated. */
  async #wait({ status, body }: { readonly status: number; readonly body: Json }): Promise<void> {
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    for (let operation = body; ;) {
      if (operation['error'] !== undefined) throw new Error(JSON.stringify(operation['error']));
      const { done, name } = operation;
      if (done === true || typeof name !== 'string' || name === '') return;
      await sleep(20);
      const next = await this.#provider.request('GET', name);
      if (next.status === 404) return;
      operation = next.body;
    }
  }
}
