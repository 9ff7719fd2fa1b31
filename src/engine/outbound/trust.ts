// Which certificates are trusted when this server speaks TLS, to a source or to a proxy: those of the authorities that Node knows,
// and those that the administrator names.
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

export interface Trust {
  readonly secureContext?: SecureContext;
}

/** @param authorities PEM of authorities to trust besides the usual ones. */
export function createTrust(authorities: readonly string[]): Trust {
  if (authorities.length === 0) return {};
  return { secureContext: createSecureContext({ ca: [...getCACertificates('default'), ...authorities] }) };
}

const UNTRUSTED = new Set([
  'CERT_CHAIN_TOO_LONG', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REJECTED', 'CERT_REVOKED', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'INVALID_CA', 'INVALID_PURPOSE', 'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Why a certificate was not trusted, in OpenSSL's word; undefined for every other error. */
export function untrusted(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return UNTRUSTED.has(code) ? code : undefined;
}
