// SPDX-License-Identifier: Apache-2.0
// The fields of each layer: how they are shown, chosen and sent.
import type { AnyClaim, Figure, Happened, Layer, Report, Span, Statement, Step } from '../../api/types';
import { day, named, number, t, word, type Key } from '../../i18n';

export type FieldKind = 'span' | 'entity' | 'entities' | 'place' | 'time' | 'word' | 'number' | 'bool' | 'claim' | 'day';
export interface Field {
  name: string;
  label: Key;
  kind: FieldKind;
  set?: string; // of the vocabulary, for words
  of?: Layer; // for references to claims
  optional?: boolean;
}

export const layers: readonly Layer[] = ['s', 'v', 'f', 'p'];
export const listOf = { s: 'statements', v: 'events', f: 'figures', p: 'steps' } as const;

/// The field with the words that a claim is marked by. A figure is itself a span.
export const mainField: Record<Layer, string> = { s: 'content', v: 'trigger', f: 'span', p: 'what' };

export const fields: Record<Layer, readonly Field[]> = {
  s: [
    { name: 'speaker', label: 'field.speaker', kind: 'entity' },
    { name: 'with', label: 'field.with', kind: 'entities', optional: true },
    { name: 'mode', label: 'field.mode', kind: 'word', set: 'statement_mode' },
    { name: 'content', label: 'field.content', kind: 'span' },
    { name: 'cue', label: 'field.cue', kind: 'span', optional: true },
    { name: 'speaker_span', label: 'field.speaker_span', kind: 'span', optional: true },
    { name: 'to', label: 'field.to', kind: 'entities', optional: true },
    { name: 'via', label: 'field.via', kind: 'entity', optional: true },
    { name: 'time', label: 'field.time', kind: 'time', optional: true },
    { name: 'inside', label: 'field.inside', kind: 'claim', of: 's', optional: true },
  ],
  v: [
    { name: 'type', label: 'field.type', kind: 'word', set: 'event_type' },
    { name: 'mode', label: 'field.mode', kind: 'word', set: 'event_mode', optional: true },
    { name: 'trigger', label: 'field.trigger', kind: 'span' },
    { name: 'actors', label: 'field.actors', kind: 'entities', optional: true },
    { name: 'recipients', label: 'field.recipients', kind: 'entities', optional: true },
    { name: 'reality', label: 'field.reality', kind: 'word', set: 'reality' },
    { name: 'negated', label: 'field.negated', kind: 'bool' },
    { name: 'place', label: 'field.place', kind: 'place', optional: true },
    { name: 'time', label: 'field.time', kind: 'time', optional: true },
    { name: 'statement', label: 'field.statement', kind: 'claim', of: 's', optional: true },
  ],
  f: [
    { name: 'value', label: 'field.value', kind: 'number' },
    { name: 'high', label: 'field.high', kind: 'number', optional: true },
    { name: 'bound', label: 'field.bound', kind: 'word', set: 'bound' },
    { name: 'counted', label: 'field.counted', kind: 'word', set: 'counted' },
    { name: 'what', label: 'field.what', kind: 'word', set: 'what' },
    { name: 'span', label: 'field.span', kind: 'span' },
    { name: 'place', label: 'field.place', kind: 'place', optional: true },
    { name: 'source', label: 'field.source', kind: 'entity', optional: true },
    { name: 'since', label: 'field.since', kind: 'day', optional: true },
    { name: 'until', label: 'field.until', kind: 'day', optional: true },
    { name: 'part_of', label: 'field.part_of', kind: 'claim', of: 'f', optional: true },
    { name: 'restates', label: 'field.restates', kind: 'claim', of: 'f', optional: true },
  ],
  p: [
    { name: 'kind', label: 'field.kind', kind: 'word', set: 'step_kind' },
    { name: 'status', label: 'field.status', kind: 'word', set: 'step_status' },
    { name: 'what', label: 'field.step', kind: 'span' },
    { name: 'by', label: 'field.by', kind: 'entities', optional: true },
    { name: 'asked_by', label: 'field.asked_by', kind: 'entities', optional: true },
    { name: 'for', label: 'field.for', kind: 'span', optional: true },
    { name: 'place', label: 'field.place', kind: 'place', optional: true },
    { name: 'according_to', label: 'field.according_to', kind: 'entity', optional: true },
    { name: 'as_of', label: 'field.as_of', kind: 'day', optional: true },
    { name: 'statement', label: 'field.statement', kind: 'claim', of: 's', optional: true },
    { name: 'same_as', label: 'field.same_as', kind: 'claim', of: 'p', optional: true },
  ],
};

