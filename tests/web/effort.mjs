// SPDX-License-Identifier: Apache-2.0
// How many actions it takes to review one example report fully, in the page and in a spreadsheet: node tests/web/effort.mjs.
// docs/review.md says how both are counted. What is right is told by the gold record of the report.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, root, serve, settled } from './helpers.mjs';

const name = 'hama-truce';
const gold = JSON.parse(readFileSync(join(root, 'examples/gold', `${name}.json`), 'utf8'));
const lists = { s: 'statements', v: 'events', f: 'figures', p: 'steps' };
const words = { s: (c) => c.content?.text ?? c.content?.[1], v: (c) => c.trigger?.text ?? c.trigger?.[1], f: (c) => c.text ?? c.at?.[1], p: (c) => c.what?.text ?? c.what?.[1] };
// Fields that are chosen from a list, and the name of each in a gold record.
const chosen = { s: ['mode'], v: ['type', 'reality'], f: ['value', 'counted', 'what'], p: ['kind', 'status'] };
const merged = (type) => (type === 'CONCEDE' || type === 'RETREAT' ? 'YIELD' : type);
const flat = (text) => (text ?? '').replace(/[^\p{L}\p{N} ]/gu, '').trim();

const server = await serve({ files: [join(root, 'examples/reports', `${name}.txt`)] });
const report = await server.get('/api/documents/D1');
const plan = { accept: 0, reject: 0, correct: [], add: [] };
const todo = new Map();
let rows = 0;
const sheet = { keys: 0, pointer: 0 };
for (const [layer, list] of Object.entries(lists)) {
  const left = [...gold[list]];
  for (const claim of report[list]) {
    const text = flat(words[layer](claim));
    const at = left.findIndex((g) => {
      const other = flat(words[layer](g));
      return other && (other.includes(text) || text.includes(other));
    });
    if (at < 0) {
      plan.reject++;
      todo.set(claim.id, ['r']);
      continue;
    }
    const [g] = left.splice(at, 1);
    const wrong = chosen[layer].filter((field) => g[field] !== undefined && merged(String(g[field])) !== merged(String(claim[field])));
    if (wrong.length === 0) plan.accept++;
    else plan.correct.push(wrong);
    todo.set(claim.id, wrong.length === 0 ? ['a'] : ['e', ...wrong.map((f) => [f, String(g[f])])]);
  }
  for (const g of left) plan.add.push([layer, g]);
  // A row of a spreadsheet. The quote: a drag, Ctrl+C, the other window, Ctrl+V, back. Each other column is a Tab, and where the
  // report says something for it up to four letters, after which the cell fills itself in, and Enter. An Enter ends the row.
  for (const g of gold[list]) {
    rows++;
    sheet.pointer++;
    sheet.keys += 4 + 1;
    for (const [field, value] of Object.entries(g)) {
      if (['content', 'trigger', 'at', 'what'].includes(field) && Array.isArray(value)) continue;
      const said = Array.isArray(value) ? value.join('') : value === null || value === false ? '' : String(value);
      sheet.keys += 1 + (said ? Math.min(4, said.length) + 1 : 0);
    }
  }
}

const browser = await launch();
const { page } = await open(browser, server.address, '/en/report/D1?order=text');
let keys = 0;
const press = async (key) => {
  keys++;
  await page.keyboard.press(key);
};
for (let guard = 0; guard < 200; guard++) {
  const row = await page.locator('.claim.selected.is-machine').first();
  if (!(await row.count())) break;
  const id = (await row.getAttribute('id')).slice(4);
  const [first, ...fields] = todo.get(id) ?? ['a'];
  await press(first);
  if (first === 'e') {
    await page.locator('form.edit').waitFor();
    for (const [field, value] of fields) {
      // Tab to the field, then the first letters of the value.
      for (let i = 0; i < 20 && (await page.evaluate(() => document.activeElement.id)) !== `field-${field}`; i++) await press('Tab');
      const before = keys;
      if (/^\d/.test(value)) for (const digit of value) await press(digit);
      else {
        await page.locator(`#field-${field}`).selectOption(value === 'YIELD' ? 'CONCEDE' : value);
        keys = before + 3;
      }
    }
    await press('Enter');
    await page.locator('form.edit').waitFor({ state: 'detached' });
    if (!(await page.locator('.claim.selected.is-machine').count())) await page.waitForTimeout(150);
  }
  await settled(page);
}
const done = (await server.get('/api/documents/D1/decisions')).items.length;
// What is missing is added: N, the layer's number, a drag over the words, Enter; then each field that is to be chosen: Tab and
// three letters; Enter.
let pointer = 0;
for (const [layer] of plan.add) {
  keys += 3 + chosen[layer].length * 4 + 1;
  pointer++;
}
await browser.close();
await server.close();

console.log(`${name}: ${report.statements.length + report.events.length + report.figures.length + report.steps.length} claims read, ${rows} in the gold record`);
console.log(`in the page:      ${done} decisions (${plan.accept} accepted, ${plan.reject} rejected, ${plan.correct.length} corrected), ${plan.add.length} added: ${keys} keystrokes, ${pointer} drags`);
console.log(`in a spreadsheet: ${rows} rows: ${sheet.keys} keystrokes, ${sheet.pointer} drags`);
