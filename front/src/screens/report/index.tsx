// SPDX-License-Identifier: Apache-2.0
// The report: the text beside its claims.
import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Layer, Report, Span } from '../../api/types';
import { loadRecord, record } from '../../app/record';
import { reportAddress } from '../../app/first';
import { useKeys, type Keys } from '../../app/keys';
import { go, href, lang, param, route, set } from '../../app/route';
import { textSize } from '../../app/settings';
import { day, t, word } from '../../i18n';
import { Dialog } from '../../parts/dialog';
import { useGet, View } from '../../parts/load';
import { Say } from '../../parts/say';
import { tell } from '../../parts/toast';
import { moveEdge, wordAt, type Edge } from '../../text/words';
import { Documents } from './documents';
import { describe, Detail, Do, draftOf, Said } from './detail';
import { blank, fields, mainField, value } from './fields';
import { List, Toggles } from './list';
import { Review } from './model';
import { Text } from './text';

export function ReportScreen() {
  const { id } = route.value;
  if (!id) return <Documents />;
  return <Loaded id={id} key={id} />;
}

function Loaded({ id }: { id: string }) {
  const report = useGet<Report>(reportAddress(id));
  return <View of={report}>{(data) => <Open key={data.id} report={data} />}</View>;
}

function Open({ report }: { report: Report }) {
  const review = useMemo(() => new Review(report), [report]);
  const run = (command: string): void => commands(review)[command]?.();
  useEffect(() => {
    const title = document.title;
    if (!review.selected.value) review.move(1);
    return () => {
      document.title = title;
    };
  }, [review]);
  useEffect(() => {
    if (record.value) void review.remember(record.value.user).catch(() => undefined);
  }, [review, record.value]);
  useSignalEffect(() => {
    const claim = param('claim');
    if (claim && claim !== review.selected.peek() && review.byId.peek().has(claim)) review.select(claim);
  });
  useEffect(() => {
    document.title = `${report.document.title ?? report.id} · ${t('app.name')}`;
  }, [report, lang.value]);
  useKeys(() => keys(review, run));
  const source = review.report.value.document;
  const claims = review.items.value.length;
  const open = review.open.value;
  return (
    <div class="report">
      <header class="report-head">
        <h1 class="sr">
          <Say text={source.title ?? t('docs.untitled')} />
        </h1>
        <p class="report-source">
          {source.source && <Say text={source.source} class="outlet" />}
          {source.published && (
            <span>
              {day(source.published)}
              {source.published_from && source.published_from !== 'input' && (
                <span class="hint"> ({t('report.published.inferred', { x: word('published_from', source.published_from) })})</span>
              )}
            </span>
          )}
          {source.copy_of && <a href={href('report', source.copy_of)}>{t('report.copy', { x: source.copy_of })}</a>}
        </p>
        <Toggles review={review} />
        <div class="report-tools">
          <button type="button" class="icon scale smaller" aria-label={t('app.text.smaller')} onClick={() => scale(-0.1)} />
          <button type="button" class="icon scale larger" aria-label={t('app.text.larger')} onClick={() => scale(0.1)} />
          <Do label="act.undo" keys="u" go={() => run('undo')} disabled={review.done.value.length === 0} />
          <Do label="act.redo" keys="U" go={() => run('redo')} disabled={review.undone.value.length === 0} />
          <Do label="act.add" keys="n" go={() => run('add')} />
        </div>
        <div class="progress-line">
          <progress max={claims} value={claims - open} aria-label={t('docs.progress', { x: claims - open, y: claims })} />
          <span>{t('docs.progress', { x: claims - open, y: claims })}</span>
        </div>
      </header>
      <Text review={review} />
      <section class="panel" aria-label={t('report.claims')}>
        <div class="panel-head">
          <label>
            {t('report.show')}{' '}
            <select value={review.show.value} onChange={(e) => set({ show: e.currentTarget.value === 'open' ? null : e.currentTarget.value })}>
              <option value="open">{t('report.show.open')}</option>
              <option value="all">{t('report.show.all')}</option>
              <option value="decided">{t('report.show.decided')}</option>
            </select>
          </label>
          <label>
            {t('report.order')}{' '}
            <select value={review.order.value} onChange={(e) => set({ order: e.currentTarget.value === 'text' ? 'text' : null })}>
              <option value="certainty">{t('report.order.certainty')}</option>
              <option value="text">{t('report.order.text')}</option>
            </select>
          </label>
        </div>
        <List review={review} />
      </section>
      <section class="detail" aria-label={t('report.detail')} tabIndex={0}>
        <Detail review={review} run={run} />
      </section>
      <ConflictBox review={review} />
    </div>
  );
}

function scale(by: number): void {
  textSize.value = String(Math.round(Math.max(0.7, Math.min(1.8, Number(textSize.value) + by)) * 10) / 10);
}

