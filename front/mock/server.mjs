// SPDX-License-Identifier: Apache-2.0
// Stands in for `khutwa serve` while the page is worked on: node mock/server.mjs [--port N] [--dist FOLDER] [--program FILE].
// It answers docs/openapi.yaml from the example reports and keeps decisions in memory.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDocument, derive, entry, layers, long, makeRecord, readExamples, spanOf } from './record.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json', '.woff2': 'font/woff2' };
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

class Refused extends Error {
  constructor(status, code, message, more = {}) {
    super(message);
    Object.assign(this, { status, code, more });
  }
}

const vocabulary = {
  event_type: ['AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT'],
  reality: ['actual', 'future', 'possible', 'demanded', 'conditional'],
  statement_mode: ['direct', 'indirect', 'mixed'],
  bound: ['exact', 'about', 'at_least', 'at_most'],
};

export function serve({ record, dist, port = 0, slow = 0 }) {
  let user = 'reviewer';
  const find = (id) => record.documents.find((d) => d.id === id) ?? refuse(404, 'not_found', `no document ${id}`);
  const refuse = (status, code, message, more) => {
    throw new Refused(status, code, message, more);
  };
  const claimsOf = (doc) => layers.flatMap(([letter, list]) => doc[list].map((claim) => ({ letter, list, claim })));
  const locate = (id) => {
    const doc = find(id.split('.')[0]);
    return { doc, ...(claimsOf(doc).find((c) => c.claim.id === id) ?? refuse(404, 'not_found', `no claim ${id}`)) };
  };
  const isOpen = (doc) => claimsOf(doc).filter((c) => c.claim.state === 'machine');
  const page = (items, q) => {
    const limit = Math.min(500, Number(q.get('limit') ?? 100));
    const from = Number(q.get('cursor') ?? 0);
    return { total: items.length, next: from + limit < items.length ? String(from + limit) : null, items: items.slice(from, from + limit) };
  };
  const inTime = (day, q) => (!q.get('from') || (day ?? '') >= q.get('from')) && (!q.get('to') || ((day ?? '') !== '' && day <= q.get('to')));
  const has = (item, q) => {
    const actor = q.get('actor');
    const place = q.get('place');
    const outlet = q.get('outlet');
    const type = q.get('type');
    const people = [...(item.actors ?? []), ...(item.recipients ?? []), ...(item.by ?? []), ...(item.asked_by ?? [])];
    return (
      (!actor || people.some((r) => r.id === actor) || item.place?.id === actor) &&
      (!place || item.place?.id === place) &&
      (!outlet || item.outlet === outlet || item.figures?.some((f) => f.outlet === outlet)) &&
      (!type || item.type === undefined || type.split(',').includes(item.type))
    );
  };
  const row = (doc) => {
    const open = isOpen(doc);
    return { id: doc.id, source_id: doc.document.id, title: doc.document.title, lead: doc.document.text.trim().split('\n')[0].slice(0, 120), published: doc.document.published, outlet: doc.document.source, lang: doc.document.lang, length: [...doc.document.text].length, open: open.length, claims: claimsOf(doc).length, least: open.length ? Math.min(...open.map((c) => c.claim.confidence ?? 1)) : null, copy_of: null };
  };
  const queue = () => record.documents.map(row).filter((r) => r.open).sort((a, b) => a.least - b.least);
  const report = (doc) => {
    const list = queue().map((r) => r.id);
    const at = list.indexOf(doc.id);
    return { ...doc, queue: { previous: list[at - 1] ?? null, next: list[at + 1] ?? (at < 0 ? list[0] : null) ?? null, open: list.length } };
  };
  const filteredDocs = (q) =>
    record.documents.filter(
      (d) =>
        inTime(d.document.published?.slice(0, 10), q) &&
        (!q.get('outlet') || d.document.source === q.get('outlet')) &&
        (!q.get('actor') || d.entities.some((e) => e.record_id === q.get('actor'))) &&
        (!q.get('place') || d.entities.some((e) => e.record_id === q.get('place'))),
    );

  // ---- decisions
  const changed = (doc, ids, gone = []) => {
    const out = { gone };
    for (const [, list] of layers) out[list] = doc[list].filter((c) => ids.includes(c.id));
    return out;
  };
  const conflictOf = (doc, ids, version) => {
    const theirs = record.decisions.filter((d) => d.document === doc.id && d.id > version && d.user !== user && !d.undone && (ids.includes(d.claim) || d.others?.some((o) => ids.includes(o))));
    if (version !== undefined && theirs.length) refuse(409, 'conflict', 'somebody else decided on this claim', { theirs, version: doc.version, changed: changed(doc, ids) });
  };
  const textAt = (doc, span) => ({ ...span, text: [...doc.document.text].slice(span.start, span.end).join('') });
  const filled = (doc, letter, after) => {
    const out = { ...after };
    for (const [name, v] of Object.entries(out)) if (v && typeof v === 'object' && typeof v.start === 'number') out[name] = textAt(doc, v);
    return letter === 'f' && typeof out.start === 'number' ? textAt(doc, out) : out;
  };
  const fresh = (doc, letter, list) => {
    const n = Math.max(0, ...doc[list].map((c) => Number(c.n.slice(1)))) + 1;
    return { id: `${doc.id}.${letter}${n}`, n: `${letter}${n}` };
  };
  const answer = (doc, decision, ids, gone, since) => ({ version: doc.version, decision, changed: changed(doc, ids, gone), since });
  const file = (doc, body, more) => {
    const decision = { id: record.decisions.length + 1, at: new Date().toISOString(), user, action: body.action, layer: body.layer, document: doc.id, claim: body.claim ?? null, others: body.others ?? [], before: null, after: body.after ?? null, note: body.note ?? null, undone: false, ...more };
    record.decisions.push(decision);
    record.audit.push(entry(record, body.action, decision.claim ?? doc.id, {}, user));
    doc.version = decision.id;
    return decision;
  };
  const decide = (body) => {
    if (body.layer === 'e') {
      const decision = { id: record.decisions.length + 1, at: new Date().toISOString(), user, action: body.action, layer: 'e', document: null, claim: body.claim, others: body.others, undone: false };
      record.decisions.push(decision);
      return { version: decision.id, decision, changed: {} };
    }
    if (!['accept', 'reject', 'correct', 'add', 'split', 'merge', 'note'].includes(body.action)) refuse(400, 'bad_request', `no action ${body.action}`);
    const doc = find(body.claim ? body.claim.split('.')[0] : body.document);
    const since = record.decisions.filter((d) => d.document === doc.id && d.id > (body.version ?? Infinity) && d.user !== user);
    const own = body.claim ? [body.claim, ...(body.others ?? [])] : [];
    conflictOf(doc, own, body.version);
    const seen = since.map((d) => d.claim);
    const done = (decision, ids, gone = []) => {
      for (const id of ids) {
        const c = claimsOf(doc).find((x) => x.claim.id === id)?.claim;
        if (c) c.decided = decision;
      }
      return answer(doc, decision, [...ids, ...seen], gone, since);
    };
    if (body.action === 'add') {
      const list = Object.fromEntries(layers)[body.layer] ?? refuse(400, 'bad_request', 'which layer?');
      const claim = { rule: 'person', confidence: null, state: 'added', decided: null, record_id: null, ...filled(doc, body.layer, body.after), ...fresh(doc, body.layer, list) };
      doc[list].push(claim);
      return done(file(doc, { ...body, claim: claim.id }, { undo: () => ((doc[list] = doc[list].filter((c) => c !== claim)), { ids: [], gone: [claim.id] }), again: () => (doc[list].push(claim), [claim.id]) }), [claim.id]);
    }
    const { letter, list, claim } = locate(body.claim);
    const before = { ...claim };
    const set = (c, values) => Object.assign(c, values);
    const back = (c, values) => () => (set(c, values), { ids: [c.id], gone: [] });
    if (body.action === 'accept' || body.action === 'reject' || body.action === 'correct' || body.action === 'note') {
      const values = body.action === 'note' ? {} : body.action === 'correct' ? { ...filled(doc, letter, body.after ?? {}), state: claim.state === 'added' ? 'added' : 'corrected' } : { state: body.action === 'accept' ? 'accepted' : 'rejected' };
      set(claim, values);
      return done(file(doc, { ...body, layer: letter }, { before, undo: back(claim, before), again: () => (set(claim, values), [claim.id]) }), [claim.id]);
    }
    if (body.action === 'split') {
      const parts = (body.parts ?? []).map((part) => {
        const made = { ...structuredClone(before), ...filled(doc, letter, part), ...fresh(doc, letter, list), state: 'added', rule: 'person' };
        doc[list].push(made);
        return made;
      });
      set(claim, { state: 'rejected' });
      const ids = [claim.id, ...parts.map((p) => p.id)];
      return done(file(doc, { ...body, layer: letter }, { before, undo: () => { doc[list] = doc[list].filter((c) => !parts.includes(c)); set(claim, before); return { ids: [claim.id], gone: parts.map((p) => p.id) }; }, again: () => { doc[list].push(...parts); set(claim, { state: 'rejected' }); return ids; } }), ids);
    }
    const others = (body.others ?? []).map((id) => locate(id).claim);
    const olds = others.map((o) => ({ ...o }));
    for (const other of others) set(other, { state: 'rejected' });
    const joined = { ...filled(doc, letter, body.after ?? {}), state: 'corrected' };
    for (const name of ['actors', 'recipients', 'by', 'asked_by', 'to', 'with']) if (Array.isArray(claim[name])) joined[name] = [...new Set([...claim[name], ...others.flatMap((o) => o[name] ?? [])])];
    set(claim, joined);
    const ids = [claim.id, ...others.map((o) => o.id)];
    return done(file(doc, { ...body, layer: letter }, { before, undo: () => { set(claim, before); others.forEach((o, i) => set(o, olds[i])); return { ids, gone: [] }; }, again: () => { set(claim, joined); for (const o of others) set(o, { state: 'rejected' }); return ids; } }), ids);
  };
  const takeBack = (id, redo) => {
    const decision = record.decisions.find((d) => d.id === id) ?? refuse(404, 'not_found', `no decision ${id}`);
    if (decision.undone !== redo) refuse(409, 'conflict', 'nothing to do', { theirs: [], version: 0, changed: {} });
    const doc = find(decision.document);
    const later = record.decisions.filter((d) => d.id > id && d.document === doc.id && d.claim === decision.claim && !d.undone && d.user !== user);
    if (later.length) refuse(409, 'conflict', 'a later decision stands on it', { theirs: later, version: doc.version, changed: changed(doc, [decision.claim]) });
    decision.undone = !redo;
    const { ids, gone } = redo ? { ids: decision.again(), gone: [] } : decision.undo();
    doc.version = record.decisions.length;
    record.audit.push(entry(record, redo ? decision.action : 'undo', decision.claim ?? doc.id, { decision: id }, user));
    for (const cid of ids) {
      const c = claimsOf(doc).find((x) => x.claim.id === cid)?.claim;
      if (c) c.decided = redo ? decision : (record.decisions.findLast((d) => d.claim === cid && !d.undone) ?? null);
    }
    return answer(doc, decision, ids, gone, []);
  };

  // ---- questions
  const bins = (items, unit) => {
    const cut = { year: 4, month: 7, day: 10, hour: 13 }[unit];
    const found = new Map();
    for (const item of items) {
      if (!item.day) continue;
      const key = item.day.slice(0, cut).padEnd(10, '-01').slice(0, 10);
      const bin = found.get(key) ?? { begin: key, happenings: 0, statements: 0, steps: 0 };
      bin[{ h: 'happenings', s: 'statements', p: 'steps' }[item.layer]]++;
      found.set(key, bin);
    }
    return [...found.values()].sort((a, b) => a.begin.localeCompare(b.begin));
  };
  const unitOf = (items) => {
    const days = items.map((i) => i.day).filter(Boolean).sort();
    if (days.length === 0) return 'day';
    const span = (Date.parse(days.at(-1)) - Date.parse(days[0])) / 864e5;
    return span > 365 * 6 ? 'year' : span > 70 ? 'month' : 'day';
  };
  const actorRow = (e, full) => {
    const d = derive(record);
    const mine = d.happenings.filter((h) => [...h.actors, ...h.recipients].some((r) => r.id === e.id));
    const out = { id: e.id, kind: e.kind, name: e.name, name_en: e.name_en ?? null, country: e.country, sector: e.sector, lat: e.lat, lon: e.lon, mentions: e.docs.size, statements: d.statements.filter((s) => s.actors.some((r) => r.id === e.id)).length, events: mine.length, steps: d.ledger.filter((l) => [...l.by, ...l.asked_by].some((r) => r.id === e.id)).length };
    const days = [...e.docs].map((id) => find(id).document.published?.slice(0, 10)).filter(Boolean).sort();
    Object.assign(out, { first_day: days[0] ?? null, last_day: days.at(-1) ?? null });
    if (!full) return out;
    const around = new Map();
    for (const h of mine) {
      const doing = h.actors.some((r) => r.id === e.id);
      for (const other of [...h.actors, ...h.recipients])
        if (other.id !== e.id) {
          const key = `${other.id}|${h.type}`;
          const one = around.get(key) ?? { other, type: h.type, out: 0, in: 0 };
          one[doing ? 'out' : 'in']++;
          around.set(key, one);
        }
    }
    const alike = [...record.entities.values()].filter((o) => o !== e && o.kind === e.kind && (o.name.includes(e.name) || e.name.includes(o.name)) && !record.decisions.some((x) => x.layer === 'e' && x.claim === e.id && x.others.includes(o.id)));
    return { ...out, names: [...e.names], roles: e.roles, neighbours: [...around.values()], proposals: alike.slice(0, 3).map((o) => ({ other: { id: o.id, name: o.name, name_en: o.name_en, kind: o.kind }, reason: 'alias', score: 0.7 })), merged: record.decisions.filter((x) => x.layer === 'e' && x.action === 'merge' && x.claim === e.id && !x.undone).flatMap((x) => x.others).map((id) => record.entities.get(id)).map((o) => ({ id: o.id, name: o.name, name_en: o.name_en })) };
  };
  const fold = (text) => text.normalize('NFKD').replace(/[\u0610-\u061a\u064b-\u065f\u0670\u0640]/g, '').replace(/[أإآٱ]/g, 'ا').replace(/ى/g, 'ي').replace(/ة/g, 'ه');

  const routes = {
    'GET /api/record': () => {
      const count = (list) => record.documents.reduce((sum, d) => sum + d[list].length, 0);
      const d = derive(record);
      const days = record.documents.map((x) => x.document.published?.slice(0, 10)).filter(Boolean).sort();
      const outlets = new Map();
      for (const x of record.documents) if (x.document.source) outlets.set(x.document.source, (outlets.get(x.document.source) ?? 0) + 1);
      return { name: record.name ?? 'examples.khutwa', version: '0.1.0', user: 'reviewer', writable: true, first_day: days[0] ?? null, last_day: days.at(-1) ?? null, decided_through: record.decisions.length, counts: { documents: record.documents.length, statements: count('statements'), events: count('events'), figures: count('figures'), steps: count('steps'), entities: record.entities.size, happenings: d.happenings.length, series: d.series.length, ledger: d.ledger.length, open: queue().reduce((s, r) => s + r.open, 0), decided: record.decisions.filter((x) => !x.undone).length, contradictions: 0 }, outlets: [...outlets].map(([name, documents]) => ({ name, documents })), vocabulary };
    },
    'GET /api/documents': (q) => {
      let rows = filteredDocs(q).map(row);
      const review = q.get('review') ?? 'all';
      if (review === 'open') rows = rows.filter((r) => r.open);
      if (review === 'done') rows = rows.filter((r) => !r.open);
      const order = q.get('order') ?? 'certainty';
      const by = { certainty: (a, b) => (a.least ?? 2) - (b.least ?? 2), published: (a, b) => (b.published ?? '').localeCompare(a.published ?? ''), added: (a, b) => Number(b.id.slice(1)) - Number(a.id.slice(1)), title: (a, b) => (a.title ?? '').localeCompare(b.title ?? '', 'ar') };
      return page(rows.sort(by[order] ?? by.certainty), q);
    },
    'GET /api/documents/:id': (q, id) => report(find(id)),
    'GET /api/documents/:id/decisions': (q, id) => page(record.decisions.filter((d) => d.document === id).reverse(), q),
    'GET /api/claims/:id/why': (q, id) => {
      const { claim, letter } = locate(id);
      return { rule: claim.rule, title: null, example: null, file: null, confidence: claim.confidence, evidence: [{ role: { s: 'content', v: 'trigger', f: 'span', p: 'step' }[letter], span: spanOf(letter, claim) }] };
    },
    'GET /api/queue': (q) => page(record.documents.flatMap((d) => isOpen(d).map((c) => ({ id: c.claim.id, document: d.id, title: d.document.title, layer: c.letter, confidence: c.claim.confidence, text: spanOf(c.letter, c.claim).text }))).sort((a, b) => a.confidence - b.confidence), q),
    'GET /api/decisions': (q) => page([...record.decisions].reverse(), q),
    'POST /api/decisions': (q, _, body) => decide(body),
    'POST /api/decisions/:id/undo': (q, id) => takeBack(Number(id), false),
    'POST /api/decisions/:id/redo': (q, id) => takeBack(Number(id), true),
    'GET /api/timeline': (q) => {
      const d = derive(record);
      const wanted = q.get('layer') || 'hsp';
      const steps = d.ledger.map((l) => ({ layer: 'p', id: l.id, type: l.kind, day: l.status_day, text: l.text, actors: l.by, recipients: [], place: l.place, mentions: l.mentions, sources: l.sources, reality: l.status, document: l.document, outlet: l.outlet }));
      const items = [...d.happenings, ...d.statements, ...steps].filter((i) => wanted.includes(i.layer) && has(i, q) && inTime(i.day, q)).sort((a, b) => (a.day ?? '').localeCompare(b.day ?? ''));
      const limit = Number(q.get('limit') ?? 100);
      const unit = unitOf(items);
      return { total: items.length, unit, bins: bins(items, unit), items: items.length <= limit ? items.map(({ quotes, ...rest }) => rest) : [] };
    },
    'GET /api/happenings/:id': (q, id) => derive(record).happenings.find((h) => h.id === id) ?? refuse(404, 'not_found', `no happening ${id}`),
    'GET /api/map': (q) => {
      const d = derive(record);
      const all = d.happenings.filter((h) => has(h, q));
      const shown = all.filter((h) => inTime(h.day, q));
      const places = new Map();
      let unplaced = 0;
      for (const h of shown) {
        const e = h.place && record.entities.get(h.place.id);
        if (!e || e.lat === null || e.lat === undefined) {
          unplaced++;
          continue;
        }
        const p = places.get(e.id) ?? { id: e.id, name: e.name, name_en: e.name_en, country: e.country, lat: e.lat, lon: e.lon, happenings: 0, figures: 0, types: {}, killed: null };
        p.happenings++;
        p.types[h.type] = (p.types[h.type] ?? 0) + 1;
        places.set(e.id, p);
      }
      for (const s of d.series) {
        const p = s.place && places.get(s.place.id);
        if (!p) continue;
        p.figures += s.figures.length;
        if (s.what === 'killed') p.killed = Math.max(p.killed ?? 0, s.best);
      }
      const unit = unitOf(all);
      return { places: [...places.values()], unit, bins: bins(all, unit), unplaced };
    },
    'GET /api/series': (q) => {
      const list = derive(record).series.filter((s) => (!q.get('what') || s.what === q.get('what')) && (!q.get('counted') || s.counted === q.get('counted')) && (!q.get('disputed') || s.disputed) && (!q.get('place') || s.place?.id === q.get('place')) && (!q.get('outlet') || s.figures.some((f) => f.outlet === q.get('outlet'))) && s.figures.some((f) => inTime(f.day, q)));
      return page(list.sort((a, b) => b.figures_count - a.figures_count).map(({ figures, contradictions, ...rest }) => (q.get('figures') ? { ...rest, figures } : rest)), q);
    },
    'GET /api/series/:id': (q, id) => derive(record).series.find((s) => s.id === id) ?? refuse(404, 'not_found', `no series ${id}`),
    'GET /api/steps': (q) => page(derive(record).ledger.filter((l) => has(l, q) && inTime(l.status_day, q) && (!q.get('kind') || l.kind === q.get('kind')) && (!q.get('status') || l.status === q.get('status'))).map(({ history, needs, needed_by, contradictions, ...rest }) => rest), q),
    'GET /api/steps/:id': (q, id) => derive(record).ledger.find((l) => l.id === id) ?? refuse(404, 'not_found', `no step ${id}`),
    'GET /api/conditions': (q) => {
      const d = derive(record);
      const edges = d.edges.filter((e) => [e.entry, e.needs].some((id) => id && has(d.ledger.find((l) => l.id === id) ?? {}, q)));
      const ids = new Set(edges.flatMap((e) => [e.entry, e.needs]).filter(Boolean));
      return { nodes: d.ledger.filter((l) => ids.has(l.id)).map(({ history, needs, needed_by, ...rest }) => rest), edges };
    },
    'GET /api/changes': (q) => {
      const since = q.get('since') || refuse(400, 'bad_request', 'since is missing', { where: 'since', mend: 'since=YYYY-MM-DD' });
      const list = derive(record).ledger.filter((l) => has(l, q)).flatMap((l) => l.history.map((h, i) => ({ entry: { ...l, history: undefined, needs: undefined, needed_by: undefined }, before: l.history[i - 1]?.status ?? null, status: h.status, day: h.day, according_to: h.according_to, quote: h.quote }))).filter((c) => c.day && c.day >= since && c.before !== c.status);
      return page(list.sort((a, b) => b.day.localeCompare(a.day)), q);
    },
    'GET /api/actors': (q) => {
      const kinds = q.get('kind')?.split(',').filter(Boolean);
      const want = fold(q.get('q') ?? '').toLowerCase();
      const list = [...record.entities.values()].filter((e) => (!kinds?.length || kinds.includes(e.kind)) && (!q.get('sector') || e.sector === q.get('sector')) && (!want || fold(e.name).includes(want) || e.name_en?.toLowerCase().includes(want)));
      const cheap = page(list.sort((a, b) => b.docs.size - a.docs.size || a.name.localeCompare(b.name, 'ar')), q);
      return { ...cheap, items: cheap.items.map((e) => actorRow(e, false)) };
    },
    'GET /api/actors/:id': (q, id) => actorRow(record.entities.get(id) ?? refuse(404, 'not_found', `nobody is ${id}`), true),
    'GET /api/network': (q) => {
      const meets = ['CONSULT', 'AGREE', 'COOPERATE'];
      const edges = new Map();
      for (const h of derive(record).happenings.filter((x) => has(x, q) && inTime(x.day, q))) {
        const pairs = h.recipients.length ? h.actors.flatMap((a) => h.recipients.map((b) => [a, b])) : h.actors.flatMap((a, i) => h.actors.slice(i + 1).map((b) => [a, b]));
        for (const [a, b] of pairs) {
          const key = `${a.id}|${b.id}|${h.type}`;
          const e = edges.get(key) ?? { a: a.id, b: b.id, type: h.type, directed: !meets.includes(h.type), count: 0, example: h.id };
          e.count++;
          edges.set(key, e);
        }
      }
      const list = [...edges.values()].sort((a, b) => b.count - a.count);
      const shown = list.slice(0, Number(q.get('limit') ?? 150));
      const ids = new Set(shown.flatMap((e) => [e.a, e.b]));
      return { nodes: [...ids].map((id) => record.entities.get(id)).map((e) => ({ id: e.id, name: e.name, name_en: e.name_en, kind: e.kind, sector: e.sector, country: e.country, weight: shown.filter((x) => x.a === e.id || x.b === e.id).reduce((s, x) => s + x.count, 0) })), edges: shown, left_out: list.length - shown.length };
    },
    'GET /api/search': (q) => {
      const want = (q.get('q') ?? '').trim();
      if (!want) refuse(400, 'bad_request', 'q is missing', { where: 'q', mend: 'q=…' });
      const folded = fold(want);
      const wanted = q.get('layer') || 'desvfp';
      const hits = [];
      const hit = (layer, id, text, more) => {
        const at = fold(text).indexOf(folded);
        if (at < 0 || !wanted.includes(layer)) return;
        const points = [...text];
        const from = Math.max(0, at - 60);
        const exact = text.includes(want);
        const start = exact ? [...text.slice(0, text.indexOf(want))].length : at;
        hits.push({ layer, id, text: points.slice(from, at + 160).join(''), marks: [{ start: start - from, end: start - from + [...want].length }], exact, ...more });
      };
      for (const doc of filteredDocs(q)) {
        const more = { document: doc.id, title: doc.document.title, outlet: doc.document.source, day: doc.document.published?.slice(0, 10) ?? null };
        hit('d', doc.id, doc.document.text, more);
        for (const { letter, claim } of claimsOf(doc)) hit(letter, claim.id, spanOf(letter, claim).text, { ...more, type: claim.type ?? claim.kind ?? claim.what });
      }
      for (const e of record.entities.values()) hit('e', e.id, e.name, { document: null });
      return page(hits.sort((a, b) => Number(b.exact) - Number(a.exact)), q);
    },
    'GET /api/imports': (q) => page([...record.imports].reverse(), q),
    'GET /api/imports/:id': (q, id) => record.imports.find((i) => i.id === id) ?? refuse(404, 'not_found', `no import ${id}`),
    'GET /api/audit': (q) => page(record.audit.filter((a) => inTime(a.at.slice(0, 10), q) && (!q.get('user') || a.user === q.get('user')) && (!q.get('action') || a.action === q.get('action'))).reverse(), q),
    'POST /api/verify': () => ({ ok: !record.broken, entries: record.audit.length, documents: record.documents.length, head: record.audit.at(-1)?.hash ?? '', seconds: 0.01, bad: record.broken ? { seq: 3, subject: 'D1', message: 'digest' } : null }),
    'GET /api/formats': () => ({
      items: [
        { id: 'jsonl', name: 'JSON Lines', extension: 'jsonl', type: 'application/x-ndjson', loses: '' },
        { id: 'csv', name: 'CSV', extension: 'csv', type: 'text/csv', loses: 'nesting' },
        { id: 'geojson', name: 'GeoJSON', extension: 'geojson', type: 'application/geo+json', loses: 'what has no coordinates' },
      ],
    }),
  };
  const table = Object.entries(routes).map(([name, run]) => {
    const [method, path] = name.split(' ');
    return { method, match: new RegExp(`^${path.replace(':id', '([^/]+)')}$`), run };
  });

  const importFile = (q, bytes) => {
    const name = q.get('name') ?? 'file';
    const one = { id: `I${record.imports.length + 1}`, name, kind: 'text', state: 'reading', started: new Date().toISOString(), finished: null, bytes: bytes.length, bytes_read: 0, read: 0, added: 0, duplicates: 0, copies: 0, refused: 0, documents: [], errors: [] };
    record.imports.push(one);
    setTimeout(() => {
      const text = bytes.toString('utf8');
      Object.assign(one, { bytes_read: bytes.length, read: 1, finished: new Date().toISOString() });
      if (text.includes('\ufffd')) Object.assign(one, { state: 'failed', refused: 1, errors: [{ item: 0, line: 1, code: 'encoding', message: 'neither UTF-8 nor a declared charset', mend: 'save the file as UTF-8' }] });
      else {
        const doc = addDocument(record, { document: { id: name, source: q.get('outlet'), title: text.split('\n')[0].slice(0, 120), published: q.get('published'), published_from: 'option', text, lang: 'ar' }, entities: [], times: [], figures: [], statements: [], events: [], steps: [] });
        Object.assign(one, { state: 'done', added: 1, documents: [doc.id] });
      }
    }, 300);
    return one;
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const send = (status, type, body, headers = {}) => {
      response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-cache', ...headers });
      response.end(body);
    };
    const json = (status, value) => send(status, 'application/json; charset=utf-8', JSON.stringify(value));
    try {
      if (url.pathname.startsWith('/api/')) {
        if (slow) await new Promise((go) => setTimeout(go, slow));
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const bytes = Buffer.concat(chunks);
        if (request.method === 'POST' && request.headers['x-khutwa'] !== '1') refuse(403, 'forbidden', 'a foreign page');
        user = decodeURIComponent(request.headers['x-khutwa-user'] ?? '') || 'reviewer';
        if (request.method === 'POST' && url.pathname === '/api/imports') return json(202, importFile(url.searchParams, bytes));
        if (url.pathname === '/api/export') return send(200, 'text/plain; charset=utf-8', record.documents.map((d) => JSON.stringify(d.document)).join('\n'), { 'Content-Disposition': `attachment; filename="export.${url.searchParams.get('format')}"` });
        for (const { method, match, run } of table) {
          const found = method === request.method && match.exec(url.pathname);
          if (found) return json(200, run(url.searchParams, decodeURIComponent(found[1] ?? ''), bytes.length ? JSON.parse(bytes) : {}));
        }
        refuse(404, 'not_found', `no ${url.pathname}`);
      }
      const path = /^\/((ar|en)(\/|$)|$)/.test(url.pathname) ? '/index.html' : normalize(decodeURIComponent(url.pathname));
      send(200, types[extname(path)] ?? 'application/octet-stream', await readFile(join(dist, path)));
    } catch (error) {
      if (error instanceof Refused) return json(error.status, { error: { code: error.code, message: error.message, where: error.more.where ?? null, mend: error.more.mend ?? null }, ...error.more });
      if (error.code === 'ENOENT') return json(404, { error: { code: 'not_found', message: 'no such file', where: null, mend: null } });
      console.error(error);
      json(500, { error: { code: 'io', message: String(error), where: null, mend: null } });
    }
  });
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done({ server, record, address: `http://127.0.0.1:${server.address().port}` })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, otherwise) => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? otherwise : process.argv[at + 1];
  };
  const sources = readExamples(option('program', join(here, '../../build/khutwa')), join(here, '../../examples/reports'));
  const record = makeRecord(process.argv.includes('--long') ? [...sources, long(sources, 6000)] : sources);
  const { address } = await serve({ record, dist: option('dist', join(here, '../dist')), port: Number(option('port', 8017)) });
  console.log(address);
}
