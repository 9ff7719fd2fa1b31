// A server that was used: what pages show is there, made through the API as people make it. It changes nothing that the first start made.
import { DEMO, type RunningServer } from '../end-to-end/server-process.ts';

const [PROJECT, LOCATION] = ['projects/demo', 'projects/demo/locations/us-central1'];
const ENTITIES = `/v2/${DEMO}/entityTypes`;

/** @returns examples for the names in the addresses of pages */
export async function liveIn(server: RunningServer): Promise<Readonly<Record<string, string>>> {
  const [made] = await Promise.all([manage(server), callsOf(server)]);
  return made;
}

/** Reads, writes and what is refused: for logs, figures, the audit log and the journal of writes. */
async function callsOf(server: RunningServer): Promise<void> {
  for (const conditions of ["Email = 'jenny@example.com'", "Name LIKE 'T%'", '']) await server.call('GET', `${ENTITIES}/Customer/entities?conditions=${encodeURIComponent(conditions)}&pageSize=10`);
  await server.call('GET', `${ENTITIES}/Customer/entities/cus_nobody`);
  await server.call('GET', `${ENTITIES}/Invoice/entities?conditions=${encodeURIComponent('Staus = 1')}`);
  const made = await server.call('POST', `${ENTITIES}/PaymentIntent/entities`, { fields: { Amount: 33_000, Currency: 'usd', PaymentMethod: 'pm_card_visa' } });
  await server.call('POST', `/v2/${DEMO}/actions/ConfirmPaymentIntent:execute`, { parameters: { PaymentIntentId: made.body.fields['Id'], ReturnUrl: 'https://example.com/' } });
  await server.call('POST', `/v2/${DEMO}/actions/CapturePaymentIntent:execute`, { parameters: { PaymentIntentId: made.body.fields['Id'] } });
}

/** Connections in several states, a secret with versions, a service account, a token. */
async function manage(server: RunningServer): Promise<Readonly<Record<string, string>>> {
  const connection = (secret: string): object => ({
    connectorVersion: `${PROJECT}/locations/global/providers/stripe/connectors/stripe/versions/1`, description: 'Payments of the Jakarta shops',
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `${PROJECT}/secrets/${secret}/versions/1` } }] },
    destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }], labels: { team: 'payments' },
  });
  await server.call('POST', `/v1/${PROJECT}/secrets?secretId=old-key`, { replication: { automatic: {} }, labels: { team: 'payments' } });
  await server.call('POST', `/v1/${PROJECT}/secrets/old-key:addVersion`, { payload: { data: Buffer.from('sk_test_nobodysKey').toString('base64') } });
  await server.call('POST', `/v1/${PROJECT}/serviceAccounts`, { accountId: 'reporting', serviceAccount: { displayName: 'Reporting' } });
  const { body: operation } = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=jakarta-shops`, connection('stripe-api-key'));
  await server.call('POST', `/v1/${PROJECT}/locations/europe-west1/connections?connectionId=old-account`, connection('old-key'));
  return { secretId: 'old-key', accountId: 'reporting@demo.iam.gserviceaccount.com', operationId: operation.name.split('/').at(-1) ?? '' };
}
