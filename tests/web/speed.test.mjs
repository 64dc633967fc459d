// SPDX-License-Identifier: Apache-2.0
// A report of 6,000 words: every action within 100 ms at the 95th percentile, from the key to what is seen. How soon the first
// screen stands is told (300 ms is the aim), and only a disaster fails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, busy, launch, longText, serve, settled } from './helpers.mjs';

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
  for (let round = 0; round < 7; round++)
    await at(browser, server.address, null, async (page) => {
      await page.addInitScript(() => {
        const look = () => {
          if (document.querySelector('.documents li')) requestAnimationFrame(() => (globalThis.seen = performance.now()));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      await page.goto(`${server.address}/ar/report`);
      await page.waitForFunction(() => globalThis.seen);
      times.push(await page.evaluate(() => globalThis.seen));
    });
  // Other work on the machine only ever adds to it: the best of seven is the page's own.
  const best = Math.min(...times);
  t.diagnostic(`best of seven ${best.toFixed(0)} ms, all ${times.map(Math.round).sort((a, b) => a - b).join(' ')}`);
  if (busy()) t.diagnostic('the machine is busy with other work: nothing is concluded');
  else assert.ok(best < 1000, `${times.map(Math.round)} ms`);
});
