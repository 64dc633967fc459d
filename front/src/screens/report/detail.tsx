// SPDX-License-Identifier: Apache-2.0
// The selected claim: its fields, why it was read so, who decided on it, and what can be done.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Decision, Page, Why } from '../../api/types';
import { href } from '../../app/route';
import { day, t, type Key } from '../../i18n';
import { Certainty, LayerGlyph, StateSign } from '../../parts/glyph';
import { useGet } from '../../parts/load';
import { Say } from '../../parts/say';
import { plain } from '../../text/controls';
import { fields, headline, shown, value } from './fields';
import { Edit } from './edit';
import type { Item, Review } from './model';

export function Do({ label, keys, go, primary, disabled }: { label: Key; keys: string; go: () => void; primary?: boolean; disabled?: boolean }) {
  return (
    <button type="button" class={primary ? 'button primary' : 'button'} disabled={disabled} aria-keyshortcuts={keys} onClick={go}>
      {t(label)} <kbd aria-hidden="true">{keys}</kbd>
    </button>
  );
}

export function Detail({ review, run }: { review: Review; run: (command: string) => void }) {
  const item = review.current.value;
  const mode = review.mode.value;
  if (mode && (mode.kind === 'add' || (mode.kind === 'span' && mode.from === 'add'))) return <Adding review={review} run={run} />;
  if (!item) return <p class="hint detail-none">{t('report.select')}</p>;
  if (mode?.kind === 'edit' || (mode?.kind === 'span' && mode.from === 'edit')) return <Edit review={review} item={item} run={run} />;
  const { title, more } = headline(review.report.value, item.layer, item.claim);
  return (
    <div class="detail-body">
      <h2 class={`detail-title claim-${item.layer}`}>
        <LayerGlyph layer={item.layer} label /> <Say text={title} />
        {more && (
          <span class="claim-more">
            <Say text={more} />
          </span>
        )}
        <span class="detail-state">
          <StateSign state={item.claim.state} /> {t(`state.${item.claim.state}`)}
        </span>
      </h2>
      {mode && <Doing review={review} item={item} run={run} />}
      {!mode && (
        <div class="actions" role="group" aria-label={t('report.detail')}>
          <Do label="act.accept" keys="a" primary go={() => run('accept')} disabled={item.claim.state === 'accepted'} />
          <Do label="act.reject" keys="r" go={() => run('reject')} disabled={item.claim.state === 'rejected'} />
          <Do label="act.edit" keys="e" go={() => run('edit')} />
          <Do label="act.span" keys="s" go={() => run('span')} />
          <Do label="act.split" keys="x" go={() => run('split')} />
          <Do label="act.merge" keys="m" go={() => run('merge')} />
          <Do label="act.note" keys="c" go={() => run('note')} />
        </div>
      )}
      <Fields review={review} item={item} />
      <WhyPart item={item} />
      <History item={item} documentId={review.report.value.id} version={review.report.value.version} />
    </div>
  );
}

function Fields({ review, item }: { review: Review; item: Item }) {
  const report = review.report.value;
  return (
    <dl class="fields">
      {fields[item.layer].map((field) => {
        const text = shown(report, field, value(item.layer, item.claim, field));
        if (!text) return null;
        return (
          <div key={field.name}>
            <dt>{t(field.label)}</dt>
            <dd>
              <Say text={text} class={field.kind === 'span' ? 'quoted' : ''} />
            </dd>
          </div>
        );
      })}
      {item.claim.record_id && (
        <div>
          <dt>{t('report.happening')}</dt>
          <dd>
            <a href={overall(item)}>{t(item.layer === 'v' ? 'layer.h' : item.layer === 'f' ? 'layer.r' : 'steps.history')}</a>
          </dd>
        </div>
      )}
    </dl>
  );
}

function overall(item: Item): string {
  const id = item.claim.record_id ?? '';
  if (item.layer === 'f') return href('figures', id);
  if (item.layer === 'p') return href('steps', id);
  return href('timeline', id);
}

