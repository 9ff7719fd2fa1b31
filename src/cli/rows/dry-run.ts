// A request shown instead of sent: as it would go out, without the token.
import type { RowCallOptions, RowId, RowInput } from '../../api/row-caller.ts';
import { requestOf } from '../../client/row-client.ts';
import type { Terminal } from '../deeds.ts';
import { printItem, put, type Output } from '../output.ts';
import { cell } from '../width.ts';

export async function showRequest<Id extends RowId>({ out }: Pick<Terminal, 'out'>, output: Output, server: string, id: Id, input: RowInput<Id>, options: RowCallOptions): Promise<void> {
  const { method, address, body, headers = {} } = requestOf(id, input, options);
  const request = { method, url: `${server}${address}`, headers, ...(body === undefined ? {} : { body }) };
  if (output !== 'table') return printItem({ out }, output, request, Object.fromEntries(Object.keys(request).map((key) => [key, (item: Readonly<Record<string, unknown>>) => item[key]])));
  const lines = [`${method} ${request.url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), ...(body === undefined ? [] : ['', ...JSON.stringify(body, null, 2).split('\n')])];
  await put(out, lines.map((line) => `${cell(line)}\n`).join(''));
}
