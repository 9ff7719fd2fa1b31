// The certificates of authorities of one's own, read once at the start: a file that cannot be used must not go unnoticed.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SettingsError } from '../settings.ts';

/** @param file of KONEKTOR_CA_FILE. @returns PEM of each certificate in it. @throws SettingsError */
export function readAuthorities(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  const certificates = textOf(file).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw new SettingsError(`KONEKTOR_CA_FILE: ${file} holds no certificate in PEM.`);
  const broken = certificates.findIndex((certificate) => !isCertificate(certificate));
  if (broken !== -1) throw new SettingsError(`KONEKTOR_CA_FILE: certificate ${broken + 1} of ${file} cannot be read.`);
  return certificates;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError(`KONEKTOR_CA_FILE: ${file} cannot be read${error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''}.`);
  }
}
