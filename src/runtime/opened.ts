// A connection made ready to be used: its connector, what it offers, and an open session. Kept per revision, so that a
// call finds all of it in memory.
import type { Sessions } from '../engine/sessions.ts';
import { servingOf, type Connection } from '../connections/model.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Catalog } from '../spi/catalog.ts';
import type { Call, Connector, OutboundRequest, OutboundResponse, Session } from '../spi/connector.ts';
import type { Caller } from './caller.ts';
import { indexCatalog, type CatalogIndex } from './catalog-index.ts';

export interface Opened {
  readonly connection: Connection;
  readonly connector: Connector;
  readonly config: unknown;
  readonly catalog: CatalogIndex;
  readonly session: Session;
}

/** What opening a connection takes; handed in by who composes the server. */
export interface OpeningParts {
  /** The connection by its name, from memory. @throws StatusError NOT_FOUND */
  readonly find: (name: string) => Promise<Connection>;
  /** @throws StatusError FAILED_PRECONDITION for a connector that is not here. */
  readonly connectorOf: (connection: Connection) => Connector;
  /** What the connector's parseConfig is given. */
  readonly configOf: (connection: Connection) => unknown;
  readonly livemodeOf: (connection: Connection) => Promise<boolean>;
  /** How a connection reads its secrets, as its service account. */
  readonly secretFor: (connection: Connection) => (version: string) => Promise<string>;
  /** The way out for a connection's calls. */
  readonly sendFor: (connection: Connection) => (request: OutboundRequest) => Promise<OutboundResponse>;
  readonly sessions: Sessions;
  readonly now: () => Date;
}

export interface Opener {
  /**
   * The connection, ready; while it is being changed, the revision before.
   * @throws StatusError NOT_FOUND, FAILED_PRECONDITION where it is not ACTIVE.
   */
  open(name: string): Promise<Opened>;
  /** The connection in whatever state, ready to be tried out. */
  openAnyway(connection: Connection): Promise<Opened>;
  /** What a connection in whatever state offers, without opening anything. @throws StatusError where its configuration does not say. */
  describe(connection: Connection): Promise<CatalogIndex>;
  /** Keys may have changed, and with them whether the data are live: what connections offer is worked out anew. Sessions stay open. */
  redescribe(): void;
  /** Forgets what was opened for a connection, but for these of its etags. */
  drop(name: string, but?: readonly string[]): void;
}

export function createOpener(parts: OpeningParts): Opener {
  /** By name, then by etag: two revisions of a connection are open while one takes the other's place. */
  const ready = new Map<string, Map<string, Promise<Opened>>>();
  let outdated = new WeakSet<Promise<Opened>>();

  async function prepare(connection: Connection): Promise<Opened> {
    const connector = parts.connectorOf(connection);
    const config = connector.parseConfig(parts.configOf(connection));
    const livemode = await parts.livemodeOf(connection);
    const { now } = parts;
    const secret = parts.secretFor(connection);
    const send = parts.sendFor(connection);
    const session = await parts.sessions.take(`${connection.name}#${connection.etag}`, (signal) => connector.open(config, { secret, send, now, signal }));
    return { connection, connector, config, catalog: catalogOf(connector, config, livemode), session };
  }

  function openAnyway(connection: Connection): Promise<Opened> {
    const { name, etag } = connection;
    const revisions = ready.get(name) ?? new Map<string, Promise<Opened>>();
    const known = revisions.get(etag);
    if (known !== undefined && !outdated.has(known)) return known;
    const opened = prepare(connection);
    ready.set(name, revisions.set(etag, opened));
    opened.catch(() => {
      if (revisions.get(etag) !== opened) return;
      // What was open before stays known, so that its session can be dropped.
      if (known === undefined) revisions.delete(etag);
      else revisions.set(etag, known);
    });
    return opened;
  }

  return {
    openAnyway,
    async open(name) {
      const connection = await parts.find(name);
      const serving = servingOf(connection);
      if (serving === undefined) throw notActive(connection);
      return openAnyway(serving);
    },
    async describe(connection) {
      const connector = parts.connectorOf(connection);
      // Without its key it is not known whether the data are live: then it offers what all keys have.
      const livemode = await parts.livemodeOf(connection).catch(() => true);
      return catalogOf(connector, connector.parseConfig(parts.configOf(connection)), livemode);
    },
    redescribe() {
      outdated = new WeakSet([...ready.values()].flatMap((revisions) => [...revisions.values()]));
    },
    drop(name, but = []) {
      const revisions = ready.get(name);
      for (const etag of revisions?.keys() ?? []) {
        if (but.includes(etag)) continue;
        revisions?.delete(etag);
        parts.sessions.drop(`${name}#${etag}`);
      }
      if (revisions?.size === 0) ready.delete(name);
    },
  };
}

/** Catalogues are large, and connectors give the same one for many connections: each is indexed once. */
const indexes = new WeakMap<Catalog, CatalogIndex>();

function catalogOf(connector: Connector, config: unknown, livemode: boolean): CatalogIndex {
  const catalog = connector.describe(config, { livemode });
  const found = indexes.get(catalog) ?? indexCatalog(catalog);
  indexes.set(catalog, found);
  return found;
}

function notActive({ name, status }: Connection): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'CONNECTION_NOT_ACTIVE', {
    message: `Connection ${name} is ${status.state}${status.description === undefined ? '' : `: ${status.description.replace(/\.$/, '')}`}.`,
    metadata: { connection: name, state: status.state },
  });
}

/** What the connector is told of a call. */
export function callOf(caller: Caller): Call {
  const { signal, deadline, requestId, id, output } = caller;
  return { signal, deadline, requestId, caller: id, output };
}
