// Links between documents lead somewhere, the index names every page, and what several documents may not share they do not.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, read, ROOT } from './documents.ts';

interface Link {
  readonly from: string;
  /** Path from the root; the document itself for a link within it. */
  readonly to: string;
  readonly heading: string | undefined;
}

const prose = (document: string): string => read(document).replaceAll(/^(\s*)(`{3,})[^]*?^\s*\2$/gm, '').replaceAll(/`[^`\n]*`/g, '');
const links: readonly Link[] = documents.flatMap((document) => [...prose(document).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
  .map(([, target = '', heading]) => ({ from: document, to: target === '' ? document : join(dirname(document), target), heading })));

/** The anchors that GitHub gives the headings of a document. */
function anchorsOf(document: string): ReadonlySet<string> {
  const headings = read(document).replaceAll(/^(\s*)(`{3,})[^]*?^\s*\2$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-')));
}

describe('links', () => {
  it('lead to files that are there', () => {
    expect(links.filter(({ to }) => !existsSync(join(ROOT, to))).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('lead to headings that are there', () => {
    const toHeadings = links.filter(({ to, heading }) => heading !== undefined && to.endsWith('.md') && existsSync(join(ROOT, to)));
    expect(toHeadings.length).toBeGreaterThan(0);
    expect(toHeadings.filter(({ to, heading = '' }) => !anchorsOf(to).has(heading)).map(({ from, to, heading }) => `${from} → ${to}#${heading}`)).toEqual([]);
  });
});

describe('files of the sources that documents name', () => {
  it('are there', () => {
    const named = documents.filter((document) => document !== 'CHANGELOG.md')
      .flatMap((document) => [...read(document).matchAll(/`((?:src|sandbox|console|scripts|test|bench|bin)\/[\w./-]*)`/g)].map(([, path = '']) => ({ document, path })));
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(({ path }) => !existsSync(join(ROOT, path))).map(({ document, path }) => `${document}: ${path}`)).toEqual([]);
  });
});

describe('documents that the sources name', () => {
  it('are there', () => {
    const named = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
      .flatMap((file) => [...read(join('src', file)).matchAll(/\b(docs\/[\w/-]+\.md)\b/g)].map(([, path = '']) => ({ file, path })));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ path }) => !existsSync(join(ROOT, path))).map(({ file, path }) => `src/${file}: ${path}`)).toEqual([]);
  });
});

describe('keys of writes', () => {
  it('are of one document each: several run on one server, and a key is for one write', () => {
    const holders = Map.groupBy(documents.filter((document) => /^docs\/(tutorials|how-to|explanations)\//.test(document))
      .flatMap((document) => [...new Set([...read(document).matchAll(/\border-\d+\b/g)].map(([key]) => key))].map((key) => ({ key, document }))), ({ key }) => key);
    expect(holders.size).toBeGreaterThan(2);
    expect([...holders].filter(([, held]) => held.length > 1).map(([key, held]) => `${key}: ${held.map(({ document }) => document).join(', ')}`)).toEqual([]);
  });
});

describe('docs/README.md', () => {
  it('names every document', () => {
    const named = new Set(links.filter(({ from }) => from === 'docs/README.md').map(({ to }) => to));
    const there = documents.filter((document) => /^docs\/(tutorials|how-to|explanations|reference)\//.test(document));
    expect(there.filter((document) => !named.has(document))).toEqual([]);
  });
});
