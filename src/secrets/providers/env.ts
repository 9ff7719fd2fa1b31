// Secrets from environment variables: `{prefix}{ID}`, and `{prefix}{ID}_V{n}` for a numbered version. They are read when
// used, but a process sees only the environment that it was started with.
import { secretIdOf, unavailable, type SecretProvider } from './provider.ts';

const OURS = /^(KONEKTOR_|DATABASE_URL$)/;

export function createEnvProvider(prefix: string, environment: Readonly<Record<string, string | undefined>>): SecretProvider {
  return {
    name: `env:${prefix}`,
    async read(secret, version) {
      const variable = `${prefix}${secretIdOf(secret).toUpperCase().replaceAll('-', '_')}${version === 'latest' ? '' : `_V${version}`}`;
      // Whoever may name a secret would otherwise read what seals all others.
      if (OURS.test(variable)) throw unavailable(`Secret version ${secret}/versions/${version} would be in ${variable}, which is a setting of this server.`);
      const value = environment[variable];
      if (value === undefined || value === '') throw unavailable(`Secret version ${secret}/versions/${version} is kept in the environment variable ${variable}, which is not set.`);
      return Buffer.from(value, 'utf8');
    },
  };
}
