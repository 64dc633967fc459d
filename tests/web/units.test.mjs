// SPDX-License-Identifier: Apache-2.0
// Positions, words and tables of the page, without a browser.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { join } from 'node:path';
import { esbuild, root } from './helpers.mjs';

let page;
before(async () => {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `export * from './text/positions'; export * from './text/words'; export * from './text/controls'; export { en } from './i18n/en'; export { ar } from './i18n/ar'; export { values } from './i18n/values'; export * from './i18n/common';`,
      resolveDir: join(root, 'front/src'),
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  page = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
});

test('code points and units convert both ways', () => {
  const pool = ['ا', 'ب', '😀', '\u0651', '𐐀', 'x', '\r', '\n', '\u200f', '👩‍👧'];
  let seed = 7;
  const next = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: next(40) }, () => pool[next(pool.length)]).join('');
    const at = new page.Positions(text);
    const points = [...text];
    let units = 0;
    for (let point = 0; point <= points.length; point++) {
      assert.equal(at.units(point), units);
      assert.equal(at.points(units), point);
      units += points[point]?.length ?? 0;
    }
  }
});

test('words keep their marks, and a number its decimals', () => {
  const cut = (text) => page.words(text).map((w) => text.slice(w.start, w.end));
  assert.deepEqual(cut('قُتل خمسةُ مدنيين، بينهم «طفلان».'), ['قُتل', 'خمسةُ', 'مدنيين', 'بينهم', 'طفلان']);
  assert.deepEqual(cut('نحو 1,200 عائلة (٦٫٥٪)'), ['نحو', '1,200', 'عائلة', '٦٫٥٪']);
  assert.deepEqual(cut('الكتـــاب'), ['الكتـــاب']);
  assert.deepEqual(cut('؟! …'), []);
});

test('an edge moves by a word and never past the other', () => {
  const text = 'واحد اثنان ثلاثة أربعة';
  const all = page.words(text);
  const shown = (w) => text.slice(w.start, w.end);
  let span = all[1];
  span = page.moveEdge(all, span, 'end', 1);
  assert.equal(shown(span), 'اثنان ثلاثة');
  span = page.moveEdge(all, span, 'start', -1);
  assert.equal(shown(span), 'واحد اثنان ثلاثة');
  span = page.moveEdge(all, span, 'start', -1);
  assert.equal(shown(span), 'واحد اثنان ثلاثة');
  for (let i = 0; i < 9; i++) span = page.moveEdge(all, span, 'end', -1);
  assert.equal(shown(span), 'واحد');
  for (let i = 0; i < 9; i++) span = page.moveEdge(all, span, 'end', 1);
  assert.equal(shown(span), text);
});

test('dragging takes whole words', () => {
  const text = 'قال المتحدث أمس';
  const all = page.words(text);
  const whole = page.wholeWords(all, 6, 9);
  assert.equal(text.slice(whole.start, whole.end), 'المتحدث');
  assert.equal(page.wholeWords(all, 3, 4), null);
});

test('characters that steer direction are cut out and named', () => {
  const text = 'أ\u202eب\u2066ج';
  assert.deepEqual(page.pieces(text).map((p) => p.control ?? text.slice(p.start, p.end)), ['أ', 'RLO', 'ب', 'LRI', 'ج']);
  assert.equal(page.plain('a\u202eb'), '\u2068a⟨RLO⟩b\u2069');
});

test('both languages say everything', () => {
  assert.deepEqual(Object.keys(page.ar).sort(), Object.keys(page.en).sort());
  for (const [key, text] of Object.entries(page.en)) {
    const other = page.ar[key];
    const forms = (x) => (typeof x === 'string' ? [x] : Object.values(x));
    const slots = (x) => [...new Set(forms(x).join(' ').match(/\{[xy]\}/g) ?? [])].sort();
    assert.deepEqual(slots(other), slots(text), key);
    if (typeof text !== 'string') for (const form of ['one', 'two', 'few', 'many', 'other']) assert.ok(form in other, `${key}: ${form}`);
    if (!['app.language', 'list.arrow'].includes(key)) for (const form of forms(other)) assert.ok(form === '' || /[\u0600-\u06ff]/.test(form), `${key} is not Arabic: ${form}`);
    for (const form of forms(text)) assert.ok(key === 'app.language' || !/[\u0600-\u06ff]/.test(form), `${key} is not English: ${form}`);
  }
  for (const [set, pairs] of Object.entries(page.values)) for (const [value, [english, arabic]] of Object.entries(pairs)) assert.ok((english || set.startsWith('format')) && /[\u0600-\u06ff]/.test(arabic), `${set} ${value}`);
});

test('numbers, days and plurals are those of the languages', () => {
  for (const [lang, locale] of [['ar', 'ar-u-nu-latn-ca-gregory'], ['en', 'en-GB']]) {
    const plurals = new Intl.PluralRules(locale);
    const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    for (const n of [...Array(1203).keys(), 1e6, 1234567, 0.5, 2.5, 11.5, 103, 110111]) {
      assert.equal(page.pluralOf(lang, n), plurals.select(n), `${locale} ${n}`);
      if (Number.isInteger(n)) assert.equal(page.countOf(n), numbers.format(n), `${locale} ${n}`);
    }
    for (const n of [-1, 0.5, 1e21, NaN, -0]) assert.equal(page.countOf(n), null, String(n));
    for (const form of ['long', 'short']) {
      const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: form, year: 'numeric', timeZone: 'UTC' });
      for (let at = Date.UTC(2019, 11, 20); at < Date.UTC(2021, 2, 3); at += 864e5) {
        const text = new Date(at).toISOString().slice(0, 10);
        assert.equal(page.dayOf(lang, text, form), days.format(at), `${locale} ${text}`);
      }
      for (const text of ['2019-02-29', '2019-04-31', '2019-13-01', '2019-00-10', '0019-01-01', '2019', '2019-05-30T10:00:00Z', 'أمس', '2019-05-32']) assert.equal(page.dayOf(lang, text, form), null, text);
    }
  }
});
