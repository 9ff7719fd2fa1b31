import { expect, it } from 'vitest';
import { localeOf } from './locale.ts';

it('is the first of the language of the page', () => {
  expect(localeOf('en', ['id-ID', 'en-GB', 'en-US', 'en'])).toBe('en-GB');
});

it('is the language itself where the browser tells no variety of it', () => {
  expect(localeOf('id', ['en-GB'])).toBe('id');
  expect(localeOf('id', [])).toBe('id');
});

it('is nothing that Intl throws at', () => {
  expect(localeOf('en', ['en-US@posix', 'en-GB'])).toBe('en-GB');
  expect(localeOf('en', ['en-US@posix'])).toBe('en');
});
