// Certificates for tests, made when they are needed: an authority of its own and what it signs. X.509 in DER by hand (RFC 5280), since
// Node makes keys and signatures but no certificates.
import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority extends Certificate {
  /** A certificate for a name and an address of this machine. */
  issue(names: readonly string[], addresses?: readonly string[]): Certificate;
}

const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31, time: 0x17, boolean: 0x01 } as const;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(TAG.sequence, ...parts);
const YES = der(TAG.boolean, Buffer.from([0xff]));

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = rest.flatMap((value) => {
    const digits = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return der(TAG.oid, Buffer.from([first * 40 + second, ...bytes]));
}

const named = (name: string): Buffer => sequence(der(TAG.set, sequence(oid('2.5.4.3'), der(TAG.utf8, Buffer.from(name)))));
const time = (date: Date): Buffer => der(TAG.time, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
const extension = (id: string, isCritical: boolean, value: Buffer): Buffer => sequence(oid(id), ...(isCritical ? [YES] : []), der(TAG.octets, value));
const SIGNED_BY = sequence(oid('1.2.840.10045.4.3.2'));
const DAY_MS = 86_400_000;

interface Wanted {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
}

function sign({ subject, issuer, publicKey, signer, extensions }: Wanted): string {
  const body = sequence(
    der(0xa0, der(TAG.integer, Buffer.from([2]))), der(TAG.integer, Buffer.concat([Buffer.from([0x01]), randomBytes(8)])), SIGNED_BY, named(issuer),
    sequence(time(new Date(Date.now() - DAY_MS)), time(new Date(Date.now() + 30 * DAY_MS))), named(subject),
    publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, sequence(...extensions)),
  );
  const signature = createSign('SHA256').update(body).sign(signer);
  const whole = sequence(body, SIGNED_BY, der(TAG.bits, Buffer.from([0]), signature));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

const newKeys = (): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

export function createAuthority(name: string): Authority {
  const own = newKeys();
  const isAuthority = extension('2.5.29.19', true, sequence(YES));
  return {
    certificate: sign({ subject: name, issuer: name, publicKey: own.publicKey, signer: own.privateKey, extensions: [isAuthority] }), key: pem(own.privateKey),
    issue(names, addresses = []) {
      const keys = newKeys();
      const alternatives = sequence(...names.map((one) => der(0x82, Buffer.from(one))), ...addresses.map((one) => der(0x87, Buffer.from(one.split('.').map(Number)))));
      const extensions = [extension('2.5.29.17', false, alternatives)];
      return { certificate: sign({ subject: names[0] ?? addresses[0] ?? name, issuer: name, publicKey: keys.publicKey, signer: own.privateKey, extensions }), key: pem(keys.privateKey) };
    },
  };
}