/// What can be done by button, menu or key.
function commands(review: Review): Record<string, () => void> {
  const claim = () => review.current.value;
  return {
    accept: () => {
      const item = claim();
      if (item && item.claim.state !== 'accepted') void review.decide({ action: 'accept', claim: item.id, layer: item.layer }).then(finished(review));
    },
    reject: () => {
      const item = claim();
      if (item && item.claim.state !== 'rejected') void review.decide({ action: 'reject', claim: item.id, layer: item.layer }).then(finished(review));
    },
    edit: () => {
      if (claim()) review.mode.value = { kind: 'edit' };
    },
    span: () => {
      const item = claim();
      if (!item) return;
      const field = mainField[item.layer];
      const draft = review.draft.value ?? draftOf(review, item, 'main');
      review.mode.value = { kind: 'span', field, from: 'claim' };
      review.draft.value = draft;
    },
    split: () => {
      const item = claim();
      if (!item) return;
      const first = wordAt(review.words, item.main.start);
      const last = wordAt(review.words, item.main.end - 1);
      review.mode.value = { kind: 'split', cut: Math.max(first + 1, Math.ceil((first + last) / 2)) };
      cutDraft(review);
    },
    merge: () => {
      const item = claim();
      if (!item) return;
      review.mode.value = { kind: 'merge', other: null };
      review.move(1);
      if (review.mode.value.kind === 'merge' && !review.mode.value.other) {
        review.leave();
        tell(t('mode.merge.none'));
      }
    },
    note: () => {
      if (claim()) review.mode.value = { kind: 'note' };
    },
    add: () => {
      const start = review.current.value?.main.start ?? 0;
      const at = review.words[wordAt(review.words, start)];
      const draft = review.draft.value ?? (at ? { start: at.start, end: at.end } : null);
      review.mode.value = { kind: 'add', layer: review.current.value?.layer ?? 'v' };
      review.draft.value = draft;
    },
    undo: () => void review.undo(),
    redo: () => void review.redo(),
    leave: () => {
      const mode = review.mode.value;
      if (mode?.kind === 'span' && mode.from === 'edit') {
        review.mode.value = { kind: 'edit' };
        review.draft.value = null;
      } else review.leave();
    },
    confirm: () => confirm(review),
  };
}

/// Says so once nothing is left to review, and renews the counts of the record.
function finished(review: Review): (ok: boolean) => void {
  return () => {
    if (review.open.value === 0) {
      tell(t('report.finished'));
      void loadRecord();
    }
  };
}

function spanAfter(layer: Layer, field: string, span: Span): Record<string, unknown> {
  const { start, end } = span;
  return layer === 'f' && field === 'span' ? { start, end } : { [field]: { start, end } };
}

function confirm(review: Review): void {
  const mode = review.mode.value;
  const item = review.current.value;
  const draft = review.draft.value;
  if (!mode) return;
  if (mode.kind === 'add') {
    if (!draft) return;
    const after = { ...blank[mode.layer], ...spanAfter(mode.layer, mainField[mode.layer], review.span(draft)) };
    review.leave();
    const before = new Set(review.byId.value.keys());
    void review.decide({ action: 'add', layer: mode.layer, after }, false).then((ok) => {
      if (!ok) return;
      const added = review.items.value.find((i) => !before.has(i.id));
      if (added) {
        review.select(added.id);
        review.mode.value = { kind: 'edit' };
      }
    });
    return;
  }
  if (!item) return;
  switch (mode.kind) {
    case 'span': {
      if (!draft) return;
      if (mode.from === 'edit') {
        review.edited.value = { ...review.edited.value, [mode.field]: review.span(draft) };
        review.mode.value = { kind: 'edit' };
        review.draft.value = null;
        return;
      }
      review.leave();
      void review.decide({ action: 'correct', claim: item.id, layer: item.layer, after: spanAfter(item.layer, mode.field, review.span(draft)) }).then(finished(review));
      return;
    }
    case 'edit': {
      const after: Record<string, unknown> = {};
      for (const [name, given] of Object.entries(review.edited.value)) {
        const field = fields[item.layer].find((f) => f.name === name)!;
        if (JSON.stringify(given) === JSON.stringify(value(item.layer, item.claim, field))) continue;
        if (field.kind === 'span' && given) Object.assign(after, spanAfter(item.layer, name, given as Span));
        else after[name] = given;
      }
      review.leave();
      if (Object.keys(after).length) void review.decide({ action: 'correct', claim: item.id, layer: item.layer, after }, item.claim.state === 'machine').then(finished(review));
      return;
    }
    case 'note': {
      const note = review.noted.value.trim();
      review.leave();
      if (note) void review.decide({ action: 'note', claim: item.id, layer: item.layer, note }, false);
      return;
    }
    case 'split': {
      const cut = review.words[mode.cut];
      const before = review.words[mode.cut - 1];
      review.leave();
      if (!cut || !before || cut.start >= item.main.end) return;
      const parts = [
        { start: item.main.start, end: before.end },
        { start: cut.start, end: item.main.end },
      ].map((w) => spanAfter(item.layer, mainField[item.layer], review.span(w)));
      void review.decide({ action: 'split', claim: item.id, layer: item.layer, parts });
      return;
    }
    case 'merge': {
      const other = review.byId.value.get(mode.other ?? '');
      review.leave();
      if (other) void review.decide({ action: 'merge', claim: item.id, others: [other.id], layer: item.layer });
      return;
    }
  }
}

