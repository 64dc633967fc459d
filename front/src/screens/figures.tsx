// SPDX-License-Identifier: Apache-2.0
// Figures side by side: a series for what befell whom, where, with every source's value.
import { scaleLinear, scaleUtc } from 'd3-scale';
import { useRef } from 'preact/hooks';
import type { Page, Series, SeriesFigure } from '../api/types';
import { direction, href, param, route, set } from '../app/route';
import { day, named, number, t, total, word } from '../i18n';
import { values } from '../i18n/values';
import { Filters, filterQuery } from '../parts/filters';
import { LayerGlyph, StateSign } from '../parts/glyph';
import { Empty, useGet, View } from '../parts/load';
import { Pager } from '../parts/pager';
import { QuoteBox } from '../parts/quote';
import { Save } from '../parts/save';
import { Name, Say } from '../parts/say';
import { useWidth } from '../parts/size';
import { dayTicks } from '../parts/ticks';

export function FiguresScreen() {
  const { id } = route.value;
  const page = useGet<Page<Series>>('/api/series', { what: param('what'), counted: param('counted'), disputed: param('disputed'), limit: 60, cursor: param('cursor'), ...filterQuery(['place', 'outlet', 'from', 'to', 'actor']) });
  const choose = (name: string, value: string): void => set({ [name]: value || null, cursor: null }, true);
  return (
    <div class="page">
      <h1>{t('figures.title')}</h1>
      <Filters use={['place', 'outlet', 'from', 'to', 'actor']}>
        {(['what', 'counted'] as const).map((name) => (
          <label class="filter" key={name}>
            <span>{t(name === 'what' ? 'figures.what' : 'figures.counted')}</span>
            <select value={param(name)} onChange={(e) => choose(name, e.currentTarget.value)}>
              <option value="">{t('app.all')}</option>
              {Object.keys(values[name]!).map((v) => (
                <option key={v} value={v}>
                  {word(name, v)}
                </option>
              ))}
            </select>
          </label>
        ))}
        <label class="check">
          <input type="checkbox" checked={param('disputed') === 'true'} onChange={(e) => choose('disputed', e.currentTarget.checked ? 'true' : '')} /> {t('figures.disputed')}
        </label>
      </Filters>
      <div class={id ? 'split with' : 'split'}>
        <section aria-label={t('figures.series')}>
          <View of={page}>
            {(data) =>
              data.items.length === 0 ? (
                <Empty title={t('figures.empty')} mend={t('figures.empty.mend')} />
              ) : (
                <>
                  <p class="page-line" role="status">
                    {total('n.series', data)}
                  </p>
                  <ul class="rows">
                    {data.items.map((s) => (
                      <li key={s.id}>
                        <SeriesRow series={s} most={Math.max(...data.items.map((x) => x.high))} chosen={s.id === id} />
                      </li>
                    ))}
                  </ul>
                  <Pager next={data.next} />
                </>
              )
            }
          </View>
        </section>
        {id && <One id={id} key={id} />}
      </div>
    </div>
  );
}

export function seriesName(s: { what: string; counted: string }): string {
  return `${word('what', s.what)} (${word('counted', s.counted)})`;
}

function period(s: Series): string {
  if (!s.since && !s.until) return '';
  return [s.since, s.until].map((d) => (d ? day(d, 'short') : '…')).join(' – ');
}

