// The commands in the documents are run as they stand, against a real server: a document that lies fails here.
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DEMO, TOKEN, type RunningServer, withServer } from '../end-to-end/running-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: ROOT }), ...globSync('{src,sandbox}/**/*.md', { cwd: ROOT })];
const read = (document: string): string => readFileSync(join(ROOT, document), 'utf8');
const commandsOf = (document: string): readonly string[] => [...read(document).matchAll(/```sh\n([^]*?)```/g)].map((match) => match[1] ?? '').filter((text) => text.includes('curl'));

let server: RunningServer;
withServer((started) => { server = started; });

describe('the commands of', () => {
  it.each(['README.md', 'docs/how-to/use-a-real-account.md', 'docs/how-to/work-with-rows.md', 'docs/how-to/settle-writes.md', 'docs/how-to/give-access.md', 'docs/how-to/audit.md', 'docs/how-to/manage-connections.md', 'docs/how-to/projects-and-service-accounts.md', 'docs/how-to/keep-secrets.md', 'docs/how-to/observe.md', 'docs/how-to/read-the-log.md', 'docs/how-to/find-what-is-wrong.md', 'docs/how-to/run-for-a-team.md', 'docs/how-to/test-with-the-sandbox.md'])('%s', async (document) => {
    const commands = commandsOf(document);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const { stdout } = await run('bash', ['-c', command.replaceAll('http://127.0.0.1:8080', server.url).replaceAll('http://127.0.0.1:12111', server.sandboxUrl)], { env: { ...process.env, TOKEN, STRIPE: `${server.url}/v2/${DEMO}`, CONNECTORS: `${server.url}/v1/projects/demo/locations/us-central1` } });
      expect(stdout, command).toMatch(/^(\{|konektor_|# HELP konektor_)/);
      expect(stdout, command).not.toContain('"error"');
      if (command.includes('ConfirmPaymentIntent:execute')) expect(stdout).toContain('"status":"succeeded"');
    }
  });
});

describe('links', () => {
  it('lead to files that are there', () => {
    const broken = documents.flatMap((document) => [...read(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '').filter((target) => !existsSync(join(ROOT, dirname(document), target))).map((target) => `${document} → ${target}`));
    expect(broken).toEqual([]);
  });
});

describe('docs/README.md', () => {
  it('names every document', () => {
    const index = read('docs/README.md');
    const there = globSync('docs/{how-to,explanations,reference}/*.md', { cwd: ROOT }).map((document) => document.slice('docs/'.length));
    expect(there.filter((document) => !index.includes(`](${document})`))).toEqual([]);
  });
});
