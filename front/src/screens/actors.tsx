// SPDX-License-Identifier: Apache-2.0
// Who they are, what they were when, and with whom they deal.
import { useRef, useState } from 'preact/hooks';
import { scaleUtc } from 'd3-scale';
import { post } from '../api/client';
import type { Actor, Page, Ref } from '../api/types';
import { direction, href, param, route, set } from '../app/route';
import { day, number, t, total, word } from '../i18n';
import { values } from '../i18n/values';
import { Filters, filterQuery } from '../parts/filters';
import { LayerGlyph } from '../parts/glyph';
import { Empty, useGet, View } from '../parts/load';
import { Pager } from '../parts/pager';
import { Save } from '../parts/save';
import { Name, Say } from '../parts/say';
import { useWidth } from '../parts/size';
import { dayTicks } from '../parts/ticks';
import { tell } from '../parts/toast';
import { plain } from '../text/controls';
import { NetworkView } from './network';

export function ActorsScreen() {
  const { id } = route.value;
  const view = param('view') === 'network' ? 'network' : 'list';
  const rest = Object.fromEntries(route.value.query);
  return (
    <div class="page wide">
      <h1>{t('actors.title')}</h1>
      <nav class="tabs" aria-label={t('steps.views')}>
        {(['list', 'network'] as const).map((v) => (
          <a key={v} class="button" aria-current={v === view ? 'page' : undefined} href={href('actors', id, { ...rest, view: v === 'list' ? null : v })}>
            {t(`actors.${v}`)}
          </a>
        ))}
      </nav>
      <div class={id ? 'split with-side' : 'split'}>
        {view === 'list' ? <List chosen={id} /> : <NetworkView chosen={id} />}
        {id && <One id={id} key={id} />}
      </div>
    </div>
  );
}

