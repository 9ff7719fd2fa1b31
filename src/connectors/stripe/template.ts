// How the Stripe connector presents itself, and what its connections are configured with besides what every connector takes.
import type { ConnectorTemplate } from '../../spi/template.ts';

export const TEMPLATE: ConnectorTemplate = {
  displayName: 'Stripe',
  description: 'Every object and verb of the Stripe API: customers, payments, billing, Connect and the rest.',
  category: 'Payments',
  tags: ['payments', 'billing', 'finance'],
  documentationUri: 'https://docs.stripe.com/api',
  externalUri: 'https://stripe.com',
  releaseVersion: '1.0.0',
  releaseTime: '2026-11-01T00:00:00.000Z',
  variables: [
    {
      key: 'account_id', valueType: 'STRING', displayName: 'Account ID',
      description: 'The Stripe account to use (acct_…), for platforms: sent as Stripe-Account on every call.',
      pattern: { regex: '^acct_[A-Za-z0-9]+$', words: 'must be the id of a Stripe account, acct_…' },
    },
    {
      key: 'api_version', valueType: 'STRING', displayName: 'API version', isAdvanced: true,
      description: 'The version of the Stripe API, for example 2026-10-28.endive; sent as Stripe-Version on every call. Without it, the newest that this connector knows.',
      pattern: { regex: '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.][a-z]+)?$', words: 'must be a version of the Stripe API, such as 2026-10-28.endive' },
    },
    {
      key: 'search_pushdown', valueType: 'BOOL', displayName: 'Use Stripe\'s Search', isAdvanced: true,
      description: 'Lets lists use Stripe\'s Search, which may lag a minute behind; every row is read again and checked.',
    },
    {
      key: 'account_override', valueType: 'BOOL', displayName: 'Calls may name an account', isAdvanced: true,
      description: 'Lets a call name another connected account by the pseudo-column AccountId.',
    },
  ],
  auth: [
    {
      authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', displayName: 'API Key', isDefault: true,
      description: 'A secret or restricted key of Stripe (sk_… or rk_…), kept as a version of a secret.',
      variables: [{
        key: 'api_key', valueType: 'SECRET', displayName: 'API Key', required: true, aliases: ['apikey', 'live_apikey'],
        description: 'The secret version that holds the key.',
      }],
    },
    {
      authType: 'USER_PASSWORD', displayName: 'User and password', isDefault: false,
      description: 'The same key as the password of any user, for clients that know no API keys.',
      variables: [
        { key: 'username', valueType: 'STRING', displayName: 'User', description: 'Not used.' },
        { key: 'password', valueType: 'SECRET', displayName: 'Password', required: true, description: 'The secret version that holds the API key.' },
      ],
    },
  ],
  destinations: [
    {
      key: 'stripe_api', displayName: 'Stripe API', max: 1, port: 'OPTIONAL', isAdvanced: true,
      description: 'Where Stripe is, for a stand-in: https, or http on this machine. `sandbox` is the sandbox of this server.',
    },
  ],
  backends: ['api.stripe.com:443', 'files.stripe.com:443', 'meter-events.stripe.com:443'],
};
