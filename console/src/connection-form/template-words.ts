// What variables and destinations are called: in the reader's words where those are known, else as the connector says it.
import type { AuthTemplate, DestinationTemplate, VariableTemplate } from '../api/catalogue.ts';
import { useWords, wordFor } from '../words/spoken.ts';

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
  const { variables, destinations, ways, options, optionHelp } = useWords().connectionForm;
  return {
    variable: ({ key, displayName, description }) => wordFor<Said>(variables, spelled(key)) ?? { label: displayName, help: description },
    destination: ({ key, displayName, description }) => wordFor<Said>(destinations, spelled(key)) ?? { label: displayName, help: description },
    way: ({ authType, authKey, displayName, description }) => wordFor<Said>(ways, spelled(authKey ?? authType.toLowerCase())) ?? { label: displayName, help: description },
    option(key, { id, displayName }) {
      const known = wordFor<Readonly<Record<string, string>>>(options, spelled(key));
      const [label = displayName, help] = known === undefined ? [] : [wordFor(known, id), wordFor(optionHelp, id)];
      return { label, ...(help === undefined ? {} : { help }) };
    },
  };
}