function List({ chosen }: { chosen: string }) {
  const q = param('q');
  const [text, setText] = useState(q);
  const timer = useRef(0);
  const page = useGet<Page<Actor>>('/api/actors', { q, kind: param('kind') || 'person,org,armed,media,people,actor', sector: param('sector'), limit: 60, cursor: param('cursor'), ...filterQuery(['outlet', 'from', 'to']) });
  return (
    <section aria-label={t('actors.list')} class="stack">
      <Filters use={['outlet', 'from', 'to']}>
        <label class="filter">
          <span>{t('actors.find')}</span>
          <input
            type="search"
            {...(text ? { dir: 'auto' as const } : {})}
            value={text}
            placeholder={t('filter.choose')}
            onInput={(e) => {
              const v = e.currentTarget.value;
              setText(v);
              window.clearTimeout(timer.current);
              timer.current = window.setTimeout(() => set({ q: v.trim() || null, cursor: null }), 150);
            }}
          />
        </label>
        {(['kind', 'sector'] as const).map((name) => (
          <label class="filter" key={name}>
            <span>{t(name === 'kind' ? 'actors.kind' : 'actors.sector')}</span>
            <select value={param(name)} onChange={(e) => set({ [name]: e.currentTarget.value || null, cursor: null }, true)}>
              <option value="">{t('app.all')}</option>
              {Object.keys(values[name === 'kind' ? 'entity_kind' : 'sector']!).map((v) => (
                <option key={v} value={v}>
                  {word(name === 'kind' ? 'entity_kind' : 'sector', v)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </Filters>
      <View of={page}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('actors.empty')} mend={t('actors.empty.mend')} />
          ) : (
            <>
              <p role="status">{total('n.actors', data)}</p>
              <ul class="rows">
                {data.items.map((a) => (
                  <li key={a.id}>
                    <a class="row" href={href('actors', a.id, Object.fromEntries(route.value.query))} aria-current={a.id === chosen ? 'true' : undefined}>
                      <span class="actor-name">
                        <LayerGlyph layer="e" /> <Name of={a} />
                      </span>
                      <span class="row-more">
                        <span>{word('entity_kind', a.kind)}</span>
                        {a.sector && <span>{word('sector', a.sector)}</span>}
                        {a.country && <bdi>{a.country}</bdi>}
                        <span>{t('n.documents', { n: a.mentions })}</span>
                        {(a.statements ?? 0) > 0 && <span>{t('n.statements', { n: a.statements! })}</span>}
                        {(a.events ?? 0) > 0 && <span>{t('n.events', { n: a.events! })}</span>}
                      </span>
                    </a>
                  </li>
                ))}
              </ul>
              <Pager next={data.next} />
            </>
          )
        }
      </View>
    </section>
  );
}

function One({ id }: { id: string }) {
  const actor = useGet<Actor>(`/api/actors/${encodeURIComponent(id)}`);
  return (
    <section class="side" aria-label={t('actors.title')}>
      <View of={actor}>{(a) => <About actor={a} again={actor.again} />}</View>
    </section>
  );
}

function About({ actor: a, again }: { actor: Actor; again: () => void }) {
  const decide = (action: string, other: Ref): void => {
    post('/api/decisions', { action, layer: 'e', claim: a.id, others: [other.id] }).then(again, (error: unknown) => tell(t('toast.failed', { x: String((error as Error).message) }), true));
  };
  const other = (r: Ref) => (
    <a href={href('actors', r.id, Object.fromEntries(route.value.query))}>
      <Name of={r} />
    </a>
  );
  return (
    <article class="card stack">
      <header class="side-head">
        <p>
          <a href={href('actors', '', Object.fromEntries(route.value.query))} aria-label={t('app.close')} class="icon close">
            ✕
          </a>
        </p>
        <h2>
          <LayerGlyph layer="e" /> <Name of={a} />
        </h2>
        <p class="row-more">
          <span>{word('entity_kind', a.kind)}</span>
          {a.sector && <span>{word('sector', a.sector)}</span>}
          {a.country && <bdi>{a.country}</bdi>}
        </p>
      </header>
      <p class="actions">
        <a class="button small" href={href('report', '', { actor: a.id, review: 'all' })}>
          {t('actors.reports')} <bdi>{number(a.mentions)}</bdi>
        </a>
        <a class="button small" href={href('timeline', '', a.kind === 'place' ? { place: a.id } : { actor: a.id })}>
          {t('actors.timeline')}
        </a>
        <a class="button small" href={href('steps', '', a.kind === 'place' ? { place: a.id } : { actor: a.id })}>
          {t('actors.steps')}
        </a>
      </p>
      {(a.names?.length ?? 0) > 0 && (
        <section>
          <h3>{t('actors.names')}</h3>
          <p lang="ar" class="quoted">
            {a.names!.map((n, i) => (
              <span key={n}>
                {i > 0 && '، '}
                <Say text={n} />
              </span>
            ))}
          </p>
        </section>
      )}
      {(a.roles?.length ?? 0) > 0 && <Roles actor={a} />}
      {(a.neighbours?.length ?? 0) > 0 && (
        <section>
          <h3>{t('actors.neighbours')}</h3>
          <table class="matrix flat">
            <thead>
              <tr>
                <th scope="col">{t('filter.actor')}</th>
                <th scope="col">{t('filter.type')}</th>
                <th scope="col">{t('actors.did')}</th>
                <th scope="col">{t('actors.suffered')}</th>
              </tr>
            </thead>
            <tbody>
              {a.neighbours!.slice(0, 40).map((n) => (
                <tr key={n.other.id + n.type}>
                  <td>{other(n.other)}</td>
                  <td>{word('event_type', n.type)}</td>
                  <td>{n.out ? number(n.out) : ''}</td>
                  <td>{n.in ? number(n.in) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {(a.proposals?.length ?? 0) > 0 && (
        <section>
          <h3>{t('actors.proposals')}</h3>
          <ul class="stack">
            {a.proposals!.map((p) => (
              <li key={p.other.id} class="proposal">
                {other(p.other)} <span class="hint">{p.reason === 'alias' ? t('actors.reason.alias') : <Say text={p.reason} />}</span>
                <span class="actions">
                  <button type="button" class="button small" onClick={() => decide('merge', p.other)}>
                    {t('actors.same')}
                  </button>
                  <button type="button" class="button small" onClick={() => decide('reject', p.other)}>
                    {t('actors.different')}
                  </button>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(a.merged?.length ?? 0) > 0 && (
        <section>
          <h3>{t('actors.merged')}</h3>
          <ul class="stack">
            {a.merged!.map((m) => (
              <li key={m.id} class="proposal">
                <Name of={m} />
                <button type="button" class="button small" onClick={() => decide('unmerge', m)}>
                  {t('act.unmerge')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

function Roles({ actor: a }: { actor: Actor }) {
  const box = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(box, 420) - 28;
  const roles = [...a.roles!].sort((x, y) => (x.first_day ?? '').localeCompare(y.first_day ?? '')).slice(0, 30);
  const times = roles.flatMap((r) => [r.first_day, r.last_day]).filter((d): d is string => !!d).map((d) => Date.parse(d));
  const pad = Math.max(864e5 * 20, (Math.max(...times, 0) - Math.min(...times)) * 0.08);
  const rtl = direction.value === 'rtl';
  const x = scaleUtc([new Date(Math.min(...times) - pad), new Date(Math.max(...times) + pad)], rtl ? [width - 4, 4] : [4, width - 4]);
  const height = roles.length * 34 + 26;
  const table = { name: `roles-${a.id}`, head: ['actor', 'role', 'first_day', 'last_day', 'document'], rows: () => roles.map((r) => [a.name, r.role, r.first_day, r.last_day, r.document]) };
  return (
    <figure class="chart" ref={box}>
      <figcaption class="chart-head">
        <span>{t('actors.roles.chart')}</span>
        <Save chart={() => svg.current} table={table} />
      </figcaption>
      {times.length === 0 ? (
        <ul>
          {roles.map((r) => (
            <li key={r.role}>
              <Say text={r.role} class="quoted" />
            </li>
          ))}
        </ul>
      ) : (
        <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('actors.roles.chart')} direction={direction.value}>
          {roles.map((r, i) => {
            const from = x(new Date(r.first_day ?? r.last_day ?? times[0]!));
            const to = x(new Date(r.last_day ?? r.first_day ?? times[0]!));
            const text = `${plain(r.role)} (${day(r.first_day, 'short')} – ${day(r.last_day, 'short')})`;
            return (
              <a key={i} href={href('report', r.document ?? '', { show: 'all' })} aria-label={text}>
                <title>{text}</title>
                <text x={rtl ? width - 4 : 4} y={i * 34 + 14} text-anchor="start">
                  {plain(r.role)}
                </text>
                <rect x={Math.min(from, to) - 3} y={i * 34 + 20} width={Math.abs(to - from) + 6} height="7" rx="3.5" class="bar-s" />
              </a>
            );
          })}
          {dayTicks(x, width).map(({ day: d, at }) => (
            <text key={d.getTime()} x={at} y={height - 6} class="tick" text-anchor="middle">
              {day(d.toISOString().slice(0, 10), Math.max(...times) - Math.min(...times) > 864e5 * 200 ? 'month' : 'short')}
            </text>
          ))}
        </svg>
      )}
    </figure>
  );
}
