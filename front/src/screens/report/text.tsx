// SPDX-License-Identifier: Apache-2.0
// The report's text, set once; marks are laid behind it.
import { effect, untracked } from '@preact/signals';
import { memo } from './memo';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { Control } from '../../parts/say';
import { pieces } from '../../text/controls';
import { wholeWords } from '../../text/words';
import { Marks, starts, unit } from './marks';
import type { Item, Review } from './model';

interface Paragraph {
  start: number;
  end: number;
}

function paragraphs(text: string): Paragraph[] {
  const found: Paragraph[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++)
    if (i === text.length || text[i] === '\n') {
      if (text.slice(start, i).trim()) found.push({ start, end: i });
      start = i + 1;
    }
  return found;
}

const Paragraphs = memo(({ text, title }: { text: string; title: string | null }) => (
  <>
    {paragraphs(text).map(({ start, end }, i) => (
      <div class="block" key={start}>
        <p data-start={start} data-end={end} dir="auto" class={i === 0 && title && text.slice(start, end).trim() === title.trim() ? 'headline' : undefined}>
          {pieces(text, start, end).map((piece) =>
            piece.control ? <Control key={piece.start} name={piece.control} /> : <Run key={piece.start} start={piece.start} text={text.slice(piece.start, piece.end)} />,
          )}
        </p>
      </div>
    ))}
  </>
));

/// A run of text that knows where it stands.
function Run({ start, text }: { start: number; text: string }) {
  return (
    <span
      ref={(element) => {
        if (element?.firstChild) starts.set(element.firstChild, start);
      }}
    >
      {text}
    </span>
  );
}

export function Text({ review }: { review: Review }) {
  const scroller = useRef<HTMLElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const marks = useRef<Marks | null>(null);

  useEffect(() => {
    const drawn = new Marks(root.current!, scroller.current!);
    marks.current = drawn;
    const visible = (): Item[] => {
      const shown = review.layersShown.value;
      return review.items.value.filter((item) => shown.has(item.layer) && (item.claim.state !== 'rejected' || item.id === review.selected.value || review.show.value !== 'open'));
    };
    const stops = [
      effect(() => drawn.draw({ items: visible(), draft: review.draft.value })),
      effect(() => {
        const mode = review.mode.value;
        drawn.light(review.selected.value, review.hovered.value, mode?.kind === 'merge' ? mode.other : null);
      }),
      effect(() => {
        const mode = review.mode.value;
        const id = mode?.kind === 'merge' && mode.other ? mode.other : review.selected.value;
        const item = id ? untracked(() => review.byId.value.get(id)) : undefined;
        if (item && scroller.current) drawn.reveal(item.main.start, scroller.current, false);
      }),
      effect(() => {
        const draft = review.draft.value;
        if (draft && scroller.current) drawn.reveal(draft.start, scroller.current, false);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      drawn.close();
    };
  }, [review]);

  // Pointing at words lights their claim; pressing chooses it, again the one around it.
  const point = (event: PointerEvent): void => {
    if (event.buttons) return;
    review.hovered.value = marks.current?.under(event.clientX, event.clientY)[0] ?? null;
  };
  const choose = (event: MouseEvent): void => {
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed) {
      dragged(selection);
      return;
    }
    const found = marks.current?.under(event.clientX, event.clientY) ?? [];
    const mode = review.mode.value;
    if (mode && mode.kind !== 'merge') return;
    if (mode?.kind === 'merge') {
      const current = review.current.value;
      const other = found.find((id) => id !== current?.id && review.byId.value.get(id)?.layer === current?.layer);
      if (other) review.mode.value = { kind: 'merge', other };
      return;
    }
    if (!review.draft.value && found.length === 0) return;
    review.draft.value = null;
    if (found.length) review.select(found[(found.indexOf(review.selected.value ?? '') + 1) % found.length]!);
  };
  const dragged = (selection: Selection): void => {
    const range = selection.getRangeAt(0);
    if (!root.current?.contains(range.commonAncestorContainer)) return;
    const start = unit(range.startContainer, range.startOffset);
    const end = unit(range.endContainer, range.endOffset);
    if (start === null || end === null) return;
    const mode = review.mode.value;
    if (mode && mode.kind !== 'span' && mode.kind !== 'add') return;
    const words = wholeWords(review.words, Math.min(start, end), Math.max(start, end));
    if (!words) return;
    review.draft.value = words;
    selection.removeAllRanges();
  };

  const { document: source } = review.report.peek();
  return (
    <section ref={scroller} class="text-pane" aria-label={t('report.text')} tabIndex={0}>
      <div
        ref={root}
        class="text"
        lang={source.lang || 'ar'}
        dir={source.lang === 'en' ? 'ltr' : 'rtl'}
        onPointerMove={point}
        onPointerLeave={() => {
          review.hovered.value = null;
        }}
        onClick={choose}
      >
        <Paragraphs text={review.text} title={source.title} />
      </div>
    </section>
  );
}
