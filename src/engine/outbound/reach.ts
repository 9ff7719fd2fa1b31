// Whether a host can be reached: its name, a socket, and TLS, one at a time, so that a diagnosis can say which of them fails.
// Nothing is asked of who answers.
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

const LONGEST_MS = 5_000;

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** What was seen on the way. */
export interface Seen {
  readonly address: string;
  readonly port: number;
  readonly milliseconds: number;
  readonly tls?: {
    /** `TLSv1.3` */
    readonly protocol: string;
    /** Who issued the certificate; '' where it does not say. */
    readonly issuer: string;
    /** The last day of the certificate: `2027-01-31`. */
    readonly until: string;
  };
}

/** @throws Error in the words of what failed. */
export async function reach({ host, port, tls }: Place): Promise<Seen> {
  const started = performance.now();
  const name = host.replace(/^\[|\]$/g, '');
  const { address } = await lookup(name);
  const socket = connect({ host: address, port });
  try {
    await opened(socket, 'connect', 'the socket did not open');
    const plain = { address, port, milliseconds: Math.round(performance.now() - started) };
    if (!tls) return plain;
    const secure = connectTls({ socket, servername: name });
    await opened(secure, 'secureConnect', 'TLS did not come about');
    return { ...plain, tls: describeTls(secure) };
  } finally {
    socket.destroy();
  }
}

async function opened(socket: Socket, event: string, otherwise: string): Promise<void> {
  const timer = setTimeout(() => socket.destroy(new Error(`${otherwise} within ${LONGEST_MS / 1_000} s`)), LONGEST_MS);
  try {
    await once(socket, event);
  } finally {
    clearTimeout(timer);
    // What happens to it from here on was not asked for.
    socket.on('error', () => undefined);
  }
}

function describeTls(socket: TLSSocket): Seen['tls'] & object {
  const { issuer, valid_to: end } = socket.getPeerCertificate();
  return { protocol: socket.getProtocol() ?? 'TLS', issuer: String(issuer?.O ?? issuer?.CN ?? ''), until: new Date(end).toISOString().slice(0, 10) };
}
