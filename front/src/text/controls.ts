// SPDX-License-Identifier: Apache-2.0
// Characters that steer direction. They never take effect on the page: each is shown by its name.

const names: Record<string, string> = {
  '\u061c': 'ALM',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
};
const any = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const every = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export const hasControls = (text: string): boolean => any.test(text);
export const controlName = (character: string): string | undefined => names[character];

/// For places that hold text alone: controls by name. Options of a list begin with their own letters, so that typing finds them.
export const visible = (text: string): string => text.replace(every, (c) => `⟨${names[c]}⟩`);

/// The same, isolated, for text that becomes part of a sentence.
export const plain = (text: string): string => `\u2068${visible(text)}\u2069`;

export interface Piece {
  start: number; // units from the beginning of the text
  end: number;
  control?: string;
}

/// Cuts [start, end) of the text where controls stand. Without any there is one piece.
export function pieces(text: string, start = 0, end = text.length): Piece[] {
  const found: Piece[] = [];
  let from = start;
  for (let i = start; i < end; i++) {
    const control = names[text[i]!];
    if (!control) continue;
    if (i > from) found.push({ start: from, end: i });
    found.push({ start: i, end: i + 1, control });
    from = i + 1;
  }
  if (end > from || found.length === 0) found.push({ start: from, end });
  return found;
}
