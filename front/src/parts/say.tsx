// SPDX-License-Identifier: Apache-2.0
// Text that came from outside: kept apart in direction, controls shown as marked glyphs, marks where asked.
import type { ComponentChildren } from 'preact';
import type { Mark } from '../api/types';
import { hasControls, pieces } from '../text/controls';
import { named } from '../i18n';
import { Positions } from '../text/positions';

export function Control({ name }: { name: string }) {
  return (
    <span class="control" data-control={name} title={name}>
      <span class="sr">{name}</span>
    </span>
  );
}

function run(text: string): ComponentChildren {
  if (!hasControls(text)) return text;
  return pieces(text).map((piece) =>
    piece.control ? <Control key={piece.start} name={piece.control} /> : text.slice(piece.start, piece.end),
  );
}

/// `marks` count code points of `text`.
export function Say({ text, marks, class: name }: { text: string | null | undefined; marks?: Mark[] | undefined; class?: string }) {
  if (!text) return null;
  if (!marks?.length)
    return (
      <bdi dir="auto" class={name}>
        {run(text)}
      </bdi>
    );
  const at = new Positions(text);
  const shown: ComponentChildren[] = [];
  let from = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    const start = Math.max(from, at.units(mark.start));
    const end = Math.min(text.length, at.units(mark.end));
    if (end <= start) continue;
    shown.push(run(text.slice(from, start)), <mark key={start}>{run(text.slice(start, end))}</mark>);
    from = end;
  }
  shown.push(run(text.slice(from)));
  return (
    <bdi dir="auto" class={name}>
      {shown}
    </bdi>
  );
}

/// Who or where, in the reader's language, with the Arabic name beside it for English readers where both are known.
export function Name({ of }: { of: { name: string; name_en?: string | null } | null | undefined }) {
  if (!of) return null;
  return <Say text={named(of)} />;
}

