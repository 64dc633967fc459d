// SPDX-License-Identifier: Apache-2.0
// Words of a text, for choosing spans by keyboard and by dragging.

export interface Word {
  start: number; // units
  end: number;
}

/// Letters with their marks and digits, joined by joiners and tatweel; everything else parts words.
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}\u200c\u200d]+(?:[.,٫٬:/'’-][\p{L}\p{M}\p{N}]+)*[%٪]?/gu))
    found.push({ start: match.index, end: match.index + match[0].length });
  return found;
}

/// Index of the first word that ends after `unit`; words.length where there is none.
export function wordAt(all: Word[], unit: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.end <= unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type Edge = 'start' | 'end';

/// Moves one edge of [start, end) by a word; at least one word stays inside.
export function moveEdge(all: Word[], span: Word, edge: Edge, by: 1 | -1): Word {
  if (all.length === 0) return span;
  const last = all.length - 1;
  const first = Math.min(wordAt(all, span.start), last);
  let final = wordAt(all, Math.max(span.start, span.end - 1));
  if (final > last || all[final]!.start >= span.end) final = Math.max(first, final - 1);
  if (edge === 'start') {
    const to = Math.max(0, Math.min(first + by, final));
    return { start: all[to]!.start, end: span.end };
  }
  const to = Math.max(first, Math.min(final + by, last));
  return { start: span.start, end: all[to]!.end };
}

/// Widens a dragged range to whole words; null where it touches none.
export function wholeWords(all: Word[], start: number, end: number): Word | null {
  const first = wordAt(all, start);
  let last = wordAt(all, end - 1);
  if (last >= all.length || all[last]!.start >= end) last--;
  if (first > last || !all[first] || all[first].start >= end) return null;
  return { start: all[first].start, end: all[last]!.end };
}
