// SPDX-License-Identifier: Apache-2.0
// Every chart can be saved: as a drawing, as a picture, and its data as a table.
import { t } from '../i18n';

export type Cell = string | number | null | undefined;
export interface Table {
  name: string; // of the file, without ending
  head: string[];
  rows: () => Cell[][];
}

/// A cell as text. What a spreadsheet would take for a formula gets an apostrophe before it, and so does what begins with one.
function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r']/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export const csv = (table: Table): string => [table.head, ...table.rows()].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';

export function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const kept = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'direction', 'paint-order', 'visibility', 'vector-effect'];

/// A copy that carries its looks along, for outside the page.
export function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    const target = to[i]!;
    for (const name of kept) {
      const value = style.getPropertyValue(name);
      if (value) target.setAttribute(name, value);
    }
    for (const name of ['class', 'tabindex', 'style']) if (name !== 'style' || !style) target.removeAttribute(name);
    if (element.getAttribute('style')) target.removeAttribute('style');
  });
  const box = svg.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(Math.round(box.width)));
  copy.setAttribute('height', String(Math.round(box.height)));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--paper').trim() || '#ffffff');
  copy.prepend(ground);
  return copy;
}

const drawing = (svg: SVGSVGElement): Blob =>
  new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(standalone(svg))}`], { type: 'image/svg+xml' });

async function picture(svg: SVGSVGElement): Promise<Blob> {
  const url = URL.createObjectURL(drawing(svg));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    const scale = 2;
    canvas.width = image.naturalWidth * scale;
    canvas.height = image.naturalHeight * scale;
    const context = canvas.getContext('2d')!;
    context.scale(scale, scale);
    context.drawImage(image, 0, 0);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('PNG'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

export function Save({ chart, table }: { chart: () => SVGSVGElement | null; table: Table }) {
  const { name } = table;
  return (
    <div class="save" role="group" aria-label={t('save.title')}>
      <span class="hint" aria-hidden="true">
        {t('save.title')}
      </span>
      <button
        type="button"
        class="button small"
        onClick={() => {
          const svg = chart();
          if (svg) download(`${name}.svg`, drawing(svg));
        }}
      >
        <abbr title={t('save.svg')}>SVG</abbr>
      </button>
      <button
        type="button"
        class="button small"
        onClick={() => {
          const svg = chart();
          if (svg) void picture(svg).then((blob) => download(`${name}.png`, blob));
        }}
      >
        <abbr title={t('save.png')}>PNG</abbr>
      </button>
      <button type="button" class="button small" onClick={() => download(`${name}.csv`, new Blob(['\ufeff', csv(table)], { type: 'text/csv;charset=utf-8' }))}>
        <abbr title={t('save.csv')}>CSV</abbr>
      </button>
    </div>
  );
}
