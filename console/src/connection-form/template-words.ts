// What variables and destinations are called: in the reader's words where those are known, else as the connector says it.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AuthTemplate, DestinationTemplate, VariableTemplate } from '../api/catalogue.ts';
import { en } from '../words/en.ts';

const { variables, destinations, ways, options, optionHelp } = en.connectionForm;
const isIn = <Words extends object>(key: PropertyKey, words: Words): key is keyof Words => Object.hasOwn(words, key);
/** Keys of the words hold no underscore: it would mean a form of a word to their library. */
const spelled = (key: string): string => key.replaceAll('_', '-');

interface Said {
  readonly label: string;
  readonly help: string;
}

export interface TemplateWords {
  readonly variable: (template: Pick<VariableTemplate, 'key' | 'displayName' | 'description'>) => Said;
  readonly destination: (template: Pick<DestinationTemplate, 'key' | 'displayName' | 'description'>) => Said;
  readonly way: (template: Pick<AuthTemplate, 'authType' | 'authKey' | 'displayName' | 'description'>) => Said;
  readonly option: (key: string, option: { readonly id: string; readonly displayName: string }) => Partial<Said> & Pick<Said, 'label'>;
}

export function useTemplateWords(): TemplateWords {
  const { t } = useTranslation();
  return {
    variable({ key, displayName, description }) {
      const name = spelled(key);
      return isIn(name, variables) ? { label: t(`connectionForm.variables.${name}.label`), help: t(`connectionForm.variables.${name}.help`) } : { label: displayName, help: description };
    },
    destination({ key, displayName, description }) {
      const name = spelled(key);
      return isIn(name, destinations) ? { label: t(`connectionForm.destinations.${name}.label`), help: t(`connectionForm.destinations.${name}.help`) } : { label: displayName, help: description };
    },
    way({ authType, authKey, displayName, description }) {
      const name = spelled(authKey ?? authType.toLowerCase());
      return isIn(name, ways) ? { label: t(`connectionForm.ways.${name}.label`), help: t(`connectionForm.ways.${name}.help`) } : { label: displayName, help: description };
    },
    option(key, { id, displayName }) {
      const label = optionLabel(spelled(key), id, t) ?? displayName;
      return isIn(spelled(key), options) && isIn(id, optionHelp) ? { label, help: t(`connectionForm.optionHelp.${id}`) } : { label };
    },
  };
}

/** Key by key: the compiler follows no choice among the keys of so many words. */
function optionLabel(name: string, id: string, t: TFunction): string | undefined {
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'proxy-auth-scheme': { BASIC: t('connectionForm.options.proxy-auth-scheme.BASIC'), DIGEST: t('connectionForm.options.proxy-auth-scheme.DIGEST'), NONE: t('connectionForm.options.proxy-auth-scheme.NONE') },
    'proxy-ssltype': {
      AUTO: t('connectionForm.options.proxy-ssltype.AUTO'), ALWAYS: t('connectionForm.options.proxy-ssltype.ALWAYS'), NEVER: t('connectionForm.options.proxy-ssltype.NEVER'), TUNNEL: t('connectionForm.options.proxy-ssltype.TUNNEL'),
    },
  };
  return known[name]?.[id];
}
