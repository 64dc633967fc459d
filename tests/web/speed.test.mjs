// SPDX-License-Identifier: Apache-2.0
// A report of 6,000 words: every action within 100 ms at the 95th percentile, from the key to what is seen. The first
// screen stands within 300 ms (bench/first_screen.mjs measures it on a record of any size).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, busy, firstScreen, launch, longText, serve, settled } from './helpers.mjs';

let server;
let browser;
let id;
before(async () => {
  const text = longText(6000);
  assert.ok(text.split(/\s+/u).length >= 6000);
  [server, browser] = await Promise.all([serve({ more: { 'long.txt': text } }), launch()]);
  id = (await server.get('/api/documents?order=added')).items.find((d) => d.length > 30000).id;
});
after(async () => {
  await browser.close();
  await server.close();
});

const at95 = (times) => [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1];

test('actions on a report of 6,000 words', async (t) => {
  await at(browser, server.address, `/ar/report/${id}?order=text&show=all`, async (page) => {
    await page.evaluate(() => {
      globalThis.times = [];
      for (const kind of ['keydown', 'mousedown'])
        window.addEventListener(
          kind,
          () => {
            const from = performance.now();
            // The frame after the one that the action is drawn in begins when that one was handed over.
            requestAnimationFrame(() => requestAnimationFrame(() => globalThis.times.push(performance.now() - from)));
          },
          true,
        );
    });
    const took = async (name, act) => {
      const n = await page.evaluate(() => globalThis.times.length);
      await act();
      await page.waitForFunction((k) => globalThis.times.length > k, n);
      return [name, await page.evaluate((k) => globalThis.times[k], n)];
    };
    const press = (key) => took(key, () => page.keyboard.press(key));
    const all = [];
    for (let round = 0; round < 8; round++) {
      for (const key of ['j', 'j', 'ArrowDown', 'k', 'a', 'j', 'r', 'j', 'e', 'Escape', 's', 'ArrowLeft', 'ArrowLeft', 'Shift+ArrowRight', 'Enter', 'u', 'x', 'ArrowLeft', 'Escape', 'm', 'j', 'Escape', 'n', 'j', 'Escape', '1', '1', '2', '2', 'o', 'o', 'v', 'v'])
        all.push(await press(key));
      const mark = page.locator('.m-v:visible').first();
      const box = await mark.boundingBox();
      if (box) all.push(await took('press', () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)));
    }
    all.push(await press('End'), await press('Home'));
    const times = all.map(([, time]) => time);
    const slow = all.filter(([, time]) => time > 80).map(([name, time]) => `${name} ${Math.round(time)}`);
    t.diagnostic(`${times.length} actions: median ${at95([...times].sort((a, b) => a - b).slice(0, Math.ceil(times.length / 2))).toFixed(0)} ms, 95th percentile ${at95(times).toFixed(0)} ms; slowest: ${slow.join(', ') || 'none over 80'}`);
    if (busy()) t.diagnostic('the machine is busy with other work: nothing is concluded');
    else assert.ok(at95(times) < 100, `${at95(times)} ms`);
  });
});

test('the first screen', async (t) => {
  const times = [];
  for (let round = 0; round < 7; round++) times.push((await firstScreen(browser, `${server.address}/ar/report`)).seen);
  times.sort((a, b) => a - b);
  t.diagnostic(`best of seven ${times[0].toFixed(0)} ms, median ${times[3].toFixed(0)}, all ${times.map(Math.round).join(' ')}`);
  // Other work on the machine only ever adds to it: the best of seven is the page's own.
  if (busy()) t.diagnostic('the machine is busy with other work: nothing is concluded');
  else assert.ok(times[0] < 300, `${times.map(Math.round)} ms`);
});

test('each screen asks a thing once, and before the program has come', async () => {
  for (const [path, shown, first] of [
    ['/', '.documents li', '/api/documents?review=open&order=certainty&limit=50'],
    ['/ar/report?review=all&order=title&outlet=', '.documents li', '/api/documents?review=all&order=title&limit=50'],
    [`/en/report/${id}`, '.claim', `/api/documents/${id}`],
    ['/ar/steps', '.screen-steps h1', '/api/record'],
  ]) {
    const { asked } = await firstScreen(browser, server.address + path, shown);
    const paths = asked.map((a) => a.path).filter((p) => p.startsWith('/api/'));
    assert.deepEqual(paths.filter((p, i) => paths.indexOf(p) !== i), [], path);
    assert.ok(paths.slice(0, 2).includes(first) && paths.slice(0, 2).every((p) => [first, '/api/record', '/api/steps'].some((known) => p.startsWith(known))), `${path}: ${paths}`);
    const script = asked.find((a) => a.path === '/start.js');
    assert.equal(asked.filter((a) => a.path === '/app.js').length, 1, path);
    assert.ok(script && asked.find((a) => a.path === first).from >= script.from, path);
  }
});
