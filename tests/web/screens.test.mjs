// SPDX-License-Identifier: Apache-2.0
// Every screen in both languages: no violation of WCAG 2.2 AA that axe knows, no error, nothing asked of elsewhere, and no
// page wider than its window at three widths.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, axe, launch, screens, serve, settled, views } from './helpers.mjs';

let server;
let browser;
let all;
before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  all = await views(server);
});
after(async () => {
  await browser.close();
  await server.close();
});

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`).join(' | ')}`);
}

for (const [language, scheme, width] of [
  ['ar', 'light', 1440],
  ['en', 'dark', 900],
  ['ar', 'dark', 360],
  ['en', 'light', 360],
])
  test(`every screen: ${language}, ${scheme}, ${width} pixels`, async () => {
    const faults = [];
    await at(browser, server.address, null, async (page) => {
    for (const [name, path] of all) {
      await page.goto(`${server.address}/${language}${path}`);
      await settled(page);
      const state = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        title: document.title,
        headings: document.querySelectorAll('h1').length,
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      assert.equal(state.lang, language, name);
      assert.equal(state.dir, language === 'ar' ? 'rtl' : 'ltr', name);
      assert.ok(state.title.includes(language === 'ar' ? 'خطوة' : 'khutwa'), `${name}: ${state.title}`);
      if (state.headings !== 1) faults.push(`${name}: ${state.headings} first headings`);
      if (state.wide > 0) faults.push(`${name}: ${state.wide} pixels wider than the window`);
      if (width >= 900) faults.push(...(await violations(page)).map((v) => `${name}: ${v}`));
    }
    }, { viewport: { width, height: 800 }, colorScheme: scheme });
    assert.deepEqual(faults, []);
  });

test('dialogues have no violation either', () =>
  at(browser, server.address, '/en/report', async (page) => {
    for (const name of ['Keys', 'Settings']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog', { name }).waitFor();
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('Escape');
      assert.equal(await page.getByRole('dialog').count(), 0);
    }
  }));

test('the language changes in place, and the view stays', () =>
  at(browser, server.address, '/en/figures?what=killed&from=2019-01-01', async (page) => {
    await page.getByRole('link', { name: 'العربية' }).click();
    await settled(page);
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/ar/figures?what=killed&from=2019-01-01');
    assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
    assert.equal(await page.getByLabel('ما أصابهم').inputValue(), 'killed');
  }));

test('filters go along from screen to screen, and back takes them back', () =>
  at(browser, server.address, '/en/timeline', async (page) => {
    await page.getByRole('combobox', { name: 'Type' }).selectOption('ASSAULT');
    await settled(page);
    assert.match(page.url(), /type=ASSAULT/);
    await page.getByRole('link', { name: 'Map', exact: true }).click();
    await settled(page);
    assert.match(page.url(), /\/en\/map\?type=ASSAULT/);
    await page.goBack();
    await page.goBack();
    await settled(page);
    assert.equal(new URL(page.url()).search, '');
  }));

test('a name is found by its beginning and chosen by keys', () =>
  at(browser, server.address, '/ar/timeline', async (page) => {
    const field = page.getByRole('combobox', { name: 'المكان' });
    await field.focus();
    await page.keyboard.type('حماه');
    await page.locator('#place-found [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    await settled(page);
    assert.match(page.url(), /place=E\d+/);
    assert.match(await page.getByRole('button', { name: /أزل/ }).first().textContent(), /حماة/);
  }));

test('every screen is reached by g and a letter', () =>
  at(browser, server.address, '/en/imports', async (page) => {
    for (const [key, screen] of Object.entries({ r: 'report', t: 'timeline', m: 'map', f: 'figures', s: 'steps', a: 'actors', i: 'imports', u: 'audit' })) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.waitForURL(new RegExp(`/en/${screen}`));
    }
    await page.keyboard.press('/');
    await page.waitForURL(/\/en\/search/);
    assert.equal(screens.length, 9);
  }));

test('failures say what to do, and trying again works', () =>
  at(browser, server.address, null, async (page) => {
    let down = true;
    await page.route('**/api/series*', (route) => (down ? route.abort() : route.continue()));
    await page.goto(`${server.address}/en/figures`);
    await page.getByText('The server does not answer').waitFor();
    assert.ok(await page.getByText('khutwa serve').isVisible());
    down = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.series-row').first().waitFor();
    await page.goto(`${server.address}/en/figures/R999.9`);
    await page.getByRole('alert').waitFor();
  }, { expected: /ERR_FAILED/ }));

test('while something is loaded the page says so', () =>
  at(browser, server.address, null, async (page) => {
    await page.route('**/api/steps*', async (route) => {
      await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    await page.goto(`${server.address}/en/steps`);
    await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor();
    await page.locator('.step-card').first().waitFor();
  }));

test('a selection without anything says so', () =>
  at(browser, server.address, null, async (page) => {
    for (const [path, text] of [
      ['timeline?from=1990-01-01&to=1990-01-02', 'Nothing in this time'],
      ['search?q=xyzzyqwert', 'Nothing found'],
      ['steps?from=1990-01-01&to=1990-01-02', 'No steps in this selection'],
      ['report?from=1990-01-01&to=1990-01-02', 'Everything is reviewed'],
      ['actors?q=xyzzyqwert', 'Nobody in this selection'],
      ['imports', 'Nothing has been imported here yet'],
    ]) {
      await page.goto(`${server.address}/en/${path}`);
      await page.getByRole('heading', { name: text }).waitFor({ timeout: 4000 });
    }
  }));
