// What the fields of a connection are called: in the reader's words, after the templates of its connector's version.
import { useTranslation } from 'react-i18next';
import type { AuthTemplate, ConnectorVersion } from '../api/catalogue.ts';
import type { ConnectionBody } from '../connection-form/body.ts';
import { wayOf } from '../connection-form/draft.ts';
import { useTemplateWords } from '../connection-form/template-words.ts';

export interface FieldNames {
  readonly variable: (key: string) => string;
  readonly destination: (key: string) => string;
  /** Of a field by its path: `nodeConfig.minNodeCount`. */
  readonly field: (path: string) => string;
  /** How the connection authenticates; undefined where the version does not tell. */
  readonly way: AuthTemplate | undefined;
}

export function useFieldNames(version: ConnectorVersion | undefined, { authConfig }: Pick<ConnectionBody, 'authConfig'>): FieldNames {
  const { t } = useTranslation();
  const said = useTemplateWords();
  const ways = version?.authConfigTemplates ?? [];
  const way = ways.find((one) => wayOf(one) === wayOf({ authType: authConfig?.authType ?? 'AUTH_TYPE_UNSPECIFIED', authKey: authConfig?.authKey ?? '' }));
  const fields: Readonly<Record<string, string>> = {
    connectorVersion: t('connection.facts.connector'), description: t('connection.facts.description'), serviceAccount: t('connection.facts.account'), authConfig: t('connection.facts.authentication'), logConfig: t('connection.facts.log'),
    'nodeConfig.minNodeCount': t('connectionForm.minNodes'), 'nodeConfig.maxNodeCount': t('connectionForm.maxNodes'),
  };
  return {
    way,
    variable(key) {
      const template = [...(version?.configVariableTemplates ?? []), ...[...(way === undefined ? [] : [way]), ...ways].flatMap(({ configVariableTemplates }) => configVariableTemplates)].find((one) => one.key === key);
      return template === undefined ? key : said.variable(template).label;
    },
    destination(key) {
      const template = version?.destinationConfigTemplates.find((one) => one.key === key);
      return template === undefined ? key : said.destination(template).label;
    },
    field: (path) => fields[path] ?? path,
  };
}
