// SPDX-License-Identifier: Apache-2.0
// Reviewing a report with the keyboard alone, and two reviewers at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, launch, serve, settled } from './helpers.mjs';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
});
after(async () => {
  await browser.close();
  await server.close();
});

const lists = ['statements', 'events', 'figures', 'steps'];
const all = (report) => lists.flatMap((list) => report[list]);
const selected = (page) => page.locator('.claim.selected').getAttribute('id').then((id) => id.slice('row-'.length));
/// The server's word on a claim, once nothing is under way in the page.
const claim = async (page, doc, id) => {
  await page.waitForLoadState('networkidle');
  return all(await server.get(`/api/documents/${doc}`)).find((c) => c.id === id);
};
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const state = (page, doc, id, wanted) =>
  assert.doesNotReject(async () => {
    for (let i = 0; i < 40; i++) {
      if ((await claim(page, doc, id))?.state === wanted) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`${id} is not ${wanted}`);
  });

test('accept, reject, undo and redo by key', () =>
  at(browser, server.address, '/en/report/D2?order=text', async (page) => {
    const total = all(await server.get('/api/documents/D2')).length;
    const first = await selected(page);
    await press(page, 'a');
    const second = await selected(page);
    assert.notEqual(second, first);
    await press(page, 'r');
    await state(page, 'D2', first, 'accepted');
    await state(page, 'D2', second, 'rejected');
    assert.match(await page.locator('.progress-line').textContent(), new RegExp(`2\\D+${total}`));
    await press(page, 'u');
    await state(page, 'D2', second, 'machine');
    assert.equal(await selected(page), second);
    await press(page, 'u');
    await state(page, 'D2', first, 'machine');
    await press(page, 'Shift+U', 'Shift+U');
    await state(page, 'D2', first, 'accepted');
    await state(page, 'D2', second, 'rejected');
  }));

test('what was decided can be taken back after the page was loaded anew', () =>
  at(browser, server.address, '/ar/report/D2?show=decided', async (page) => {
    const before = (await server.get('/api/documents/D2/decisions')).items.find((d) => !d.undone);
    await page.waitForFunction(() => !document.querySelector('[aria-keyshortcuts=u]').disabled);
    await press(page, 'u');
    await state(page, 'D2', before.claim, 'machine');
  }));

test('keys work while an Arabic keyboard is chosen', () =>
  at(browser, server.address, '/ar/report/D4', async (page) => {
    const id = await selected(page);
    // The key A gives «ش» there.
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ش', code: 'KeyA', bubbles: true, cancelable: true })));
    await state(page, 'D4', id, 'accepted');
  }));

test('fields are corrected by choosing', () =>
  at(browser, server.address, '/en/report/D3?order=text&layers=v', async (page) => {
    const id = await selected(page);
    const before = await claim(page, 'D3', id);
    await press(page, 'e');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'field-type');
    await page.keyboard.type('protest');
    await press(page, 'Enter');
    await state(page, 'D3', id, 'corrected');
    const after = await claim(page, 'D3', id);
    assert.equal(after.type, 'PROTEST');
    assert.deepEqual(after.trigger, before.trigger);
    await page.goto(`${server.address}/en/report/D3?show=all&claim=${id}`);
    await settled(page);
    assert.match(await page.locator('.detail').textContent(), /protest/);
    assert.match(await page.locator('.history').textContent(), /salma.*corrected/);
  }));

test('words are chosen by arrows, onward to the left', () =>
  at(browser, server.address, '/ar/report/D3?order=text&layers=v', async (page) => {
    const id = await selected(page);
    const before = await claim(page, 'D3', id);
    await press(page, 's', 'ArrowLeft', 'ArrowLeft', 'ArrowRight', 'Enter');
    await state(page, 'D3', id, 'corrected');
    const after = await claim(page, 'D3', id);
    assert.equal(after.trigger.start, before.trigger.start);
    assert.ok(after.trigger.text.startsWith(before.trigger.text));
    assert.equal(after.trigger.text.split(/\s+/u).length, before.trigger.text.split(/\s+/u).length + 1);
  }));

