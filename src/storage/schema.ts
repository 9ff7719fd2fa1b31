// The tables as Kysely sees them. What they hold is decided by the models; here are only keys, order and JSON.
import type { Generated, JSONColumnType } from 'kysely';
import type { Connection } from '../connections/model.ts';
import type { Operation } from '../operations/model.ts';

export interface Schema {
  connections: {
    name: string;
    parent: string;
    etag: string;
    body: JSONColumnType<Connection & object>;
  };
  operations: {
    name: string;
    parent: string;
    done: boolean;
    create_time: string;
    body: JSONColumnType<Operation & object>;
  };
  secrets: {
    name: string;
    create_time: string;
  };
  secret_versions: {
    secret: string;
    number: number;
    state: 'ENABLED' | 'DISABLED' | 'DESTROYED';
    sealed: Uint8Array;
    create_time: string;
  };
  service_accounts: {
    email: string;
    project: string;
    display_name: string;
    create_time: string;
  };
  facts: {
    key: string;
    value: string;
    set_at: Generated<Date>;
  };
}
