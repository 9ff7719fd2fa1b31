// The table of all operations of the API.
import type { Static } from 'typebox';
import { actionOperations } from './actions.ts';
import { catalogueOperations } from './catalogue.ts';
import { auditOperations } from './audit.ts';
import { backupOperations } from './backup.ts';
import { connectionOperations } from './connections.ts';
import { diagnosisOperations } from './diagnosis.ts';
import { entityOperations } from './entities.ts';
import { integrationOperations } from './integrations.ts';
import type { ApiInput } from './operation.ts';
import { longRunningOperations } from './operations.ts';
import { resourceOperations } from './resources.ts';
import { recentOperations } from './recent.ts';
import { schemaMetadataOperations } from './schema-metadata.ts';
import { settingsOperations } from './settings-resources.ts';
import { policyOperations } from './policies.ts';
import { roleOperations } from './roles.ts';
import { projectOperations } from './projects.ts';
import { secretOperations } from './secrets.ts';
import { serviceAccountOperations } from './service-accounts.ts';
import { serviceOperations } from './services.ts';
import { statusOperations } from './status.ts';
import { tokenOperations } from './tokens.ts';
import { toolOperations } from './tools.ts';
import { writeOperations } from './writes.ts';

export const API = {
  ...connectionOperations,
  ...longRunningOperations,
  ...entityOperations,
  ...actionOperations,
  ...statusOperations,
  ...diagnosisOperations,
  ...recentOperations,
  ...policyOperations,
  ...roleOperations,
  ...tokenOperations,
  ...auditOperations,
  ...backupOperations,
  ...catalogueOperations,
  ...schemaMetadataOperations,
  ...settingsOperations,
  ...projectOperations,
  ...secretOperations,
  ...serviceAccountOperations,
  ...serviceOperations,
  ...writeOperations,
  ...integrationOperations,
  ...toolOperations,
  ...resourceOperations,
} as const;

export type ApiTable = typeof API;

/** The ids of all rows, in the order of the table. */
export function rowIds(): readonly (keyof ApiTable)[] {
  return Object.keys(API).filter((id): id is keyof ApiTable => Object.hasOwn(API, id));
}

/** Who calls, how long they wait, and what came with the call. */
export interface ApiCall<Principal> {
  readonly principal: Principal;
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** Where from: the address of the socket. */
  readonly address: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What a schema says, made to be read alone: handlers give what others keep. Where it leaves open what stands in an object, any will do. */
type Shown<Value> = Value extends readonly (infer Element)[] ? readonly Shown<Element>[]
  : Value extends object ? (string extends keyof Value ? (unknown extends Value[keyof Value] ? object : { readonly [Key in keyof Value]: Shown<Value[Key]> }) : { readonly [Key in keyof Value]: Shown<Value[Key]> })
    : Value;

// An interface, so that the compiler works each row out once.
interface Answers extends Readonly<{ [Id in keyof ApiTable]: Shown<Static<ApiTable[Id]['output']>> }> {}

/** What the handler of a row answers; of a stream, one of its lines. */
export type Answer<Id extends keyof ApiTable> = Answers[Id];

/** What does each row: complete by type, so that no row stays without its deed. */
export type ApiHandlers<Principal> = {
  readonly [Id in keyof ApiTable]: (call: ApiCall<Principal>, input: ApiInput<ApiTable[Id]>) => ApiTable[Id] extends { readonly stream: true } ? Promise<AsyncIterable<Answers[Id]>> : Promise<Answers[Id]>;
};
