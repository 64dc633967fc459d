// SPDX-License-Identifier: Apache-2.0
// Every chart can be saved as a drawing, a picture and a table.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.save').first().getByRole('button', { name, exact: true }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function check(page, stem, rows) {
  const svg = await saved(page, 'SVG');
  assert.match(svg.name, new RegExp(`^${stem}.*\\.svg$`));
  const drawn = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, 'image/svg+xml');
    return { root: xml.documentElement.nodeName, shapes: xml.querySelectorAll('rect,path,circle').length, classes: xml.querySelectorAll('[class],[style],script').length, width: Number(xml.documentElement.getAttribute('width')) };
  }, svg.bytes.toString('utf8'));
  assert.equal(drawn.root, 'svg');
  assert.ok(drawn.shapes > 1 && drawn.width > 200);
  assert.equal(drawn.classes, 0, 'its looks are its own');
  const png = await saved(page, 'PNG');
  assert.equal(png.bytes.subarray(1, 4).toString('latin1'), 'PNG');
  assert.equal(png.bytes.readUInt32BE(16), drawn.width * 2);
  const table = await saved(page, 'CSV');
  assert.deepEqual([...table.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines = table.bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
  assert.ok(lines.length > rows, `${lines.length} lines`);
  assert.match(lines[0], /^[a-z_,]+$/);
  return lines;
}

for (const language of ['ar', 'en']) {
  test(`timeline, map, network, figures: ${language}`, () =>
    at(browser, server.address, `/${language}/timeline`, async (page) => {
      await check(page, 'timeline', 3);
      await page.goto(`${server.address}/${language}/map`);
      await settled(page);
      await page.waitForSelector('.land[d]', { state: 'attached' });
      const places = await check(page, 'map', 2);
      assert.ok(places.some((line) => line.includes('حماة')));
      await page.goto(`${server.address}/${language}/actors?view=network`);
      await settled(page);
      await check(page, 'network', 3);
      const series = (await server.get('/api/series')).items.find((s) => s.figures_count > 0);
      await page.goto(`${server.address}/${language}/figures/${series.id}`);
      await settled(page);
      await check(page, 'figures', series.figures_count - 1);
    }));
}

test('conditions and roles', () =>
  at(browser, server.address, null, async (page) => {
    // The graph is drawn from an answer made up here, so that it does not hang on what is read in the examples.
    const steps = (await server.get('/api/steps')).items;
    await page.route('**/api/conditions*', (route) =>
      route.fulfill({ json: { nodes: steps.slice(0, 4), edges: [[0, 1], [1, 2], [2, 0], [0, 3]].map(([a, b]) => ({ entry: steps[b].id, for: null, needs: steps[a].id })).concat({ entry: null, for: '=عودة', needs: steps[3].id }) } }));
    await page.goto(`${server.address}/ar/steps?view=graph`);
    await settled(page);
    assert.equal(await page.locator('.graph .edge').count(), 5);
    const lines = await check(page, 'conditions', 5);
    assert.ok(lines.some((line) => line.includes("'=عودة")), 'a cell that begins with = is made harmless');
    await page.locator('.graph a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ar\/steps\/L/);
    const actors = (await server.get('/api/actors?kind=person')).items;
    for (const { id } of actors.slice(0, 12)) {
      if (!(await server.get(`/api/actors/${id}`)).roles?.length) continue;
      await page.goto(`${server.address}/en/actors/${id}`);
      await settled(page);
      await check(page, 'roles', 1);
      return;
    }
    assert.fail('nobody has a role');
  }));

test('the map goes nearer by keys, and its place stands in the address', () =>
  at(browser, server.address, '/en/map', async (page) => {
    const before = await page.locator('.map-svg g[transform]').first().getAttribute('transform');
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/at=/);
    const after = await page.locator('.map-svg g[transform]').first().getAttribute('transform');
    assert.notEqual(before, after);
    await page.reload();
    await settled(page);
    const again = await page.locator('.map-svg g[transform]').first().getAttribute('transform');
    const scale = (text) => Number(/scale\(([\d.]+)/.exec(text)[1]);
    assert.ok(Math.abs(scale(again) - scale(after)) < 0.02, `${after} ${again}`);
  }));

test('files are imported, and what cannot be read says why', () =>
  at(browser, server.address, '/en/imports', async (page) => {
    await page.locator('input[type=file]').setInputFiles([
      { name: 'new.txt', mimeType: 'text/plain', buffer: Buffer.from('هدنة جديدة في تعز\n\nتعز / 3 أيار 2020\n\nقال المتحدث باسم اللجنة، سالم اليافعي، إن الهدنة مستمرة في المدينة منذ يومين، وإن الطرفين وافقا على فتح الطريق.') },
      { name: 'broken.jsonl', mimeType: 'application/x-ndjson', buffer: Buffer.from('{"id": "a", "text": \n') },
    ]);
    await page.locator('.import', { hasText: 'new.txt' }).getByText('done').waitFor();
    const broken = page.locator('.import', { hasText: 'broken.jsonl' });
    await broken.getByText('What could not be read').waitFor();
    await page.locator('.import', { hasText: 'new.txt' }).getByRole('link', { name: 'Open' }).click();
    await page.locator('.text').getByText('سالم اليافعي').first().waitFor();
  }));

test('the record is verified, and exported', () =>
  at(browser, server.address, '/en/audit', async (page) => {
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('Nothing was altered').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.formats a').first().click()]);
    assert.ok(readFileSync(await download.path()).length > 1000);
  }));
