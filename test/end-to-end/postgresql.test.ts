// The server with its state in a real PostgreSQL instead of the embedded database.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { postgresql } from '../storage/databases.ts';
import { DEMO, emptyFolder, removeFolder, startServer } from './running-server.ts';

it('keeps its state in the PostgreSQL of DATABASE_URL, and finds it again', async () => {
  const database = await postgresql();
  const folder = emptyFolder();
  try {
    const first = await startServer(folder, { DATABASE_URL: database.url });
    expect(first.output()).toContain('State is in PostgreSQL.');
    const { body: connection } = await first.call('GET', `/v1/${DEMO}`);
    expect(connection.status).toEqual({ state: 'ACTIVE' });
    const made = await first.call('POST', `/v2/${DEMO}/entityTypes/Customer/entities`, { fields: { Name: 'Gudang' } });
    expect(made.status).toBe(200);
    expect(await first.stop()).toBe(0);
    expect(existsSync(join(folder, 'database')), 'no embedded database is made').toBe(false);
    const second = await startServer(folder, { DATABASE_URL: database.url });
    // Its host is where this start listens.
    expect((await second.call('GET', `/v1/${DEMO}`)).body).toEqual({ ...connection, host: new URL(second.url).host });
    expect((await second.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities/${String(made.body.fields['Id'])}`)).body.fields).toMatchObject({ Name: 'Gudang' });
    expect(first.output() + second.output()).not.toContain(new URL(database.url).password);
    expect(await second.stop()).toBe(0);
  } finally {
    await database.remove();
    removeFolder(folder);
  }
});
