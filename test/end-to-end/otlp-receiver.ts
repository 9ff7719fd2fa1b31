// A small collector: takes spans by OTLP over HTTP in protobuf, as real bytes, and reads them by the wire format alone.
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** 2 is SERVER, 3 is CLIENT. */
  readonly kind: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** 2 is ERROR. */
  readonly status: number;
}

export interface OtlpReceiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Every byte of every body, as text. */
  readonly text: () => string;
  readonly requests: readonly { readonly path: string; readonly headers: Readonly<Record<string, unknown>> }[];
  readonly resource: () => Readonly<Record<string, string | number>>;
  close(): Promise<void>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const [spans, requests, bodies]: [ReceivedSpan[], { path: string; headers: Record<string, unknown> }[], Buffer[]] = [[], [], []];
  let resource: Readonly<Record<string, string | number>> = {};
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      bodies.push(body);
      requests.push({ path: request.url ?? '', headers: request.headers });
      for (const resourceSpans of messages(body, 1)) {
        for (const one of messages(resourceSpans, 1)) resource = attributesIn(one, 1);
        for (const scope of messages(resourceSpans, 2)) spans.push(...messages(scope, 2).map(spanOf));
      }
      reply.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, requests, resource: () => resource, text: () => Buffer.concat(bodies).toString('latin1'),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function spanOf(bytes: Buffer): ReceivedSpan {
  const fields = read(bytes);
  const hex = (number: number): string => (fields.find((one) => one.number === number)?.bytes ?? Buffer.alloc(0)).toString('hex');
  const text = (number: number): string => (fields.find((one) => one.number === number)?.bytes ?? Buffer.alloc(0)).toString();
  const value = (number: number): bigint => fields.find((one) => one.number === number)?.value ?? 0n;
  const [status] = messages(bytes, 15);
  return {
    traceId: hex(1), spanId: hex(2), parentSpanId: hex(4), name: text(5), kind: Number(value(6)), start: value(7), end: value(8), attributes: attributesIn(bytes, 9),
    status: status === undefined ? 0 : Number(read(status).find(({ number }) => number === 3)?.value ?? 0n),
  };
}

/** Repeated KeyValue messages: a key, and a value that is a text (1), a boolean (2), an integer (3) or a double (4). */
function attributesIn(bytes: Buffer, number: number): Readonly<Record<string, string | number>> {
  return Object.fromEntries(messages(bytes, number).map((pair): [string, string | number] => {
    const [key, value] = [messages(pair, 1)[0] ?? Buffer.alloc(0), messages(pair, 2)[0] ?? Buffer.alloc(0)];
    const [any] = read(value);
    return [key.toString(), any?.bytes === undefined ? Number(any?.value ?? 0n) : any.bytes.toString()];
  }));
}

const messages = (bytes: Buffer, number: number): readonly Buffer[] => read(bytes).filter((one) => one.number === number).map((one) => one.bytes ?? Buffer.alloc(0));

interface WireField {
  readonly number: number;
  readonly value?: bigint;
  readonly bytes?: Buffer;
}

/** The fields of one message of the wire format: varint (0), 64 bits (1), bytes (2), 32 bits (5). */
function read(bytes: Buffer): readonly WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const number = key >> 3;
    switch (key & 7) {
      case 0:
        fields.push({ number, value: varint() });
        break;
      case 1:
        fields.push({ number, value: bytes.readBigUInt64LE(at) });
        at += 8;
        break;
      case 2: {
        const length = Number(varint());
        fields.push({ number, bytes: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      case 5:
        fields.push({ number, value: BigInt(bytes.readUInt32LE(at)) });
        at += 4;
        break;
      default:
        throw new Error(`no wire type: ${key & 7}`);
    }
  }
  return fields;
}
