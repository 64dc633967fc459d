// SPDX-License-Identifier: Apache-2.0
// Happenings, statements and steps over time, from years to hours.
import { scaleLinear, scaleUtc } from 'd3-scale';
import { useRef } from 'preact/hooks';
import type { Bin, Happening, Timeline, TimelineItem } from '../api/types';
import { useKeys } from '../app/keys';
import { record } from '../app/record';
import { direction, href, param, route, set } from '../app/route';
import { day, named, number, t, word, type Key } from '../i18n';
import { Filters, filterQuery } from '../parts/filters';
import { LayerGlyph } from '../parts/glyph';
import { Empty, useGet, View } from '../parts/load';
import { QuoteBox } from '../parts/quote';
import { Save } from '../parts/save';
import { Hatches } from '../parts/hatch';
import { Name, Say } from '../parts/say';
import { useWidth } from '../parts/size';
import { dayTicks } from '../parts/ticks';
import { Virtual } from '../parts/virtual';

const layers = ['h', 's', 'p'] as const;
const counted = { h: 'happenings', s: 'statements', p: 'steps' } as const;
const dayLength = 864e5;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

export function TimelineScreen() {
  const { id } = route.value;
  if (id) return <OneHappening id={id} />;
  return <Overview />;
}

function Overview() {
  const shown = param('in') || 'hsp';
  const timeline = useGet<Timeline>('/api/timeline', { layer: shown, limit: 500, ...filterQuery() });
  const range = span(timeline.data);
  const zoom = (by: number): void => {
    if (!range) return;
    const middle = (range[0] + range[1]) / 2;
    const half = Math.max(dayLength / 2, ((range[1] - range[0]) / 2) * by);
    set({ from: iso(middle - half), to: iso(middle + half) }, true);
  };
  const pan = (by: number): void => {
    if (!range) return;
    const step = Math.max(dayLength, (range[1] - range[0]) * 0.4) * by;
    set({ from: iso(range[0] + step), to: iso(range[1] + step) }, true);
  };
  const onward = direction.value === 'rtl' ? -1 : 1;
  useKeys({ '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), ArrowRight: () => pan(onward), ArrowLeft: () => pan(-onward), '0': () => set({ from: null, to: null }, true) });
  const toggle = (layer: string): void => {
    const next = layers.filter((l) => (l === layer ? !shown.includes(l) : shown.includes(l))).join('');
    set({ in: next === 'hsp' || !next ? null : next }, true);
  };
  return (
    <div class="page">
      <h1>{t('timeline.title')}</h1>
      <Filters />
      <div class="page-line tools">
        <div class="toggles" role="group" aria-label={t('report.layers')}>
          {layers.map((layer) => (
            <button key={layer} type="button" class="toggle" aria-pressed={shown.includes(layer)} onClick={() => toggle(layer)}>
              <LayerGlyph layer={layer} /> {t(`layers.${layer}` as Key)}
            </button>
          ))}
        </div>
        <div class="actions">
          <button type="button" class="button small" onClick={() => pan(-1)}>
            {t('timeline.earlier')}
          </button>
          <button type="button" class="button small" onClick={() => zoom(0.5)}>
            {t('timeline.in')}
          </button>
          <button type="button" class="button small" onClick={() => zoom(2)}>
            {t('timeline.out')}
          </button>
          <button type="button" class="button small" onClick={() => pan(1)}>
            {t('timeline.later')}
          </button>
          <button type="button" class="button small" disabled={!param('from') && !param('to')} onClick={() => set({ from: null, to: null }, true)}>
            {t('timeline.whole')}
          </button>
        </div>
      </div>
      <View of={timeline}>
        {(data) => (data.total === 0 ? <Empty title={t('timeline.empty')} mend={t('timeline.empty.mend')} /> : <Shown data={data} shown={shown} />)}
      </View>
    </div>
  );
}

/// The time shown: what the address asks for, else all that there is.
function span(data: Timeline | null): [number, number] | null {
  const first = param('from') || data?.bins[0]?.begin || record.value?.first_day;
  const last = param('to') || data?.bins.at(-1)?.begin || record.value?.last_day;
  if (!first || !last) return null;
  const from = Date.parse(first);
  const to = Date.parse(last) + (param('to') ? dayLength : unitLength(data?.unit ?? 'day'));
  return Number.isNaN(from) || Number.isNaN(to) || to <= from ? null : [from, to];
}

const unitLength = (unit: string): number => ({ year: 366, month: 31, day: 1, hour: 1 / 24 })[unit]! * dayLength;

function binEnd(begin: string, unit: string): number {
  const at = new Date(begin);
  if (unit === 'year') return Date.UTC(at.getUTCFullYear() + 1, 0, 1);
  if (unit === 'month') return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
  return at.getTime() + unitLength(unit);
}

function Shown({ data, shown }: { data: Timeline; shown: string }) {
  const dated = data.items.filter((i) => i.day);
  const undated = data.items.length - dated.length;
  const items = [...dated].sort((a, b) => (a.day! + (a.time ?? '')).localeCompare(b.day! + (b.time ?? '')));
  return (
    <div class="stack">
      <Chart data={data} shown={shown} />
      {data.items.length === 0 ? (
        <p class="hint">{t('timeline.many', { x: data.total })}</p>
      ) : (
        <>
          <p role="status">
            {t('n.items', { n: data.total })}
            {undated > 0 && (
              <span class="hint">
                {' '}
                ({number(undated)} {t('timeline.undated')})
              </span>
            )}
          </p>
          <Virtual items={items} height={86} keyOf={(i) => i.layer + i.id} label={t('timeline.title')} role="list" class="events-list" row={(item) => <ItemRow item={item} />} />
        </>
      )}
    </div>
  );
}

function ItemRow({ item }: { item: TimelineItem }) {
  const to = item.layer === 'h' ? href('timeline', item.id) : item.layer === 'p' ? href('steps', item.id) : href('report', item.document ?? '', { claim: item.id, show: 'all' });
  const kind = item.layer === 'h' ? word('event_type', item.type) : item.layer === 'p' ? `${word('step_kind', item.type)}: ${word('step_status', item.reality)}` : t('layer.s');
  return (
    <div role="listitem" class="event-row">
      <span class="event-day">
        <time dateTime={item.day ?? ''}>{day(item.day, 'short')}</time>
        {item.time && <bdi> {item.time}</bdi>}
      </span>
      <a class="event-main" href={to}>
        <span class="event-kind">
          <LayerGlyph layer={item.layer} label /> {kind}
          {(item.actors?.length ?? 0) > 0 && (
            <span class="claim-more">
              {item.actors!.map((a, i) => (
                <span key={a.id}>
                  {i > 0 && t('list.and')}
                  <Name of={a} />
                </span>
              ))}
              {(item.recipients?.length ?? 0) > 0 && (
                <>
                  {' '}
                  {t('list.arrow')}{' '}
                  {item.recipients!.map((a, i) => (
                    <span key={a.id}>
                      {i > 0 && t('list.and')}
                      <Name of={a} />
                    </span>
                  ))}
                </>
              )}
            </span>
          )}
          {item.place && (
            <span class="claim-more">
              · <Name of={item.place} />
            </span>
          )}
        </span>
        <span class="event-text" lang="ar">
          <Say text={item.text} />
        </span>
      </a>
      <span class="event-side">
        {item.denied && <span class="tag bad">{t('timeline.denied')}</span>}
        {item.layer !== 's' && (item.sources ?? 0) > 0 && <span class="tag">{t('n.sources', { n: item.sources ?? 0 })}</span>}
      </span>
    </div>
  );
}

function Chart({ data, shown }: { data: Timeline; shown: string }) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(box);
  const height = 210;
  const margin = { side: 44, top: 12, bottom: 30 };
  const range = span(data);
  if (!range) return null;
  const rtl = direction.value === 'rtl';
  const x = scaleUtc([new Date(range[0]), new Date(range[1])], rtl ? [width - margin.side, 10] : [margin.side, width - 10]);
  const total = (b: Bin): number => layers.reduce((sum, l) => sum + (shown.includes(l) ? (b[counted[l]] ?? 0) : 0), 0);
  const most = Math.max(1, ...data.bins.map(total));
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]).nice(4);
  const form = { year: 'year', month: 'month', day: 'short', hour: 'hour' } as const;
  const unit = data.unit as keyof typeof form;
  const ticks = dayTicks(x, width);
  const span_ = range[1] - range[0];
  const label = (d: Date): string => (span_ > 6 * 365 * dayLength ? day(d.toISOString().slice(0, 10), 'year') : span_ > 75 * dayLength ? day(d.toISOString().slice(0, 10), 'month') : day(d.toISOString().slice(0, 10), 'short'));
  const table = {
    name: 'timeline',
    head: ['begin', 'unit', ...layers.map((l) => counted[l])],
    rows: () => data.bins.map((b) => [b.begin, data.unit, ...layers.map((l) => b[counted[l]] ?? 0)]),
  };
  return (
    <figure class="chart" ref={box}>
      <figcaption class="chart-head">
        <span>
          {t('timeline.chart')} · <span class="hint">{t('timeline.unit', { x: t(`unit.${data.unit}` as Key) })}</span>
        </span>
        <Save chart={() => svg.current} table={table} />
      </figcaption>
      <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('timeline.chart')} direction={direction.value}>
        <Hatches />
        {y.ticks(4).filter(Number.isInteger).map((v) => (
          <g key={v} transform={`translate(0 ${y(v)})`}>
            <line x1={rtl ? 10 : margin.side} x2={rtl ? width - margin.side : width - 10} class="grid" />
            <text x={rtl ? width - margin.side + 6 : margin.side - 6} dy="0.32em" class="tick" text-anchor={rtl ? 'start' : 'end'} direction="ltr">
              {number(v)}
            </text>
          </g>
        ))}
        {ticks.map(({ day: d, at }) => (
          <text key={d.getTime()} x={at} y={height - 10} class="tick" text-anchor="middle">
            {label(d)}
          </text>
        ))}
        {data.bins.map((bin) => {
          const from = Date.parse(bin.begin);
          const until = binEnd(bin.begin, unit);
          if (until <= range[0] || from >= range[1]) return null;
          const x0 = x(new Date(Math.max(from, range[0])));
          const x1 = x(new Date(Math.min(until, range[1])));
          const left = Math.min(x0, x1) + 0.5;
          const wide = Math.max(3, Math.abs(x1 - x0) - 1);
          let base = 0;
          const text = `${day(bin.begin, form[unit])}: ${layers.filter((l) => bin[counted[l]] && shown.includes(l)).map((l) => t(`n.${counted[l]}` as Key, { n: bin[counted[l]] ?? 0 })).join(t('list.and'))}`;
          return (
            <a
              key={bin.begin}
              href={href('timeline', '', { ...Object.fromEntries(route.value.query), from: bin.begin.slice(0, 10), to: iso(until - dayLength < from ? from : until - dayLength) })}
              aria-label={text}
              class="bar-link"
            >
              <title>{text}</title>
              <rect x={left} y={margin.top} width={wide} height={height - margin.bottom - margin.top} class="bar-room" />
              {layers.map((layer) => {
                const n = shown.includes(layer) ? (bin[counted[layer]] ?? 0) : 0;
                if (!n) return null;
                const top = y(base + n);
                const bottom = y(base);
                base += n;
                const size = { x: left, y: top, width: wide, height: Math.max(1, bottom - top - 1) };
                return (
                  <g key={layer}>
                    <rect {...size} class={`bar-${layer}`} />
                    {layer !== 'h' && <rect {...size} fill={`url(#hatch-${layer})`} />}
                  </g>
                );
              })}
            </a>
          );
        })}
        <line x1={rtl ? 10 : margin.side} x2={rtl ? width - margin.side : width - 10} y1={height - margin.bottom} y2={height - margin.bottom} class="axis" />
      </svg>
      <p class="hint chart-hint">{t('timeline.hint')}</p>
    </figure>
  );
}

