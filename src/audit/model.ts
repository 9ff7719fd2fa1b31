// What is kept of every call: who did what to what, and how it ended. Names and outcomes only; never a value, a filter or a
// payload, so that the record may be read by people who may not see the data.
import { scrub } from '../observe/scrub.ts';

/** The platform's kinds of audit records. */
export type AuditKind = 'ADMIN_READ' | 'ADMIN_WRITE' | 'DATA_READ' | 'DATA_WRITE';

export interface AuditRecord {
  /** RFC 3339 with milliseconds: when the call ended. */
  readonly time: string;
  /** The project that the resource lies in; '' for what belongs to the installation. */
  readonly project: string;
  /** Who called: a member such as `user:ani@example.com`, `admin`, or '' for a caller that is nobody here. */
  readonly principal: string;
  /** Id of the row of the API: `connections.create`. */
  readonly operation: string;
  /** The platform's name of the method: `google.cloud.connectors.v1.Connectors.CreateConnection`. */
  readonly method: string;
  readonly kind: AuditKind;
  /** Name of the resource, without a leading slash; '' for the installation. */
  readonly resource: string;
  /** Name of a google.rpc code; `OK` where the call did what it was asked. */
  readonly code: string;
  /** Our reason where it did not. */
  readonly reason: string;
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string;
  readonly milliseconds: number;
  /** Ids that the source gave the requests made for this call, the first of them where there were very many. */
  readonly sourceRequestIds: readonly string[];
}

/** A record with its place in the order of all. */
export interface AuditEntry extends AuditRecord {
  readonly sequence: number;
}

const LONGEST = { name: 1_024, agent: 256, word: 128 } as const;

/** The record in a form that every store takes: bounded, without control characters, without anything that looks like a key. */
export function bounded(record: AuditRecord): AuditRecord {
  return {
    ...record,
    project: clean(record.project, LONGEST.word), principal: clean(record.principal, LONGEST.name), resource: clean(record.resource, LONGEST.name),
    reason: clean(record.reason, LONGEST.word), address: clean(record.address, LONGEST.word), userAgent: clean(record.userAgent, LONGEST.agent),
    milliseconds: Math.min(Math.max(0, Math.round(record.milliseconds)), 2_147_483_647),
    sourceRequestIds: record.sourceRequestIds.map((id) => clean(id, LONGEST.word)),
  };
}

// oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
const CONTROL = /[\u0000-\u001f\u007f]/;
// oxlint-disable-next-line no-control-regex -- as above
const CONTROLS = /[\u0000-\u001f\u007f]/g;

function clean(text: string, longest: number): string {
  const short = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  const plain = CONTROL.test(short) ? short.replace(CONTROLS, '\ufffd') : short;
  return scrub(plain.isWellFormed() ? plain : plain.toWellFormed());
}
