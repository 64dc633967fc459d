// SPDX-License-Identifier: Apache-2.0
// The ledger of steps: a board by status, the graph of conditions, who asks whom, and what changed since a day.
import type { ComponentChildren } from 'preact';
import type { Change, Conditions, LedgerEntry, Page, Ref } from '../api/types';
import { record } from '../app/record';
import { href, param, route, set } from '../app/route';
import { day, named, number, t, total, word, type Key } from '../i18n';
import { values } from '../i18n/values';
import { Filters, filterQuery } from '../parts/filters';
import { LayerGlyph } from '../parts/glyph';
import { Empty, useGet, View } from '../parts/load';
import { Pager } from '../parts/pager';
import { QuoteBox } from '../parts/quote';
import { csv, download } from '../parts/save';
import { Name, Say } from '../parts/say';
import { ConditionGraph } from './conditions';

const views = ['board', 'graph', 'asks', 'changes'] as const;
export const statuses = ['demanded', 'conditional', 'promised', 'agreed', 'under_way', 'met', 'not_met', 'refused', 'violated', 'suspended'] as const;
const used: Parameters<typeof filterQuery>[0] = ['actor', 'place', 'outlet', 'from', 'to'];

export function StepsScreen() {
  const { id } = route.value;
  const view = (views as readonly string[]).includes(param('view')) ? param('view') : 'board';
  return (
    <div class="page wide">
      <h1>{t('steps.title')}</h1>
      <Filters use={used}>
        <label class="filter">
          <span>{t('steps.kind')}</span>
          <select value={param('kind')} onChange={(e) => set({ kind: e.currentTarget.value || null }, true)}>
            <option value="">{t('app.all')}</option>
            {Object.keys(values['step_kind']!).map((v) => (
              <option key={v} value={v}>
                {word('step_kind', v)}
              </option>
            ))}
          </select>
        </label>
        {param('process') && (
          <div class="filter">
            <span>{t('steps.process')}</span>
            <button type="button" class="chip" aria-label={t('filter.remove', { x: param('process') })} onClick={() => set({ process: null }, true)}>
              <Say text={param('process')} /> <span aria-hidden="true">✕</span>
            </button>
          </div>
        )}
      </Filters>
      <nav class="tabs" aria-label={t('steps.views')}>
        {views.map((v) => (
          <a key={v} class="button" aria-current={v === view ? 'page' : undefined} href={href('steps', '', { ...Object.fromEntries(route.value.query), view: v === 'board' ? null : v })}>
            {t(`steps.${v}`)}
          </a>
        ))}
      </nav>
      <div class={id ? 'split with-side' : 'split'}>
        {view === 'board' && <Board chosen={id} />}
        {view === 'graph' && <Graph />}
        {view === 'asks' && <Asks />}
        {view === 'changes' && <Changes />}
        {id && <One id={id} key={id} />}
      </div>
    </div>
  );
}

const toEntry = (id: string): string => href('steps', id, Object.fromEntries(route.value.query));

function People({ of }: { of: Ref[] }) {
  return (
    <>
      {of.map((r, i) => (
        <span key={r.id}>
          {i > 0 && t('list.and')}
          <Name of={r} />
        </span>
      ))}
    </>
  );
}

export function Status({ of }: { of: string }) {
  return <span class={`status status-${of}`}>{word('step_status', of)}</span>;
}

function Entries({ children }: { children: (page: Page<LedgerEntry>) => ComponentChildren }) {
  const page = useGet<Page<LedgerEntry>>('/api/steps', { limit: 500, kind: param('kind'), process: param('process'), ...filterQuery(used) });
  return <View of={page}>{(data) => (data.items.length === 0 ? <Empty title={t('steps.empty')} mend={t('steps.empty.mend')} /> : children(data))}</View>;
}

/// Says so where a view has not all of them.
function Latest({ page }: { page: Page<LedgerEntry> }) {
  return page.next ? <span class="hint">{t('steps.latest', { x: page.items.length })}</span> : null;
}

function entriesTable(items: LedgerEntry[]): void {
  const table = {
    name: 'steps',
    head: ['id', 'kind', 'status', 'status_day', 'text', 'by', 'asked_by', 'place', 'first_day', 'last_day', 'mentions', 'sources'],
    rows: () => items.map((e) => [e.id, e.kind, e.status, e.status_day, e.text, e.by.map((r) => r.name).join('; '), e.asked_by.map((r) => r.name).join('; '), e.place?.name, e.first_day, e.last_day, e.mentions, e.sources]),
  };
  download('steps.csv', new Blob(['\ufeff', csv(table)], { type: 'text/csv;charset=utf-8' }));
}

