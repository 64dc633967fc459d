// SPDX-License-Identifier: Apache-2.0
// Where things happened: an offline map, places drawn together where they would cover one another, and a slider of time.
import { extent } from 'd3-array';
import { geoMercator, geoPath, type GeoPath } from 'd3-geo';
import { scaleLinear, scaleSqrt, scaleUtc } from 'd3-scale';
import { select } from 'd3-selection';
import { zoom as zooming, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import Supercluster from 'supercluster';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MapAnswer, MapPlace } from '../api/types';
import { useKeys } from '../app/keys';
import { direction, href, param, route, set } from '../app/route';
import { day, named, number, t, word } from '../i18n';
import { Filters, filterQuery } from '../parts/filters';
import { Empty, useGet, View } from '../parts/load';
import { Save } from '../parts/save';
import { Name } from '../parts/say';
import { useWidth } from '../parts/size';
import { plain } from '../text/controls';

interface Ground {
  countries: Topology<{ countries: GeometryCollection }>;
  admin1: GeoJSON.MultiLineString;
}
let ground: Promise<Ground> | null = null;
const loadGround = (): Promise<Ground> => (ground ??= fetch('/map.json').then((r) => r.json() as Promise<Ground>));

export function MapScreen() {
  const answer = useGet<MapAnswer>('/api/map', filterQuery(['actor', 'type', 'outlet', 'from', 'to']));
  return (
    <div class="page wide">
      <h1>{t('map.title')}</h1>
      <Filters use={['actor', 'type', 'outlet', 'from', 'to']} />
      <View of={answer}>
        {(data) => (
          <div class="stack">
            {data.places.length === 0 && !param('from') && !param('to') ? <Empty title={t('map.empty')} mend={t('map.empty.mend')} /> : <Drawn data={data} />}
            <Slider data={data} />
            {(data.unplaced ?? 0) > 0 && <p class="hint">{t('map.unplaced', { n: data.unplaced! })}</p>}
            <Places places={data.places} />
          </div>
        )}
      </View>
    </div>
  );
}

type Shown = { x: number; y: number; places: MapPlace[]; happenings: number };

