// The server's own sentences, so that one that is written anew there is missed here.
import { expect, it } from 'vitest';
import { connectionTemplate } from '../../../src/connections/templates.ts';
import { checkVariables } from '../../../src/connections/variables.ts';
import { unusedIn } from './warnings.ts';

const warningsOf = (keys: readonly string[]): readonly string[] => checkVariables({ configVariables: keys.map((key) => ({ key, stringValue: 'x' })) }, connectionTemplate({ variables: [], auth: [], destinations: [] }), { add: () => undefined });

it('knows what is kept and not used, and what may be meant', () => {
  expect(warningsOf(['proxy_usr', 'of tomorrow']).map(unusedIn)).toEqual([{ name: 'proxy_usr', meant: 'proxy_user' }, { name: 'of tomorrow' }]);
});

it('takes no other sentence for one of these', () => {
  expect(unusedIn('configVariables[0]: something else')).toBeUndefined();
});
