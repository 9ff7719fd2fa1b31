// What is told of a socket to a connection that asks for it: at level 4 that it opened, to whom, with which TLS and certificates; at
// level 5 how long each step took, and what went over it in the end.
import type { Socket } from 'node:net';
import { TLSSocket, type DetailedPeerCertificate } from 'node:tls';
import type { Trace } from './trace.ts';

export interface SocketFacts {
  readonly role: 'source' | 'proxy';
  readonly host: string;
  readonly through?: 'tunnel';
}

const MOST_CERTIFICATES = 8;

/** To be called before the socket is open. */
export function traceSocket(socket: Socket, trace: Trace, facts: SocketFacts): void {
  const tell = trace.bound();
  const started = performance.now();
  let isOpen = false;
  const at: { lookup?: number; connect?: number } = {};
  const since = (from: number | undefined, to: number | undefined): number | undefined => (from === undefined || to === undefined ? undefined : Math.round((to - from) * 1_000) / 1_000);

  socket.once('lookup', () => {
    at.lookup = performance.now();
  });
  socket.once('connect', () => {
    at.connect = performance.now();
    tell(4, 'connected', { ...facts, address: socket.remoteAddress, port: socket.remotePort });
    if (!(socket instanceof TLSSocket)) told();
  });
  socket.once('secureConnect', () => {
    if (socket instanceof TLSSocket) tell(4, 'handshake', { ...facts, ...handshakeOf(socket) });
    told(performance.now());
  });
  // Once it is open, what goes wrong on it is told of the request that it goes wrong for.
  socket.once('error', (error) => {
    if (!isOpen) tell(4, 'socketFailed', { ...facts, error: error.message });
  });
  socket.once('close', () => tell(5, 'socketClosed', { ...facts, milliseconds: since(started, performance.now()), bytesSent: socket.bytesWritten, bytesReceived: socket.bytesRead }));

  function told(secured?: number): void {
    isOpen = true;
    tell(5, 'socketTimings', {
      ...facts, local: `${socket.localAddress ?? ''}:${socket.localPort ?? ''}`, remote: `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`,
      dnsMs: since(started, at.lookup), connectMs: since(at.lookup ?? started, at.connect), tlsMs: since(at.connect ?? started, secured),
    });
  }
}

function handshakeOf(socket: TLSSocket): Readonly<Record<string, unknown>> {
  const { standardName, name } = socket.getCipher();
  return {
    protocol: socket.getProtocol(), cipher: standardName ?? name, application: socket.alpnProtocol === false ? undefined : socket.alpnProtocol,
    reused: socket.isSessionReused(), authorized: socket.authorized, certificates: chainOf(socket.getPeerCertificate(true)),
  };
}

/** The certificate and those of its authorities, as far as they were sent or are known. */
function chainOf(first: DetailedPeerCertificate): readonly Readonly<Record<string, unknown>>[] {
  const chain: Readonly<Record<string, unknown>>[] = [];
  for (let certificate: DetailedPeerCertificate | undefined = first; certificate?.fingerprint256 !== undefined && chain.length < MOST_CERTIFICATES; certificate = issuerOf(certificate)) {
    chain.push(factsOf(certificate));
  }
  return chain;
}

function factsOf({ subject, issuer, valid_from: validFrom, valid_to: validTo, fingerprint256, serialNumber, subjectaltname: names }: DetailedPeerCertificate): Readonly<Record<string, unknown>> {
  return { subject: named(subject), issuer: named(issuer), validFrom, validTo, fingerprint256, serialNumber, ...(names === undefined ? {} : { names }) };
}

/** Undefined for the last: a root names itself. */
function issuerOf({ issuerCertificate, fingerprint256 }: DetailedPeerCertificate): DetailedPeerCertificate | undefined {
  return issuerCertificate?.fingerprint256 === fingerprint256 ? undefined : issuerCertificate;
}

function named(name: object): string {
  return Object.entries(name).map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : String(value)}`).join(', ');
}
