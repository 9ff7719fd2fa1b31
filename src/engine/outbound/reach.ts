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

/** @returns what was seen: address, times, protocol, certificate. @throws Error in the words of what failed. */
export async function reach({ host, port, tls }: Place): Promise<string> {
  const started = performance.now();
  const name = host.replace(/^\[|\]$/g, '');
  const { address } = await lookup(name);
  const socket = connect({ host: address, port });
  const since = (): string => `${Math.round(performance.now() - started)} ms`;
  try {
    await opened(socket, 'connect', 'the socket did not open');
    const plain = `${address} port ${port} answers, ${since()}`;
    if (!tls) return `${plain}.`;
    const secure = connectTls({ socket, servername: name });
    await opened(secure, 'secureConnect', 'TLS did not come about');
    return `${plain}; ${describeTls(secure)}.`;
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

function describeTls(socket: TLSSocket): string {
  const { issuer, valid_to: end } = socket.getPeerCertificate();
  const by = issuer?.O ?? issuer?.CN;
  return `${socket.getProtocol() ?? 'TLS'}, certificate${by === undefined ? '' : ` by ${String(by)}`} until ${new Date(end).toISOString().slice(0, 10)}`;
}
