// What a model is told of the server before anything else: how to work with rows and actions. Once, so that no tool repeats it.
import { readsAlone, type McpOptions } from './options.ts';
import { SMALL } from './small-mode.ts';

export function instructionsFor(connection: string, { choice }: McpOptions): string {
  const reads = readsAlone(choice);
  return [
    `Tools to work with the rows and actions of the connection ${connection.split('/').at(-1) ?? ''}. Tools are called list_, get_, create_, update_ or delete_ and the entity type (list_Customer); an action goes by its own name.${reads ? ' Here all of them read, and none changes anything.' : ''}`,
    `Where the tools are ${SMALL.search}, ${SMALL.describe} and ${SMALL.call}: search by words, describe the one you mean, then call it.`,
    "- Filters are SQL conditions on columns, texts in single quotes: Created >= '2026-01-01' AND Email LIKE '%@example.com'. Filtering is done here: do not read everything to look through it yourself.",
    '- Name the columns that you need (columns): rows have up to hundreds. Those that are null are left out of what comes back.',
    '- A list gives one page. While nextPageToken is there, there are more rows: call again with it as pageToken, and the same filter and sort.',
    '- Amounts are whole numbers of the smallest unit of the currency: 1000 is $10.00 or ¥1000. Say amounts to people in the usual unit.',
    '- Times are RFC 3339 in UTC.',
    ...(reads ? [] : [
      '- Give every write an idempotencyKey of your own. When it is not known how a call ended, call again with the same key and the same arguments: it is not done twice.',
      '- create_ and update_ give the id alone; get the row to see it. Ask the person before you do what cannot be taken back.',
    ]),
    '- An error says what was wrong, every fault at once, and what to do. PERMISSION_DENIED does not go away by calling again.',
    '- Resources describe each entity type (entityTypes.Customer) and action (actions.AcceptQuote) in full, and the status of the connection.',
  ].join('\n');
}
