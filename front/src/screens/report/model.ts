// SPDX-License-Identifier: Apache-2.0
// The state of a review: the report, what is selected, what is being done to it, and the way back.
import { batch, computed, signal } from '@preact/signals';
import { ApiError, get, post } from '../../api/client';
import type { AnyClaim, Changed, Conflict, Decided, Decision, Layer, NewDecision, Page, Report, Span } from '../../api/types';
import { param, set } from '../../app/route';
import { reviewer } from '../../app/settings';
import { t, type Key } from '../../i18n';
import { tell } from '../../parts/toast';
import { Positions } from '../../text/positions';
import { words, type Word } from '../../text/words';
import { fields, layers, listOf, mainSpan, value } from './fields';

/// Where a claim stands in the text, in units.
export interface Place {
  role: string;
  start: number;
  end: number;
}
export interface Item {
  id: string;
  layer: Layer;
  claim: AnyClaim;
  main: Place;
  places: Place[]; // the main one first
}
export type Show = 'open' | 'all' | 'decided';
export type Mode =
  | { kind: 'edit' }
  | { kind: 'span'; field: string; from: 'claim' | 'edit' | 'add' }
  | { kind: 'split'; cut: number } // index of the first word of the second part
  | { kind: 'merge'; other: string | null }
  | { kind: 'note' }
  | { kind: 'add'; layer: Layer };

export class Review {
  readonly report;
  readonly text: string;
  readonly at: Positions;
  readonly words: Word[];
  readonly selected = signal<string | null>(null);
  readonly hovered = signal<string | null>(null);
  readonly mode = signal<Mode | null>(null);
  readonly draft = signal<Word | null>(null); // words being chosen, in units
  readonly edited = signal<Record<string, unknown>>({}); // fields changed in the form
  readonly noted = signal(''); // the note being written
  readonly conflict = signal<{ conflict: Conflict; mine: NewDecision } | null>(null);
  readonly busy = signal(0);
  readonly done = signal<Decision[]>([]); // what undo takes back, last at the end
  readonly undone = signal<Decision[]>([]);

  readonly layersShown = computed(() => new Set((param('layers') || 'svfp').split('') as Layer[]));
  readonly show = computed<Show>(() => (['all', 'decided'].includes(param('show')) ? (param('show') as Show) : 'open'));
  readonly order = computed(() => (param('order') === 'text' ? 'text' : 'certainty'));

  private chain: Promise<unknown> = Promise.resolve();
  private timer = 0;

  constructor(report: Report) {
    this.report = signal(report);
    this.text = report.document.text;
    this.at = new Positions(this.text);
    this.words = words(this.text);
    this.selected.value = param('claim') || null;
  }

  readonly items = computed<Item[]>(() => {
    const report = this.report.value;
    const all: Item[] = [];
    for (const layer of layers) for (const claim of report[listOf[layer]] as AnyClaim[]) all.push(this.item(layer, claim));
    return all.sort((a, b) => a.main.start - b.main.start || a.main.end - b.main.end || a.layer.localeCompare(b.layer));
  });
  readonly byId = computed(() => new Map(this.items.value.map((item) => [item.id, item])));
  readonly open = computed(() => this.items.value.filter((item) => item.claim.state === 'machine').length);

  /// The list as it is shown. A claim that is selected stays in it while it is, whatever was decided on it.
  readonly listed = computed<Item[]>(() => {
    const shown = this.layersShown.value;
    const show = this.show.value;
    const selected = this.selected.value;
    const list = this.items.value.filter(
      (item) =>
        shown.has(item.layer) && (show === 'all' || item.id === selected || (show === 'open') === (item.claim.state === 'machine')),
    );
    if (this.order.value === 'text') return list;
    const sure = (item: Item): number => item.claim.confidence ?? 2;
    return list.sort((a, b) => sure(a) - sure(b) || a.main.start - b.main.start);
  });
  readonly current = computed(() => this.byId.value.get(this.selected.value ?? '') ?? null);

  private place(role: string, span: Span): Place {
    return { role, start: this.at.units(span.start), end: this.at.units(span.end) };
  }

  private item(layer: Layer, claim: AnyClaim): Item {
    const main = this.place('main', mainSpan(layer, claim));
    const places = [main];
    for (const field of fields[layer])
      if (field.kind === 'span') {
        const span = value(layer, claim, field) as Span | null;
        if (span && (span.start !== mainSpan(layer, claim).start || span.end !== mainSpan(layer, claim).end)) places.push(this.place(field.name, span));
      }
    return { id: claim.id, layer, claim, main, places };
  }

  /// A span of the text in code points, for sending.
  span(word: Word): Span {
    return { start: this.at.points(word.start), end: this.at.points(word.end), text: this.text.slice(word.start, word.end) };
  }

