// The task as a program with the client of Konektor, whose types know every entity type and action of Stripe.
import { type CopiedTask, jsonText, shortName } from './copied.ts';
import { payloadOf } from './inputs.ts';

export function typescriptText(task: CopiedTask): string {
  return [
    "import { createClient } from 'konektor/client';", '',
    `const konektor = createClient({ server: ${textOf(task.origin)}, token: process.env['TOKEN'] });`,
    `const connection = konektor.connection(${textOf(shortName(task.connection))});`, '',
    ...statements(task), '',
  ].join('\n');
}

function statements({ choice, inputs }: CopiedTask): readonly string[] {
  const payload = jsonText(payloadOf(inputs.payload) ?? {});
  if (choice.kind === 'action') return [`console.log(await connection.action(${textOf(choice.action)}).run(${payload}));`];
  const entity = `connection.entity(${textOf(choice.entity)})`;
  const filter = inputs.filter.trim();
  const id = textOf(inputs.entityId);
  switch (choice.operation) {
    case 'LIST': {
      const options = [
        ...(filter === '' ? [] : [`filter: ${textOf(filter)}`]), `pageSize: ${inputs.pageSize}`,
        ...(inputs.sortBy === '' ? [] : [`sort: { by: ${textOf(inputs.sortBy)}, order: ${textOf(inputs.isDescending ? 'desc' : 'asc')} }`]),
      ];
      return ['// Reads on from page to page, as far as one walks.', `for await (const row of ${entity}.list({ ${options.join(', ')} })) console.log(row);`];
    }
    case 'GET': return [`console.log(await ${entity}.get(${id}));`];
    case 'CREATE': return [`console.log(await ${entity}.create(${payload}));`];
    case 'UPDATE': return [filter === '' ? `console.log(await ${entity}.update(${id}, ${payload}));` : `console.log(await ${entity}.updateWhere(${textOf(filter)}, ${payload}));`];
    case 'DELETE': return [filter === '' ? `await ${entity}.delete(${id});` : `await ${entity}.deleteWhere(${textOf(filter)});`];
  }
}

/** A text as the language writes it, in double quotes where it holds single ones. */
function textOf(text: string): string {
  return text.includes("'") || /[\\\n\r\u2028\u2029]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}
