import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PATCHABLE } from './fields.ts';
import type { ConnectionSpec } from './model.ts';
import { applyMask, isOnlyLock, parseMask } from './update-mask.ts';

const SPEC: ConnectionSpec = {
  connectorVersion: 'v', serviceAccount: 'a', nodeConfig: { minNodeCount: 2, maxNodeCount: 50 }, labels: { env: 'prod', team: 'toko' },
  configVariables: [{ key: 'verbosity', stringValue: '1' }], logConfig: { enabled: true, level: 'ERROR' }, description: 'lama',
};
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('a mask', () => {
  it.each([
    ['labels', [['labels']]], ['config_variables,authConfig', [['configVariables'], ['authConfig']]], [' description , labels.env ', [['description'], ['labels', 'env']]],
    ['nodeConfig.minNodeCount,node_config.max_node_count', [['nodeConfig', 'minNodeCount'], ['nodeConfig', 'maxNodeCount']]], ['labels.my_key', [['labels', 'my_key']]],
    ['auth_config.user_password.password.secret_version', [['authConfig', 'userPassword', 'password', 'secretVersion']]], ['labels.a.b', [['labels', 'a.b']]],
  ])('is read: %s', (mask, paths) => expect(parseMask(mask)).toEqual(paths));

  it.each([
    undefined, '', ' , ', 'name', 'createTime', 'status', 'connection_revision', 'nope', '*', 'labels,etag', 'configVariables.key', 'config_variables[0]', 'nodeConfig.nope', 'description.x', 'nodeConfig.', '__proto__', 'logConfig.constructor',
    'operation', 'previous',
  ])('is refused in the platform\'s words: %s', (mask) => {
    expect(() => parseMask(mask)).toThrow(expect.objectContaining({
      code: 'INVALID_ARGUMENT', message: 'The request was invalid: update_mask contains invalid fields', violations: [expect.objectContaining({ field: 'update_mask' })],
    }));
  });

  it('is known to touch the lock alone', () => {
    expect(isOnlyLock(parseMask('lockConfig.locked,lock_config'))).toBe(true);
    expect(isOnlyLock(parseMask('lockConfig,labels'))).toBe(false);
  });
});

describe('a patch', () => {
  it.each([
    ['description', { description: 'baru', labels: {} }, { ...SPEC, description: 'baru' }],
    ['description', {}, (({ description: _gone, ...rest }) => rest)(SPEC)],
    ['description', { description: null }, (({ description: _gone, ...rest }) => rest)(SPEC)],
    ['labels.env', { labels: { env: 'test', team: 'lain' } }, { ...SPEC, labels: { env: 'test', team: 'toko' } }],
    ['labels.env', {}, { ...SPEC, labels: { team: 'toko' } }],
    ['nodeConfig.minNodeCount', { nodeConfig: { minNodeCount: 5, maxNodeCount: 9 } }, { ...SPEC, nodeConfig: { minNodeCount: 5, maxNodeCount: 50 } }],
    ['logConfig.level', { logConfig: {} }, { ...SPEC, logConfig: { enabled: true } }],
    ['authConfig.userPassword.username', { authConfig: { userPassword: { username: 'ani' } } }, { ...SPEC, authConfig: { userPassword: { username: 'ani' } } }],
    ['authConfig.userPassword.username', { authConfig: [] }, SPEC],
    ['configVariables', { configVariables: [] }, { ...SPEC, configVariables: [] }],
    ['config_variables', { config_variables: [] }, { ...SPEC, configVariables: [] }],
    ['node_config.min_node_count', { node_config: { min_node_count: 5 } }, { ...SPEC, nodeConfig: { minNodeCount: 5, maxNodeCount: 50 } }],
    ['nodeConfig.minNodeCount', { node_config: { min_node_count: 5 }, nodeConfig: {} }, { ...SPEC, nodeConfig: { maxNodeCount: 50 } }],
    ['labels.my_key', { labels: { my_key: 'a' } }, { ...SPEC, labels: { ...SPEC.labels, my_key: 'a' } }],
  ])('of %s', (mask, body, expected) => expect(applyMask(SPEC, parseMask(mask), body)).toEqual(expected));

  const body = fc.record({
    description: fc.string(), labels: fc.dictionary(fc.constantFrom('env', 'team', 'x'), fc.string(), { maxKeys: 3 }), nodeConfig: fc.record({ minNodeCount: fc.nat(), maxNodeCount: fc.nat() }, { requiredKeys: [] }),
    configVariables: fc.array(fc.record({ key: fc.string(), stringValue: fc.string() }), { maxLength: 3 }), logConfig: fc.record({ enabled: fc.boolean() }), suspended: fc.boolean(), unknown: fc.string(),
  }, { requiredKeys: [] });

  it('of everything is a replacement, but for what must be there', () => {
    const everything = [...PATCHABLE].map((field, index) => (index % 2 === 0 ? field : snake(field))).join(',');
    fc.assert(fc.property(body, ({ unknown, ...given }) => {
      expect(applyMask(SPEC, parseMask(everything), { unknown, ...given })).toEqual({ connectorVersion: SPEC.connectorVersion, ...given });
    }));
  });

  it('changes what it names and nothing else, and twice is once', () => {
    fc.assert(fc.property(body, fc.uniqueArray(fc.constantFrom(...PATCHABLE), { minLength: 1 }), (given, fields) => {
      const paths = parseMask(fields.join(','));
      const once = applyMask(SPEC, paths, given);
      expect(applyMask(once, paths, given)).toEqual(once);
      for (const key of new Set([...Object.keys(SPEC), ...Object.keys(given), ...PATCHABLE])) {
        const source: object = fields.includes(key) && key !== 'connectorVersion' ? given : SPEC;
        expect(Reflect.get(once, key), key).toEqual(Reflect.get(source, key));
      }
    }));
  });

  it('of the parts of a block is a patch of the block', () => {
    const nodes = fc.record({ minNodeCount: fc.nat(), maxNodeCount: fc.nat() });
    fc.assert(fc.property(nodes, (nodeConfig) => {
      expect(applyMask(SPEC, parseMask('node_config.min_node_count,nodeConfig.maxNodeCount'), { nodeConfig })).toEqual(applyMask(SPEC, parseMask('nodeConfig'), { nodeConfig }));
    }));
  });
});
