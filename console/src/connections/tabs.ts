// The pages of a connection, by the last part of their address.
export const TABS = ['', 'edit', 'access', 'charts', 'log', 'audit', 'writes', 'task', 'schema'] as const;
