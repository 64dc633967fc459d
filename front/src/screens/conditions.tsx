// SPDX-License-Identifier: Apache-2.0
// The graph of conditions, drawn in layers: what others wait for comes first.
import { useRef } from 'preact/hooks';
import type { Conditions, LedgerEntry } from '../api/types';
import { direction } from '../app/route';
import { named, t, word } from '../i18n';
import { Save } from '../parts/save';
import { plain } from '../text/controls';

const wide = 210;
const high = 64;
const gap = { x: 80, y: 18 };

interface Node {
  id: string;
  entry: LedgerEntry | null;
  text: string;
  level: number;
  row: number;
}

interface Edge {
  from: Node;
  to: Node;
  text: string;
}

/// Nodes that edges join, directly or through others; in the order of their first ones.
function groups(nodes: Node[], edges: Edge[]): Node[][] {
  const next = new Map<Node, Node[]>(nodes.map((n) => [n, []]));
  for (const { from, to } of edges) {
    next.get(from)!.push(to);
    next.get(to)!.push(from);
  }
  const seen = new Set<Node>();
  return nodes.flatMap((first) => {
    if (seen.has(first)) return [];
    const group = [first];
    seen.add(first);
    for (const n of group) // grows while it is walked
      for (const other of next.get(n)!)
        if (!seen.has(other)) {
          seen.add(other);
          group.push(other);
        }
    return [group];
  });
}

/// Levels by longest way from a condition; a circle of conditions is cut where it closes.
function layout(graph: Conditions): { nodes: Node[]; edges: Edge[] } {
  const nodes = new Map<string, Node>();
  const entry = new Map(graph.nodes.map((n) => [n.id, n]));
  const node = (id: string, text: string): Node => {
    let found = nodes.get(id);
    if (!found) {
      const e = entry.get(id) ?? null;
      found = { id, entry: e, text: e?.text ?? text, level: 0, row: 0 };
      nodes.set(id, found);
    }
    return found;
  };
  const edges: Edge[] = graph.edges.map((c, i) => ({ from: node(c.needs, ''), to: node(c.entry ?? `free-${c.for ?? i}`, c.for ?? ''), text: c.quote?.text ?? '' })).filter((e) => e.from !== e.to);
  for (let round = 0; round < Math.min(nodes.size, 12); round++) {
    let moved = false;
    for (const { from, to } of edges)
      if (to.level <= from.level && from.level < 12) {
        to.level = from.level + 1;
        moved = true;
      }
    if (!moved) break;
  }
  // what hangs together stands together, one group below the other
  let top = 0;
  for (const group of groups([...nodes.values()], edges)) {
    const rows = new Map<number, number>();
    for (const n of group.sort((a, b) => a.level - b.level)) {
      const before = edges.filter((e) => e.to === n).map((e) => e.from.row);
      const free = rows.get(n.level) ?? top;
      n.row = Math.max(free, before.length ? Math.round(before.reduce((s, r) => s + r, 0) / before.length) : 0);
      rows.set(n.level, n.row + 1);
    }
    top = Math.max(...rows.values());
  }
  return { nodes: [...nodes.values()], edges };
}

const cut = (text: string, length: number): string => ([...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text);

export function ConditionGraph({ graph, toEntry }: { graph: Conditions; toEntry: (id: string) => string }) {
  const svg = useRef<SVGSVGElement>(null);
  const { nodes, edges } = layout(graph);
  const levels = Math.max(...nodes.map((n) => n.level)) + 1;
  const rows = Math.max(...nodes.map((n) => n.row)) + 1;
  const width = levels * wide + (levels - 1) * gap.x + 24;
  const height = rows * (high + gap.y) + 16;
  const rtl = direction.value === 'rtl';
  const x = (n: Node): number => {
    const left = 12 + n.level * (wide + gap.x);
    return rtl ? width - left - wide : left;
  };
  const y = (n: Node): number => 10 + n.row * (high + gap.y);
  const table = {
    name: 'conditions',
    head: ['condition', 'condition_text', 'condition_status', 'step', 'step_text', 'step_status', 'quote'],
    rows: () => edges.map((e) => [e.from.id, e.from.text, e.from.entry?.status, e.to.entry ? e.to.id : '', e.to.text, e.to.entry?.status, e.text]),
  };
  return (
    <figure class="chart">
      <figcaption class="chart-head">
        <span class="hint">{t('steps.graph.hint')}</span>
        <Save chart={() => svg.current} table={table} />
      </figcaption>
      <div class="graph-box" tabIndex={0} role="region" aria-label={t('steps.graph')}>
        <svg ref={svg} class="graph" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('steps.graph')} direction={direction.value}>
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
              <path d="M0 0 8 4 0 8z" class="arrow-head" />
            </marker>
          </defs>
          {edges.map((e, i) => {
            const x0 = x(e.from) + (rtl ? 0 : wide);
            const x1 = x(e.to) + (rtl ? wide : 0);
            const y0 = y(e.from) + high / 2;
            const y1 = y(e.to) + high / 2;
            const bend = (x1 - x0) / 2;
            return (
              <path key={i} d={`M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`} class={e.from.entry?.status === 'met' ? 'edge met' : 'edge'} marker-end="url(#arrow)">
                <title>{plain(e.text)}</title>
              </path>
            );
          })}
          {nodes.map((n) => {
            const title = n.entry ? `${word('step_kind', n.entry.kind)}: ${word('step_status', n.entry.status)}` : '';
            const who = n.entry?.by.map(named).join(t('list.and')) ?? '';
            const body = (
              <g transform={`translate(${x(n)} ${y(n)})`}>
                <title>{plain(n.text)}</title>
                <rect width={wide} height={high} rx="8" class={`node ${n.entry ? `node-${n.entry.status}` : 'node-free'}`} />
                <text x={rtl ? wide - 12 : 12} y="20" class="node-title" text-anchor="start">
                  {cut(title || t('steps.waits'), 30)}
                </text>
                <text x={rtl ? wide - 12 : 12} y="38" text-anchor="start">
                  {plain(cut(n.text, 32))}
                </text>
                <text x={rtl ? wide - 12 : 12} y="55" class="node-who" text-anchor="start">
                  {plain(cut(who, 32))}
                </text>
              </g>
            );
            return n.entry ? (
              <a key={n.id} href={toEntry(n.id)}>
                {body}
              </a>
            ) : (
              <g key={n.id}>{body}</g>
            );
          })}
        </svg>
      </div>
    </figure>
  );
}
