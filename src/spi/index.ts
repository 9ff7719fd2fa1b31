// What someone who writes a connector imports: `konektor/spi`.
export * from './catalog.ts';
export * from './connector.ts';
export * from './filter.ts';
export * from './template.ts';
export * from './writes.ts';
