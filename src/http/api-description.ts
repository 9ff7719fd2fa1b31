// The API described for programs and for people. Neither needs a token: what stands there is in the documents too.
import type { FastifyInstance } from 'fastify';
import { describeApi, type ApiFacts } from '../api/openapi.ts';
import { addPublished } from './published.ts';

/** Adds `/openapi.json`, and `/openapi` for people: the console has a page of it. */
export function addApiDescription(server: FastifyInstance, facts: ApiFacts): void {
  addPublished(server, { url: '/openapi.json', type: 'application/json; charset=utf-8', make: () => JSON.stringify(describeApi(facts)) });
  server.get('/openapi', async (_request, reply) => reply.redirect('/console/api'));
}
