import { describe, expect, it } from 'vitest';
import { callbackAt } from './console.ts';

describe('where issuers send browsers back to', () => {
  it.each([
    ['konektor.example.com', 'https://konektor.example.com/console/sign-in/callback'], ['konektor.example.com:8443', 'https://konektor.example.com:8443/console/sign-in/callback'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080/console/sign-in/callback'], ['localhost', 'http://localhost/console/sign-in/callback'], ['localhost.example.com', 'https://localhost.example.com/console/sign-in/callback'],
  ])('%s', (host, address) => expect(callbackAt(host)).toBe(address));
});
