// SPDX-License-Identifier: Apache-2.0
// 200 texts that would run as a program if the page let them: stored in the record, and put into every field of every answer.
// None may run, and none may become part of the page's structure.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, launch, serve, settled, views } from './helpers.mjs';

const run = 'globalThis.__ran=1,alert(1)';
const seeds = [
  `<script>${run}</script>`, `<img src=x onerror="${run}">`, `<svg onload="${run}">`, `<svg><script>${run}</script></svg>`, `<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>`,
  `<body onload="${run}">`, `<input autofocus onfocus="${run}">`, `<details open ontoggle="${run}">`, `<a href="javascript:${run}">x</a>`, `<math><mtext></mtext><mglyph><style><img src onerror="${run}">`,
  `<style>@import 'javascript:${run}';</style>`, `<link rel=stylesheet href="data:text/css,*{background:red}">`, `<object data="javascript:${run}">`, `<embed src="javascript:${run}">`, `<form action="javascript:${run}"><button>x`,
  `<video><source onerror="${run}">`, `<marquee onstart="${run}">`, `<meta http-equiv=refresh content="0;url=javascript:${run}">`, `<base href="javascript:${run}//">`, `<template><script>${run}</script></template>`,
  `javascript:${run}`, `data:text/html,<script>${run}</script>`, `\${${run}}`, `{{constructor.constructor('${run}')()}}`, `');${run};//`,
];
const wraps = [(s) => s, (s) => `">${s}`, (s) => `'>${s}`, (s) => `</script>${s}`, (s) => `</title></style></textarea>${s}`, (s) => `<!--${s}-->${s}`, (s) => `]]>${s}`, (s) => `قال ${s} إن`];
const payloads = wraps.flatMap((wrap) => seeds.map(wrap));

let server;
let browser;
before(async () => {
  // Twenty reports of ten texts each: in title, source, id, address and text, as names, roles and quotes.
  const reports = Array.from({ length: 20 }, (_, i) => {
    const ten = payloads.slice(i * 10, i * 10 + 10);
    const text = ten.map((p) => `قال المتحدث باسم ${p} سامي ${p}، أمس، إن «خمسة مدنيين قُتلوا في قصف ${p} على بلدة سراقب»، وطالب ${p} بوقف إطلاق النار.`).join('\n\n');
    return JSON.stringify({ id: `${i}-${ten[0]}`, source: ten[1], title: ten[2], uri: ten[3], published: '2020-05-02', text });
  });
  [server, browser] = await Promise.all([serve({ more: { 'stored.jsonl': `${reports.join('\n')}\n` } }), launch()]);
  // Users, notes and names of files are from outside, too.
  const documents = (await server.get('/api/documents?limit=500')).items;
  for (const [i, payload] of payloads.slice(0, 25).entries()) {
    const { id } = documents[i % documents.length];
    const report = await server.get(`/api/documents/${id}`);
    const claim = [...report.events, ...report.figures, ...report.statements, ...report.steps][0];
    if (claim) await server.post('/api/decisions', { action: 'note', claim: claim.id, note: payload }, payload);
    await fetch(`${server.address}/api/imports?name=${encodeURIComponent(`${payload}.txt`)}&outlet=${encodeURIComponent(payload)}`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream', 'X-Khutwa': '1' }, body: `${payload}\n\nقال الوزير إن الهدنة مستمرة.` });
  }
});
after(async () => {
  await browser.close();
  await server.close();
});

/// What ran, and what of the page's structure came from a text.
const traces = (page) =>
  page.evaluate(() => {
    const found = globalThis.__ran ? ['ran'] : [];
    for (const element of document.querySelectorAll('*')) {
      if (/^(iframe|object|embed|base|meta|marquee|template|math|video)$/i.test(element.tagName) && document.body.contains(element)) found.push(element.outerHTML.slice(0, 80));
      if (element.tagName === 'SCRIPT' && !['/start.js', '/app.js'].includes(element.getAttribute('src'))) found.push('script');
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) found.push(`${element.tagName} ${name}`);
        if (/^(href|src|action|xlink:href|data)$/.test(name) && /^\s*(javascript|data|vbscript):/i.test(value)) found.push(`${element.tagName} ${name}=${value.slice(0, 40)}`);
      }
    }
    return found;
  });

