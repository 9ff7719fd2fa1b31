// A translation says what the original says: the same parts in the same order, the same code, the same links. Its commands are not
// run a second time, since they are those of the original.
import { describe, expect, it } from 'vitest';
import { blocksIn, documents, originalOf, read } from './documents.ts';

const translated = documents.flatMap((translation) => {
  const original = originalOf(translation);
  return original === undefined ? [] : [{ translation, original }];
});

/** What a document is made of besides its words: headings by their level, paragraphs, items, lines of tables. */
function shapeOf(document: string): readonly string[] {
  const text = read(document).replaceAll(/^(`{3,})[^]*?^\1$/gm, 'CODE');
  const blocks = text.split(/\n{2,}/).filter((block) => block.trim() !== '');
  return blocks.map((block) => /^#+/.exec(block)?.[0] ?? (block.startsWith('CODE') ? 'code' : block.startsWith('<!--') ? 'comment' : block.startsWith('|') ? `table of ${block.trim().split('\n').length}` : block.startsWith('- ') ? `list of ${block.match(/^- /gm)?.length}` : 'text'));
}

const linksOf = (document: string): readonly string[] => [...read(document).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^README(\.\w+)?\.md$/.test(target));

/** Comments and the words of a drawing are translated; what is run is not. */
const codeOf = (document: string): readonly string[] => blocksIn(document).map(({ language, text }) => `${language}\n${language === 'mermaid' ? text.replaceAll(/"[^"]*"/g, '""') : text.replaceAll(/^# .*$/gm, '#')}`);

it('there are some', () => {
  expect(translated.map(({ translation }) => translation)).toContain('README.id.md');
});

describe.each(translated)('$translation', ({ translation, original }) => {
  it('has the parts of its original', () => {
    expect(shapeOf(translation)).toEqual(shapeOf(original));
  });

  it('has its code and its links', () => {
    expect(codeOf(translation)).toEqual(codeOf(original));
    expect(linksOf(translation)).toEqual(linksOf(original));
  });

  it('and the original leads to it', () => {
    expect(read(original)).toContain(`](${translation.split('/').at(-1)})`);
  });
});