function Drawn({ data }: { data: MapAnswer }) {
  const box = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown> | null>(null);
  const [base, setBase] = useState<Ground | null>(null);
  const width = useWidth(box, 1000) - 2;
  const height = Math.round(Math.min(620, Math.max(340, width * 0.52)));
  useEffect(() => void loadGround().then(setBase, () => undefined), []);
  const projection = useMemo(() => geoMercator().scale(width / 6.4).translate([width / 2, height / 2]).center([38, 27]), [width, height]);
  const outlines = useMemo(() => {
    if (!base) return null;
    const path = geoPath(projection);
    return {
      land: path(mesh(base.countries, base.countries.objects.countries, (a, b) => a === b)) ?? '',
      borders: path(mesh(base.countries, base.countries.objects.countries, (a, b) => a !== b)) ?? '',
      provinces: path(base.admin1) ?? '',
      fill: base.countries.objects.countries.geometries.map((g) => geoFill(base, g, path)).join(''),
    };
  }, [base, projection]);

  const [view, setView] = useState<ZoomTransform>(zoomIdentity);
  const fit = useMemo(() => fitting(data.places, projection, width, height), [data, projection]);
  const kept = useRef(fromAddress());
  useEffect(() => {
    const element = svg.current;
    if (!element) return undefined;
    const made = zooming<SVGSVGElement, unknown>()
      .scaleExtent([0.6, 120])
      .on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => setView(event.transform))
      .on('end', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
        if (!event.sourceEvent) return;
        keep(event.transform, projection, width, height);
      });
    behaviour.current = made;
    const chosen = select(element);
    chosen.call(made);
    const stored = kept.current;
    const start = stored ? around(stored, projection, width, height) : fit;
    chosen.call(made.transform, start);
    return () => void chosen.on('.zoom', null);
  }, [width, height]);
  const to = (next: ZoomTransform): void => {
    const element = svg.current;
    if (!element || !behaviour.current) return;
    select(element).call(behaviour.current.transform, next);
    keep(next, projection, width, height);
  };
  const by = (factor: number): void => {
    const k = Math.max(0.6, Math.min(120, view.k * factor));
    const x = (width / 2 - view.x) / view.k;
    const y = (height / 2 - view.y) / view.k;
    to(zoomIdentity.translate(width / 2 - x * k, height / 2 - y * k).scale(k));
  };
  const pan = (dx: number, dy: number): void => to(zoomIdentity.translate(view.x + dx, view.y + dy).scale(view.k));
  useKeys({
    '+': () => by(1.6),
    '=': () => by(1.6),
    '-': () => by(1 / 1.6),
    '0': () => to(fit),
    ArrowLeft: () => pan(80, 0),
    ArrowRight: () => pan(-80, 0),
    ArrowUp: () => pan(0, 80),
    ArrowDown: () => pan(0, -80),
  });

  const index = useMemo(() => {
    const made = new Supercluster<MapPlace>({ radius: 60, maxZoom: 14, minPoints: 2 });
    made.load(data.places.map((p) => ({ type: 'Feature', properties: p, geometry: { type: 'Point', coordinates: [p.lon, p.lat] } })));
    return made;
  }, [data]);
  // Web Mercator at zoom z has 512 · 2^z pixels round the world.
  const level = Math.max(0, Math.min(14, Math.round(Math.log2((projection.scale() * 2 * Math.PI * view.k) / 512))));
  const shown = useMemo<Shown[]>(
    () =>
      index.getClusters([-180, -85, 180, 85], level).map((c) => {
        const [lon, lat] = c.geometry.coordinates as [number, number];
        const [x, y] = projection([lon, lat]) ?? [0, 0];
        const many = 'cluster_id' in c.properties ? index.getLeaves(c.properties.cluster_id as number, Infinity).map((l) => l.properties as MapPlace) : [c.properties as MapPlace];
        return { x, y, places: many, happenings: many.reduce((s, p) => s + p.happenings, 0) };
      }),
    [index, level, projection],
  );
  const size = scaleSqrt([0, Math.max(1, ...shown.map((s) => s.happenings))], [5, 24]);
  // a cluster has room for its number
  const room = (s: Shown): number => Math.max(size(s.happenings), s.places.length > 1 ? number(s.happenings).length * 3.2 + 3 : 0);
  const spots = labelled(shown, view, width, height);
  const table = {
    name: 'map',
    head: ['id', 'name', 'name_en', 'country', 'latitude', 'longitude', 'happenings', 'figures', 'killed_best'],
    rows: () => data.places.map((p) => [p.id, p.name, p.name_en, p.country, p.lat, p.lon, p.happenings, p.figures, p.killed]),
  };
  const open = (s: Shown): void => {
    const [a, b] = [extent(s.places, (p) => p.lon), extent(s.places, (p) => p.lat)];
    if (a[0] === a[1] && b[0] === b[1]) by(2);
    else to(fitting(s.places, projection, width, height));
  };
  return (
    <figure class="chart map" ref={box}>
      <figcaption class="chart-head">
        <span class="actions">
          <button type="button" class="button small" onClick={() => by(1.6)}>
            {t('map.in')}
          </button>
          <button type="button" class="button small" onClick={() => by(1 / 1.6)}>
            {t('map.out')}
          </button>
          <button type="button" class="button small" onClick={() => to(fit)}>
            {t('map.fit')}
          </button>
          <span class="hint">{t('map.size')}</span>
        </span>
        <Save chart={() => svg.current} table={table} />
      </figcaption>
      <svg ref={svg} class="map-svg" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('map.chart')} direction={direction.value}>
        <clipPath id="map-clip">
          <rect width={width} height={height} />
        </clipPath>
        <rect width={width} height={height} class="sea" />
        <g clip-path="url(#map-clip)">
          <g transform={view.toString()}>
            {outlines && (
              <>
                <path d={outlines.fill} class="land" />
                {view.k > 1.6 && <path d={outlines.provinces} class="province" vector-effect="non-scaling-stroke" />}
                <path d={outlines.borders} class="border" vector-effect="non-scaling-stroke" />
                <path d={outlines.land} class="coast" vector-effect="non-scaling-stroke" />
              </>
            )}
          </g>
          {spots.map(({ s, x, y }) => {
            const single = s.places.length === 1 ? s.places[0]! : null;
            const r = room(s);
            const killed = s.places.reduce((sum, p) => sum + (p.killed ?? 0), 0);
            const text = `${single ? named(single) : t('map.cluster', { x: s.places.length })}: ${t('n.happenings', { n: s.happenings })}${killed ? `, ${t('map.killed', { x: killed })}` : ''}`;
            const body = (
              <g transform={`translate(${x} ${y})`}>
                <title>{text}</title>
                {single ? <circle r={r} class="spot" /> : <rect x={-r} y={-r} width={2 * r} height={2 * r} rx={r / 2.5} class="spot cluster" />}
              </g>
            );
            return single ? (
              <a key={single.id} href={href('timeline', '', { ...Object.fromEntries(route.value.query), place: single.id, view: null, in: 'h' })} aria-label={text} class="spot-link">
                {body}
              </a>
            ) : (
              <g
                key={s.places.map((p) => p.id).join()}
                role="button"
                tabIndex={0}
                aria-label={text}
                class="spot-link"
                onClick={() => open(s)}
                onKeyDown={(e) => {
                  if (e.key === 'Enter' || e.key === ' ') {
                    e.preventDefault();
                    open(s);
                  }
                }}
              >
                {body}
              </g>
            );
          })}
          <g aria-hidden="true">
            {spots.map(({ s, x, y, label }) => (
              <g key={s.places.map((p) => p.id).join()} transform={`translate(${x} ${y})`}>
                {number(s.happenings).length * 6.4 + 4 <= 2 * room(s) && (
                  <text dy="0.35em" text-anchor="middle" class="spot-count" direction="ltr">
                    {number(s.happenings)}
                  </text>
                )}
                {label && (
                  <text y={room(s) + 13} text-anchor="middle" class="spot-name">
                    {plain(named(s.places[0]!))}
                  </text>
                )}
              </g>
            ))}
          </g>
        </g>
      </svg>
    </figure>
  );
}

