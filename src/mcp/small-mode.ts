// Three tools in place of hundreds: one that searches, one that describes, one that calls. What they lead to is the same as with a
// tool for each, and so is what is refused.
import type { Tool as McpTool } from '@modelcontextprotocol/server';
import type { ToolChoice } from '../api/tools.ts';
import { readsAlone } from './options.ts';

export const SMALL = { search: 'search_tools', describe: 'describe_tool', call: 'call_tool' } as const;

export const MOST_FOUND = 50;
export const USUALLY_FOUND = 10;

const name = { type: 'string', minLength: 1, maxLength: 64, description: 'Name of a tool, as search_tools gives it.' } as const;
const looks = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** @param choice what the tools that are called may do: what is said of calling is no more than that. */
export function smallTools(choice: ToolChoice): readonly McpTool[] {
  const reads = readsAlone(choice);
  return [
    {
      name: SMALL.search, title: 'Search tools',
      description: 'Finds tools by words: what to do and with what, such as "list invoices" or "refund payment". For each entity type there are list_, get_, create_, update_ and delete_ tools as far as it has them; actions go by their own names.',
      annotations: { title: 'Search tools', ...looks },
      inputSchema: { type: 'object', properties: { query: { type: 'string', maxLength: 300, description: 'A few words in English.' }, limit: { type: 'integer', minimum: 1, maximum: MOST_FOUND, default: USUALLY_FOUND, description: 'How many at most.' } }, required: ['query'], additionalProperties: false },
      outputSchema: {
        type: 'object', required: ['tools', 'found'],
        properties: {
          tools: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, description: { type: 'string' }, effect: { type: 'string', description: 'read, or write for what changes something' } }, required: ['name', 'description', 'effect'] } },
          found: { type: 'integer', description: 'How many there are in all.' },
        },
      },
    },
    {
      name: SMALL.describe, title: 'Describe a tool', description: 'Gives the description, the annotations and the input and output schemas of a tool. Read it before the first call of a tool.',
      annotations: { title: 'Describe a tool', ...looks },
      inputSchema: { type: 'object', properties: { name }, required: ['name'], additionalProperties: false },
      outputSchema: { type: 'object', properties: { name: { type: 'string' }, description: { type: 'string' }, annotations: { type: 'object' }, inputSchema: { type: 'object' }, outputSchema: { type: 'object' } }, required: ['name', 'description', 'annotations', 'inputSchema', 'outputSchema'] },
    },
    {
      name: SMALL.call, title: 'Call a tool', description: `Calls a tool with its arguments, as its input schema says.${reads ? ' None of the tools changes anything.' : ' Tools may change or delete things: see their annotations.'}`,
      annotations: { title: 'Call a tool', readOnlyHint: reads, destructiveHint: !reads, idempotentHint: reads, openWorldHint: true },
      inputSchema: { type: 'object', properties: { name, arguments: { type: 'object', description: 'Arguments of the tool.' } }, required: ['name'], additionalProperties: false },
      outputSchema: { type: 'object', description: 'What the output schema of the tool says.' },
    },
  ];
}
