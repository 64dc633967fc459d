// SPDX-License-Identifier: Apache-2.0
// The text as it is set: unchanged, its letters joined, its direction its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, launch, serve, settled } from './helpers.mjs';

const controls = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
const hostile = [
  'عنوان \u202eمقلوب\u202c التقرير',
  '',
  'قال المتحدث باسم الجيش، سامي النجار، أمس، إن «\u2067خمسة مدنيين\u2069 قُتلوا 😀 في قصف على بلدة سراقب». 👩‍👧 وأضاف: «لن نعود \u200fإلى المحادثات».',
  '',
  `كل العلامات: ${[...controls].map((c) => `س${c}ص`).join(' ')} نهاية`,
  '',
  'وقتل 1200 شخص (COVID-19) في 3.5% من القرى، وفق «UNHCR 2020» في 12/5/2019، وأصيب سبعة. 😀😀 وطالب الوزير بوقف إطلاق النار.',
].join('\n');
const title = 'خبر \u202eعن\u202c \u2067هدنة\u2069';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([serve({ more: { 'hostile.txt': hostile, 'titled.jsonl': `${JSON.stringify({ id: 'x', source: 'وكالة \u202eأنباء', published: '2020-05-02', title, text: 'قال الوزير إن الهدنة مستمرة.' })}\n` } }), launch()]);
});
after(async () => {
  await browser.close();
  await server.close();
});

/// The text as the page holds it, by units; what is not shown (blank lines) is a space.
const held = (page, length) =>
  page.evaluate((n) => {
    const out = Array.from({ length: n }, () => ' ');
    for (const p of document.querySelectorAll('.text p')) {
      let at = Number(p.dataset.start);
      for (const piece of p.childNodes) {
        if (piece.dataset?.control) out[at++] = `<${piece.dataset.control}>`;
        else for (const unit of piece.textContent.split('')) out[at++] = unit;
      }
      if (at !== Number(p.dataset.end)) throw new Error(`paragraph ends at ${at}, not ${p.dataset.end}`);
    }
    return out;
  }, length);

test('the page holds the text that was read, unit by unit, and each claim its words', async () => {
  const documents = (await server.get('/api/documents?order=added')).items;
  await at(browser, server.address, null, async (page) => {
    for (const { id } of documents.slice(0, 6)) {
      const report = await server.get(`/api/documents/${id}`);
      const { text } = report.document;
      await page.goto(`${server.address}/ar/report/${id}?show=all`);
      await settled(page);
      const units = await held(page, text.length);
      for (let i = 0; i < text.length; i++) if (!/\s/.test(text[i]) && !controls.includes(text[i])) assert.equal(units[i], text[i], `${id} at ${i}`);
      const points = [...text];
      for (const claim of [...report.events, ...report.figures]) {
        const span = claim.trigger ?? claim;
        assert.equal(points.slice(span.start, span.end).join(''), span.text);
      }
    }
  });
});

test('every claim is marked at its words', async () => {
  const report = await server.get('/api/documents/D2');
  await at(browser, server.address, '/ar/report/D2?show=all&layers=vf', async (page) => {
    for (const claim of [...report.events, ...report.figures].slice(0, 12)) {
      const span = claim.trigger ?? claim;
      const fits = await page.evaluate(
        ({ id, start, end }) => {
          const marks = [...document.querySelectorAll(`.m[data-claim="${id}"]:not(.m-side)`)].map((m) => m.getBoundingClientRect());
          if (!marks.length) return 'no mark';
          const p = [...document.querySelectorAll('.text p')].find((x) => Number(x.dataset.start) <= start && Number(x.dataset.end) >= end);
          const node = p.firstChild.firstChild;
          const range = document.createRange();
          range.setStart(node, start - Number(p.dataset.start));
          range.setEnd(node, end - Number(p.dataset.start));
          const words = [...range.getClientRects()];
          const covered = words.every((w) => marks.some((m) => m.left <= w.left + 1 && m.right >= w.right - 1 && Math.abs(m.top + m.height / 2 - (w.top + w.height / 2)) < 8));
          return covered ? 'covered' : JSON.stringify({ marks, words });
        },
        { id: claim.id, start: span.start, end: span.end },
      );
      assert.equal(fits, 'covered', `${claim.id} ${span.text}`);
    }
  });
});