function geoFill(base: Ground, geometry: GeometryObject, path: GeoPath): string {
  return path(feature(base.countries, geometry)) ?? '';
}

/// Names are written where no name already stands.
function labelled(shown: Shown[], view: ZoomTransform, width: number, height: number): { s: Shown; x: number; y: number; label: boolean }[] {
  const taken: [number, number][] = [];
  return [...shown]
    .sort((a, b) => b.happenings - a.happenings)
    .map((s) => ({ s, x: view.applyX(s.x), y: view.applyY(s.y) }))
    .filter(({ x, y }) => x > -30 && y > -30 && x < width + 30 && y < height + 30)
    .slice(0, 400)
    .map(({ s, x, y }) => {
      const free = s.places.length === 1 && !taken.some(([a, b]) => Math.abs(a - x) < 90 && Math.abs(b - y) < 26);
      if (free) taken.push([x, y]);
      return { s, x, y, label: free };
    })
    .reverse();
}

function fitting(places: MapPlace[], projection: ReturnType<typeof geoMercator>, width: number, height: number): ZoomTransform {
  const points = places.map((p) => projection([p.lon, p.lat])).filter((p): p is [number, number] => p !== null);
  const [x0, x1] = extent(points, (p) => p[0]);
  const [y0, y1] = extent(points, (p) => p[1]);
  if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) return zoomIdentity;
  const k = Math.max(0.8, Math.min(24, 0.82 / Math.max((x1 - x0) / width, (y1 - y0) / height, 0.0001)));
  return zoomIdentity.translate(width / 2 - (k * (x0 + x1)) / 2, height / 2 - (k * (y0 + y1)) / 2).scale(k);
}

/// What is in the middle and how near, in the address: longitude,latitude,scale.
function keep(view: ZoomTransform, projection: ReturnType<typeof geoMercator>, width: number, height: number): void {
  const middle = projection.invert?.(view.invert([width / 2, height / 2]));
  if (middle) set({ at: `${middle[0].toFixed(3)},${middle[1].toFixed(3)},${view.k.toFixed(2)}` });
}

function fromAddress(): [number, number, number] | null {
  const parts = param('at').split(',').map(Number);
  return parts.length === 3 && parts.every(Number.isFinite) ? (parts as [number, number, number]) : null;
}

function around([lon, lat, k]: [number, number, number], projection: ReturnType<typeof geoMercator>, width: number, height: number): ZoomTransform {
  const [x, y] = projection([lon, lat]) ?? [width / 2, height / 2];
  return zoomIdentity.translate(width / 2 - x * k, height / 2 - y * k).scale(k);
}