test('200 of them', () => assert.equal(new Set(payloads).size, 200));

test('stored in the record, none runs', () =>
  at(browser, server.address, null, async (page) => {
    page.on('dialog', (dialog) => assert.fail(`a dialogue opened: ${dialog.message()}`));
    const documents = (await server.get('/api/documents?limit=500')).items.filter((d) => d.source_id?.match(/^\d+-/));
    assert.equal(documents.length, 20);
    const paths = [...documents.map((d) => `/report/${d.id}?show=all`), ...(await views(server)).map(([, path]) => path), '/report?review=all&order=title', '/search?q=alert', '/search?q=script&in=d', '/imports', '/audit', '/actors?q=alert'];
    let shown = 0;
    for (const [i, path] of paths.entries()) {
      await page.goto(`${server.address}/${i % 2 ? 'en' : 'ar'}${path}`);
      await settled(page);
      assert.deepEqual(await traces(page), [], path);
      shown += await page.evaluate(() => (document.body.textContent.match(/__ran/g) ?? []).length);
    }
    assert.ok(shown > 400, `the texts were shown ${shown} times`);
  }));

test('in every field of every answer, none runs', () =>
  at(
    browser,
    server.address,
    null,
    async (page) => {
      page.on('dialog', (dialog) => assert.fail(`a dialogue opened: ${dialog.message()}`));
      let n = 0;
      let fields = 0;
      // Fields by which the page finds its way stay in half of the answers, so that the rest is shown; in the other half they go, too.
      const steering = new Set(['id', 'n', 'layer', 'state', 'day', 'begin', 'unit', 'published', 'document', 'claim', 'speaker', 'actors', 'recipients', 'by', 'place', 'status', 'kind', 'type', 'needs', 'entry', 'a', 'b']);
      let keep = true;
      const poison = (value, key) => {
        if (typeof value === 'string') {
          if (keep && steering.has(key)) return value;
          fields++;
          return payloads[n++ % payloads.length];
        }
        if (Array.isArray(value)) return value.map((v) => poison(v, key));
        if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, k)]));
        return value;
      };
      await page.route('**/api/**', async (route) => {
        const response = await route.fetch();
        const type = response.headers()['content-type'] ?? '';
        if (!type.includes('json')) return route.fulfill({ response });
        return route.fulfill({ response, json: poison(await response.json(), '') });
      });
      const all = await views(server);
      for (keep of [true, false])
        for (const [i, [name, path]] of all.entries()) {
          await page.goto(`${server.address}/${i % 2 ? 'ar' : 'en'}${path}`);
          await page.waitForTimeout(120);
          assert.deepEqual(await traces(page), [], `${name} ${path}`);
        }
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      assert.ok(n > 2000, `${n} fields`);
      assert.ok(fields > payloads.length);
    },
    // Answers that are no record may well upset the page; they must not run.
    { expected: /./ },
  ));

test('the policy forbids what would run all the same', () =>
  at(
    browser,
    server.address,
    '/en/report',
    async (page) => {
      const policy = (await fetch(`${server.address}/en/report`)).headers.get('content-security-policy');
      assert.match(policy, /script-src 'self'(;|$)/);
      assert.match(policy, /style-src 'self'(;|$)/);
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
      const ran = await page.evaluate(async () => {
        const script = document.createElement('script');
        try {
          script.textContent = 'globalThis.__ran = 1';
          document.head.append(script);
        } catch {
          // Refused as early as this where the policy asks for trusted types.
        }
        const image = document.createElement('img');
        try {
          image.setAttribute('onerror', 'globalThis.__ran = 1');
        } catch {
          // As above.
        }
        image.src = '/nothing.png';
        document.body.append(image);
        await new Promise((done) => setTimeout(done, 200));
        return globalThis.__ran ?? 0;
      });
      assert.equal(ran, 0);
    },
    { expected: /./ },
  ));
