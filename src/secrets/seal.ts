// Sealing of values at rest: AES-256-GCM under a master key, bound to the name the value is kept under, so that a sealed
// value moved to another row does not open.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';

export interface Seal {
  seal(value: string | Uint8Array, boundTo: string): Uint8Array;
  /** @throws StatusError DATA_LOSS where the value was sealed by another key, for another name, or altered. */
  open(sealed: Uint8Array, boundTo: string): Buffer;
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key for one purpose, derived from the master key. */
export function deriveKey(masterKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(), `konektor ${purpose}`, 32));
}

/** A seal under a master key of 32 bytes; what was sealed for one purpose does not open for another. */
export function createSeal(masterKey: Uint8Array, purpose = 'secret values'): Seal {
  const key = deriveKey(masterKey, purpose);
  return {
    seal(value, boundTo) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo));
      const body = Buffer.concat([typeof value === 'string' ? cipher.update(value, 'utf8') : cipher.update(value), cipher.final()]);
      return Buffer.concat([Uint8Array.of(FORMAT), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, boundTo) {
      try {
        if (sealed[0] !== FORMAT) throw new Error('unknown format');
        const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
        const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo)).setAuthTag(tag);
        return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      } catch (cause) {
        throw new StatusError('DATA_LOSS', 'SECRET_UNAVAILABLE', {
          message: `${boundTo} cannot be unsealed: the master key is not the one it was sealed with, or the stored value was altered.`,
          cause,
        });
      }
    },
  };
}