function SeriesRow({ series: s, most, chosen }: { series: Series; most: number; chosen: boolean }) {
  // Lengths are by logarithm: series of a few and of thousands stand in one list.
  const part = (v: number): number => (most > 0 ? Math.round((Math.log1p(v) / Math.log1p(most)) * 1000) / 10 : 0);
  return (
    <a class="row series-row" href={href('figures', s.id, Object.fromEntries(route.value.query))} aria-current={chosen ? 'true' : undefined}>
      <span class="series-name">
        <LayerGlyph layer="f" /> {seriesName(s)}
        {s.disputed && <span class="tag bad">≠ {t('figures.contradiction')}</span>}
      </span>
      <span class="row-more">
        <span>{s.place ? <Name of={s.place} /> : t('figures.where')}</span>
        {period(s) && <bdi>{period(s)}</bdi>}
        <span>{t('n.figures', { n: s.figures_count ?? 0 })}</span>
        <span>{t('n.sources', { n: s.sources ?? 0 })}</span>
      </span>
      <span class="row-side series-side">
        <span class="series-best">{number(s.best)}</span>
        {s.low !== s.high && <span class="hint">{t('figures.range', { x: s.low, y: s.high })}</span>}
        <svg class="series-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect x="0" y="3" width="100" height="2" class="bar-track" />
          <rect x={part(s.low)} y="2" width={Math.max(1, part(s.high) - part(s.low))} height="4" class="bar-f" opacity="0.45" />
          <rect x={Math.max(0, part(s.best) - 1)} y="0" width="2" height="8" class="bar-f" />
        </svg>
      </span>
    </a>
  );
}

function One({ id }: { id: string }) {
  const series = useGet<Series>(`/api/series/${encodeURIComponent(id)}`);
  return (
    <section class="side" aria-label={t('figures.chart')}>
      <View of={series}>
        {(s) => {
          const figures = [...(s.figures ?? [])].sort((a, b) => (a.day ?? '').localeCompare(b.day ?? ''));
          const disputed = new Set((s.contradictions ?? []).flatMap((c) => [c.a, c.b]));
          return (
            <article class="stack">
              <header class="card side-head">
                <h2>
                  <LayerGlyph layer="f" /> {seriesName(s)}
                </h2>
                <p>
                  {s.place ? <a href={href('actors', s.place.id)}><Name of={s.place} /></a> : t('figures.where')} {period(s) && <bdi>· {period(s)}</bdi>}
                </p>
                <p>
                  <strong>{t('figures.best', { x: s.best })}</strong> {s.low !== s.high && t('figures.range', { x: s.low, y: s.high })}
                </p>
                {s.happening && (
                  <p>
                    <a href={href('timeline', s.happening)}>{t('layer.h')}</a>
                  </p>
                )}
              </header>
              <Chart series={s} figures={figures} />
              <ol class="rows">
                {figures.map((f) => (
                  <li key={f.claim} class="figure-row">
                    <p class="figure-line">
                      <strong class="figure-value">
                        {f.bound !== 'exact' && `${word('bound', f.bound)} `}
                        {number(f.value)}
                        {f.high ? `–${number(f.high)}` : ''}
                      </strong>
                      <span>{f.source ? <Name of={f.source} /> : t('figures.itself')}</span>
                      {f.outlet && <Say text={f.outlet} class="hint" />}
                      {f.day && <time dateTime={f.day}>{day(f.day, 'short')}</time>}
                      {disputed.has(f.claim) && <span class="tag bad">≠ {t('figures.contradiction')}</span>}
                      {f.claim === s.best_claim && <span class="tag">★ {t('figures.legend.best')}</span>}
                      {f.copy && <span class="tag">{t('figures.copy')}</span>}
                      {f.state && f.state !== 'machine' && <StateSign state={f.state as 'accepted'} />}
                    </p>
                    {f.quote && <QuoteBox quote={f.quote} />}
                  </li>
                ))}
              </ol>
            </article>
          );
        }}
      </View>
    </section>
  );
}

