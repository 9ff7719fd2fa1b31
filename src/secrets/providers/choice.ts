// Which project keeps its secrets where.
import { createEnvProvider } from './env.ts';
import { createFileProvider } from './file.ts';
import { createGoogleProvider, type GoogleProvider } from './google.ts';
import type { ProviderChoice, SecretProvider } from './provider.ts';

export interface Place {
  /** `*` stands for all that are not named. */
  readonly project: string;
  readonly kind: 'embedded' | 'google' | 'env' | 'file';
  /** A host, a prefix of variables, a folder; '' where the kind takes none. */
  readonly argument: string;
}

/** @param environment what `env` reads from. */
export function createProviderChoice(places: readonly Place[], environment: Readonly<Record<string, string | undefined>>): ProviderChoice {
  const google: GoogleProvider[] = [];
  const make: Readonly<Record<Place['kind'], (argument: string) => SecretProvider | undefined>> = {
    embedded: () => undefined,
    google(argument) {
      const provider = createGoogleProvider(argument === '' ? undefined : argument);
      google.push(provider);
      return provider;
    },
    env: (argument) => createEnvProvider(argument, environment),
    file: createFileProvider,
  };
  const made = new Map(places.map(({ project, kind, argument }) => [project, make[kind](argument)]));
  return {
    of: (project) => (made.has(project) ? made.get(project) : made.get('*')),
    async close() {
      await Promise.all(google.map((one) => one.close()));
    },
  };
}
