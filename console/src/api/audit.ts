// The audit log, found by who, what, on what, how it ended and when.
import { callFile } from './call.ts';
import { pagesQuery } from './pages.ts';

export interface AuditEntry {
  readonly name: string;
  readonly time: string;
  readonly principal: string;
  readonly operation: string;
  readonly method: string;
  readonly kind: string;
  readonly resource: string;
  readonly status: { readonly code: string; readonly reason?: string };
  readonly requestId: string;
  readonly callerAddress: string;
  readonly userAgent: string;
  readonly milliseconds: number;
  readonly sourceRequestIds: readonly string[];
}

export interface AuditSearch {
  readonly principal: string;
  readonly operation: string;
  readonly resource: string;
  /** `OK`, `!OK` for whatever failed, or a code. */
  readonly outcome: string;
  /** Of a field of the browser, in the reader's zone: `2026-11-28T09:30`. */
  readonly from: string;
  readonly to: string;
}

/** A text is a part of what it is compared with, unless it holds a star of its own. */
const about = (field: string, text: string): readonly string[] => (text === '' ? [] : [`${field}${text.includes('*') ? '=' : ':'}${JSON.stringify(text)}`]);
const moment = (comparison: string, text: string): readonly string[] => (Number.isNaN(Date.parse(text)) ? [] : [`time${comparison}"${new Date(text).toISOString()}"`]);

/** The search as the API's filter. */
export function filterOf({ principal, operation, resource, outcome, from, to }: AuditSearch): string {
  const ended = outcome === '' ? [] : outcome === '!OK' ? ['status.code!=OK'] : [`status.code=${JSON.stringify(outcome)}`];
  return [...about('principal', principal), ...about('operation', operation), ...about('resource', resource), ...ended, ...moment('>=', from), ...moment('<', to)].join(' AND ');
}

/** @param project '' for the whole installation */
const pathOf = (project: string): string => (project === '' ? '/v1/auditEntries' : `/v1/projects/${encodeURIComponent(project)}/auditEntries`);

export const auditQuery = (project: string, search: AuditSearch) => pagesQuery<AuditEntry>(pathOf(project), 'auditEntries', { filter: filterOf(search) });

/** Every entry that passes, oldest first, a line of JSON each. @throws ApiError */
export function exportAudit(project: string, search: AuditSearch): Promise<Blob> {
  return callFile(`${pathOf(project)}:export`, { query: { filter: filterOf(search) } });
}
