import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import tailwind from '@tailwindcss/vite';
import compileMessage from 'icu-minify/compile';
import { defineConfig, type Plugin } from 'vite';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const zstd = promisify(zstdCompress);
const textFile = /\.(?:html|js|css|svg|json|txt|webmanifest)$/;

/** Writes `.br`, `.zst` and `.gz` siblings, so that the server never compresses an asset twice. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    async writeBundle({ dir = '' }) {
      const files = await readdir(dir, { recursive: true, withFileTypes: true });
      for (const file of files) {
        if (!file.isFile() || !textFile.test(file.name)) continue;
        const path = join(file.parentPath, file.name);
        const bytes = await readFile(path);
        if (bytes.length <= 1000) continue;
        await writeFile(
          `${path}.br`,
          await brotli(bytes, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
          }),
        );
        await writeFile(
          `${path}.zst`,
          await zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 19 }, pledgedSrcSize: bytes.length }),
        );
        await writeFile(`${path}.gz`, await gzipped(bytes, { level: 9 }));
      }
    },
  };
}

/** Pages are readable before their code has come: it lets the styles and the faces of the first paint go first. */
function codeAfterStyles(): Plugin {
  return {
    name: 'code-after-styles',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(/<(?:script type="module"|link rel="modulepreload")/g, '$& fetchpriority="low"'),
    },
  };
}

type Catalogue = { [key: string]: string | Catalogue };

/** Parses the ICU messages at build time, so that no reader loads a parser. */
function compileMessages(): Plugin {
  const compiled = (messages: Catalogue): object =>
    Object.fromEntries(
      Object.entries(messages).map(([key, value]) => [
        key,
        typeof value === 'string' ? compileMessage(value) : compiled(value),
      ]),
    );
  return {
    name: 'compile-messages',
    enforce: 'pre',
    async load(id) {
      if (!/\/src\/messages\/.+\.json$/.test(id)) return null;
      const catalogue = JSON.parse(await readFile(id, 'utf8')) as Catalogue;
      return { code: `export default ${JSON.stringify(compiled(catalogue))};`, moduleType: 'js' };
    },
  };
}

const ownCode = /[\\/]src[\\/](?:app|lib|components|features)[\\/]/;
const shellRoots = /[\\/]src[\\/]app[\\/](?:main|home-page)\.tsx$/;

interface Graph {
  getModuleInfo(id: string): { importers: string[] } | null;
}

/** Whether the entry or the home imports a module of ours, directly or through others. */
function isOfShell(id: string, graph: Graph, seen = new Set<string>()): boolean {
  if (!ownCode.test(id) || shellRoots.test(id) || seen.has(id)) return false;
  seen.add(id);
  const importers = graph.getModuleInfo(id)?.importers ?? [];
  return importers.some((importer) => shellRoots.test(importer) || isOfShell(importer, graph, seen));
}

const api = `http://127.0.0.1:${process.env.PORT ?? '8000'}`;

export default defineConfig({
  plugins: [tailwind(), compileMessages(), codeAfterStyles(), precompress()],
  resolve: {
    alias: [
      // Written for React and run by Preact, which is a tenth of the bytes: docs/decisions/0009.
      { find: /^react(?:-dom)?$/, replacement: 'preact/compat' },
      { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react-dom\/(client|server)$/, replacement: 'preact/compat/$1' },
      { find: /^use-intl\/format-message$/, replacement: 'use-intl/format-message/format-only' },
    ],
  },
  server: { proxy: { '/api': api, '/docs': api, '/dev/mail': api, '/health': api, '/og': api, '/embed': api } },
  builder: {},
  experimental: {
    // Files of the build ask for each other from where they came themselves, be that here or a CDN.
    renderBuiltUrl: (_file, { hostType, ssr }) => (ssr || hostType === 'html' ? undefined : { relative: true }),
  },
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        manifest: true,
        rolldownOptions: {
          output: {
            // The names of all pages stand in what every page loads: without words they are half as long.
            chunkFileNames: 'assets/[hash].js',
            codeSplitting: {
              groups: [
                {
                  // What every page needs of others' code is one file, which changes seldom and is kept for long.
                  name: 'vendor',
                  test: /node_modules[\\/](?:preact|@tanstack|use-intl|icu-minify|@formatjs|use-sync-external-store)[\\/]/,
                  priority: 3,
                },
                // A request costs a phone more than a few kilobytes: of ours, what the shell and the home need is one
                // file, and what several other pages share is another.
                { name: (id, graph) => (isOfShell(id, graph) ? 'shared' : null), debugName: 'shared', priority: 2 },
                { name: 'pages', test: ownCode, minShareCount: 4, priority: 1 },
              ],
            },
          },
        },
      },
    },
    ssr: {
      // Bundled whole, so that the server and the browser run the very same code.
      resolve: { noExternal: true },
      define: { 'process.env.NODE_ENV': JSON.stringify('production') },
      build: { outDir: 'dist/server', copyPublicDir: false, rolldownOptions: { input: 'src/app/server.tsx' } },
    },
  },
  build: {
    target: ['chrome125', 'edge125', 'firefox125', 'safari17.5'],
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      onwarn: (warning, warn) => {
        // "use client" of libraries speaks to another kind of bundler.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
