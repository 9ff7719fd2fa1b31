// The task as a call of the API with curl. The token is read from where it is kept.
import { type CopiedTask, jsonText, quoted } from './copied.ts';
import { payloadOf } from './inputs.ts';

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the connection. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: object;
}

export function curlText(task: CopiedTask): string {
  const { method, path, query = [], body } = callOf(task);
  const headers = [`-H "Authorization: Bearer $TOKEN"`, ...(body === undefined ? [] : ["-H 'Content-Type: application/json'"]), ...(task.isTyped && task.choice.kind === 'action' ? ["-H 'X-Konektor-Output: typed'"] : [])];
  const verb = method === 'GET' ? (query.length === 0 ? [] : ['-G']) : [...(query.length === 0 || body !== undefined ? [] : ['-G']), `-X ${method}`];
  // Beside a body the query stands in the address.
  const asked = body === undefined || query.length === 0 ? '' : `?${new URLSearchParams(query.map(([name, value]) => [name, value])).toString()}`;
  const data = body === undefined ? query.map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`) : [`-d ${quoted(jsonText(body))}`];
  return [['curl -s', ...verb, ...headers].join(' '), ...data, quoted(`${task.origin}/v2/${task.connection}/${path}${asked}`)].join(' \\\n  ');
}

function callOf({ choice, inputs }: CopiedTask): Call {
  const payload = payloadOf(inputs.payload) ?? {};
  if (choice.kind === 'action') return { method: 'POST', path: `actions/${encodeURIComponent(choice.action)}:execute`, body: { parameters: payload } };
  const entities = `entityTypes/${encodeURIComponent(choice.entity)}/entities`;
  const row = `${entities}/${inputs.entityId.split('/').map(encodeURIComponent).join('/')}`;
  const conditions = inputs.filter.trim();
  const filtered = conditions === '' ? [] : [['conditions', conditions] as const];
  switch (choice.operation) {
    case 'LIST': {
      const sorted = inputs.sortBy === '' ? [] : [['sortBy', inputs.sortBy] as const, ...(inputs.isDescending ? [['sortOrder', 'DESC'] as const] : [])];
      return { method: 'GET', path: entities, query: [...filtered, ['pageSize', String(inputs.pageSize)], ...sorted] };
    }
    case 'GET': return { method: 'GET', path: row };
    case 'CREATE': return { method: 'POST', path: entities, body: { fields: payload } };
    case 'UPDATE': return conditions === '' ? { method: 'PATCH', path: row, body: { fields: payload } } : { method: 'POST', path: `${entities}:updateEntitiesWithConditions`, query: filtered, body: { fields: payload } };
    case 'DELETE': return conditions === '' ? { method: 'DELETE', path: row } : { method: 'POST', path: `${entities}:deleteEntitiesWithConditions`, query: filtered, body: {} };
  }
}
