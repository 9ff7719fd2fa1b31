// The header by which a caller says which trace a call belongs to (W3C Trace Context).
import type { SpanContext } from '@opentelemetry/api';

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Undefined for what is no such header: then a trace of its own begins. */
export function parseTraceparent(header: string | undefined): SpanContext | undefined {
  const [, version = 'ff', traceId = '', spanId = '', flags = '', rest] = FORM.exec(header?.trim() ?? '') ?? [];
  // Version 00 ends after the flags; later ones may go on.
  if (version === 'ff' || (version === '00' && rest !== undefined) || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}
