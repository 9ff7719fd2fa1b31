// The tables as Kysely sees them. What they hold is decided by the models; here are only keys, order and JSON.
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { AuditKind } from '../audit/model.ts';
import type { PastState } from '../connections/history.ts';
import type { Connection } from '../connections/model.ts';
import type { SettingValues } from '../connections/settings.ts';
import type { Project } from '../iam/projects.ts';
import type { Policy } from '../iam/policy.ts';
import type { Token } from '../iam/tokens.ts';
import type { Operation } from '../operations/model.ts';
import type { SecretSpec, VersionState } from '../secrets/model.ts';
import type { JournalKind, WriteState } from '../writes/model.ts';

export interface Schema {
  connections: {
    name: string;
    parent: string;
    etag: string;
    body: JSONColumnType<Connection & object>;
  };
  connection_states: {
    sequence: GeneratedAlways<string>;
    connection: string;
    time: Date;
    body: JSONColumnType<Omit<PastState, 'time'> & object>;
  };
  operations: {
    name: string;
    parent: string;
    done: boolean;
    create_time: string;
    body: JSONColumnType<Operation & object>;
  };
  projects: {
    id: string;
    /** 12 digits: one driver gives them as text, the other as a number. */
    number: ColumnType<string | number, string, never>;
    etag: string;
    body: JSONColumnType<Project & object>;
  };
  secrets: {
    name: string;
    project: string;
    create_time: string;
    etag: string;
    body: JSONColumnType<SecretSpec & object>;
  };
  secret_versions: {
    secret: string;
    number: number;
    state: VersionState;
    sealed: Uint8Array;
    create_time: string;
    destroy_time: string | null;
    etag: string;
    checksum_given: boolean;
  };
  service_accounts: {
    email: string;
    project: string;
    display_name: string;
    create_time: string;
    unique_id: string;
    description: string;
    disabled: boolean;
  };
  policies: {
    resource: string;
    etag: string;
    body: JSONColumnType<Policy & object>;
  };
  audit_entries: {
    sequence: GeneratedAlways<string>;
    time: Date;
    project: string;
    principal: string;
    operation: string;
    method: string;
    kind: AuditKind;
    resource: string;
    code: string;
    reason: string;
    request_id: string;
    address: string;
    user_agent: string;
    milliseconds: number;
    source_request_ids: JSONColumnType<readonly string[]>;
  };
  settings: {
    name: string;
    project: string;
    body: JSONColumnType<SettingValues & object>;
  };
  schema_refreshes: {
    connection: string;
    refresh_time: string;
  };
  tokens: {
    id: string;
    hash: Uint8Array;
    member: string;
    body: JSONColumnType<Token & object>;
    expire_time: string;
    create_time: string;
  };
  writes: {
    id: string;
    sequence: GeneratedAlways<string>;
    connection: string;
    caller_key: string;
    kind: JournalKind;
    name: string;
    row_id: string;
    parent: string;
    object: string;
    account: string;
    output: 'text' | 'typed';
    request_hash: string;
    state: WriteState;
    generation: number;
    attempt: number;
    /** Number of the process that works on it, or last did. */
    owner: number;
    answered: boolean;
    create_time: Date;
    first_send_time: Date;
    last_send_time: Date;
    settle_time: Date | null;
    reconcile_time: Date | null;
    code: string;
    reason: string;
    note: string;
    finding: { readonly name: string; readonly facts: Readonly<Record<string, string>> } | null;
    sealed: Uint8Array | null;
  };
  facts: {
    key: string;
    value: string;
    set_at: Generated<Date>;
  };
}