function OneHappening({ id }: { id: string }) {
  const happening = useGet<Happening>(`/api/happenings/${encodeURIComponent(id)}`);
  return (
    <div class="page narrow">
      <p>
        <a href={href('timeline')}>{t('timeline.title')}</a>
      </p>
      <View of={happening}>
        {(h) => (
          <article class="card stack">
            <h1>
              <LayerGlyph layer="h" /> {word('event_type', h.type)}
              {h.mode && <span class="claim-more"> {word('event_mode', h.mode)}</span>}
            </h1>
            <dl class="fields">
              <Line label="field.time" text={h.day ? day(h.day) + (h.until && h.until !== h.day ? ` – ${day(h.until)}` : '') : ''} />
              <Line label="field.place" text={h.place ? named(h.place) : ''} {...(h.place ? { to: href('actors', h.place.id) } : {})} />
              <Line label="field.actors" text={(h.actors ?? []).map(named).join(t('list.and'))} />
              <Line label="field.recipients" text={(h.recipients ?? []).map(named).join(t('list.and'))} />
            </dl>
            <p class="actions">
              <span class="tag">{t('n.mentions', { n: h.mentions ?? h.quotes.length })}</span>
              <span class="tag">{t('n.sources', { n: h.sources ?? 1 })}</span>
              {h.denied && <span class="tag bad">{t('timeline.denied')}</span>}
            </p>
            {h.quotes.map((q) => (
              <QuoteBox key={q.claim} quote={q} />
            ))}
          </article>
        )}
      </View>
    </div>
  );
}

function Line({ label, text, to }: { label: Key; text: string; to?: string }) {
  if (!text) return null;
  return (
    <div>
      <dt>{t(label)}</dt>
      <dd>{to ? <a href={to}><Say text={text} /></a> : <Say text={text} />}</dd>
    </div>
  );
}
