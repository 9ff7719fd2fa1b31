// A real squid for tests, on free ports and in a folder of its own. Where squid is not installed that is said aloud, since what
// depends on it is then not tested.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { present } from '../present.ts';
import type { Certificate } from './certificates.ts';

export interface Squid {
  /** Speaks HTTP. */
  readonly port: number;
  /** Speaks TLS. */
  readonly tlsPort: number;
  /** What it wrote of the requests that it saw: `method url status user`. */
  readonly requests: () => readonly string[];
  stop(): Promise<void>;
}

export interface SquidOptions {
  readonly scheme: 'BASIC' | 'DIGEST' | 'NONE';
  readonly user: string;
  readonly password: string;
  readonly certificate: Certificate;
  /** Seconds after which a nonce is stale. */
  readonly nonceSeconds?: number;
  /** Ports that it lets nobody go to. */
  readonly refused?: readonly number[];
}

const PLACES = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'].map((folder) => join(folder, 'squid'));
const HELPERS = ['/usr/lib/squid', '/usr/lib64/squid', '/usr/libexec/squid', '/usr/lib/squid3'];

/** The program, and where its helpers are; undefined where it is not installed. */
export function findSquid(): { readonly program: string; readonly helpers: string } | undefined {
  const program = PLACES.find(existsSync);
  const helpers = HELPERS.find((folder) => existsSync(join(folder, 'basic_ncsa_auth')));
  const found = program !== undefined && helpers !== undefined ? { program, helpers } : undefined;
  return present('proxies against a real one', found, 'squid is not installed (Debian: apt-get install squid-openssl)');
}

/** The ids of the user that squid becomes when root starts it; undefined where it stays who it is. */
function squidUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [, uid, gid] = /^proxy:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const REALM = 'proxy of tests';

function authentication({ scheme, nonceSeconds = 1_800 }: SquidOptions, helpers: string, folder: string): readonly string[] {
  if (scheme === 'NONE') return ['http_access allow all'];
  const lines = scheme === 'BASIC'
    ? [`auth_param basic program ${join(helpers, 'basic_ncsa_auth')} ${join(folder, 'users')}`, `auth_param basic realm ${REALM}`]
    : [`auth_param digest program ${join(helpers, 'digest_file_auth')} -c ${join(folder, 'users')}`, `auth_param digest realm ${REALM}`, `auth_param digest nonce_max_duration ${nonceSeconds} seconds`, 'auth_param digest nonce_garbage_interval 1 second'];
  return [...lines, 'acl known proxy_auth REQUIRED', 'http_access allow known', 'http_access deny all'];
}

export async function startSquid({ program, helpers }: NonNullable<ReturnType<typeof findSquid>>, options: SquidOptions): Promise<Squid> {
  const folder = mkdtempSync(join(tmpdir(), 'konektor-squid-'));
  const at = (name: string): string => join(folder, name);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const { scheme, user, password, certificate, refused = [] } = options;
  writeFileSync(at('users'), scheme === 'DIGEST' ? `${user}:${REALM}:${md5(`${user}:${REALM}:${password}`)}\n` : `${user}:${md5(password)}\n`);
  writeFileSync(at('certificate.pem'), certificate.certificate);
  writeFileSync(at('key.pem'), certificate.key);
  writeFileSync(at('squid.conf'), [
    `http_port 127.0.0.1:${port}`, `https_port 127.0.0.1:${tlsPort} tls-cert=${at('certificate.pem')} tls-key=${at('key.pem')}`,
    `pid_filename ${at('pid')}`, `cache_log ${at('cache.log')}`, `coredump_dir ${folder}`, 'logformat short %rm %ru %>Hs %un', `access_log stdio:${at('access.log')} short`, 'buffered_logs off',
    'cache deny all', 'pinger_enable off', 'netdb_filename none', 'shutdown_lifetime 0 seconds', 'visible_hostname proxy.test', 'dns_nameservers 127.0.0.1',
    ...(refused.length === 0 ? [] : [`acl refused port ${refused.join(' ')}`, 'http_access deny refused']), ...authentication(options, helpers, folder), '',
  ].join('\n'));
  const owner = squidUser();
  if (owner !== undefined) for (const path of [folder, ...['users', 'certificate.pem', 'key.pem', 'squid.conf'].map(at)]) chownSync(path, owner.uid, owner.gid);

  const child = spawn(program, ['-N', '-n', `konektor${port}`, '-f', at('squid.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => { complaints += chunk.toString(); });
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([Promise.all([listening(port), listening(tlsPort)]), gone.then(() => { throw new Error('squid ended'); })]);
  } catch (error) {
    const log = existsSync(at('cache.log')) ? readFileSync(at('cache.log'), 'utf8') : '';
    await stop();
    throw new Error(`squid did not start:\n${complaints}\n${log}`, { cause: error });
  }
  return { port, tlsPort, requests: () => (existsSync(at('access.log')) ? readFileSync(at('access.log'), 'utf8').trim().split('\n').filter((line) => !line.startsWith('- error:') && !line.startsWith('NONE')) : []), stop };
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const isOpen = await new Promise<boolean>((tell) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        tell(true);
      }).once('error', () => tell(false));
    });
    if (isOpen) return;
    await sleep(50);
  }
  throw new Error(`nothing listens on ${port}`);
}
