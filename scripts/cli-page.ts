// The reference of the command line, made of the program itself: every command with its arguments, options and examples.
import { describeProgram, type CommandDescription, type OptionTerm } from '../src/cli/description.ts';
import { code, page, table } from './markdown.ts';

/** The heading of options that every command has which calls a server. */
const PLACE = 'Where it calls:';
const OUTPUT = '-o, --output <form>';

export async function cliPage(): Promise<string> {
  const [program, ...commands] = await describeProgram();
  if (program === undefined) throw new Error('There is no program.');
  const top = commands.filter(({ name }) => name.split(' ').length === 2);
  return page('Command line', 'Every command of `konektor`, as its help tells it: `konektor help COMMAND`.', program.notes,
    table(['command', 'what it does'], top.map(({ name, description }) => [`[${code(name)}](#${anchor(name)})`, description])),
    '## Options of every command that calls a server', table(['option', 'what it says'], [...shared(commands).map(optionRow), [code(OUTPUT), 'table, json, jsonl, csv or yaml']]),
    'An option comes before a variable, a variable before a context, a context before the data folder. Exit codes are those of [errors](errors.md).',
    ...commands.map(section));
}

function anchor(name: string): string {
  return name.replaceAll(' ', '-');
}

/** Each once, in the order in which they are first met. */
function shared(commands: readonly CommandDescription[]): readonly OptionTerm[] {
  const all = commands.flatMap(({ options }) => options.filter(({ group }) => group === PLACE));
  return all.filter(({ term }, index) => all.findIndex((one) => one.term === term) === index);
}

function optionRow({ term, description }: OptionTerm): readonly string[] {
  return [code(term), description];
}

function section({ name, description, usage, arguments: words, options, commands, examples, notes }: CommandDescription): string {
  const own = options.filter(({ group, term }) => group !== PLACE && term !== OUTPUT);
  const place = options.filter(({ group, term }) => group === PLACE || term === OUTPUT).map(({ term }) => code(/--[\w-]+/.exec(term)?.[0] ?? term));
  const rows = [...words.map(({ term, description: what }) => [code(term), what]), ...own.map(optionRow)];
  return [
    `${'#'.repeat(name.split(' ').length)} ${name}`, `${description.charAt(0).toUpperCase()}${description.slice(1)}.`, code(usage),
    ...(commands.length === 0 ? [] : [`Commands: ${commands.map((one) => `[${code(one)}](#${anchor(`${name} ${one}`)})`).join(' ')}`]),
    ...(rows.length === 0 ? [] : [table(['argument, option', 'what it says'], rows)]),
    ...(place.length === 0 ? [] : [`Also: ${place.join(' ')}`]),
    `\`\`\`text\n${examples.join('\n')}\n\`\`\``, ...(notes === '' ? [] : [notes]),
  ].join('\n\n');
}
