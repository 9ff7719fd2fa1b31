// Where one is: the project in the address, and the address of a connection's pages.
import { useParams } from 'react-router';

/** The project that the page is about. */
export function useProject(): string {
  return useParams()['projectId'] ?? '';
}

/** `projects/p/locations/l/connections/c`, from the address. */
export function useConnectionName(): string {
  const { projectId = '', locationId = '', connectionId = '' } = useParams();
  return `projects/${projectId}/locations/${locationId}/connections/${connectionId}`;
}

/** The page of a resource, or of a part of it: `/console/projects/p/locations/l/connections/c/logs`. */
export function addressOf(name: string, part = ''): string {
  return `/console/${name.split('/').map(encodeURIComponent).join('/')}${part === '' ? '' : `/${part}`}`;
}
