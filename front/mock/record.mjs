// SPDX-License-Identifier: Apache-2.0
// A small record over the example reports, for working on the page and for its tests: what the program reads in them,
// put together in the simplest way. It stands in for the real record and is no measure of it.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const lists = { s: 'statements', v: 'events', f: 'figures', p: 'steps' };
export const layers = Object.entries(lists);

/// What `khutwa read --json` says about the example reports.
export function readExamples(program, folder) {
  const files = readdirSync(folder).sort().map((name) => join(folder, name));
  return files.flatMap((file) =>
    execFileSync(program, ['read', '--json', file], { maxBuffer: 1 << 28 })
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

// A number in 0..1 that only depends on the text.
function share(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619) >>> 0;
  return (h % 1000) / 1000;
}

export const spanOf = (layer, claim) => ({ s: claim.content, v: claim.trigger, f: claim, p: claim.what })[layer];

/// One long report made of the given ones, at least `words` words.
export function long(records, words) {
  const out = structuredClone(records[0]);
  out.document = { ...out.document, id: 'long', title: 'تقرير طويل', text: '' };
  for (const list of ['entities', 'times', 'figures', 'statements', 'events', 'steps']) out[list] = [];
  let count = 0;
  for (let round = 0; count < words; round++) {
    const source = records[round % records.length];
    const prefix = [...out.document.text].length;
    out.document.text += `${source.document.text}\n\n`;
    count += source.document.text.split(/\s+/u).length;
    const shift = (value) => {
      if (Array.isArray(value)) return value.map(shift);
      if (value && typeof value === 'object') {
        const copy = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shift(v)]));
        if (typeof value.start === 'number') {
          copy.start = value.start + prefix;
          copy.end = value.end + prefix;
        }
        return copy;
      }
      return typeof value === 'string' && /^[etfsvp]\d+$/.test(value) ? `${value[0]}${round * 1000 + Number(value.slice(1))}` : value;
    };
    for (const list of ['entities', 'times', 'figures', 'statements', 'events', 'steps']) out[list].push(...source[list].map(shift));
  }
  return out;
}

export function makeRecord(sources) {
  const record = { documents: [], entities: new Map(), byName: new Map(), decisions: [], audit: [], imports: [], next: 1 };
  for (const source of sources) addDocument(record, source);
  return record;
}

function entityId(record, entity) {
  const key = `${entity.known_id ?? ''}|${entity.name}|${entity.kind}`;
  let found = record.byName.get(key);
  if (!found) {
    found = { id: `E${record.byName.size + 1}`, kind: entity.kind, name: entity.name, name_en: entity.name_en_transliterated ? null : entity.name_en, country: entity.country || null, sector: entity.sector, lat: entity.lat, lon: entity.lon, docs: new Set(), roles: [], names: new Set() };
    record.byName.set(key, found);
    record.entities.set(found.id, found);
  }
  return found;
}

export function addDocument(record, source) {
  const id = `D${record.documents.length + 1}`;
  const doc = { id, version: 0, document: { ...source.document, uri: null, copy_of: null, copies: [] }, times: source.times, entities: [] };
  for (const entity of source.entities) {
    const known = entityId(record, entity);
    known.docs.add(id);
    known.names.add(entity.name);
    for (const role of entity.roles) known.roles.push({ role: role.title, first_day: source.document.published?.slice(0, 10) ?? null, last_day: source.document.published?.slice(0, 10) ?? null, document: id });
    doc.entities.push({ ...entity, record_id: known.id });
  }
  for (const [letter, list] of layers)
    doc[list] = source[list].map((claim) => {
      const { id: n, ...rest } = claim;
      return { ...rest, id: `${id}.${n}`, n, state: 'machine', confidence: claim.confidence ?? Math.round((0.55 + 0.44 * share(letter + id + n)) * 100) / 100, decided: null, record_id: null };
    });
  record.documents.push(doc);
  record.audit.push(entry(record, 'import', id, { title: doc.document.title }));
  return doc;
}

export function entry(record, action, subject, detail, user = 'reviewer') {
  const seq = record.audit.length + 1;
  return { seq, at: new Date(Date.UTC(2026, 0, 5, 8, 0, seq)).toISOString(), user, action, subject, detail, hash: share(`${seq}${action}${subject}`).toString(16).slice(2).padEnd(64, 'a7') };
}

const pointsOf = new WeakMap();
function points(doc) {
  if (!pointsOf.has(doc)) pointsOf.set(doc, [...doc.document.text]);
  return pointsOf.get(doc);
}

/// Lists that span reports, made anew when something was decided.
export function derive(record) {
  const key = `${record.documents.length} ${record.audit.length}`;
  if (record.derived?.key !== key) record.derived = { key, lists: deriveNow(record) };
  return record.derived.lists;
}

