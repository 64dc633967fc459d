#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// How soon the first screen of a record stands: from the start of the navigation until the first reports are drawn, in Debian's
// Chromium with nothing kept of the page, the window standing already. The record is served by the program and not changed.
//
// Usage: node bench/first_screen.mjs [--rounds N] [--waterfall] [--path PATH]... RECORD.khutwa
// The program is build/release/khutwa, or $KHUTWA. Needs what tests/web/run installs in front/node_modules.
import { parseArgs } from 'node:util';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

process.env.KHUTWA ??= join(dirname(fileURLToPath(import.meta.url)), '../build/release/khutwa');
const { firstScreen, launch, serveRecord } = await import('../tests/web/helpers.mjs');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '7' }, waterfall: { type: 'boolean' }, path: { type: 'string', multiple: true } },
});
const rounds = Number(values.rounds);
if (positionals.length !== 1 || !(rounds >= 1)) {
  console.error('say which record to measure: node bench/first_screen.mjs [--rounds N] [--waterfall] [--path PATH]... RECORD.khutwa');
  process.exit(2);
}
const [server, browser] = await Promise.all([serveRecord(positionals[0]), launch()]);
try {
  const { counts } = await server.get('/api/record');
  const first = (await server.get('/api/documents?review=open&limit=1')).items[0]?.id;
  console.log(`${counts.documents} reports, ${counts.open} open claims`);
  for (const path of values.path ?? ['/', '/ar/report', '/en/report?order=published', ...(first ? [`/ar/report/${first}`] : [])]) {
    const screens = [];
    for (let round = 0; round < rounds; round++) screens.push(await firstScreen(browser, server.address + path, /\/report\/./.test(path) ? '.claim' : '.documents li'));
    screens.sort((a, b) => a.seen - b.seen);
    const times = screens.map((s) => Math.round(s.seen));
    console.log(`${path}: best ${times[0]} ms, median ${times[rounds >> 1]} ms, all ${times.join(' ')}`);
    if (values.waterfall)
      for (const { path: asked, from, to } of screens[rounds >> 1].asked) console.log(`  ${String(Math.round(from)).padStart(5)} ${String(Math.round(to)).padStart(5)}  ${asked}`);
  }
} finally {
  await browser.close();
  await server.close();
}
