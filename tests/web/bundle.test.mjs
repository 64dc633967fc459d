// SPDX-License-Identifier: Apache-2.0
// What the program carries is what the sources give; it is small, and asks nothing of anybody else.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { root } from './helpers.mjs';

const dist = join(root, 'front/dist');
const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]));

test('the bundle is that of the sources', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'khutwa-dist-'));
  try {
    execFileSync('node', [join(root, 'front/build.mjs'), fresh]);
    const kept = files(dist).map((file) => relative(dist, file)).sort();
    assert.deepEqual(files(fresh).map((file) => relative(fresh, file)).sort(), kept);
    for (const name of kept) assert.ok(readFileSync(join(dist, name)).equals(readFileSync(join(fresh, name))), `${name} differs: npm run build in front/`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
});

test('the types hold', () => {
  execFileSync(join(root, 'front/node_modules/.bin/tsc'), ['-p', join(root, 'front')], { stdio: 'inherit' });
});

test('it weighs no more than 600 kB compressed, fonts and map apart', (t) => {
  const weight = files(dist)
    .filter((file) => !file.includes('/fonts/') && !file.endsWith('map.json'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  t.diagnostic(`${weight} bytes`);
  assert.ok(weight <= 600_000);
});

test('no address of another machine stands in it', () => {
  for (const file of files(dist).filter((f) => /\.(js|css|html|svg)$/.test(f))) {
    const found = readFileSync(file, 'utf8').match(/(https?:)?\/\/[\w-]+(\.[\w-]+)+/g) ?? [];
    // Names of XML namespaces are no addresses to ask.
    assert.deepEqual(found.filter((url) => !/^http:\/\/www\.w3\.org$/.test(url)), [], file);
  }
});

test('nothing runs text as a program', () => {
  const code = readFileSync(join(dist, 'app.js'), 'utf8');
  assert.doesNotMatch(code, /\beval\(|new Function\(|document\.write|insertAdjacentHTML/);
  for (const file of files(join(root, 'front/src'))) assert.doesNotMatch(readFileSync(file, 'utf8'), /innerHTML|outerHTML|dangerouslySetInnerHTML/, file);
  assert.doesNotMatch(readFileSync(join(dist, 'index.html'), 'utf8'), /<script(?![^>]*src=)|<style|\son\w+=|style=/);
});

test('the lock file names no registry', () => {
  assert.doesNotMatch(readFileSync(join(root, 'front/package-lock.json'), 'utf8'), /"resolved"|https?:\/\/(?!(www\.)?(opencollective|github|paypal|patreon|buymeacoffee|liberapay|tidelift|thanks))/);
});