/// While splitting, the second part is shown as the draft.
function cutDraft(review: Review): void {
  const mode = review.mode.value;
  const item = review.current.value;
  if (mode?.kind !== 'split' || !item) return;
  const cut = review.words[mode.cut];
  review.draft.value = cut ? { start: cut.start, end: item.main.end } : null;
}

function keys(review: Review, run: (command: string) => void): Keys {
  const mode = review.mode.value;
  // Left is onward in text that runs from right to left.
  const onward = review.report.value.document.lang === 'en' ? 1 : -1;
  const arrow = (edge: Edge, right: 1 | -1) => (): void => {
    const by = (right * onward) as 1 | -1;
    if (mode?.kind === 'split') {
      const item = review.current.value!;
      const first = wordAt(review.words, item.main.start) + 1;
      const last = wordAt(review.words, item.main.end - 1);
      review.mode.value = { kind: 'split', cut: Math.max(first, Math.min(last, mode.cut + by)) };
      cutDraft(review);
    } else if (review.draft.value) review.draft.value = moveEdge(review.words, review.draft.value, edge, by);
  };
  const choosing = mode?.kind === 'span' || mode?.kind === 'add' || mode?.kind === 'split';
  const queue = review.report.value.queue;
  const jump = (by: 1 | -1): void => {
    if (mode?.kind === 'add' && review.draft.value) {
      // The words to add wander through the text word by word.
      const now = wordAt(review.words, review.draft.value.start);
      const to = review.words[Math.max(0, Math.min(review.words.length - 1, now + by))];
      if (to) review.draft.value = { start: to.start, end: to.end };
    } else review.move(by);
  };
  const layer = (i: number) => (): void => {
    const chosen = (['s', 'v', 'f', 'p'] as const)[i]!;
    if (mode?.kind === 'add') review.mode.value = { kind: 'add', layer: chosen };
    else review.toggleLayer(chosen);
  };
  const always: Keys = {
    Escape: () => run('leave'),
    Enter: () => run('confirm'),
    j: () => jump(1),
    k: () => jump(-1),
    ArrowDown: () => jump(1),
    ArrowUp: () => jump(-1),
    '1': layer(0),
    '2': layer(1),
    '3': layer(2),
    '4': layer(3),
  };
  if (choosing)
    return {
      ...always,
      ArrowRight: arrow('end', 1),
      ArrowLeft: arrow('end', -1),
      'Shift+ArrowRight': arrow('start', 1),
      'Shift+ArrowLeft': arrow('start', -1),
    };
  if (mode) return always;
  return {
    ...always,
    Home: () => review.end(false),
    End: () => review.end(true),
    a: () => run('accept'),
    r: () => run('reject'),
    e: () => run('edit'),
    s: () => run('span'),
    n: () => run('add'),
    x: () => run('split'),
    m: () => run('merge'),
    c: () => run('note'),
    u: () => run('undo'),
    U: () => run('redo'),
    w: () => document.getElementById('why')?.scrollIntoView({ block: 'nearest' }),
    o: () => set({ order: review.order.value === 'text' ? null : 'text' }),
    v: () => set({ show: review.show.value === 'all' ? null : 'all' }),
    ']': () => queue?.next && go(href('report', queue.next)),
    '[': () => queue?.previous && go(href('report', queue.previous)),
  };
}

function ConflictBox({ review }: { review: Review }) {
  const now = review.conflict.value;
  if (!now) return null;
  const { conflict, mine } = now;
  const item = mine.claim ? review.byId.value.get(mine.claim) : undefined;
  const change = (after: unknown): string => (item && after && typeof after === 'object' ? describe(review, item, after as Record<string, unknown>) : '');
  const close = (): void => {
    review.conflict.value = null;
  };
  return (
    <Dialog title={t('conflict.title')} close={close} class="conflict">
      <p>{t('conflict.text')}</p>
      <div class="two">
        <section>
          <h3>{t('conflict.theirs')}</h3>
          {conflict.theirs.map((d) => (
            <p key={d.id}>
              <Said decision={d} />
              <br />
              {change(d.after)}
            </p>
          ))}
        </section>
        <section>
          <h3>{t('conflict.mine')}</h3>
          <p>
            {t(`act.${mine.action}` as 'act.accept')}
            <br />
            {change(mine.after)}
          </p>
        </section>
      </div>
      <p class="hint">{t('conflict.note')}</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={close}>
          {t('conflict.keep')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            close();
            void review.decide(mine);
          }}
        >
          {t('conflict.apply')}
        </button>
      </div>
    </Dialog>
  );
}
