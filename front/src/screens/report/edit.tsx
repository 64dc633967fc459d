// SPDX-License-Identifier: Apache-2.0
// Correcting the fields of a claim, each by choosing.
import { useEffect, useRef } from 'preact/hooks';
import type { AnyClaim, Span } from '../../api/types';
import { named, t, word, type Key } from '../../i18n';
import { Say } from '../../parts/say';
import { values } from '../../i18n/values';
import { vocabulary } from '../../app/record';
import { visible } from '../../text/controls';
import { Do, draftOf } from './detail';
import { fields, listOf, mainSpan, short, value, type Field } from './fields';
import type { Item, Review } from './model';

interface Of {
  review: Review;
  item: Item;
  field: Field;
  now: unknown;
  put: (value: unknown) => void;
}

export function Edit({ review, item, run }: { review: Review; item: Item; run: (command: string) => void }) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('select, input, button')?.focus();
  }, [item.id]);
  const edited = review.edited.value;
  return (
    <form
      ref={form}
      class="detail-body edit"
      aria-label={t('mode.edit')}
      onSubmit={(event) => {
        event.preventDefault();
        run('confirm');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement) || listOpen(event.target)) return;
        event.preventDefault();
        run('confirm');
      }}
    >
      <h2>{t('mode.edit')}</h2>
      {fields[item.layer].map((field) => (
        <div class="field" key={field.name}>
          <Editor
            review={review}
            item={item}
            field={field}
            now={field.name in edited ? edited[field.name] : value(item.layer, item.claim, field)}
            put={(v) => {
              review.edited.value = { ...review.edited.value, [field.name]: v };
            }}
          />
        </div>
      ))}
      <div class="actions">
        <button type="submit" class="button primary" aria-keyshortcuts="Enter">
          {t('app.save')} <kbd aria-hidden="true">↵</kbd>
        </button>
        <Do label="app.cancel" keys="Esc" go={() => run('leave')} />
      </div>
    </form>
  );
}

/// Enter chooses where a list hangs open, and saves where none does.
function listOpen(select: HTMLSelectElement): boolean {
  try {
    return select.matches(':open');
  } catch {
    return true;
  }
}

function Editor({ review, item, field, now, put }: Of) {
  const id = `field-${field.name}`;
  const label = <label for={id}>{t(field.label)}</label>;
  switch (field.kind) {
    case 'entities':
      return <Several review={review} item={item} field={field} now={now} put={put} />;
    case 'span':
      return <Words review={review} item={item} field={field} now={now} put={put} />;
    case 'bool':
      return (
        <label class="check">
          <input type="checkbox" checked={Boolean(now)} onChange={(e) => put(e.currentTarget.checked)} /> {t(field.label)}
        </label>
      );
    case 'number':
      return (
        <>
          {label}
          <input
            id={id}
            type="number"
            min="0"
            step="any"
            dir="ltr"
            value={now === null || now === undefined ? '' : String(now)}
            onInput={(e) => put(e.currentTarget.value === '' ? null : Number(e.currentTarget.value))}
          />
        </>
      );
    case 'day':
      return (
        <>
          {label}
          <input id={id} type="date" value={String(now ?? '').slice(0, 10)} onInput={(e) => put(e.currentTarget.value || null)} />
        </>
      );
    default:
      return (
        <>
          {label}
          <select id={id} value={String(now ?? '')} onChange={(e) => put(e.currentTarget.value || null)}>
            {(field.optional || !now) && <option value="">{t('app.unknown')}</option>}
            {choices(review, item, field).map(([v, text]) => (
              <option key={v} value={v} dir="auto">
                {visible(text)}
              </option>
            ))}
          </select>
        </>
      );
  }
}

/// What a field may be set to: [value, what is shown].
function choices(review: Review, item: Item, field: Field): [string, string][] {
  const report = review.report.value;
  switch (field.kind) {
    case 'word': {
      const known = vocabulary(field.set ?? '');
      const all = known.length ? known : Object.keys(values[field.set ?? ''] ?? {});
      return all.map((v) => [v, word(field.set ?? '', v)]);
    }
    case 'time':
      return report.times.map((x) => [x.id, x.begin ? `${x.text} (${x.begin})` : x.text]);
    case 'claim':
      return (report[listOf[field.of ?? 's']] as AnyClaim[])
        .filter((c) => c.id !== item.id && c.state !== 'rejected')
        .map((c) => [c.n, short(mainSpan(field.of ?? 's', c).text)]);
    default: {
      const fitting = report.entities.filter((e) => field.kind !== 'place' || e.kind === 'place');
      return [...fitting].sort((a, b) => named(a).localeCompare(named(b))).map((e) => [e.id, `${named(e)} (${word('entity_kind', e.kind)})`]);
    }
  }
}

function Several({ review, item, field, now, put }: Of) {
  const chosen = (now as string[] | null) ?? [];
  const all = choices(review, item, field);
  return (
    <fieldset>
      <legend>{t(field.label)}</legend>
      {chosen.map((id) => {
        const text = all.find(([v]) => v === id)?.[1] ?? id;
        return (
          <button key={id} type="button" class="chip" aria-label={t('filter.remove', { x: text })} onClick={() => put(chosen.filter((c) => c !== id))}>
            <Say text={text} /> <span aria-hidden="true">✕</span>
          </button>
        );
      })}
      <select
        aria-label={`${t(field.label)}: ${t('field.add')}`}
        value=""
        onChange={(e) => {
          if (e.currentTarget.value) put([...chosen, e.currentTarget.value]);
          e.currentTarget.value = '';
        }}
      >
        <option value="">{t('field.add')}</option>
        {all
          .filter(([v]) => !chosen.includes(v))
          .map(([v, text]) => (
            <option key={v} value={v} dir="auto">
                {visible(text)}
            </option>
          ))}
      </select>
    </fieldset>
  );
}

function Words({ review, item, field, now, put }: Of) {
  const mode = review.mode.value;
  const choosing = mode?.kind === 'span' && mode.field === field.name;
  const draft = review.draft.value;
  const span = now as Span | null;
  return (
    <fieldset>
      <legend>{t(field.label)}</legend>
      <Say text={choosing && draft ? review.text.slice(draft.start, draft.end) : (span?.text ?? t('app.unknown'))} class="quoted" />
      <span class="actions">
        <button
          type="button"
          class="button small"
          aria-pressed={choosing}
          onClick={() => {
            if (choosing) {
              if (draft) put(review.span(draft));
              review.mode.value = { kind: 'edit' };
              review.draft.value = null;
              return;
            }
            review.mode.value = { kind: 'span', field: field.name, from: 'edit' };
            review.draft.value = span ? { start: review.at.units(span.start), end: review.at.units(span.end) } : draftOf(review, item, 'main');
            (document.activeElement as HTMLElement | null)?.blur();
          }}
        >
          {t(choosing ? 'app.save' : ('mode.span' as Key))}
        </button>
        {field.optional && span && (
          <button type="button" class="button small" onClick={() => put(null)}>
            {t('app.none')}
          </button>
        )}
      </span>
      {choosing && <p class="hint">{t('mode.span.hint')}</p>}
    </fieldset>
  );
}
