// The world outside for programs that insist on an address of Stripe's: a proxy on loopback that takes their encrypted connections to
// one host itself, and hands what comes out to a sandbox. To any other host it does not connect: nothing leaves this machine.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** A proxy that runs, and the certificate by which it speaks as the host. */
export interface Outside {
  readonly url: string;
  readonly certificate: string;
  close(): Promise<void>;
}

const ECDSA_SHA256 = '06082a8648ce3d040302';
const COMMON_NAME = '0603550403';
const ALTERNATIVE_NAME = '0603551d11';
const BASIC_CONSTRAINTS = '0603551d13';
const TRUE = '0101ff';

/** A value in DER: its tag, its length, its parts; parts in hexadecimal are taken as they are. */
function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)));
  const size = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...parts: readonly (Buffer | string)[]): Buffer => der(0x30, ...parts);

/** A key and a certificate for a host, signed by itself and good for a day. */
function selfSigned(host: string): { readonly key: string; readonly certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const time = (days: number): Buffer => der(0x17, Buffer.from(`${new Date(Date.now() + days * 86_400_000).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(host)))));
  const extensions = sequence(
    sequence(ALTERNATIVE_NAME, der(0x04, sequence(der(0x82, Buffer.from(host))))),
    sequence(BASIC_CONSTRAINTS, TRUE, der(0x04, sequence(TRUE))),
  );
  const facts = sequence(
    der(0xa0, der(0x02, '02')), der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])), sequence(ECDSA_SHA256), name, sequence(time(-1), time(1)), name,
    publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, extensions),
  );
  const whole = sequence(facts, sequence(ECDSA_SHA256), der(0x03, '00', sign('sha256', facts, privateKey)));
  const certificate = `-----BEGIN CERTIFICATE-----\n${(whole.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate };
}

/** Hands a request on to a sandbox and its answer back. */
function passOn(to: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const onward = request(to + (incoming.url ?? '/'), { method: incoming.method ?? 'GET', headers: { ...incoming.headers, host: new URL(to).host } }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(onward);
}

/** Starts the proxy; `sandbox` tells the address that requests to the host are handed to. */
export async function startOutside(host: string, sandbox: () => string): Promise<Outside> {
  const { key, certificate } = selfSigned(host);
  const stripe = createSecureServer({ key, cert: certificate }, (incoming, outgoing) => passOn(sandbox(), incoming, outgoing));
  const proxy = createServer();
  proxy.on('connect', (asked: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    if (asked.url !== `${host}:443`) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    stripe.emit('connection', socket);
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    certificate,
    close: async () => {
      stripe.closeAllConnections();
      proxy.closeAllConnections();
      await new Promise<void>((resolve) => {
        proxy.close(() => resolve());
      });
    },
  };
}