function deriveNow(record) {
  const happenings = [];
  const series = new Map();
  const ledger = new Map();
  const conditions = [];
  const statements = [];
  for (const doc of record.documents) {
    const ref = (n) => {
      const e = doc.entities.find((x) => x.id === n || x.record_id === n);
      const known = e && record.entities.get(e.record_id);
      return known ? { id: known.id, name: known.name, name_en: known.name_en ?? null, kind: known.kind } : null;
    };
    const refs = (list) => (list ?? []).map(ref).filter(Boolean);
    const time = (n) => doc.times.find((x) => x.id === n);
    const published = doc.document.published?.slice(0, 10) ?? null;
    const quote = (layer, claim) => {
      const all = points(doc);
      const { start, end } = spanOf(layer, claim);
      let from = start;
      while (from > 0 && start - from < 140 && !'\n.؟!'.includes(all[from - 1])) from--;
      let to = end;
      while (to < all.length && to - end < 140 && !'\n.؟!'.includes(all[to])) to++;
      const lead = all.slice(from, to).join('');
      const trimmed = lead.trimStart();
      const skip = [...lead].length - [...trimmed].length;
      return { claim: claim.id, document: doc.id, title: doc.document.title, outlet: doc.document.source, published, text: trimmed, marks: [{ start: start - from - skip, end: end - from - skip }], copy: false, state: claim.state };
    };
    for (const s of doc.statements) {
      if (s.state === 'rejected') continue;
      statements.push({ layer: 's', id: s.id, type: null, day: time(s.time)?.begin ?? published, until: null, text: s.content.text, actors: refs([s.speaker]), recipients: refs(s.to), place: null, mentions: 1, sources: 1, document: doc.id, claim: s.id, outlet: doc.document.source });
    }
    for (const v of doc.events) {
      if (v.state === 'rejected') continue;
      const id = v.id.replace(/^D(\d+)\.v/, 'H$1.');
      v.record_id = id;
      const at = time(v.time);
      happenings.push({
        layer: 'h', id, type: v.type, mode: v.mode, day: at?.begin ?? published, until: at?.until && at.until !== at.begin ? at.until : null, text: quote('v', v).text, trigger: v.trigger.text, actors: refs(v.actors), recipients: refs(v.recipients), place: ref(v.place),
        mentions: 1, sources: 1, denied: v.negated, reality: v.reality, document: doc.id, claim: v.id, quotes: [quote('v', v)], outlet: doc.document.source,
      });
    }
    for (const f of doc.figures) {
      if (f.state === 'rejected') continue;
      const place = ref(f.place);
      const key = `${f.what}|${f.counted}|${place?.id ?? ''}`;
      if (!series.has(key)) series.set(key, { id: f.id.replace(/^D(\d+)\.f/, 'R$1.'), what: f.what, counted: f.counted, place, since: f.since, until: f.until, happening: null, figures: [] });
      const one = series.get(key);
      f.record_id = one.id;
      one.figures.push({ claim: f.id, value: f.value, high: f.high, bound: f.bound, what: f.what, counted: f.counted, source: ref(f.source), outlet: doc.document.source, day: published, document: doc.id, quote: quote('f', f), copy: false, state: f.state });
    }
    for (const p of doc.steps) {
      if (p.state === 'rejected') continue;
      const first = p.same_as ? doc.steps.find((x) => x.n === p.same_as) : null;
      const key = first ? first.record_id : `${p.kind}|${ref(p.by[0])?.id ?? p.id}`;
      if (!ledger.has(key)) ledger.set(key, { id: p.id.replace(/^D(\d+)\.p/, 'L$1.'), kind: p.kind, place: ref(p.place), process: null, by: [], asked_by: [], mentions: 0, sources: 1, disputed: false, history: [], needs: [], needed_by: [], contradictions: [], document: doc.id, outlet: doc.document.source });
      const one = ledger.get(key);
      if (!ledger.has(one.id)) ledger.set(one.id, one);
      p.record_id = one.id;
      one.mentions++;
      for (const [name, list] of [['by', p.by], ['asked_by', p.asked_by]]) for (const r of refs(list)) if (!one[name].some((x) => x.id === r.id)) one[name].push(r);
      one.history.push({ day: p.as_of ?? published, status: p.status, according_to: ref(p.according_to), quote: quote('p', p) });
      one.text = p.what.text;
      const before = doc.steps[doc.steps.indexOf(p) - 1];
      if (p.for) conditions.push({ needs: one.id, doc, p, text: p.for.text, at: p.for, quote: quote('p', p) });
      else if (p.status === 'conditional' && before) conditions.push({ needs: one.id, doc, p, text: before.what.text, at: before.what, quote: quote('p', p) });
    }
  }
  const entries = [...new Set(ledger.values())];
  for (const one of entries) {
    one.history.sort((a, b) => (a.day ?? '').localeCompare(b.day ?? ''));
    const last = one.history.at(-1);
    Object.assign(one, { status: last.status, status_day: last.day, first_day: one.history[0].day, last_day: last.day, disputed: new Set(one.history.map((h) => h.status)).size > 2 });
  }
  const edges = conditions.map(({ needs, doc, p, text, at, quote }) => {
    const target = doc.steps.find((x) => x !== p && x.what.start < at.end && x.what.end > at.start);
    return { entry: target?.record_id ?? null, for: text, needs, quote };
  });
  for (const edge of edges) {
    entries.find((e) => e.id === edge.needs)?.needed_by.push(edge);
    const waits = entries.find((e) => e.id === edge.entry);
    if (waits) {
      waits.needs.push(edge);
      waits.waits_for = (waits.waits_for ?? 0) + 1;
    }
  }
  const all = [...series.values()].map((one) => {
    const values = one.figures.map((f) => f.value);
    const low = Math.min(...values);
    const high = Math.max(...one.figures.map((f) => f.high ?? f.value));
    const best = one.figures.at(-1);
    return { ...one, low, high, best: best.value, best_claim: best.claim, figures_count: values.length, sources: new Set(one.figures.map((f) => f.source?.id ?? f.outlet)).size, disputed: low !== high, contradictions: low !== high ? [{ id: 1, kind: 'figure', a: one.figures[0].claim, b: best.claim, note: {} }] : [] };
  });
  return { happenings, statements, series: all, ledger: entries, edges };
}
