// SPDX-License-Identifier: Apache-2.0
// Marks are drawn behind the text, not put into it: the letters of a word stay joined, whatever ends in its middle.
import type { Word } from '../../text/words';
import type { Item, Place } from './model';

interface Block {
  element: HTMLElement; // the paragraph
  layer: HTMLElement; // its marks
  start: number;
  end: number;
  nodes: { node: Node; start: number; end: number }[];
  drawn: boolean;
  near: boolean;
}
export interface Drawn {
  items: readonly Item[];
  draft: Word | null;
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/// Text of the paragraph's pieces; `start` of a node is told by the component that made it.
export const starts = new WeakMap<Node, number>();

export class Marks {
  private blocks: Block[] = [];
  private shown: Drawn = { items: [], draft: null };
  private readonly watch: IntersectionObserver;
  private readonly resize: ResizeObserver;
  private lit = new Set<string>();
  private width = 0;

  constructor(
    private readonly root: HTMLElement,
    scroller: HTMLElement,
  ) {
    for (const element of root.querySelectorAll<HTMLElement>('p')) {
      const layer = document.createElement('div');
      layer.className = 'marks';
      layer.setAttribute('aria-hidden', 'true');
      element.before(layer);
      const nodes: Block['nodes'] = [];
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const start = starts.get(node);
        if (start !== undefined) nodes.push({ node, start, end: start + (node.textContent?.length ?? 0) });
      }
      this.blocks.push({ element, layer, start: Number(element.dataset['start']), end: Number(element.dataset['end']), nodes, drawn: false, near: false });
    }
    const byElement = new Map(this.blocks.map((b) => [b.element as Element, b]));
    this.watch = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const block = byElement.get(entry.target);
          if (!block) continue;
          block.near = entry.isIntersecting;
          if (block.near && !block.drawn) this.drawBlock(block);
        }
      },
      { root: scroller, rootMargin: '600px 0px' },
    );
    for (const block of this.blocks) this.watch.observe(block.element);
    this.resize = new ResizeObserver(() => {
      if (Math.abs(root.clientWidth - this.width) < 1) return;
      this.width = root.clientWidth;
      this.again();
    });
    this.width = root.clientWidth;
    this.resize.observe(root);
    void document.fonts?.ready.then(() => this.again());
  }

  close(): void {
    this.watch.disconnect();
    this.resize.disconnect();
  }

  /// Draws what changed: paragraphs in which a claim came, went, moved or changed its state.
  draw(next: Drawn): void {
    const before = this.shown;
    this.shown = next;
    const was = new Map(before.items.map((i) => [i.id, i]));
    const is = new Map(next.items.map((i) => [i.id, i]));
    const touched: Place[] = [];
    for (const [id, item] of is) if (was.get(id)?.claim !== item.claim) touched.push(...item.places, ...(was.get(id)?.places ?? []));
    for (const [id, item] of was) if (!is.has(id)) touched.push(...item.places);
    for (const draft of [before.draft, next.draft]) if (draft) touched.push({ role: 'draft', ...draft });
    if (touched.length === 0) return;
    for (const block of this.blocks) {
      if (!touched.some((p) => p.start < block.end && p.end > block.start)) continue;
      block.drawn = false;
      if (block.near) this.drawBlock(block);
    }
  }

  again(): void {
    for (const block of this.blocks) {
      block.drawn = false;
      if (block.near) this.drawBlock(block);
    }
  }

  /// Lights the marks of the selected and the pointed-at claim.
  light(selected: string | null, hovered: string | null, other: string | null): void {
    for (const id of this.lit) for (const mark of this.of(id)) mark.classList.remove('selected', 'hovered', 'other');
    this.lit = new Set();
    const put = (id: string | null, name: string): void => {
      if (!id) return;
      this.lit.add(id);
      for (const mark of this.of(id)) mark.classList.add(name);
    };
    put(selected, 'selected');
    put(hovered, 'hovered');
    put(other, 'other');
    this.names = [selected, hovered, other];
  }
  private names: (string | null)[] = [null, null, null];

  private of(id: string): NodeListOf<HTMLElement> {
    return this.root.querySelectorAll<HTMLElement>(`[data-claim="${CSS.escape(id)}"]`);
  }

  private range(block: Block, start: number, end: number): Range | null {
    const range = document.createRange();
    let open = false;
    for (const { node, start: from, end: to } of block.nodes) {
      if (to <= start || from >= end) continue;
      if (!open) {
        range.setStart(node, Math.max(0, start - from));
        open = true;
      }
      range.setEnd(node, Math.min(to, end) - from);
    }
    return open ? range : null;
  }

  private boxes(block: Block, origin: DOMRect, start: number, end: number): Box[] {
    const range = this.range(block, Math.max(start, block.start), Math.min(end, block.end));
    if (!range) return [];
    const lines: Box[] = [];
    for (const rect of range.getClientRects()) {
      if (rect.width < 0.5) continue;
      const box = { left: rect.left - origin.left, top: rect.top - origin.top, width: rect.width, height: rect.height };
      const line = lines.find((l) => Math.abs(l.top - box.top) < box.height / 2 && box.left <= l.left + l.width + 2 && box.left + box.width >= l.left - 2);
      if (line) {
        const right = Math.max(line.left + line.width, box.left + box.width);
        line.left = Math.min(line.left, box.left);
        line.width = right - line.left;
      } else lines.push(box);
    }
    return lines;
  }

  private drawBlock(block: Block): void {
    block.drawn = true;
    const origin = block.layer.getBoundingClientRect();
    const marks: HTMLElement[] = [];
    const add = (place: Place, name: string, id: string | null): void => {
      if (place.end <= block.start || place.start >= block.end) return;
      const boxes = this.boxes(block, origin, place.start, place.end);
      boxes.forEach((box, i) => {
        const mark = document.createElement('i');
        mark.className = name;
        if (i === 0 && place.start >= block.start) mark.classList.add('first');
        if (i === boxes.length - 1 && place.end <= block.end) mark.classList.add('last');
        if (id) mark.dataset['claim'] = id;
        mark.style.left = `${box.left}px`;
        mark.style.top = `${box.top}px`;
        mark.style.width = `${box.width}px`;
        mark.style.height = `${box.height}px`;
        marks.push(mark);
      });
    };
    for (const item of this.shown.items)
      for (const place of item.places)
        add(place, `m ${place.role === 'main' ? `m-${item.layer}` : `m-side m-side-${item.layer}`} is-${item.claim.state}`, item.id);
    if (this.shown.draft) add({ role: 'draft', ...this.shown.draft }, 'm m-draft', null);
    block.layer.replaceChildren(...marks);
    const [selected, hovered, other] = this.names;
    this.light(selected ?? null, hovered ?? null, other ?? null);
  }

  /// Claims under a point of the window, the narrowest first.
  under(x: number, y: number): string[] {
    const found = new Map<string, number>();
    for (const element of document.elementsFromPoint(x, y)) {
      const id = (element as HTMLElement).dataset?.['claim'];
      if (!id || !element.classList.contains('m') || element.classList.contains('m-side')) continue;
      const box = element.getBoundingClientRect();
      found.set(id, Math.min(found.get(id) ?? Infinity, box.width));
    }
    const size = new Map(this.shown.items.map((i) => [i.id, i.main.end - i.main.start]));
    return [...found.keys()].sort((a, b) => (size.get(a) ?? 0) - (size.get(b) ?? 0));
  }

  /// Brings a place into sight.
  reveal(start: number, scroller: HTMLElement, smooth: boolean): void {
    const block = this.blocks.find((b) => b.start <= start && b.end > start) ?? this.blocks.at(-1);
    if (!block) return;
    const rect = this.range(block, start, Math.min(start + 1, block.end))?.getBoundingClientRect();
    if (!rect) return;
    const view = scroller.getBoundingClientRect();
    const margin = Math.min(90, view.height / 4);
    if (rect.top >= view.top + margin && rect.bottom <= view.bottom - margin) return;
    scroller.scrollBy({ top: rect.top - view.top - view.height / 3, behavior: smooth ? 'smooth' : 'instant' });
  }
}

/// Units of a point that the browser's selection names; null outside the text.
export function unit(node: Node, offset: number): number | null {
  const start = starts.get(node);
  if (start !== undefined) return start + offset;
  if (node.nodeType === Node.ELEMENT_NODE) {
    const element = node as HTMLElement;
    const child = element.childNodes[Math.min(offset, element.childNodes.length - 1)];
    if (child && child !== node) {
      const inside = starts.get(child);
      if (inside !== undefined) return inside + (offset >= element.childNodes.length ? (child.textContent?.length ?? 0) : 0);
    }
    const own = element.closest<HTMLElement>('[data-start]')?.dataset['start'];
    return own === undefined ? null : Number(own);
  }
  return null;
}
