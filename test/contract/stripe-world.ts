// What the contract tests of the Stripe connector stand on: a sandbox of their own, a session on it, and a count of the calls.
import { startSandbox, type SandboxOptions } from '../../sandbox/server.ts';
import { createStripeConnector } from '../../src/connectors/stripe/connector.ts';
import type { StripeConfig } from '../../src/connectors/stripe/config.ts';
import { createOutbound } from '../../src/engine/outbound/send.ts';
import type { EntityType } from '../../src/spi/catalog.ts';
import type { Call, Connector, OutboundRequest, OutboundResponse, Row, Session, WriteOptions } from '../../src/spi/connector.ts';

export interface StripeWorld {
  readonly connector: Connector<StripeConfig>;
  readonly config: StripeConfig;
  readonly session: Session;
  /** Every request that went out, newest last. */
  readonly sent: OutboundRequest[];
  call(output?: Call['output']): Call;
  write(): WriteOptions;
  entity(name: string): EntityType;
  create(entity: string, row: Row): Promise<Row>;
  /** Another session on the same sandbox. */
  open(input: Readonly<Record<string, unknown>>, key?: string, send?: (request: OutboundRequest) => Promise<OutboundResponse>): Promise<{ readonly config: StripeConfig; readonly session: Session }>;
  close(): Promise<void>;
}

const KEY = 'sk_test_contract';

export async function startStripeWorld(options: SandboxOptions = {}): Promise<StripeWorld> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const { url } = sandbox;
  const connector = createStripeConnector({});
  const sent: OutboundRequest[] = [];
  const control = new AbortController();
  const outbound = createOutbound({ allowed: new Set([url]), observe: () => undefined });
  let keys = 0;

  const send = async (request: OutboundRequest): Promise<OutboundResponse> => {
    sent.push(request);
    return outbound.send(request);
  };
  const open: StripeWorld['open'] = async (input, key = KEY, sender = send) => {
    const config = connector.parseConfig({ secretVersion: 'projects/p/secrets/s/versions/1', apiBase: url, ...input });
    const session = await connector.open(config, { send: sender, secret: async () => key, now: () => new Date(), signal: control.signal });
    return { config, session };
  };

  const { config, session } = await open({});
  const call = (output: Call['output'] = 'text'): Call => ({ signal: control.signal, deadline: new Date(Date.now() + 30_000), requestId: 'r', caller: 'test', output });
  const write = (): WriteOptions => ({ idempotencyKey: `contract-${process.pid}-${keys += 1}-${Date.now()}` });
  return {
    connector, config, session, sent, call, write, open,
    entity(name) {
      const found = connector.describe(config, { livemode: false }).entities.find((entity) => entity.name === name);
      if (found === undefined) throw new Error(`no entity ${name}`);
      return found;
    },
    create: (entity, row) => session.create(call(), entity, row, write()),
    async close() {
      await session.close();
      control.abort();
      await outbound.close();
      await sandbox.close();
    },
  };
}
