// SPDX-License-Identifier: Apache-2.0
// Who did what to whom, and who met whom, drawn as a net that always falls the same way.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from 'd3-force';
import { scaleSqrt } from 'd3-scale';
import { useMemo, useRef } from 'preact/hooks';
import type { Network, NetworkEdge, NetworkNode } from '../api/types';
import { direction, href, route } from '../app/route';
import { named, number, t, word } from '../i18n';
import { Filters, filterQuery } from '../parts/filters';
import { Empty, useGet, View } from '../parts/load';
import { Save } from '../parts/save';
import { useWidth } from '../parts/size';
import { plain } from '../text/controls';

type Placed = NetworkNode & SimulationNodeDatum;
interface Tie extends SimulationLinkDatum<Placed> {
  edges: NetworkEdge[];
  count: number;
}
const kindly = new Set(['AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'CONCEDE', 'RETREAT', 'YIELD']);

export function NetworkView({ chosen }: { chosen: string }) {
  const network = useGet<Network>('/api/network', { limit: 120, ...filterQuery() });
  return (
    <section aria-label={t('actors.network')} class="stack">
      <Filters />
      <View of={network}>{(data) => (data.edges.length === 0 ? <Empty title={t('actors.empty')} mend={t('actors.empty.mend')} /> : <Net data={data} chosen={chosen} />)}</View>
    </section>
  );
}

function Net({ data, chosen }: { data: Network; chosen: string }) {
  const box = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = Math.max(640, useWidth(box, 900) - 2);
  const height = Math.round(Math.max(420, Math.min(720, width * 0.62)));
  const { nodes, ties } = useMemo(() => lay(data, width, height), [data, width]);
  const near = new Set(ties.filter((l) => (l.source as Placed).id === chosen || (l.target as Placed).id === chosen).flatMap((l) => [(l.source as Placed).id, (l.target as Placed).id]));
  const radius = scaleSqrt([0, Math.max(1, ...nodes.map((n) => n.weight))], [4, 17]);
  const stroke = scaleSqrt([0, Math.max(1, ...ties.map((l) => l.count))], [0.8, 6]);
  const table = {
    name: 'network',
    head: ['from', 'from_name', 'to', 'to_name', 'type', 'directed', 'count'],
    rows: () => {
      const name = new Map(data.nodes.map((n) => [n.id, n.name]));
      return data.edges.map((e) => [e.a, name.get(e.a), e.b, name.get(e.b), e.type, e.directed === false ? 'no' : 'yes', e.count]);
    },
  };
  return (
    <figure class="chart map" ref={box}>
      <figcaption class="chart-head">
        <span class="hint">
          {t('actors.network.hint')} {(data.left_out ?? 0) > 0 && t('actors.network.left', { x: data.left_out! })}
        </span>
        <Save chart={() => svg.current} table={table} />
      </figcaption>
      <div class="graph-box" tabIndex={0} role="region" aria-label={t('actors.network.chart')}>
      <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('actors.network.chart')} direction={direction.value}>
        <defs>
          <marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">
            <path d="M0 0 8 4 0 8z" class="tip" />
          </marker>
        </defs>
        {ties.map((l, i) => {
          const a = l.source as Placed;
          const b = l.target as Placed;
          const r = radius(b.weight) + 3;
          const length = Math.hypot(b.x! - a.x!, b.y! - a.y!) || 1;
          const friendly = l.edges.filter((e) => kindly.has(e.type)).reduce((s, e) => s + e.count, 0) * 2 >= l.count;
          const text = `${plain(named(a))} – ${plain(named(b))}: ${l.edges.map((e) => `${word('event_type', e.type)} ${number(e.count)}`).join(t('list.and'))}`;
          const dim = chosen && near.size > 0 && a.id !== chosen && b.id !== chosen;
          return (
            <path
              key={i}
              d={`M${a.x} ${a.y}L${b.x! - ((b.x! - a.x!) / length) * r} ${b.y! - ((b.y! - a.y!) / length) * r}`}
              class={`tie ${friendly ? 'friendly' : 'hostile'}${dim ? ' dim' : ''}`}
              stroke-width={stroke(l.count)}
              {...(l.edges.some((e) => e.directed !== false) ? { 'marker-end': 'url(#tip)' } : {})}
            >
              <title>{text}</title>
            </path>
          );
        })}
        {nodes.map((n) => {
          const text = `${plain(named(n))}, ${word('entity_kind', n.kind)}, ${number(n.weight)}`;
          const r = radius(n.weight);
          const dim = chosen && near.size > 0 && !near.has(n.id);
          return (
            <a key={n.id} href={href('actors', n.id, Object.fromEntries(route.value.query))} aria-label={text} class={`spot-link${dim ? ' dim' : ''}${n.id === chosen ? ' chosen' : ''}`}>
              <g transform={`translate(${n.x} ${n.y})`}>
                <title>{text}</title>
                {n.kind === 'person' ? <circle r={r} class="spot person" /> : n.kind === 'armed' ? <path d={`M0 ${-r * 1.2}L${r * 1.1} ${r * 0.9}H${-r * 1.1}Z`} class="spot armed" /> : <rect x={-r} y={-r} width={2 * r} height={2 * r} rx="2" class="spot group" />}
                <text y={r + 13} text-anchor="middle" class="spot-name">
                  {plain(named(n))}
                </text>
              </g>
            </a>
          );
        })}
      </svg>
      </div>
    </figure>
  );
}

/// Forces run a fixed number of rounds from a fixed start, so that the same net is drawn alike each time.
function lay(data: Network, width: number, height: number): { nodes: Placed[]; ties: Tie[] } {
  const nodes: Placed[] = data.nodes.map((n, i) => ({ ...n, x: width / 2 + Math.cos(i * 2.4) * 12 * Math.sqrt(i), y: height / 2 + Math.sin(i * 2.4) * 9 * Math.sqrt(i) }));
  const known = new Map(nodes.map((n) => [n.id, n]));
  const pairs = new Map<string, Tie>();
  for (const e of data.edges) {
    const source = known.get(e.a);
    const target = known.get(e.b);
    if (!source || !target || source === target) continue;
    const key = `${e.a} ${e.b}`;
    const tie = pairs.get(key) ?? { source, target, edges: [], count: 0 };
    tie.edges.push(e);
    tie.count += e.count;
    pairs.set(key, tie);
  }
  const ties = [...pairs.values()];
  forceSimulation(nodes)
    .force('link', forceLink<Placed, Tie>(ties).distance(95).strength(0.35))
    .force('charge', forceManyBody().strength(-260).distanceMax(420))
    .force('x', forceX(width / 2).strength(0.045))
    .force('y', forceY(height / 2).strength(0.09))
    .force('apart', forceCollide<Placed>(34))
    .stop()
    .tick(220);
  for (const n of nodes) {
    n.x = Math.max(50, Math.min(width - 50, n.x!));
    n.y = Math.max(24, Math.min(height - 34, n.y!));
  }
  return { nodes, ties };
}
