// Bearer tokens that are minted here: how they are drawn and hashed, and how they are kept (a port). Only the hash is ever
// stored; the token itself is shown once.
import { hash, randomBytes } from 'node:crypto';

export interface Token {
  readonly id: string;
  /** Who the bearer is: `user:…`, `serviceAccount:…`, `principal://…`. */
  readonly member: string;
  readonly displayName: string;
  /** Who minted it. */
  readonly createdBy: string;
  readonly createTime: string;
  readonly expireTime: string;
  readonly revokeTime?: string;
}

export interface TokenPage {
  readonly size: number;
  /** Id of the last token of the page before. */
  readonly after?: string;
  readonly member?: string;
}

export interface TokenRepository {
  /**
   * Keeps a new token where its member has fewer than `most` that are neither expired nor revoked at its createTime, also
   * where several are minted at once. @returns whether it was kept
   */
  insert(token: Token, hash: Buffer, most: number): Promise<boolean>;
  find(id: string): Promise<Token | undefined>;
  findByHash(hash: Buffer): Promise<Token | undefined>;
  /** Newest first. */
  list(page: TokenPage): Promise<readonly Token[]>;
  /** Notes when a token was revoked; the first time stays. */
  revoke(id: string, time: string): Promise<Token | undefined>;
  /** @returns whether there was one. */
  remove(id: string): Promise<boolean>;
}

const PREFIX = 'konektor_';

/** A new token: 32 random bytes behind a prefix that scanners for leaked secrets can know. */
export function drawToken(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** Whether a text has the form of a token that is drawn here. */
export function isDrawnToken(text: string): boolean {
  return text.startsWith(PREFIX) && /^konektor_[\w-]{43}$/.test(text);
}

/** What is stored of a token, SHA-256: a token has 256 bits of chance, so that no slow hash is needed. */
export function hashToken(token: string): Buffer {
  return Buffer.from(keyOfToken(token), 'hex');
}

/** The hash of a token as text, by which it is known in memory and in the news of changes. */
export function keyOfToken(token: string): string {
  return hash('sha256', token, 'hex');
}

/** The same of a stored hash. */
export function hashKey(hashed: Uint8Array): string {
  return Buffer.from(hashed).toString('hex');
}

/** Ids in the order of time, lower case letters and digits. */
export function newTokenId(now: Date): string {
  return `${now.getTime().toString(36).padStart(9, '0')}${randomBytes(6).toString('hex')}`;
}
