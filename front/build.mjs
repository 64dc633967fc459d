// SPDX-License-Identifier: Apache-2.0
// Makes the page that the program carries: node build.mjs [FOLDER], by default dist. The same sources give the same bytes.
import { build } from 'esbuild';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { basemap } from './tools/basemap.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, 'dist');

// Weights and alphabets that the page uses; others are left out.
const fonts = [
  ['noto-naskh-arabic', ['arabic-400', 'arabic-700', 'latin-400', 'latin-700']],
  ['ibm-plex-sans-arabic', ['arabic-400', 'arabic-600', 'latin-400', 'latin-600']],
];

await rm(out, { recursive: true, force: true });
await mkdir(join(out, 'fonts'), { recursive: true });
const common = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: ['chrome110', 'firefox115', 'safari16.4'],
  legalComments: 'none',
  logLevel: 'warning',
};
await build({ ...common, entryPoints: { start: 'src/start.ts' }, format: 'iife' });
await build({
  ...common,
  entryPoints: { app: 'src/main.tsx', style: 'src/style/all.css' },
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  external: ['fonts/*'],
});
await copyFile(join(here, 'src/index.html'), join(out, 'index.html'));
await copyFile(join(here, 'src/icon.svg'), join(out, 'icon.svg'));
for (const [family, files] of fonts)
  for (const file of files) {
    const name = `${family}-${file}-normal.woff2`;
    await copyFile(join(here, 'node_modules/@fontsource', family, 'files', name), join(out, 'fonts', name));
  }
const atlas = (name) => readFile(join(here, 'node_modules/world-atlas', name), 'utf8').then(JSON.parse);
const admin1 = await readFile(join(here, 'data/admin1.json'), 'utf8').then(JSON.parse);
await writeFile(join(out, 'map.json'), JSON.stringify(basemap(await atlas('countries-50m.json'), admin1)));