const bounds: Record<string, string> = { exact: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z', about: 'M0-6 6 0 0 6-6 0z', at_least: 'M-6 5 0-6 6 5z', at_most: 'M-6-5 0 6 6-5z' };

function Chart({ series, figures }: { series: Series; figures: SeriesFigure[] }) {
  const box = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(box, 520) - 28;
  const height = 230;
  const rtl = direction.value === 'rtl';
  const dated = figures.filter((f) => f.day);
  const times = dated.map((f) => Date.parse(f.day!)).filter((n) => !Number.isNaN(n));
  const pad = Math.max(864e5 * 3, (Math.max(...times, 0) - Math.min(...times)) * 0.06);
  const x = scaleUtc([new Date(Math.min(...times) - pad), new Date(Math.max(...times) + pad)], rtl ? [width - 52, 12] : [52, width - 12]);
  const y = scaleLinear([0, Math.max(series.high, 1) * 1.08], [height - 30, 12]).nice(4);
  const table = {
    name: `figures-${series.id}`,
    head: ['claim', 'day', 'value', 'high', 'bound', 'what', 'counted', 'place', 'source', 'outlet', 'document', 'quote'],
    rows: () => figures.map((f) => [f.claim, f.day, f.value, f.high, f.bound, series.what, series.counted, series.place?.name, f.source?.name, f.outlet, f.document, f.quote?.text]),
  };
  const seen = new Map<string, number>();
  return (
    <figure class="chart" ref={box}>
      <figcaption class="chart-head">
        <span>{t('figures.chart')}</span>
        <Save chart={() => svg.current} table={table} />
      </figcaption>
      {times.length > 0 && (
        <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${t('figures.chart')}: ${seriesName(series)}`} direction={direction.value}>
          <rect x={rtl ? 12 : 52} y={y(series.high)} width={Math.max(0, width - 64)} height={Math.max(1, y(series.low) - y(series.high))} class="range" />
          {y.ticks(4).filter(Number.isInteger).map((v) => (
            <g key={v} transform={`translate(0 ${y(v)})`}>
              <line x1={rtl ? 12 : 52} x2={rtl ? width - 52 : width - 12} class="grid" />
              <text x={rtl ? width - 46 : 46} dy="0.32em" class="tick" text-anchor={rtl ? 'start' : 'end'} direction="ltr">
                {number(v)}
              </text>
            </g>
          ))}
          {dayTicks(x, width).map(({ day: d, at }) => (
            <text key={d.getTime()} x={at} y={height - 8} class="tick" text-anchor="middle">
              {day(d.toISOString().slice(0, 10), times.length > 1 && Math.max(...times) - Math.min(...times) > 864e5 * 200 ? 'month' : 'short')}
            </text>
          ))}
          <line x1={rtl ? 12 : 52} x2={rtl ? width - 52 : width - 12} y1={y(series.best)} y2={y(series.best)} class="best" />
          {dated.map((f) => {
            const key = `${f.day}|${f.value}`;
            const n = seen.get(key) ?? 0;
            seen.set(key, n + 1);
            const text = `${f.bound === 'exact' ? '' : `${word('bound', f.bound)} `}${number(f.value)}, ${f.source ? named(f.source) : (f.outlet ?? t('figures.itself'))}, ${day(f.day, 'short')}`;
            return (
              <a key={f.claim} href={href('report', f.document, { claim: f.claim, show: 'all' })} aria-label={text} class="dot-link">
                <title>{text}</title>
                <g transform={`translate(${x(new Date(f.day!)) + (n % 5) * 9 * (rtl ? -1 : 1)} ${y(f.value) - Math.floor(n / 5) * 8})`}>
                  {f.high ? <line y1="0" y2={y(f.high) - y(f.value)} class="whisker" /> : null}
                  <path d={bounds[f.bound] ?? bounds['exact']!} class={f.copy ? 'dot copy' : 'dot'} />
                </g>
              </a>
            );
          })}
        </svg>
      )}
      <p class="hint chart-hint bounds">
        {(['exact', 'about', 'at_least', 'at_most'] as const).map((b) => (
          <span key={b}>
            <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true">
              <path d={bounds[b]} class="dot" />
            </svg>{' '}
            {word('bound', b)}
          </span>
        ))}
      </p>
    </figure>
  );
}
