// The text of src/client/rows.generated.ts: how each row of the API table is called, without its schemas. Pure.
import { shapeOfAnswers } from '../src/api/answer-shape.ts';
import { API } from '../src/api/table.ts';
import type { ApiOperation } from '../src/api/operation.ts';

// Apart, so that no reader of this file takes it for an import of its own.
const SHAPE = "import type { AnswerShape } from '../api/answer-shape.ts';";

const HEAD = `// Made by \`npm run generate\`; change the table it is made from. How each row of the API is called, without the schemas that the table
// itself brings along.
${SHAPE}

export interface CalledRow {
  readonly method: string;
  readonly path: string;
  /** It takes a body. */
  readonly body?: true;
  /** It changes nothing. */
  readonly read?: true;
  /** It takes an idempotency key: what goes through the journal of writes is done once for each. */
  readonly keyed?: true;
  /** What each of its answers holds, or each of its lines. */
  readonly answers?: AnswerShape;
}
`;

export function renderClientRows(): string {
  const rows = Object.values(API).map(({ id, http, body, effect, audit, output }: ApiOperation) => {
    const answers = Object.entries(shapeOfAnswers(output)).map(([name, kind]) => `${/^\w+$/.test(name) ? name : `'${name}'`}: '${kind}'`);
    const parts = [`method: '${http.method}'`, `path: '${http.path}'`, ...(body === undefined ? [] : ['body: true']), ...(effect === 'read' ? ['read: true'] : []), ...(audit === 'DATA_WRITE' && http.path.startsWith('/v2') ? ['keyed: true'] : []), ...(answers.length === 0 ? [] : [`answers: { ${answers.join(', ')} }`])];
    return `  '${id}': { ${parts.join(', ')} },`;
  });
  return [HEAD, 'export const ROWS = {', ...rows, '} as const satisfies Readonly<Record<string, CalledRow>>;', ''].join('\n');
}
