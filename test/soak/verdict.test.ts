import { expect, it } from 'vitest';
import { judge } from './verdict.ts';

const samples = (rssAt: (index: number) => number) => Array.from({ length: 50 }, (_, index) => ({ rss: rssAt(index), heap: 100, files: 40, sockets: 20, timers: 5 }));
const rss = (rssAt: (index: number) => number) => judge(samples(rssAt)).find(({ what }) => what === 'rss');

it('takes what is level for flat, whatever single samples show and however it began', () => {
  expect(rss((index) => (index < 8 ? 200 + index * 10 : 300) + (index % 7 === 0 ? 400 : 0))).toMatchObject({ second: 300, last: 300, kept: true });
});

it('tells what grows', () => {
  expect(rss((index) => 300 + index * 3)).toMatchObject({ kept: false });
});

it('promises nothing of what was not measured', () => {
  expect(judge([]).every(({ kept }) => !kept)).toBe(true);
});
