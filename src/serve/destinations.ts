// Where a connection's calls go: Stripe, unless its destination `stripe_api` names another host; and which hosts may be
// called at all. Symbolic hosts are resolved when the server starts, so that no address of this machine is stored.
import { StatusError } from '../errors/status-error.ts';
import type { Connection } from '../connections/model.ts';

export interface Bases {
  readonly apiBase: string;
  readonly filesBase: string;
  readonly meterEventsBase: string;
}

export const STRIPE: Bases = {
  apiBase: 'https://api.stripe.com',
  filesBase: 'https://files.stripe.com',
  meterEventsBase: 'https://meter-events.stripe.com',
};

export const DESTINATION_KEY = 'stripe_api';
/** The sandbox of this server. */
export const SANDBOX_HOST = 'sandbox';
/** The sandbox of this server, or Stripe itself where STRIPE_API_KEY is set. */
export const DEMO_HOST = 'demo';

export interface Destinations {
  /** Scheme, host and port of everything that may be called. */
  readonly allowed: ReadonlySet<string>;
  /** @throws StatusError FAILED_PRECONDITION for a host that is not allowed. */
  basesOf(connection: Pick<Connection, 'destinationConfigs'>): Bases;
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/** @param hosts `host:port`, allowed besides Stripe's own and the sandbox. */
export function createDestinations(sandboxUrl: string, demoIsStripe: boolean, hosts: readonly string[]): Destinations {
  const everything = (origin: string): Bases => ({ apiBase: origin, filesBase: origin, meterEventsBase: origin });
  const allowed = new Set([...Object.values(STRIPE), sandboxUrl, ...hosts.flatMap(originsOf)]);

  return {
    allowed,
    basesOf({ destinationConfigs }) {
      const at = destinationConfigs?.findIndex(({ key }) => key === DESTINATION_KEY) ?? -1;
      const destination = destinationConfigs?.[at]?.destinations[0];
      const host = destination?.host?.toLowerCase();
      if (host === undefined) return STRIPE;
      if (host === SANDBOX_HOST) return everything(sandboxUrl);
      if (host === DEMO_HOST) return demoIsStripe ? STRIPE : everything(sandboxUrl);
      const origin = originOf(host, destination?.port);
      const stripe = Object.values(STRIPE).includes(origin);
      if (stripe) return STRIPE;
      if (origin !== undefined && allowed.has(origin)) return everything(origin);
      const description = `names ${host}${destination?.port === undefined ? '' : `:${destination.port}`}, which this server may not call`;
      throw new StatusError('FAILED_PRECONDITION', 'BACKEND_HOST_NOT_ALLOWED', {
        message: `The destination ${DESTINATION_KEY} ${description}.`, violations: [{ field: `destinationConfigs[${at}].destinations[0].host`, description }], metadata: { host },
      });
    },
  };
}

/** https for every host, and http too where it does not leave this machine. */
function originsOf(hostAndPort: string): readonly string[] {
  const name = hostAndPort.slice(0, hostAndPort.lastIndexOf(':'));
  const origins = [new URL(`https://${hostAndPort}`).origin];
  return LOOPBACK.test(name) ? [...origins, new URL(`http://${hostAndPort}`).origin] : origins;
}

/** The origin that a destination means; it may carry its scheme. */
function originOf(host: string, port: number | undefined): string | undefined {
  const spelled = host.includes('://') ? host : `https://${host}`;
  try {
    const url = new URL(spelled);
    if (port !== undefined && port !== 0) url.port = String(port);
    if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) return undefined;
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : undefined;
  } catch {
    return undefined;
  }
}
