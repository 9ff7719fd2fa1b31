import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { readAuthorities } from './authorities.ts';

const folder = mkdtempSync(join(tmpdir(), 'konektor-authorities-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, 'ca.pem');
  writeFileSync(path, text);
  return path;
}

describe('readAuthorities', () => {
  it('reads every certificate, whatever stands between them', () => {
    const [first = '', second = ''] = rootCertificates;
    expect(readAuthorities(undefined)).toEqual([]);
    expect(readAuthorities(file(`# ours\n${first}\n\n# theirs\n${second}\n`))).toEqual([first, second].map((one) => one.trim()));
  });

  it.each([
    ['no certificate', 'hello', 'holds no certificate in PEM'],
    ['a broken one', `${rootCertificates[0] ?? ''}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`, 'certificate 2 of'],
  ])('refuses a file with %s', (_what, text, words) => {
    expect(() => readAuthorities(file(text))).toThrow(words);
  });

  it('refuses a file that is not there', () => {
    expect(() => readAuthorities(join(folder, 'none.pem'))).toThrow(/KONEKTOR_CA_FILE.*ENOENT/);
  });
});