/// What a new claim holds before a person has chosen anything.
export const blank: Record<Layer, Record<string, unknown>> = {
  s: { speaker: null, with: [], mode: 'indirect', cue: null, speaker_span: null, to: [], via: null, time: null, inside: null },
  v: { type: 'ASSAULT', mode: null, actors: [], recipients: [], reality: 'actual', negated: false, place: null, time: null, statement: null },
  f: { value: 0, high: null, bound: 'exact', counted: 'persons', what: 'killed', place: null, source: null, since: null, until: null, part_of: null, restates: null },
  p: { kind: 'ceasefire', status: 'demanded', by: [], asked_by: [], for: null, place: null, according_to: null, statement: null, as_of: null, same_as: null },
};

export function mainSpan(layer: Layer, claim: AnyClaim): Span {
  switch (layer) {
    case 's':
      return (claim as Statement).content;
    case 'v':
      return (claim as Happened).trigger;
    case 'f':
      return claim as Figure;
    case 'p':
      return (claim as Step).what;
  }
}

export function value(layer: Layer, claim: AnyClaim | Record<string, unknown>, field: Field): unknown {
  if (layer === 'f' && field.name === 'span') {
    const { start, end, text } = claim as Figure;
    return { start, end, text };
  }
  return (claim as Record<string, unknown>)[field.name];
}

const nameOf = (report: Report, id: string): string => {
  const entity = report.entities.find((e) => e.id === id || e.record_id === id);
  return entity ? named(entity) : id;
};

/// A field's value in words; empty where there is none.
export function shown(report: Report, field: Field, given: unknown): string {
  if (given === null || given === undefined || given === '') return '';
  switch (field.kind) {
    case 'span':
      return (given as Span).text ?? '';
    case 'entity':
    case 'place':
      return nameOf(report, String(given));
    case 'entities':
      return (given as string[]).map((id) => nameOf(report, id)).join(t('list.and'));
    case 'time': {
      const time = report.times.find((x) => x.id === given);
      if (!time) return String(given);
      return time.begin ? `${time.text} (${day(time.begin, 'short')})` : time.text;
    }
    case 'word':
      return word(field.set ?? '', String(given));
    case 'number':
      return number(Number(given));
    case 'bool':
      return given ? t('app.yes') : '';
    case 'claim': {
      const list = report[listOf[field.of ?? 's']] as AnyClaim[];
      const claim = list.find((c) => c.n === given || c.id === given);
      return claim ? short(mainSpan(field.of ?? 's', claim).text) : String(given);
    }
    case 'day':
      return day(String(given), 'short');
  }
}

export function short(text: string, length = 48): string {
  const flat = text.replace(/\s+/gu, ' ');
  if (flat.length <= length) return flat;
  const cut = flat.slice(0, length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2))}…`;
}

/// A claim in a line: what it says, and who is in it.
export function headline(report: Report, layer: Layer, claim: AnyClaim): { title: string; more: string } {
  switch (layer) {
    case 's': {
      const s = claim as Statement;
      return { title: s.speaker ? nameOf(report, s.speaker) : t('app.unknown'), more: s.cue?.text ?? word('statement_mode', s.mode) };
    }
    case 'v': {
      const v = claim as Happened;
      const who = v.actors.map((id) => nameOf(report, id)).join(t('list.and'));
      const whom = v.recipients.map((id) => nameOf(report, id)).join(t('list.and'));
      const arrow = who && whom ? ` ${t('list.arrow')} ` : '';
      return { title: word('event_type', v.type) + (v.negated ? ` (${t('field.negated')})` : ''), more: `${who}${arrow}${whom}` };
    }
    case 'f': {
      const f = claim as Figure;
      const bound = f.bound === 'exact' ? '' : `${word('bound', f.bound)} `;
      const high = f.high !== null && f.high !== undefined ? `–${number(f.high)}` : '';
      return { title: `${word('what', f.what)}: ${bound}${number(f.value)}${high}`, more: word('counted', f.counted) };
    }
    case 'p': {
      const p = claim as Step;
      const by = p.by.map((id) => nameOf(report, id)).join(t('list.and'));
      return { title: `${word('step_kind', p.kind)}: ${word('step_status', p.status)}`, more: by };
    }
  }
}
