// The paths of rows as OpenAPI writes them: resources whose names span several segments are spelled out, each segment a
// parameter. What stands after a colon is a part of the path.
import type { ParameterObject } from './openapi-model.ts';
import { RESOURCE_PATTERNS } from './operation.ts';

const RESOURCES: Readonly<Record<string, string>> = RESOURCE_PATTERNS;

interface NamePart {
  readonly description: string;
  readonly pattern: string;
  readonly example: string;
}

const ANY_PART = '^[^/:]+$';

/** What stands in the names of resources. Examples are of the demo that a first start makes. */
const PARTS: Readonly<Record<string, NamePart>> = {
  projectId: { description: 'The id of the project.', pattern: ANY_PART, example: 'demo' },
  locationId: { description: 'A region, or global. In lists that say so, - stands for all.', pattern: '^(-|[a-z]([a-z0-9-]*[a-z0-9])?)$', example: 'us-central1' },
  connectionId: { description: 'The id of the connection.', pattern: '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$', example: 'stripe-sandbox' },
  operationId: { description: 'The id of the operation.', pattern: ANY_PART, example: 'operation-1767225600000-0123456789abc-01234567-89abcdef' },
  providerId: { description: 'The provider of connectors; in lists that say so, - stands for all.', pattern: ANY_PART, example: 'stripe' },
  connectorId: { description: 'The connector.', pattern: ANY_PART, example: 'stripe' },
  versionId: { description: 'The number of the version; of a secret also latest.', pattern: '^(latest|[1-9][0-9]*)$', example: '1' },
  secretId: { description: 'The id of the secret.', pattern: '^[A-Za-z0-9_-]{1,255}$', example: 'stripe-api-key' },
  serviceId: { description: 'connectors.googleapis.com or secretmanager.googleapis.com.', pattern: ANY_PART, example: 'connectors.googleapis.com' },
  serviceAccountId: { description: 'The email of the service account, or its unique id.', pattern: ANY_PART, example: 'connections@demo.iam.gserviceaccount.com' },
  entityType: { description: 'The name of the entity type.', pattern: ANY_PART, example: 'Customer' },
  entity: { description: 'The id of the row. That of a child holds a slash, cus_…/txi_…, which may be sent as it is or as %2F.', pattern: '^.+$', example: 'cus_NffrFeUfNV2Hib' },
  action: { description: 'The name of the action.', pattern: ANY_PART, example: 'ConfirmPaymentIntent' },
  integration: { description: 'ExecuteConnection, the one integration that is here.', pattern: ANY_PART, example: 'ExecuteConnection' },
  tool: { description: 'The name of the tool.', pattern: ANY_PART, example: 'list_Customer' },
  resource: { description: 'The name of the resource.', pattern: ANY_PART, example: 'Customer' },
  token: { description: 'The id of the token, which is not the token itself.', pattern: ANY_PART, example: 'a1b2c3d4' },
  write: { description: 'The id of the write.', pattern: ANY_PART, example: 'a1b2c3d4' },
};

export interface SpelledPath {
  /** `/v2/projects/{projectId}/…:verb` */
  readonly path: string;
  /** Names of its parameters, in order. */
  readonly parts: readonly string[];
}

/** `/v1/{connection}:verb` with the name of the connection spelled out. */
export function spellPath(path: string): SpelledPath {
  const spelled = path.replace(/\{(\w+)\}/g, (whole, name: string) => RESOURCES[name] ?? whole);
  return { path: spelled, parts: [...spelled.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '') };
}

export function pathParameter(name: string): ParameterObject {
  const { description, pattern, example } = PARTS[name] ?? { description: 'The id of the resource.', pattern: ANY_PART, example: 'example' };
  return { name, in: 'path', required: true, description, schema: { type: 'string', pattern }, example };
}