test('words are chosen by dragging', () =>
  at(browser, server.address, '/ar/report/D5?order=text&layers=v', async (page) => {
    const id = await selected(page);
    await press(page, 's');
    const box = await page.evaluate(() => {
      const node = document.querySelectorAll('.text p span')[1].firstChild;
      const rect = (start, end) => {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, end);
        return range.getBoundingClientRect().toJSON();
      };
      const words = [...node.data.matchAll(/\p{L}+/gu)];
      return { from: rect(words[0].index, words[0].index + 1), to: rect(words[1].index + 1, words[1].index + 2), text: node.data.slice(words[0].index, words[1].index + words[1][0].length) };
    });
    await page.mouse.move(box.from.right - 2, box.from.top + box.from.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.to.left + 1, box.to.top + box.to.height / 2, { steps: 6 });
    await page.mouse.up();
    assert.equal(await page.locator('.doing blockquote').textContent(), box.text);
    await press(page, 'Enter');
    await state(page, 'D5', id, 'corrected');
    assert.equal((await claim(page, 'D5', id)).trigger.text, box.text);
  }));

test('a claim is split in two, and whole again', () =>
  at(browser, server.address, '/en/report/D5?order=text&layers=s', async (page) => {
    const id = await selected(page);
    const before = all(await server.get('/api/documents/D5')).length;
    await press(page, 'x', 'Enter');
    await page.waitForFunction((n) => document.querySelector('[aria-keyshortcuts=u]') && !document.querySelector('[aria-keyshortcuts=u]').disabled && n, before);
    await page.waitForLoadState('networkidle');
    const split = all(await server.get('/api/documents/D5'));
    const parts = split.filter((c) => c.state === 'added');
    assert.equal(parts.length, 2);
    const whole = await claim(page, 'D5', id);
    assert.equal(whole.state, 'rejected');
    assert.equal(parts[0].content.start, whole.content.start);
    assert.equal(parts[1].content.end, whole.content.end);
    assert.equal(parts[0].speaker, whole.speaker);
    await press(page, 'u');
    await state(page, 'D5', id, 'machine');
    assert.equal(all(await server.get('/api/documents/D5')).filter((c) => c.state !== 'rejected').length, before);
  }));

test('two claims are merged', () =>
  at(browser, server.address, '/en/report/D6?order=text&layers=v', async (page) => {
    const id = await selected(page);
    await press(page, 'm');
    const other = (await page.locator('.claim.other').getAttribute('id')).slice('row-'.length);
    await press(page, 'Enter');
    await state(page, 'D6', other, 'rejected');
    assert.ok(['corrected', 'accepted'].includes((await claim(page, 'D6', id)).state));
  }));

test('a note is written beside a claim, and taken back', () =>
  at(browser, server.address, '/en/report/D6?order=text&layers=v', async (page) => {
    const id = await selected(page);
    await press(page, 'c');
    await page.locator('.note textarea').fill('قال الشاهد غير ذلك');
    await press(page, 'Control+Enter');
    await page.locator('.decisions').getByText('قال الشاهد غير ذلك').waitFor();
    const noted = (await server.get('/api/documents/D6/decisions')).items.find((d) => d.action === 'note');
    assert.equal(noted.claim, id);
    assert.equal(noted.note, 'قال الشاهد غير ذلك');
    assert.equal(await selected(page), id);
    await press(page, 'u');
    await page.locator('.decisions .undone').waitFor();
  }));

test('a claim is added by key', () =>
  at(browser, server.address, '/en/report/D7?order=text', async (page) => {
    const before = new Set(all(await server.get('/api/documents/D7')).map((c) => c.id));
    await press(page, 'n', '4', 'j', 'j', 'ArrowLeft', 'Enter');
    await page.locator('form.edit').waitFor();
    const added = all(await server.get('/api/documents/D7')).filter((c) => !before.has(c.id));
    assert.equal(added.length, 1);
    assert.match(added[0].id, /\.p\d+$/);
    assert.equal(added[0].state, 'added');
    assert.equal(added[0].what.text.split(/\s+/).length, 2);
    await page.getByLabel('Kind').selectOption('elections');
    await page.getByLabel('Status').selectOption('promised');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForLoadState('networkidle');
    await page.locator('form.edit').waitFor({ state: 'detached' });
    const corrected = await claim(page, 'D7', added[0].id);
    assert.equal(corrected.kind, 'elections');
    assert.equal(corrected.status, 'promised');
  }));

