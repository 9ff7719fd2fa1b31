// Who calls and whether they may: composed here, with the guard that every row goes through before its handler. What is in
// memory is answered without waiting.
import { policyHandlers } from '../api-handlers/policies.ts';
import { tokenHandlers } from '../api-handlers/tokens.ts';
import type { ServiceName } from '../api/operation.ts';
import type { Guard } from '../calls/guard.ts';
import { StatusError } from '../errors/status-error.ts';
import { createAccountStates, type AccountStates } from '../iam/account-states.ts';
import { createAuthenticator, type TokenAuthenticator } from '../iam/authenticate.ts';
import { createAuthorizer, type Authorizer } from '../iam/authorize.ts';
import { serviceAccountResource } from '../iam/members.ts';
import { createOidcVerifier } from '../iam/oidc.ts';
import { createPolicyService, type PolicyService } from '../iam/policy-service.ts';
import type { Principal } from '../iam/principal.ts';
import { createTokenService } from '../iam/token-service.ts';
import type { Settings } from '../settings.ts';
import type { Database } from '../storage/database.ts';
import { createAccountCheck, createExistence } from '../storage/existence.ts';
import { createPolicyRepository } from '../storage/policy-repository.ts';
import { createTokenRepository } from '../storage/token-repository.ts';

export interface IdentityParts {
  readonly database: Database;
  readonly settings: Pick<Settings, 'admins' | 'allowAnonymous' | 'oidcIssuers' | 'tokenSeconds' | 'longestTokenSeconds' | 'mostTokens'>;
  readonly adminToken: string;
  /** Whether a secret is there, here or where its project keeps them. */
  readonly secretExists: (name: string) => Promise<boolean>;
  readonly now: () => Date;
}

export interface Identity {
  readonly authorizer: Authorizer;
  readonly policies: PolicyService;
  readonly accounts: Pick<AccountStates, 'of'>;
  /** Told at once of what changed here; of other processes the database tells. */
  readonly accountsChanged: () => void;
  readonly authenticate: TokenAuthenticator['authenticate'];
  readonly handlers: ReturnType<typeof policyHandlers> & ReturnType<typeof tokenHandlers>;
}

export function composeIdentity({ database: { db, changes }, settings, adminToken, secretExists, now }: IdentityParts): Identity {
  const repository = createPolicyRepository(db);
  const authorizer = createAuthorizer(repository);
  changes.on('policy', (resource) => authorizer.forget(resource));
  const policies = createPolicyService({ policies: repository, authorizer, exists: createExistence(db, secretExists) });

  const tokens = createTokenRepository(db);
  const admins = new Set(settings.admins);
  const readAccount = createAccountCheck(db);
  const accounts = createAccountStates(readAccount);
  const accountExists = async (email: string): Promise<boolean> => (await readAccount(email)) === 'ENABLED';
  const authenticator = createAuthenticator({
    adminToken, tokens, accountExists, accountState: (email) => accounts.of(email), admins, allowAnonymous: settings.allowAnonymous, now,
    verifySigned: createOidcVerifier({ issuers: settings.oidcIssuers, admins, now }),
  });
  changes.on('token', (key) => authenticator.forget(key));
  const accountsChanged = (): void => {
    accounts.forget();
    authenticator.forget(undefined);
    authorizer.forget(undefined);
  };
  // A service account may have been disabled or deleted.
  changes.on('project', accountsChanged);

  const tokenService = createTokenService({
    tokens, authorizer, accountExists, usualSeconds: settings.tokenSeconds, longestSeconds: settings.longestTokenSeconds, mostTokens: settings.mostTokens,
    changed: () => authenticator.forget(undefined), now,
  });
  return { authorizer, policies, accounts, accountsChanged, authenticate: (token) => authenticator.authenticate(token), handlers: { ...policyHandlers(policies), ...tokenHandlers(tokenService) } };
}

export interface GuardParts {
  readonly authorizer: Pick<Authorizer, 'allowed'>;
  /** Refuses what a project has disabled. @throws StatusError FAILED_PRECONDITION (SERVICE_DISABLED) */
  readonly requireService?: (project: string, service: ServiceName) => void | Promise<void>;
}

/**
 * Lets a call pass whose caller has the permission of the row on the resource, in a project that has the service enabled.
 * Permission comes first: who has none learns nothing about the project.
 */
export function createGuard({ authorizer, requireService }: GuardParts): Guard<Principal> {
  return (principal, row, resource) => {
    const serve = (): void | Promise<void> => {
      const project = row.service === undefined || requireService === undefined ? undefined : /^projects\/[^/]+/.exec(resource)?.[0];
      return project === undefined || row.service === undefined ? undefined : requireService?.(project, row.service);
    };
    if (row.permission === null) return serve();
    const { permission } = row;
    const allowed = authorizer.allowed(principal, permission, resource);
    if (allowed === true) return serve();
    if (allowed === false) throw denied(principal, permission, resource);
    return allowed.then((granted) => {
      if (!granted) throw denied(principal, permission, resource);
      return serve();
    });
  };
}

/**
 * Who lets a connection act as a service account lends it what the account may read: that needs a permission of its own.
 * @returns a function that throws StatusError PERMISSION_DENIED for others
 */
export function createActAs(authorizer: Pick<Authorizer, 'allowed'>): (principal: Principal, serviceAccount: string) => Promise<void> {
  return async (principal, serviceAccount) => {
    const resource = serviceAccountResource(`serviceAccount:${serviceAccount}`) ?? '';
    if (!(await authorizer.allowed(principal, ACT_AS, resource))) throw denied(principal, ACT_AS, resource);
  };
}

const ACT_AS = 'iam.serviceAccounts.actAs';

/** Says the same whether the resource exists or not. */
function denied({ id }: Principal, permission: string, resource: string): StatusError {
  const message = resource === ''
    ? `Permission '${permission}' denied on this installation for ${id}: only its administrators have it.`
    : `Permission '${permission}' denied on resource '${resource}' (or it may not exist) for ${id}.`;
  return new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', { message, metadata: { permission, resource, principal: id } });
}
