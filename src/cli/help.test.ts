// The help of every command, so that what is added is covered: it fits, says what the command is for, and its examples are
// commands that the program takes.
import { describe, expect, it } from 'vitest';
import { describeProgram } from './description.ts';

const ALL = await describeProgram();

/** The commands in a line of a shell, as words: behind pipes, in substitutions, below what is told of them. */
function commandsIn(line: string): readonly (readonly string[])[] {
  const joined = line.replace(/\\\n\s*/g, ' ').replace(/ {3,}\S.*$/, '');
  return [...joined.matchAll(/(?:^|[\s(|;&])konektor(?=\s|$)/g)].map((found) => wordsOf(joined.slice(found.index).replace(/^[\s(|;&]/, '')));
}

/** Up to where the shell goes on with something else. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let [quote, depth] = ['', 0];
  for (const letter of text) {
    if (quote !== '') {
      if (letter === quote) quote = '';
      else word = `${word ?? ''}${letter}`;
    } else if (letter === '\'' || letter === '"') {
      quote = letter;
      word ??= '';
    } else if (depth === 0 && /[|>;&)]/.test(letter)) {
      break;
    } else if (depth === 0 && /\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
      word = `${word ?? ''}${letter}`;
    }
  }
  return word === undefined ? words : [...words, word];
}

describe('every command', () => {
  it('is found, with those below it', () => {
    expect(ALL.length).toBeGreaterThan(80);
    expect(ALL.map(({ name }) => name)).toEqual(expect.arrayContaining(['konektor', 'konektor api show', 'konektor secrets add-version', 'konektor connections create']));
  });

  it('is loaded alone where its word is typed, with the same help', async () => {
    const above = ALL.filter(({ command }) => command.parent?.parent === null && command.name() !== 'help');
    expect(above.length).toBeGreaterThan(20);
    for (const { command, help } of above) {
      const [, ...loaded] = await describeProgram(command.name());
      expect(loaded.find(({ name }) => name === `konektor ${command.name()}`)?.help).toBe(help);
      expect(loaded.filter((one) => one.command.parent?.parent === null).length, command.name()).toBeLessThanOrEqual(2);
    }
    expect(await describeProgram('help')).toHaveLength(ALL.length);
  });

  it('has a help of at most 80 columns, a description and an example of its own', () => {
    const faults = ALL.flatMap(({ name, help, description, examples }) => [
      ...help.split('\n').filter((line) => line.length > 80).map((line) => `${name} --help is wide: ${line}`),
      ...(description === '' ? [`${name} has no description`] : []),
      ...(examples.some((line) => line.includes(name)) ? [] : [`${name} has no example`]),
    ]);
    expect(faults).toEqual([]);
  });

  it('describes every argument and option', () => {
    const faults = ALL.flatMap(({ name, arguments: words, options }) => [...words, ...options].filter(({ description }) => description === '').map(({ term }) => `${name} ${term}`));
    expect(faults).toEqual([]);
  });

  it('has examples that the program takes', async () => {
    const [{ command: program } = { command: undefined }] = ALL;
    const examples = new Map(ALL.flatMap(({ name, examples }) => examples.map((line) => [line, name] as const)));
    let ran = '';
    for (const { command, name, commands } of ALL) if (commands.length === 0 || command.registeredArguments.length > 0) command.action(() => { ran = name; });
    const faults: string[] = [];
    for (const [line, of] of examples) {
      for (const words of commandsIn(line)) {
        ran = '';
        const told = await program?.parseAsync(words.slice(1), { from: 'user' }).then(() => (ran === '' ? 'runs nothing' : ''), (error: unknown) => (error instanceof Error ? error.message : String(error)));
        if (told !== '') faults.push(`${of}: ${line}: ${told}`);
      }
    }
    expect(examples.size).toBeGreaterThan(150);
    expect(faults).toEqual([]);
  });
});

describe('examples', () => {
  it.each([
    ['konektor tokens list', [['konektor', 'tokens', 'list']]], ['TOKEN=$(konektor tokens create --lifetime 1h)', [['konektor', 'tokens', 'create', '--lifetime', '1h']]],
    ['pass show a | konektor secrets create b --file - > c', [['konektor', 'secrets', 'create', 'b', '--file', '-']]], ['konektor serve                 run it', [['konektor', 'serve']]],
    ['konektor api x \\\n      --data \'{"a": 1}\'', [['konektor', 'api', 'x', '--data', '{"a": 1}']]], ['konektor a | konektor b', [['konektor', 'a'], ['konektor', 'b']]],
    ['konektor backup k-$(date +%F).gz', [['konektor', 'backup', 'k-$(date +%F).gz']]], ['curl http://konektor.example.com', []],
  ] as const)('%s', (line, expected) => {
    expect(commandsIn(line)).toEqual(expected);
  });
});