  select(id: string | null): void {
    if (this.selected.value === id) return;
    batch(() => {
      this.selected.value = id;
      if (this.mode.value && this.mode.value.kind !== 'merge') this.leave();
    });
    // Browsers allow only so many changes of address in a while.
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => set({ claim: this.selected.value }), 250);
  }

  move(by: number): void {
    const mode = this.mode.value;
    if (mode?.kind === 'merge') {
      const current = this.current.value;
      const same = this.items.value.filter((i) => i.layer === current?.layer && (i.id === current?.id || i.claim.state !== 'rejected'));
      const others = same.filter((i) => i.id !== current?.id);
      if (others.length === 0) return;
      const now = others.findIndex((i) => i.id === mode.other);
      const next = others[(now + by + others.length) % others.length]!;
      this.mode.value = { kind: 'merge', other: next.id };
      return;
    }
    const list = this.listed.value;
    if (list.length === 0) return;
    const now = list.findIndex((item) => item.id === this.selected.value);
    const next = now < 0 ? (by > 0 ? 0 : list.length - 1) : Math.max(0, Math.min(list.length - 1, now + by));
    this.select(list[next]!.id);
  }

  end(last: boolean): void {
    const list = this.listed.value;
    if (list.length) this.select(list[last ? list.length - 1 : 0]!.id);
  }

  leave(): void {
    batch(() => {
      this.mode.value = null;
      this.draft.value = null;
      this.edited.value = {};
      this.noted.value = '';
    });
  }

  toggleLayer(layer: Layer): void {
    const shown = new Set(this.layersShown.value);
    if (shown.has(layer)) shown.delete(layer);
    else shown.add(layer);
    const text = layers.filter((l) => shown.has(l)).join('');
    set({ layers: text === 'svfp' ? null : text || '-' });
  }

  // ---- decisions

  private merge(changed: Changed, version: number): void {
    const report = { ...this.report.value, version };
    for (const layer of layers) {
      const name = listOf[layer];
      const news = (changed[name] ?? []) as AnyClaim[];
      const gone = changed.gone ?? [];
      if (news.length === 0 && gone.length === 0) continue;
      const byId = new Map(news.map((c) => [c.id, c]));
      const list = (report[name] as AnyClaim[]).filter((c) => !gone.includes(c.id)).map((c) => byId.get(c.id) ?? c);
      const known = new Set(list.map((c) => c.id));
      for (const claim of news) if (!known.has(claim.id)) list.push(claim);
      (report as Record<string, unknown>)[name] = list;
    }
    this.report.value = report;
  }

  private put(layer: Layer, claim: AnyClaim): void {
    this.merge({ [listOf[layer]]: [claim] }, this.report.value.version);
  }

  /// Decides; accepting and rejecting show at once. The next claim to review is selected where the list shows what is open.
  decide(decision: NewDecision, advance = true): Promise<boolean> {
    const before = decision.claim ? this.byId.value.get(decision.claim) : undefined;
    const state = decision.action === 'accept' ? 'accepted' : decision.action === 'reject' ? 'rejected' : null;
    let next: string | null = null;
    if (before && advance && this.selected.value === before.id) next = this.after(before.id);
    batch(() => {
      if (before && state) this.put(before.layer, { ...before.claim, state });
      if (next && state) this.select(next);
    });
    this.busy.value++;
    const run = async (): Promise<boolean> => {
      try {
        const answer = await post<Decided>('/api/decisions', { ...decision, document: this.report.value.id, version: this.report.value.version });
        this.accept(answer);
        batch(() => {
          this.done.value = [...this.done.value, answer.decision];
          this.undone.value = [];
          if (next && !state) this.select(next);
        });
        return true;
      } catch (error) {
        if (before) this.put(before.layer, before.claim);
        this.failed(error, decision);
        return false;
      } finally {
        this.busy.value--;
      }
    };
    const result = this.chain.then(run);
    this.chain = result;
    return result;
  }

  private accept(answer: Decided): void {
    this.merge(answer.changed, answer.version);
    const others = new Set((answer.since ?? []).map((d) => d.user));
    if (others.size) tell(t('toast.since', { x: [...others].join(t('list.and')) }));
  }

  private failed(error: unknown, mine: NewDecision | null): void {
    if (error instanceof ApiError && error.conflict) {
      this.merge(error.conflict.changed, error.conflict.version);
      if (mine) {
        if (mine.claim) this.select(mine.claim);
        this.conflict.value = { conflict: error.conflict, mine };
        return;
      }
    }
    tell(t('toast.failed', { x: error instanceof ApiError && error.code === 'unreachable' ? t('app.unreachable') : String((error as Error).message) }), true);
  }

  /// The claim to go to after `id` was decided: the next open one of the list.
  private after(id: string): string | null {
    const list = this.listed.value;
    const now = list.findIndex((item) => item.id === id);
    const open = (item: Item): boolean => item.claim.state === 'machine' && item.id !== id;
    const next = list.slice(now + 1).find(open) ?? list.slice(0, now).find(open);
    return next?.id ?? null;
  }

  undo(): Promise<void> {
    return this.step('undo', this.done, this.undone, 'toast.undone', 'toast.nothing');
  }

  redo(): Promise<void> {
    return this.step('redo', this.undone, this.done, 'toast.redone', 'toast.nothing.redo');
  }

  private step(what: 'undo' | 'redo', from: typeof this.done, to: typeof this.done, did: Key, nothing: Key): Promise<void> {
    const run = async (): Promise<void> => {
      const last = from.value.at(-1);
      if (!last) {
        tell(t(nothing));
        return;
      }
      this.busy.value++;
      try {
        const answer = await post<Decided>(`/api/decisions/${last.id}/${what}`, { version: this.report.value.version });
        batch(() => {
          this.accept(answer);
          from.value = from.value.slice(0, -1);
          to.value = [...to.value, what === 'redo' ? answer.decision : last];
          this.leave();
          const claim = last.claim && this.byId.value.has(last.claim) ? last.claim : null;
          if (claim) this.select(claim);
        });
        tell(t(did, { x: t(`act.${last.action}` as Key) }));
      } catch (error) {
        this.failed(error, null);
      } finally {
        this.busy.value--;
      }
    };
    this.chain = this.chain.then(run);
    return this.chain as Promise<void>;
  }

  /// What this person decided here before, so that it can be taken back after the page was loaded anew.
  async remember(user: string): Promise<void> {
    const page = await get<Page<Decision>>(`/api/documents/${encodeURIComponent(this.report.value.id)}/decisions`, { limit: 100 });
    const mine = page.items.filter((d) => d.user === (reviewer.value || user) && !d.undone && d.action !== 'note').reverse();
    if (this.done.value.length === 0) this.done.value = mine;
  }
}
