// What the server says is English already. Here is only what its reader does on a page rather than by a call or a command.
import type { Told } from '../told.ts';

export const told: Told = {
  hints: {}, wrongs: {}, steps: {}, says: {}, writes: {}, facts: {}, roles: {},
  advice: {
    IN_ERROR: 'The steps below tell more. Edit the connection, or try it out again above.',
    SUSPENDED: 'Resume it above.',
    ROLES_MISSING: 'Grant them on the page of the secret, or for the whole project under Access.',
    KEY_WRONG: 'Store the right key as a new version of the secret, under Secrets, and choose that under Edit.',
    NODES: 'Raise the maximum number of nodes under Edit, or let its callers slow down.',
    WRITES_UNSETTLED: 'Those that stay are found out about under Writes.',
    API_VERSION_OTHER: 'Choose under Edit a version of the API that the source has.',
    PROXY_DEAD: 'Check host and port of the proxy under Edit, and the firewall between.',
    PROXY_PARTLY_DEAD: 'Check host and port of the proxy under Edit, and the firewall between.',
    CONFIGURATION_UNUSED: 'Correct or remove under Edit what is named.',
    ACTIVE_WITH_WARNINGS: 'Correct or remove under Edit what is named.',
  },
};