test('two reviewers do not overwrite each other', () =>
  at(browser, server.address, '/en/report/D8?order=text', async (page) => {
    const id = await selected(page);
    const theirs = await server.post('/api/decisions', { action: 'accept', claim: id, version: 0 }, 'نور');
    assert.equal(theirs.status, 200);
    await press(page, 'r');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    assert.match(await dialog.textContent(), /نور.*accepted/);
    assert.equal((await claim(page, 'D8', id)).state, 'accepted');
    await dialog.getByRole('button', { name: 'Decide as I did' }).click();
    await state(page, 'D8', id, 'rejected');
    const log = (await server.get('/api/documents/D8/decisions')).items.filter((d) => d.claim === id);
    assert.deepEqual(log.map((d) => [d.user, d.action]), [['salma', 'reject'], ['نور', 'accept']]);
  }));

test('decisions of others on other claims come along', () =>
  at(browser, server.address, '/en/report/D9?order=text&show=all', async (page) => {
    const mine = await selected(page);
    const other = (await page.locator('.claim').nth(2).getAttribute('id')).slice('row-'.length);
    await server.post('/api/decisions', { action: 'reject', claim: other, version: 0 }, 'نور');
    await press(page, 'a');
    await page.getByText('نور').first().waitFor();
    await page.waitForFunction((row) => document.querySelector(`#row-${CSS.escape(row)}`)?.classList.contains('is-rejected'), other);
  }));

test('the view stands in the address: claim, layers, order, what is shown', () =>
  at(browser, server.address, '/en/report/D1?order=text', async (page) => {
    await press(page, '2', 'v', 'o', 'j', 'j');
    const id = await selected(page);
    await page.waitForFunction((c) => location.search.includes(encodeURIComponent(c)) || location.search.includes(c), id);
    const url = page.url();
    assert.match(url, /layers=sfp/);
    assert.match(url, /show=all/);
    assert.doesNotMatch(url, /order=text/);
    await page.reload();
    await settled(page);
    assert.equal(await selected(page), id);
    assert.equal(await page.locator('.toggle-v').getAttribute('aria-pressed'), 'false');
  }));

test('pointing at words lights the claim, and pressing chooses it', () =>
  at(browser, server.address, '/ar/report/D1?order=text&layers=f', async (page) => {
    const mark = page.locator('.m-f').nth(1);
    const id = await mark.getAttribute('data-claim');
    const box = await mark.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForFunction((c) => document.getElementById(`row-${c}`)?.classList.contains('hovered'), id);
    await page.mouse.down();
    await page.mouse.up();
    assert.equal(await selected(page), id);
    await page.locator('.claim').first().hover();
    await page.waitForFunction(() => document.querySelectorAll('.m.hovered').length > 0);
  }));

test('single keys can be turned off', () =>
  at(browser, server.address, '/en/report/D1?order=text', async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel(/Single keys/).uncheck();
    await page.keyboard.press('Escape');
    const id = await selected(page);
    await press(page, 'a', 'r', '?');
    assert.equal((await claim(page, 'D1', id)).state, 'machine');
    await press(page, 'ArrowDown');
    assert.notEqual(await selected(page), id);
    await page.getByRole('button', { name: /^Accept/ }).focus();
    await press(page, 'Enter');
    await page.locator('.progress-line').getByText(/1\D+of/).waitFor();
  }));

test('a failure to save is said, and what was shown goes back', () =>
  at(browser, server.address, '/en/report/D10?order=text', async (page) => {
    const id = await selected(page);
    await page.route('**/api/decisions', (route) => route.abort());
    await press(page, 'a');
    await page.getByText(/Not saved/).waitFor();
    assert.equal((await claim(page, 'D10', id)).state, 'machine');
    await page.keyboard.press('v');
    assert.match(await page.locator(`[id="row-${id}"]`).getAttribute('class'), /is-machine/);
  }, { expected: /ERR_FAILED/ }));
