// What machines ask a server, described: they are no rows of the table.
import { errorReferences } from './openapi-errors.ts';
import type { OperationObject, PathItem } from './openapi-model.ts';

const object = (properties: Readonly<Record<string, object>>): object => ({ type: 'object', required: Object.keys(properties), properties });

const readiness = {
  'application/json': {
    schema: object({
      status: { enum: ['ready', 'not ready'] },
      parts: { type: 'object', additionalProperties: { enum: ['ok', 'unreachable', 'stopped', 'draining'] }, description: 'Every part that calls need, and how it is.' },
    }) as Readonly<Record<string, unknown>>,
  },
};

const probe = (operation: Omit<OperationObject, 'tags'>): PathItem => ({ get: { tags: ['server'], ...operation } });

export const PROBE_PATHS: Readonly<Record<string, PathItem>> = {
  '/healthz': probe({
    operationId: 'server.health', summary: 'Tells that the server is alive.', security: [],
    responses: { 200: { description: 'It is.', content: { 'application/json': { schema: object({ status: { const: 'ok' } }) as Readonly<Record<string, unknown>> } } } },
  }),
  '/readyz': probe({
    operationId: 'server.readiness', summary: 'Tells whether the server takes calls.', security: [],
    responses: { 200: { description: 'It does.', content: readiness }, 503: { description: 'It does not, or soon will not.', content: readiness } },
  }),
  '/metrics': probe({
    operationId: 'server.metrics', summary: 'Gives what was counted, in the text form of Prometheus.', description: 'For administrators, for the token in KONEKTOR_METRICS_TOKEN, or for everybody, as the settings say.',
    responses: { 200: { description: 'Metrics.', content: { 'text/plain': { schema: { type: 'string' } } } }, ...errorReferences([401, 403, 500]) },
  }),
};
