// SPDX-License-Identifier: Apache-2.0
// Pictures of the page over the example reports: node tests/web/pictures.mjs FOLDER [all]. With `all` every view in both languages at three widths.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, serve, settled, views } from './helpers.mjs';

const [folder, all] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const [server, browser] = await Promise.all([serve(), launch()]);
const picture = async (name, path, { keys = [], ...options } = {}) => {
  const { page, context, bad } = await open(browser, server.address, path, { deviceScaleFactor: 1, ...options });
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForTimeout(250);
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  if (bad.length) console.error(name, bad);
  await context.close();
};
if (all) {
  for (const [name, path] of await views(server))
    for (const language of ['ar', 'en'])
      for (const width of [360, 900, 1440]) await picture(`${name}-${language}-${width}`, `/${language}${path}`, { viewport: { width, height: 860 }, colorScheme: width === 900 ? 'dark' : 'light' });
} else {
  const size = { viewport: { width: 1280, height: 800 } };
  const disputed = (await server.get('/api/series')).items.sort((a, b) => b.figures_count - a.figures_count)[0];
  const step = (await server.get('/api/steps')).items.sort((a, b) => b.mentions - a.mentions)[0];
  await picture('report', '/ar/report/D2?order=text', { ...size, keys: ['a', 'a', 'j', 'j'] });
  await picture('report-dark', '/en/report/D1?show=all&order=text', { ...size, colorScheme: 'dark', keys: ['j', 'j', 'e'] });
  await picture('timeline', '/ar/timeline', size);
  await picture('map', '/en/map', size);
  await picture('figures', `/ar/figures/${disputed.id}`, size);
  await picture('steps', `/ar/steps/${step.id}`, size);
}
await browser.close();
await server.close();
