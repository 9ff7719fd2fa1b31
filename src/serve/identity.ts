// Who may pass: the guard that every row goes through before its handler, from what is in memory where that is enough.
import type { ServiceName } from '../api/operation.ts';
import { StatusError } from '../errors/status-error.ts';
import type { GuardedRow } from '../http/parts.ts';
import type { Authorizer } from '../iam/authorize.ts';
import type { Principal } from '../iam/principal.ts';

export interface GuardParts {
  readonly authorizer: Pick<Authorizer, 'allowed'>;
  /** Refuses what a project has disabled. @throws StatusError FAILED_PRECONDITION (SERVICE_DISABLED) */
  readonly requireService?: (project: string, service: ServiceName) => void | Promise<void>;
}

export type Guard = (principal: Principal, row: GuardedRow, resource: string) => void | Promise<void>;

/**
 * Lets a call pass whose caller has the permission of the row on the resource, in a project that has the service enabled.
 * Permission comes first: who has none learns nothing about the project.
 */
export function createGuard({ authorizer, requireService }: GuardParts): Guard {
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

/** Says the same whether the resource exists or not. */
function denied({ id }: Principal, permission: string, resource: string): StatusError {
  const message = resource === ''
    ? `Permission '${permission}' denied on this installation for ${id}: only its administrators have it.`
    : `Permission '${permission}' denied on resource '${resource}' (or it may not exist) for ${id}.`;
  return new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', { message, metadata: { permission, resource, principal: id } });
}
