// Rows for the measurements of lists, made through the sandbox's own API.
import { Pool } from 'undici';

/** Creates `count` customers, many at a time. */
export async function fillCustomers(sandboxUrl: string, count: number): Promise<void> {
  const pool = new Pool(sandboxUrl, { connections: 16 });
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const body = new URLSearchParams({ name: `Customer ${index}`, email: `customer${index % 500}@example.com`, 'metadata[number]': String(index) }).toString();
      const reply = await pool.request({ path: '/v1/customers', method: 'POST', headers: { authorization: 'Bearer sk_test_konektorSandbox', 'content-type': 'application/x-www-form-urlencoded' }, body });
      await reply.body.dump();
      if (reply.statusCode !== 200) throw new Error(`the sandbox answered ${reply.statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, caller));
  await pool.close();
}
