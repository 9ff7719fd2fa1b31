// Every table, in an order in which rows can be loaded: what others refer to comes first. The compiler demands a line for
// each, so that no table is forgotten by backups.
import type { Schema } from './schema.ts';

/** `growing`: rows are only added, under ever larger numbers of the named column, and never changed. */
export const TABLES = {
  projects: 'changing',
  service_accounts: 'changing',
  policies: 'changing',
  tokens: 'changing',
  secrets: 'changing',
  secret_versions: 'changing',
  connections: 'changing',
  connection_states: 'changing',
  operations: 'changing',
  settings: 'changing',
  schema_refreshes: 'changing',
  facts: 'changing',
  writes: 'changing',
  audit_entries: { growing: 'sequence' },
} as const satisfies Record<keyof Schema, 'changing' | { readonly growing: string }>;

export const TABLE_NAMES = Object.keys(TABLES);
