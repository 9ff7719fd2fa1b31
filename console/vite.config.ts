// How the console is built: into console/dist, each file also compressed, so that the server only sends.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const OUT = join(import.meta.dirname, 'dist');

/** What every browser takes, and what nearly all do. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    closeBundle() {
      for (const file of globSync('assets/*.{js,css}', { cwd: OUT })) {
        const content = readFileSync(join(OUT, file));
        writeFileSync(join(OUT, `${file}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(join(OUT, `${file}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
      }
    },
  };
}

/** The forms' library names a validator that compiles checks, in a part for its own tests; the page has another, and may not compile. */
function withoutCompiledChecks(): Plugin {
  const [name, nothing] = ['@rjsf/validator-ajv8', '\0nothing'];
  return { name: 'without-compiled-checks', enforce: 'pre', resolveId: (id) => (id === name ? nothing : undefined), load: (id) => (id === nothing ? 'export default undefined; export const customizeValidator = undefined;' : undefined) };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [withoutCompiledChecks(), react(), compressed()],
  // The policy of the page lets no file be written into it.
  build: { outDir: OUT, emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 1_000, modulePreload: { polyfill: false } },
  server: { proxy: { '/v1': 'http://127.0.0.1:8080', '/v2': 'http://127.0.0.1:8080', '/console/session': 'http://127.0.0.1:8080', '/console/sign-in': 'http://127.0.0.1:8080' } },
});
