// Writes docs/reference/*.md from the tables that the program itself runs on: settings, errors, API, roles, metrics, commands, MCP,
// entity types, actions. With --check it writes nothing and fails where a committed file says something else.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API } from '../src/api/table.ts';
import { UNSERVED } from '../src/api/unserved.ts';
import { createStripeConnector } from '../src/connectors/stripe/connector.ts';
import { VERDICT_OF_CODE } from '../src/connectors/stripe/error-codes.ts';
import { CODES } from '../src/errors/codes.ts';
import { REASONS } from '../src/errors/reasons.ts';
import { ROLES } from '../src/iam/roles.ts';
import { METRICS } from '../src/observe/metric-table.ts';
import { SETTINGS } from '../src/settings.ts';
import type { ActionType, EntityType, Field } from '../src/spi/catalog.ts';
import { cliPage } from './cli-page.ts';
import { code, page, table } from './markdown.ts';
import { mcpPage } from './mcp-page.ts';

const FOLDER = join(import.meta.dirname, '..', 'docs', 'reference');

function settingsPage(): string {
  const rows = Object.values(SETTINGS).map(({ variable, default: usual, secret, description }) =>
    [code(variable), usual === undefined || usual === '' ? 'none' : code(String(usual)), secret ? 'yes' : '', description]);
  return page('Settings', 'Every setting is an environment variable. A value that cannot be used ends the start with exit code 2 and a message that names all of them.',
    table(['variable', 'default', 'secret', 'what it is for'], rows));
}

function errorsPage(): string {
  const codes = Object.entries(CODES).map(([name, { number, http, exit, retry }]) => [code(name), String(number), String(http), String(exit), retry]);
  const reasons = Object.entries(REASONS).map(([name, hint]) => [code(name), hint]);
  return page('Errors', 'Every error is a `google.rpc.Status`: `{"error": {"code", "message", "status", "details"}}`. `details` hold an `ErrorInfo` with our `reason` and, in its metadata, a hint and what is known of the cause; a `BadRequest` with every fault of the request; a `RetryInfo` where waiting helps; and a `RequestInfo` with the id that the log knows the request by.',
    '## Codes', table(['code', 'number', 'HTTP', 'exit', 'retry'], codes), '## Reasons', table(['reason', 'what to do'], reasons));
}

function stripeErrorsPage(): string {
  const rows = [...VERDICT_OF_CODE].map(([stripe, [status, reason]]) => [code(stripe), code(status), code(reason), REASONS[reason]]);
  return page('Stripe\'s errors', 'What each of Stripe\'s error codes becomes. Whatever its code, a 5xx is `UNAVAILABLE` with `BACKEND_UNAVAILABLE` (on a write with `outcome: unknown`); an error of the type `card_error` is `CARD_DECLINED`, unless the customer has to authenticate; `resource_missing` is `NOT_FOUND` for the row that was asked for and `INVALID_ARGUMENT` for one that a column names. Codes that are not here are judged by their HTTP status. `ErrorInfo.metadata` carries Stripe\'s own words: `type`, `code`, `declineCode`, `adviceCode`, `networkDeclineCode`, `networkAdviceCode`, `charge`, `param` (as our column), `docUrl`, `requestId`, `requestLogUrl`.',
    table(['Stripe\'s code', 'code', 'reason', 'what to do'], rows));
}

function apiPage(): string {
  const rows = Object.values(API).map(({ http, summary, permission, query, body }) => {
    const members = body !== undefined && 'properties' in body && typeof body.properties === 'object' ? Object.keys(body.properties ?? {}) : [];
    return [code(`${http.method} ${http.path}`), summary, Object.keys(query.properties).map(code).join(' '), members.map(code).join(' '), permission === null ? 'none' : code(permission)];
  });
  const unserved = UNSERVED.map(({ http, why, permission }) => [code(`${http.method} ${http.path}`), why, code(permission)]);
  return page('API', 'Wire-compatible with `connectors.googleapis.com` v1 and v2. `{location}` is `projects/*/locations/*`, `{connection}` is `{location}/connections/*`, `{operation}` is `{location}/operations/*`. Every call carries `Authorization: Bearer <token>`; `GET /healthz` and `GET /readyz` need none; [who reads `GET /metrics`](../how-to/observe.md) is a setting.',
    table(['call', 'what it does', 'parameters', 'body', 'permission'], rows),
    '## Not served', 'These answer UNIMPLEMENTED, and say why.', table(['call', 'why', 'permission'], unserved));
}