test('letters stay joined across the edges of marks', () =>
  at(browser, server.address, '/ar/report/D2?show=all', async (page) => {
    // A paragraph is one run of text, so that no mark can part two letters.
    const runs = await page.$$eval('.text p', (all) => all.map((p) => [p.childNodes.length, p.firstChild.childNodes.length, p.querySelector('.control') !== null]));
    for (const [children, inside, steered] of runs) if (!steered) assert.deepEqual([children, inside], [1, 1]);
    // A mark inside a word in a quote is as wide as the word without it, and not as wide as its letters apart.
    const widths = await page.evaluate(() => {
      const width = (build) => {
        const box = document.createElement('span');
        box.className = 'quoted';
        build(box);
        document.querySelector('.text').append(box);
        const { width: w } = box.getBoundingClientRect();
        box.remove();
        return w;
      };
      const marked = (parts) => (box) =>
        parts.forEach((part, i) => {
          const m = document.createElement(i % 2 ? 'mark' : 'span');
          m.textContent = part;
          box.append(m);
        });
      return {
        whole: width((box) => box.append('فسيستقبلهم')),
        marked: width(marked(['فس', 'يستقبل', 'هم'])),
        apart: width((box) => box.append('فس\u200cيستقبل\u200cهم')),
      };
    });
    assert.ok(Math.abs(widths.whole - widths.marked) < 0.6, JSON.stringify(widths));
    assert.ok(Math.abs(widths.whole - widths.apart) > 1, JSON.stringify(widths));
  }));

test('characters that steer direction are shown by name and steer nothing', async () => {
  const { items } = await server.get('/api/documents?order=added');
  const doc = items.find((d) => d.lead?.includes('مقلوب') || d.source_id.includes('hostile')).id;
  const report = await server.get(`/api/documents/${doc}`);
  const expected = [...report.document.text].filter((c) => controls.includes(c)).length;
  await at(browser, server.address, `/ar/report/${doc}?show=all`, async (page) => {
    assert.equal(await page.locator('.text .control').count(), expected);
    assert.ok(expected >= 12);
    assert.equal(await page.locator('.text .control').first().getAttribute('data-control'), 'RLO');
    for (const path of [`/ar/report/${doc}?show=all`, '/ar/report?review=all&order=added', '/en/report?review=all&order=added', '/en/search?q=%D9%87%D8%AF%D9%86%D8%A9', '/en/audit', '/ar/timeline']) {
      await page.goto(server.address + path);
      await settled(page);
      const raw = await page.evaluate(() => {
        const found = [];
        const steering = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/;
        const unbalanced = (text) => {
          let depth = 0;
          for (const c of text) {
            if (c === '\u2068') depth++;
            if (c === '\u2069' && --depth < 0) return true;
          }
          return depth !== 0;
        };
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
          const texts = node.nodeType === Node.TEXT_NODE ? [node.data] : [...node.attributes].filter((a) => a.name !== 'value' && a.name !== 'href').map((a) => a.value);
          for (const text of texts) if (steering.test(text.replace(/^[\u200e\u200f](?=[A-Za-z+"…“.])|(?<=\s|[؛.] ?)[\u200e\u200f](?=[.+"…“A-Z])|\u200e(?=[.])/g, '')) || unbalanced(text)) found.push(text.slice(0, 80));
        }
        return found;
      });
      assert.deepEqual(raw, [], path);
    }
  });
});

test('names and numbers from outside are isolated', () =>
  at(browser, server.address, '/en/report?review=all&order=added', async (page) => {
    const isolated = await page.$$eval('.row-title bdi, .row-more bdi', (all) => all.map((e) => getComputedStyle(e).unicodeBidi));
    assert.ok(isolated.length > 5);
    for (const value of isolated) assert.equal(value, 'isolate');
    const order = await page.evaluate(() => {
      // «0/27»: the first number stands to the left in both directions.
      const box = document.querySelector('.row-count bdi');
      const node = box.firstChild;
      const range = document.createRange();
      range.setStart(node, 0);
      range.setEnd(node, 1);
      return range.getBoundingClientRect().left <= box.getBoundingClientRect().left + 2;
    });
    assert.ok(order);
  }));
