// The task as a command of konektor.
import { type CopiedTask, jsonText, quoted, shortName } from './copied.ts';
import { payloadOf } from './inputs.ts';

export function commandText(task: CopiedTask): string {
  const { command, input } = said(task);
  const line = [command, `  -c ${quoted(shortName(task.connection))} --server ${quoted(task.origin)}`].join(' \\\n');
  return input === undefined ? line : `${line} \\\n  --data - <<'JSON'\n${jsonText(input)}\nJSON`;
}

interface Said {
  readonly command: string;
  /** What comes over standard input. */
  readonly input?: Readonly<Record<string, unknown>>;
}

function said({ choice, inputs, isTyped }: CopiedTask): Said {
  const input = payloadOf(inputs.payload) ?? {};
  if (choice.kind === 'action') return { command: `konektor actions run ${quoted(choice.action)}${isTyped ? '' : ' --text'}`, input };
  const filter = inputs.filter.trim();
  const rows = (verb: string): string => `konektor rows ${verb} ${quoted(choice.entity)}`;
  const which = filter === '' ? quoted(inputs.entityId) : `--filter ${quoted(filter)} --yes`;
  switch (choice.operation) {
    case 'LIST': {
      const sort = inputs.sortBy === '' ? '' : ` --sort ${quoted(inputs.isDescending ? `${inputs.sortBy} desc` : inputs.sortBy)}`;
      return { command: `${rows('list')}${filter === '' ? '' : ` --filter ${quoted(filter)}`}${sort} --limit ${inputs.pageSize}` };
    }
    case 'GET': return { command: `${rows('get')} ${quoted(inputs.entityId)}` };
    case 'CREATE': return { command: rows('create'), input };
    case 'UPDATE': return { command: `${rows('update')} ${which}`, input };
    case 'DELETE': return { command: `${rows('delete')} ${filter === '' ? `${which} --yes` : which}` };
  }
}