function Board({ chosen }: { chosen: string }) {
  return (
    <div>
      <Entries>
        {(page) => {
          const by = new Map<string, LedgerEntry[]>();
          for (const e of page.items) by.set(e.status, [...(by.get(e.status) ?? []), e]);
          const columns = statuses.filter((s) => by.has(s));
          return (
            <>
              <div class="page-line">
                <p role="status">
                  {total('n.steps', page)} <Latest page={page} />
                </p>
                <button type="button" class="button small" onClick={() => entriesTable(page.items)}>
                  {t('save.csv')}
                </button>
              </div>
              <div class="board" tabIndex={0} role="region" aria-label={t('steps.board')}>
                {columns.map((status) => (
                  <section key={status} class="column" aria-label={word('step_status', status)}>
                    <h2>
                      <Status of={status} /> <span class="count">{number(by.get(status)!.length)}</span>
                    </h2>
                    <ul>
                      {by.get(status)!.map((e) => (
                        <li key={e.id}>
                          <Card entry={e} chosen={e.id === chosen} />
                        </li>
                      ))}
                    </ul>
                  </section>
                ))}
              </div>
            </>
          );
        }}
      </Entries>
    </div>
  );
}

function Card({ entry: e, chosen }: { entry: LedgerEntry; chosen: boolean }) {
  return (
    <a class="step-card" href={toEntry(e.id)} aria-current={chosen ? 'true' : undefined}>
      <span class="step-kind">{word('step_kind', e.kind)}</span>
      <span class="step-text" lang="ar">
        <Say text={e.text} />
      </span>
      {e.by.length > 0 && (
        <span class="step-line">
          <span class="hint">{t('steps.by')}: </span>
          <People of={e.by} />
        </span>
      )}
      {e.asked_by.length > 0 && (
        <span class="step-line">
          <span class="hint">{t('steps.asked')}: </span>
          <People of={e.asked_by} />
        </span>
      )}
      <span class="step-foot">
        {e.status_day && <time dateTime={e.status_day}>{day(e.status_day, 'short')}</time>}
        {(e.waits_for ?? 0) > 0 && <span class="tag">{t('n.conditions', { n: e.waits_for! })}</span>}
        {e.disputed && <span class="tag bad">≠ {t('steps.disputed')}</span>}
      </span>
    </a>
  );
}

function One({ id }: { id: string }) {
  const step = useGet<LedgerEntry>(`/api/steps/${encodeURIComponent(id)}`);
  return (
    <section class="side" aria-label={t('steps.history')}>
      <View of={step}>
        {(e) => (
          <article class="card stack">
            <header class="side-head">
              <p>
                <a href={href('steps', '', Object.fromEntries(route.value.query))} aria-label={t('app.close')} class="icon close">
                  ✕
                </a>
              </p>
              <h2>
                <LayerGlyph layer="p" /> {word('step_kind', e.kind)} <Status of={e.status} />
              </h2>
              <p class="step-text" lang="ar">
                <Say text={e.text} />
              </p>
            </header>
            <dl class="fields">
              <Field label="steps.by">{e.by.length ? <People of={e.by} /> : <span class="hint">{t('steps.nobody')}</span>}</Field>
              <Field label="steps.asked">{e.asked_by.length ? <People of={e.asked_by} /> : <span class="hint">{t('steps.nobody')}</span>}</Field>
              {e.place && (
                <Field label="field.place">
                  <a href={href('actors', e.place.id)}>
                    <Name of={e.place} />
                  </a>
                </Field>
              )}
              {e.process && (
                <Field label="steps.process">
                  <a href={href('steps', '', { process: e.process })}>
                    <Say text={e.process} />
                  </a>
                </Field>
              )}
            </dl>
            {(['needs', 'needed_by'] as const).map(
              (name) =>
                (e[name]?.length ?? 0) > 0 && (
                  <section key={name}>
                    <h3>{t(name === 'needs' ? 'steps.needs' : 'steps.neededby')}</h3>
                    <ul class="stack">
                      {e[name]!.map((c, i) => {
                        const other = name === 'needs' ? c.needs : c.entry;
                        return (
                          <li key={i}>
                            {other && <a href={toEntry(other)}>{t('app.open')}</a>} {c.for && name === 'needed_by' && <Say text={c.for} class="quoted" />}
                            {c.quote && <QuoteBox quote={c.quote} />}
                          </li>
                        );
                      })}
                    </ul>
                  </section>
                ),
            )}
            <section>
              <h3>{t('steps.history')}</h3>
              <ol class="past">
                {(e.history ?? []).map((h) => (
                  <li key={h.quote.claim}>
                    <p>
                      <Status of={h.status} /> {h.day && <time dateTime={h.day}>{day(h.day, 'short')}</time>}{' '}
                      {h.according_to && (
                        <span class="hint">
                          {t('field.according_to')} <Name of={h.according_to} />
                        </span>
                      )}
                    </p>
                    <QuoteBox quote={h.quote} />
                  </li>
                ))}
              </ol>
            </section>
          </article>
        )}
      </View>
    </section>
  );
}

