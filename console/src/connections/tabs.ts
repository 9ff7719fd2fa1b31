// The pages of a connection, by the last part of their address.
export const TABS = ['', 'task', 'schema'] as const;
