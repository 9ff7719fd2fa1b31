// Who is calling, and what they may do. Permissions are those of the platform: `connectors.entities.list`, …
import { StatusError } from '../errors/status-error.ts';

export interface Principal {
  /** `admin`, `serviceAccount:…`: what audit and throttles know the caller by. */
  readonly id: string;
  readonly permissions: 'all' | ReadonlySet<string>;
}

/** Lets a call pass. @throws StatusError PERMISSION_DENIED naming the permission. */
export function authorize(principal: Principal, permission: string | null, resource: string): void {
  if (permission === null || principal.permissions === 'all' || principal.permissions.has(permission)) return;
  throw new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', {
    message: `${principal.id} lacks the permission ${permission} on ${resource}.`,
    metadata: { permission, resource },
  });
}
