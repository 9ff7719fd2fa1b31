// A call as a line for a shell: every value quoted, so that it is what it looks like. Pure.
import type { Description, Parameter } from '../api/description.ts';
import { parametersOf, type Listed } from './listed.ts';
import { exampleOf } from './shape.ts';

/** @param origin of the server: `https://konektor.example.com` */
export function curlLine({ method, path, operation }: Listed, description: Description, origin: string): string {
  const { schemas } = description.components;
  const parameters = parametersOf(operation, description);
  const valueOf = (one: Parameter): string => String(one.example ?? exampleOf(one.schema, schemas));
  const inPath = new Map(parameters.filter((one) => one.in === 'path').map((one) => [one.name, valueOf(one)]));
  const address = path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(inPath.get(name) ?? name));
  const query = new URLSearchParams(parameters.filter((one) => one.in === 'query' && one.required === true).map((one) => [one.name, valueOf(one)])).toString();
  const headers = parameters.filter((one) => one.in === 'header' && one.example !== undefined).map((one) => `${one.name}: ${valueOf(one)}`);
  const content = operation.requestBody?.content['application/json'];
  const body = content === undefined ? undefined : (content.example ?? exampleOf(content.schema, schemas));
  const isOpen = operation.security?.length === 0;
  return [
    `curl -s${method === 'GET' ? '' : ` -X ${method}`}`,
    ...(isOpen ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...[...headers, ...(body === undefined ? [] : ['Content-Type: application/json'])].map((header) => `-H ${quoted(header)}`),
    ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body))}`]),
    quoted(`${origin}${address}${query === '' ? '' : `?${query}`}`),
  ].join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
