// A connection reads its secrets as its service account: what the account is granted and what is taken from it counts from the next call on.
import { expect, it } from 'vitest';
import { DEMO, type RunningServer, withServer } from './running-server.ts';

const SECRET = 'projects/demo/secrets/stripe-api-key';
const ACCOUNT = 'serviceAccount:connections@demo.iam.gserviceaccount.com';

let server: RunningServer;
withServer((started) => { server = started; });

const list = async () => server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=1`);
const setRoles = async (...roles: readonly string[]) =>
  server.call('POST', `/v1/${SECRET}:setIamPolicy`, { policy: { bindings: roles.map((role) => ({ role: `roles/secretmanager.${role}`, members: [ACCOUNT] })) } });

it('stops and goes on with the role of its service account', async () => {
  expect((await list()).status).toBe(200);
  expect((await setRoles('viewer')).status).toBe(200);
  const refused = await list();
  expect(refused).toMatchObject({ status: 400, body: { error: { status: 'FAILED_PRECONDITION' } } });
  expect(refused.body.error?.details[0]).toMatchObject({ reason: 'SECRET_ROLE_MISSING', metadata: { secret: SECRET, roles: 'roles/secretmanager.secretAccessor' } });
  expect((await server.call('GET', `/v2/${DEMO}:checkStatus`)).body).toMatchObject({ state: 'AUTH_ERROR' });
  expect((await setRoles('viewer', 'secretAccessor')).status).toBe(200);
  expect((await list()).status).toBe(200);
});

it('stops while its service account is disabled, and when it is deleted', async () => {
  const account = '/v1/projects/demo/serviceAccounts/connections@demo.iam.gserviceaccount.com';
  expect((await server.call('POST', `${account}:disable`, {})).status).toBe(200);
  expect(await list()).toMatchObject({ status: 400, body: { error: { status: 'FAILED_PRECONDITION', message: expect.stringContaining('is disabled') } } });
  expect((await server.call('POST', `${account}:enable`, {})).status).toBe(200);
  expect((await list()).status).toBe(200);
  expect((await server.call('DELETE', account)).status).toBe(200);
  expect((await list()).status).toBe(400);
  expect((await server.call('POST', '/v1/projects/demo/serviceAccounts', { accountId: 'connections' })).status).toBe(200);
  expect((await list()).body.error?.details[0], 'made anew it inherits nothing').toMatchObject({ reason: 'SECRET_ROLE_MISSING' });
  expect((await server.call('GET', `/v1/${SECRET}:getIamPolicy`)).body).not.toHaveProperty('bindings');
  await setRoles('viewer', 'secretAccessor');
  expect((await list()).status).toBe(200);
});

it('says at the next check which of the two roles is missing, and recovers', async () => {
  await setRoles('secretAccessor');
  const end = async (begun: { readonly body: { readonly name: string } }) =>
    expect.poll(async () => (await server.call('GET', `/v1/${begun.body.name}`)).body['done']).toBe(true);
  await end(await server.call('PATCH', `/v1/${DEMO}?updateMask=description`, { description: 'a' }));
  const { body } = await server.call('GET', `/v1/${DEMO}`);
  expect(body.status).toMatchObject({ state: 'ERROR', description: expect.stringContaining('lacks roles/secretmanager.viewer on') });
  expect(body.status).toMatchObject({ status: 'SECRET_ROLE_MISSING' });
  await setRoles('viewer', 'secretAccessor');
  await end(await server.call('PATCH', `/v1/${DEMO}?updateMask=description`, { description: 'b' }));
  expect((await server.call('GET', `/v1/${DEMO}`)).body.status).toEqual({ state: 'ACTIVE' });
});