/// Bars of what happened when, with two handles for the time that is shown.
function Slider({ data }: { data: MapAnswer }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 1000) - 28;
  const [playing, setPlaying] = useState(false);
  const days = data.bins.map((b) => Date.parse(b.begin));
  const first = Math.min(...days);
  const last = Math.max(...days) + ({ year: 365, month: 30, day: 0 }[data.unit] ?? 0) * 864e5;
  const from = param('from') ? Date.parse(param('from')) : first;
  const to = param('to') ? Date.parse(param('to')) : last;
  const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const put = (name: 'from' | 'to', time: number): void => set({ [name]: (name === 'from' ? time <= first : time >= last) ? null : iso(time) });
  useEffect(() => {
    if (!playing) return undefined;
    const step = Math.max(864e5, Math.round((last - first) / 60 / 864e5) * 864e5);
    const timer = window.setInterval(() => {
      const now = param('to') ? Date.parse(param('to')) : first;
      if (now + step >= last) {
        setPlaying(false);
        set({ to: null });
      } else set({ to: iso(now + step) });
    }, 350);
    return () => window.clearInterval(timer);
  }, [playing, first, last]);
  if (days.length === 0 || last <= first) return null;
  const rtl = direction.value === 'rtl';
  const x = scaleUtc([new Date(first), new Date(last)], rtl ? [width, 0] : [0, width]);
  const y = scaleLinear([0, Math.max(1, ...data.bins.map((b) => b.happenings ?? 0))], [0, 34]);
  return (
    <div class="chart slider" ref={box} role="group" aria-label={t('map.slider')}>
      <div class="chart-head">
        <span>
          <bdi>{day(iso(from), 'short')}</bdi> – <bdi>{day(iso(to), 'short')}</bdi>
        </span>
        <button type="button" class="button small" onClick={() => setPlaying(!playing)}>
          {t(playing ? 'map.pause' : 'map.play')}
        </button>
      </div>
      <svg width={width} height="36" viewBox={`0 0 ${width} 36`} aria-hidden="true">
        {data.bins.map((b) => {
          const at = x(new Date(b.begin));
          const inside = Date.parse(b.begin) >= from - 31 * 864e5 && Date.parse(b.begin) <= to;
          const h = y(b.happenings ?? 0);
          return <rect key={b.begin} x={rtl ? at - 4 : at} y={36 - h} width="4" height={h} class={inside ? 'bar-h' : 'bar-track'} />;
        })}
      </svg>
      {(['from', 'to'] as const).map((name) => (
        <input
          key={name}
          type="range"
          min={first}
          max={last}
          step={864e5}
          value={name === 'from' ? from : to}
          aria-label={t(`map.slider.${name}`)}
          aria-valuetext={day(iso(name === 'from' ? from : to), 'long')}
          onInput={(e) => {
            const v = Number(e.currentTarget.value);
            put(name, name === 'from' ? Math.min(v, to) : Math.max(v, from));
          }}
        />
      ))}
    </div>
  );
}

function Places({ places }: { places: MapPlace[] }) {
  if (places.length === 0) return <Empty title={t('map.empty')} mend={t('map.empty.mend')} />;
  const list = [...places].sort((a, b) => b.happenings - a.happenings);
  return (
    <details class="card">
      <summary>
        {t('save.table')}: {t('n.places', { n: places.length })}
      </summary>
      <div class="table-box" tabIndex={0} role="region" aria-label={t('save.table')}>
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">{t('filter.place')}</th>
              <th scope="col">{t('map.happenings')}</th>
              <th scope="col">{t('map.figures')}</th>
              <th scope="col">{t('filter.type')}</th>
            </tr>
          </thead>
          <tbody>
            {list.slice(0, 500).map((p) => (
              <tr key={p.id}>
                <th scope="row">
                  <a href={href('actors', p.id)}>
                    <Name of={p} />
                  </a>
                </th>
                <td>{number(p.happenings)}</td>
                <td>{number(p.figures ?? 0)}</td>
                <td>
                  {Object.entries(p.types ?? {})
                    .sort((a, b) => b[1] - a[1])
                    .map(([type, n]) => `${word('event_type', type)} ${number(n)}`)
                    .join(t('list.and'))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
