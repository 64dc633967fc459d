// SPDX-License-Identifier: Apache-2.0
// A record of its own for each test file, served by the program, and a browser to look at it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(join(root, 'front/package.json'));
const { chromium } = require('playwright-core');
export const esbuild = require('esbuild');
export const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const program = process.env.KHUTWA ?? join(root, 'build/khutwa');

export const screens = ['report', 'timeline', 'map', 'figures', 'steps', 'actors', 'search', 'imports', 'audit'];

/// Whether other work takes the machine's time, so that times say little about the page.
export const busy = () => loadavg()[0] > cpus().length * 2;

/// The example reports as [name, text]; a page is taken as it is.
export const examples = () => readdirSync(join(root, 'examples/reports')).sort().map((name) => join(root, 'examples/reports', name));

/// A text of at least `words` words, made of the example reports.
export function longText(words) {
  const texts = examples().filter((file) => file.endsWith('.txt')).map((file) => readFileSync(file, 'utf8').trim());
  const parts = [];
  for (let count = 0, i = 0; count < words; i++) {
    const text = texts[i % texts.length];
    parts.push(text);
    count += text.split(/\s+/u).length;
  }
  return parts.join('\n\n');
}

/// Serves a record; `ended` is called once the server has stopped.
export async function serveRecord(record, ended = () => undefined) {
  const server = spawn(program, ['serve', '--user', 'salma', record], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((found, failed) => {
    let said = '';
    server.stdout.on('data', (data) => {
      said += data;
      const url = /http:\/\/[^\s/]+/.exec(said);
      if (url) found(url[0]);
    });
    server.on('exit', (code) => failed(new Error(`khutwa serve ended with ${code}`)));
  });
  const close = async () => {
    server.removeAllListeners('exit');
    const stopped = new Promise((done) => server.on('exit', done));
    server.kill('SIGTERM');
    await stopped;
    ended();
  };
  const get = async (path) => (await fetch(address + path)).json();
  const post = async (path, body, user) => {
    const headers = { 'Content-Type': 'application/json', 'X-Khutwa': '1', ...(user ? { 'X-Khutwa-User': encodeURIComponent(user) } : {}) };
    const response = await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, ...(await response.json()) };
  };
  return { address, close, get, post, record };
}

/// Serves a record of the given files (by default the example reports); `more` are files to write and add: {name: content}.
export async function serve({ files = examples(), more = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'khutwa-web-'));
  const record = join(folder, 'record.khutwa');
  const written = Object.entries(more).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
  execFileSync(program, ['add', record, ...files, ...written], { stdio: ['ignore', 'ignore', 'pipe'] });
  return { ...(await serveRecord(record, () => rmSync(folder, { recursive: true, force: true }))), folder };
}

/// Milliseconds from the start of a navigation until `shown` (a selector) has been drawn, by a browser whose window stands but
/// that has kept nothing of the page; and what it asked for meanwhile.
export async function firstScreen(browser, url, shown = '.documents li') {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.addInitScript((selector) => {
      // the frame after the one in which it is there begins once that one was handed over
      const look = () => {
        if (document.querySelector(selector)) requestAnimationFrame(() => (globalThis.seen = performance.now()));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, shown);
    await page.waitForTimeout(1000); // a window that has just opened is still drawing its own frame
    await page.goto(url);
    await page.waitForFunction(() => globalThis.seen);
    return await page.evaluate(() => ({
      seen: globalThis.seen,
      asked: performance.getEntriesByType('resource').map((e) => ({ path: e.name.slice(location.origin.length), from: e.startTime, to: e.responseEnd })),
    }));
  } finally {
    await context.close();
  }
}

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

/// With KHUTWA_DIST=front/dist the page is that of the folder, so that the program need not be built anew for each change.
async function fromFolder(context, address, folder) {
  const policy = (await fetch(`${address}/`)).headers.get('content-security-policy');
  const types = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', json: 'application/json', woff2: 'font/woff2' };
  await context.route(
    (url) => url.origin === address && !url.pathname.startsWith('/api/'),
    (route) => {
      const path = new URL(route.request().url()).pathname;
      const file = /^\/((ar|en)(\/|$)|$)/.test(path) ? '/index.html' : path;
      if (!existsSync(join(root, folder, file))) return route.fulfill({ status: 404 });
      return route.fulfill({ body: readFileSync(join(root, folder, file)), headers: { 'Content-Type': types[file.split('.').at(-1)], 'Content-Security-Policy': policy } });
    },
  );
}

/// A page that collects what should never happen: errors, messages of the console, requests to elsewhere.
export async function open(browser, address, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
  if (process.env.KHUTWA_DIST) await fromFolder(context, address, process.env.KHUTWA_DIST);
  const page = await context.newPage();
  const bad = [];
  page.on('pageerror', (error) => bad.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (409|404|500)/.test(message.text())) bad.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !/^(blob|data):/.test(request.url())) bad.push(`asked elsewhere: ${request.url()}`);
  });
  if (path) {
    await page.goto(address + path);
    await settled(page);
  }
  return { page, context, bad };
}

/// Opens a page, does something with it, and closes it whatever came of it. Nothing bad may have happened meanwhile.
export async function at(browser, address, path, act, { expected, ...options } = {}) {
  const { page, context, bad } = await open(browser, address, null, options);
  try {
    if (path) {
      await page.goto(address + path);
      await settled(page);
    }
    await act(page, context);
    assert.deepEqual(bad.filter((b) => !expected?.test(b)), []);
  } finally {
    await context.close();
  }
}

/// Waits until nothing is being loaded.
export async function settled(page) {
  await page.waitForSelector('main h1, main h2', { state: 'attached' });
  await page.waitForFunction(() => !document.querySelector('.state.loading, [aria-busy=true]'));
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
}

/// Every screen, with the parts that only show in some of their states: [name, path].
export async function views(server) {
  const documents = await server.get('/api/documents?order=published');
  const doc = documents.items[0].id;
  const first = async (path) => (await server.get(path)).items?.[0]?.id ?? '';
  const [series, step, actor] = [await first('/api/series'), await first('/api/steps'), await first('/api/actors')];
  const timeline = await server.get('/api/timeline?layer=h&limit=500');
  return [
    ['documents', '/report?review=all'],
    ['report', `/report/${doc}?show=all&order=text`],
    ['timeline', '/timeline'],
    ['happening', `/timeline/${timeline.items[0].id}`],
    ['map', '/map'],
    ['figures', `/figures/${series}`],
    ['steps', `/steps/${step}`],
    ['asks', '/steps?view=asks'],
    ['conditions', '/steps?view=graph'],
    ['changes', '/steps?view=changes&since=2019-01-01'],
    ['actors', `/actors/${actor}`],
    ['network', '/actors?view=network'],
    ['search', '/search?q=%D9%87%D8%AF%D9%86%D8%A9'],
    ['search-start', '/search'],
    ['imports', '/imports'],
    ['audit', '/audit'],
    ['nowhere', '/nowhere'],
  ];
}
