// The whole API as an OpenAPI 3.1 document, made from the table of rows. It tells nothing of an installation but its version and
// whose tokens it takes.
import { ERROR_SCHEMAS, errorResponses } from './openapi-errors.ts';
import type { OpenApiDocument, OperationObject, PathItem, PathMethod } from './openapi-model.ts';
import { describeRow, describeUnserved, sharedParameters } from './openapi-operations.ts';
import { pathParameter, spellPath } from './openapi-paths.ts';
import { PROBE_PATHS } from './openapi-probes.ts';
import { createSchemaBook } from './openapi-schemas.ts';
import { TAGS } from './openapi-tags.ts';
import type { ApiOperation } from './operation.ts';
import { API } from './table.ts';
import { UNSERVED } from './unserved.ts';

export interface ApiFacts {
  /** Of this server. */
  readonly version: string;
  /** Whose signed tokens are taken beside those that are minted here: `https://accounts.example.com`. */
  readonly issuers: readonly string[];
}

const DESCRIPTION = `Connections to a source, and everything that is done through them: rows and actions under /v2, everything else under /v1. \
Wire-compatible with connectors.googleapis.com v1 and v2, and with the parts of Secret Manager, Resource Manager, Service Usage and IAM that connections need.

Every call carries "Authorization: Bearer" with a token. A client that cannot send a method sends POST and names it in the header X-HTTP-Method-Override (GET, PUT, PATCH, DELETE); \
a GET whose query would be too long for an address may so be a POST with the query as its form. Bodies are JSON of at most 10 MiB, as they are or as gzip. \
prettyPrint=true gives an answer line breaks; alt, fields, key, quotaUser and the platform's other system parameters are taken and pass without effect.

Answers may get more members: a client should pass over those that it does not know.`;

export function describeApi({ version, issuers }: ApiFacts): OpenApiDocument {
  const book = createSchemaBook();
  const rows: readonly ApiOperation[] = Object.values(API);
  const paths = new Map<string, PathItem>(Object.entries(PROBE_PATHS));
  const parts = new Set<string>();
  const add = ({ path, method }: ApiOperation['http'], operation: OperationObject): void => {
    const spelled = spellPath(path);
    for (const part of spelled.parts) parts.add(part);
    paths.set(spelled.path, { ...paths.get(spelled.path), [method.toLowerCase() as PathMethod]: operation });
  };
  for (const row of rows) add(row.http, describeRow(row, book));
  for (const row of UNSERVED) add(row.http, describeUnserved(row));
  const parameters = { ...Object.fromEntries([...parts].map((name) => [name, pathParameter(name)])), ...sharedParameters(book) };
  const used = new Set([...paths.values()].flatMap((item) => Object.values(item)).flatMap(({ tags }) => tags));
  const signed = issuers.map((issuer, index): [string, string] => [index === 0 ? 'openId' : `openId${index + 1}`, issuer]);
  return {
    openapi: '3.1.1',
    info: { title: 'Konektor', version, summary: 'A self-hosted Integration Connectors runtime with a complete Stripe connector.', description: DESCRIPTION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    // Relative: a document that repeated the Host header of its reader would say what anybody made it say.
    servers: [{ url: '/', description: 'The server that gave this document.' }],
    security: [{ bearer: [] }, ...signed.map(([name]) => ({ [name]: [] }))],
    tags: [...used].toSorted((a, b) => orderOf(a) - orderOf(b)).map((name) => ({ name, description: TAGS[name] ?? '' })),
    paths: Object.fromEntries(paths),
    components: {
      schemas: { ...book.named(), ...ERROR_SCHEMAS },
      parameters,
      responses: errorResponses(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'A token that was minted here, or a JSON Web Token of an issuer that the server knows.' },
        ...Object.fromEntries(signed.map(([name, issuer]) => [name, { type: 'openIdConnect', openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration` }])),
      },
    },
  };
}

const ORDER = Object.keys(TAGS);

function orderOf(tag: string): number {
  const index = ORDER.indexOf(tag);
  return index === -1 ? ORDER.length : index;
}