function WhyPart({ item }: { item: Item }) {
  const why = useGet<Why>(`/api/claims/${encodeURIComponent(item.id)}/why`);
  const known = why.data && why.data.rule === item.claim.rule ? why.data : null;
  return (
    <section class="why" id="why">
      <h3>{t('report.why')}</h3>
      <dl class="fields">
        <div>
          <dt>{t('report.why.rule')}</dt>
          <dd>
            {item.claim.state === 'added' ? t('report.why.person') : <code dir="ltr">{item.claim.rule}</code>}
            {known?.title && (
              <>
                {' '}
                <Say text={known.title} />
              </>
            )}
          </dd>
        </div>
        {known?.example && (
          <div>
            <dt>{t('report.why.evidence')}</dt>
            <dd>
              <Say text={known.example} class="quoted" />
            </dd>
          </div>
        )}
        {known?.file && (
          <div>
            <dt>{t('report.why.stands')}</dt>
            <dd>
              <code dir="ltr">{known.file}</code>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('report.why.confidence')}</dt>
          <dd>
            <Certainty of={item.claim.confidence} />{' '}
            {item.claim.confidence === null || item.claim.confidence === undefined
              ? t('report.why.unmeasured')
              : t('report.why.certainty', { x: Math.round(item.claim.confidence * 100) })}
          </dd>
        </div>
        {known?.evidence && known.evidence.length > 0 && (
          <div>
            <dt>{t('report.why.evidence')}</dt>
            <dd>
              {known.evidence.map((e, i) => (
                <span key={i} class="evidence">
                  {t(`field.${e.role}` as Key) || e.role}: <Say text={e.span.text} class="quoted" />
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/// `version`: of the report, which every decision and note raises; asked for anew with each.
function History({ item, documentId, version }: { item: Item; documentId: string; version: number }) {
  const decided = item.claim.decided;
  const all = useGet<Page<Decision>>(version || decided ? `/api/documents/${encodeURIComponent(documentId)}/decisions` : null, { limit: 500, version });
  const mine = (all.data?.items ?? (decided ? [decided] : [])).filter((d) => d.claim === item.id || d.others?.includes(item.id));
  return (
    <section class="history">
      <h3>{t('report.history')}</h3>
      {mine.length === 0 ? (
        <p class="hint">{t('report.history.none')}</p>
      ) : (
        <ol class="decisions">
          {mine.map((d) => (
            <li key={d.id} class={d.undone ? 'undone' : undefined}>
              <Said decision={d} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

export function Said({ decision }: { decision: Decision }) {
  return (
    <>
      <Say text={decision.user} class="who" /> {t(`did.${decision.action}` as Key)} <time dateTime={decision.at}>{day(decision.at, 'time')}</time>
      {decision.undone && <em> ({t('did.undone')})</em>}
      {decision.note && (
        <>
          : <Say text={decision.note} />
        </>
      )}
    </>
  );
}

function Doing({ review, item, run }: { review: Review; item: Item; run: (command: string) => void }) {
  const mode = review.mode.value!;
  const draft = review.draft.value;
  let body: ComponentChildren = null;
  if (mode.kind === 'span') {
    const spans = fields[item.layer].filter((f) => f.kind === 'span');
    body = (
      <>
        <p>{t('mode.span.hint')}</p>
        {spans.length > 1 && (
          <label>
            {t('mode.which')}{' '}
            <select
              value={mode.field}
              onChange={(event) => {
                const field = event.currentTarget.value;
                review.mode.value = { ...mode, field };
                review.draft.value = draftOf(review, item, field);
              }}
            >
              {spans.map((f) => (
                <option key={f.name} value={f.name}>
                  {t(f.label)}
                </option>
              ))}
            </select>
          </label>
        )}
        <blockquote class="quoted">
          <Say text={draft ? review.text.slice(draft.start, draft.end) : ''} />
        </blockquote>
      </>
    );
  } else if (mode.kind === 'split') {
    const cut = review.words[mode.cut];
    body = (
      <>
        <p>{t('mode.split.hint')}</p>
        <ol class="parts">
          <li>
            <Say text={review.text.slice(item.main.start, review.words[mode.cut - 1]?.end ?? item.main.start)} class="quoted" />
          </li>
          <li>
            <Say text={cut ? review.text.slice(cut.start, item.main.end) : ''} class="quoted" />
          </li>
        </ol>
      </>
    );
  } else if (mode.kind === 'merge') {
    const other = review.byId.value.get(mode.other ?? '');
    body = (
      <>
        <p>{t('mode.merge.hint')}</p>
        <blockquote class="quoted">
          <Say text={other ? review.text.slice(other.main.start, other.main.end) : ''} />
        </blockquote>
      </>
    );
  }
  if (mode.kind === 'note') body = <Note review={review} run={run} />;
  return (
    <div class="doing" role="group" aria-label={t(`mode.${mode.kind}` as Key)}>
      <h3>{t(`mode.${mode.kind}` as Key)}</h3>
      {body}
      <div class="actions">
        <Do label="app.save" keys={mode.kind === 'note' ? 'Ctrl ↵' : '↵'} primary go={() => run('confirm')} />
        <Do label="app.cancel" keys="Esc" go={() => run('leave')} />
      </div>
    </div>
  );
}

/// Words of the reviewer's own beside a claim. Enter begins a line; with Ctrl it keeps the note.
function Note({ review, run }: { review: Review; run: (command: string) => void }) {
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <label class="note">
      {t('mode.note.label')}
      <textarea
        ref={box}
        dir="auto"
        rows={4}
        maxLength={2000}
        value={review.noted.value}
        onInput={(e) => {
          review.noted.value = e.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          run('confirm');
        }}
      />
    </label>
  );
}

export function draftOf(review: Review, item: Item, field: string): { start: number; end: number } | null {
  const place = item.places.find((p) => p.role === field) ?? (field === 'main' ? item.main : undefined);
  if (place) return { start: place.start, end: place.end };
  const known = value(item.layer, item.claim, fields[item.layer].find((f) => f.name === field)!) as { start: number; end: number } | null;
  if (!known) return { start: item.main.start, end: item.main.end };
  return { start: review.at.units(known.start), end: review.at.units(known.end) };
}

function Adding({ review, run }: { review: Review; run: (command: string) => void }) {
  const mode = review.mode.value;
  const layer = mode?.kind === 'add' ? mode.layer : 'v';
  const draft = review.draft.value;
  return (
    <div class="doing detail-body" role="group" aria-label={t('mode.add')}>
      <h2>{t('mode.add')}</h2>
      <p>{t('mode.add.hint')}</p>
      <div class="choices" role="radiogroup" aria-label={t('report.layers')}>
        {(['s', 'v', 'f', 'p'] as const).map((l, i) => (
          <button
            key={l}
            type="button"
            role="radio"
            aria-checked={l === layer}
            class={`toggle toggle-${l}`}
            onClick={() => {
              review.mode.value = { kind: 'add', layer: l };
            }}
          >
            <LayerGlyph layer={l} /> {t(`layer.${l}` as Key)} <kbd aria-hidden="true">{i + 1}</kbd>
          </button>
        ))}
      </div>
      <blockquote class="quoted">
        <Say text={draft ? review.text.slice(draft.start, draft.end) : ''} />
      </blockquote>
      <div class="actions">
        <Do label="act.add" keys="↵" primary go={() => run('confirm')} disabled={!draft} />
        <Do label="app.cancel" keys="Esc" go={() => run('leave')} />
      </div>
    </div>
  );
}

export function describe(review: Review, item: Item, change: Record<string, unknown>): string {
  return fields[item.layer]
    .filter((f) => f.name in change)
    .map((f) => `${t(f.label)}: ${plain(shown(review.report.value, f, change[f.name]) || t('app.none'))}`)
    .join(t('list.and'));
}

