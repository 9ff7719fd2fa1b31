// The pages of a connection, by the last part of their address.
export const TABS = ['', 'edit', 'charts', 'log', 'writes', 'task', 'schema'] as const;
