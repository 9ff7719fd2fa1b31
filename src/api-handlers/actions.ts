// What the rows of actions do.
import type { ApiHandlers } from '../api/table.ts';
import type { Principal } from '../iam/principal.ts';
import { listPage } from '../listing/page.ts';
import type { ActionRuntime } from '../runtime/actions.ts';
import type { Opener } from '../runtime/opened.ts';
import { readCaller } from './execution.ts';
import { renderAction } from './schemas.ts';

type ActionHandlers = Pick<ApiHandlers<Principal>, 'actions.list' | 'actions.get' | 'actions.execute'>;

export function actionHandlers(opener: Opener, actions: ActionRuntime): ActionHandlers {
  return {
    'actions.list': async (_call, { path, query }) => {
      const { catalog } = await opener.open(path.connection);
      const { items, nextPageToken } = listPage(catalog.actions, query, { list: `${path.connection}/actions`, fields: {}, sizes: { usual: 25, most: 200 } });
      const basic = query.view === 'ACTION_VIEW_BASIC';
      return {
        actions: items.map((action) => (basic ? { name: action.name } : renderAction(action, false))),
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      };
    },
    'actions.get': async (_call, { path, query }) => {
      const { catalog } = await opener.open(path.connection);
      return renderAction(catalog.action(path.action), query.view === 'ACTION_SCHEMA_VIEW_ENRICHED');
    },
    'actions.execute': async (call, { path, body }) => {
      const caller = readCaller(call, body.executionConfig?.headers);
      return { results: await actions.execute(path.connection, caller, path.action, body.parameters ?? {}) };
    },
  };
}