function Field({ label, children }: { label: Key; children: ComponentChildren }) {
  return (
    <div>
      <dt>{t(label)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Graph() {
  const graph = useGet<Conditions>('/api/conditions', { process: param('process'), ...filterQuery(['actor', 'place', 'from', 'to']) });
  return (
    <div>
      <View of={graph}>
        {(data) => (data.edges.length === 0 ? <Empty title={t('steps.graph.empty')} mend={t('steps.empty.mend')} /> : <ConditionGraph graph={data} toEntry={toEntry} />)}
      </View>
    </div>
  );
}

/// Who asks, promises to or refuses whom: a table of askers by doers.
function Asks() {
  return (
    <div>
      <Entries>
        {(page) => {
          const people = new Map<string, Ref>();
          const cells = new Map<string, LedgerEntry[]>();
          const add = (row: string, column: string, e: LedgerEntry): void => {
            const key = `${row} ${column}`;
            cells.set(key, [...(cells.get(key) ?? []), e]);
          };
          const weight = new Map<string, number>();
          for (const e of page.items)
            for (const doer of e.by) {
              people.set(doer.id, doer);
              const askers = e.asked_by.filter((a) => a.id !== doer.id);
              for (const asker of askers) {
                people.set(asker.id, asker);
                add(asker.id, doer.id, e);
                weight.set(asker.id, (weight.get(asker.id) ?? 0) + 1);
              }
              if (askers.length === 0) add('', doer.id, e);
              weight.set(doer.id, (weight.get(doer.id) ?? 0) + 1);
            }
          const heavy = [...people.values()].sort((a, b) => (weight.get(b.id) ?? 0) - (weight.get(a.id) ?? 0));
          const rows = ['', ...heavy.map((p) => p.id).filter((id) => heavy.some((d) => cells.has(`${id} ${d.id}`)))].slice(0, 21);
          const columns = heavy.filter((d) => rows.some((r) => cells.has(`${r} ${d.id}`))).slice(0, 16);
          if (columns.length === 0) return <Empty title={t('steps.empty')} mend={t('steps.empty.mend')} />;
          return (
            <>
              <p class="hint">
                {t('steps.asks.hint')} <Latest page={page} />
              </p>
              <div class="table-box" tabIndex={0} role="region" aria-label={t('steps.asks')}>
                <table class="matrix">
                  <thead>
                    <tr>
                      <th scope="col">
                        {t('steps.asker')} ↓ · {t('steps.doer')} {t('list.arrow')}
                      </th>
                      {columns.map((c) => (
                        <th key={c.id} scope="col">
                          <Name of={c} />
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((r) => (
                      <tr key={r}>
                        <th scope="row">{r ? <Name of={people.get(r)} /> : <span class="hint">{t('steps.nobody')}</span>}</th>
                        {columns.map((c) => {
                          const list = cells.get(`${r} ${c.id}`) ?? [];
                          const counts = statuses.map((s) => [s, list.filter((e) => e.status === s)] as const).filter(([, l]) => l.length);
                          return (
                            <td key={c.id}>
                              {counts.map(([s, l]) => (
                                <a key={s} href={toEntry(l[0]!.id)} class={`status status-${s}`} title={l.map((e) => e.text).slice(0, 5).join(' · ')}>
                                  {word('step_status', s)} <bdi>{number(l.length)}</bdi>
                                </a>
                              ))}
                            </td>
                          );
                        })}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          );
        }}
      </Entries>
    </div>
  );
}

function Changes() {
  const last = record.value?.last_day;
  const since = param('since') || (last ? new Date(Date.parse(last) - 90 * 864e5).toISOString().slice(0, 10) : '2000-01-01');
  const page = useGet<Page<Change>>(record.value ? '/api/changes' : null, { since, limit: 100, cursor: param('cursor'), ...filterQuery(['actor', 'place', 'outlet']) });
  return (
    <section aria-label={t('steps.changes')} class="stack">
      <label class="since">
        {t('steps.since')} <input type="date" value={since} onChange={(e) => set({ since: e.currentTarget.value || null, cursor: null }, true)} />
      </label>
      <View of={page}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('steps.changes.empty')} />
          ) : (
            <>
              <ol class="rows">
                {data.items.map((c, i) => (
                  <li key={i} class="change">
                    <time dateTime={c.day}>{day(c.day, 'short')}</time>
                    <a href={toEntry(c.entry.id)}>
                      {word('step_kind', c.entry.kind)}: <Say text={c.entry.text} class="quoted" />
                    </a>
                    <span>
                      {c.before ? <Status of={c.before} /> : <span class="tag">{t('steps.new')}</span>} <span aria-hidden="true">{t('list.arrow')}</span> <Status of={c.status} />
                    </span>
                    {c.according_to && (
                      <span class="hint">
                        {t('field.according_to')} {named(c.according_to)}
                      </span>
                    )}
                  </li>
                ))}
              </ol>
              <Pager next={data.next} />
            </>
          )
        }
      </View>
    </section>
  );
}