function rolesPage(): string {
  const rows = Object.entries(ROLES).map(([name, { description, permissions }]) => [code(name), description, permissions.toSorted().map(code).join(' ')]);
  return page('Roles', 'What a policy may bind, on a project or on one resource in it. A row of the [API](api.md) names the permission that it asks for.', table(['role', 'what it is for', 'permissions'], rows));
}

function metricsPage(): string {
  const rows = Object.values(METRICS).map(({ name, kind, labels, help }) => [code(name), kind, labels.map(code).join(' '), help]);
  return page('Metrics', 'What `GET /metrics` tells, in the text form of Prometheus; [how to observe](../how-to/observe.md) says who may read it. Labels hold names of connections, entity types and actions, codes and states, and nothing that a caller chose. Each process counts its own; gauges of what is stored say the same in all of them. Beside these there are the usual `process_*` and `nodejs_*`.',
    table(['metric', 'kind', 'labels', 'what it tells'], rows));
}

function filtersOf(fields: readonly Field[]): string {
  return fields.filter(({ filters }) => filters !== undefined && filters.length > 0)
    .map(({ name, filters }) => `${name} ${(filters ?? []).join(' ')}`).join('; ');
}

function entitiesPage(entities: readonly EntityType[]): string {
  const rows = entities.map((entity) => [code(entity.name), entity.operations.join(' '), String(entity.fields.length), entity.listRequires.join(', '), filtersOf([...entity.fields, ...(entity.pseudoFields ?? [])])]);
  return page('Entity types', `The Stripe connector has ${entities.length} entity types, named as Stripe names its objects. A List takes any filter over any column; the last column tells what Stripe filters by itself, so that few calls are needed. Names also go in the plural and in Stripe's own spelling.`,
    table(['entity type', 'operations', 'columns', 'List needs', 'Stripe filters'], rows));
}

function actionsPage(actions: readonly ActionType[]): string {
  const list = (inputs: ActionType['inputs']): string => inputs.map(({ name }) => name).join(', ');
  const rows = actions.map(({ name, inputs }) => [code(name), list(inputs.filter(({ required }) => required)), list(inputs.filter(({ required }) => !required))]);
  return page('Actions', `The Stripe connector has ${actions.length} actions, those for test keys included.`, table(['action', 'required', 'optional'], rows));
}

async function pages(): Promise<Readonly<Record<string, string>>> {
  const connector = createStripeConnector({});
  const catalog = connector.describe(connector.parseConfig({ secretVersion: 'projects/p/secrets/s/versions/1' }), { livemode: false });
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
  return {
    'settings.md': settingsPage(), 'errors.md': errorsPage(), 'stripe-errors.md': stripeErrorsPage(), 'api.md': apiPage(), 'roles.md': rolesPage(), 'metrics.md': metricsPage(), 'cli.md': await cliPage(), 'mcp.md': mcpPage({ entities: catalog.entities.toSorted(byName), actions: catalog.actions.toSorted(byName) }),
    'entity-types.md': entitiesPage(catalog.entities.toSorted(byName)), 'actions.md': actionsPage(catalog.actions.toSorted(byName)),
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const stale = Object.entries(await pages()).filter(([name, text]) => read(join(FOLDER, name)) !== text);
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    process.stderr.write(`These pages are not what the tables say: ${stale.map(([name]) => `docs/reference/${name}`).join(', ')}. Run npm run generate.\n`);
    process.exitCode = 1;
  }
} else {
  for (const [name, text] of stale) writeFileSync(join(FOLDER, name), text);
}
