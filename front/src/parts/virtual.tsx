// SPDX-License-Identifier: Apache-2.0
// A long list of rows of one height; only those near the window are in the page.
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Properties<T> {
  items: readonly T[];
  height: number; // of a row, in pixels
  row: (item: T, index: number) => ComponentChildren;
  keyOf: (item: T) => string;
  shown?: number; // index that is to be in sight
  label: string;
  class?: string;
  role?: string;
  active?: string | undefined; // id of the active option
  box?: RefObject<HTMLDivElement>;
  onKeyDown?: (event: KeyboardEvent) => void;
  focusable?: boolean;
}

export function Virtual<T>({ items, height, row, keyOf, shown, label, class: name = '', role = 'listbox', active, box: given, onKeyDown, focusable = true }: Properties<T>) {
  const own = useRef<HTMLDivElement>(null);
  const box = given ?? own;
  const [top, setTop] = useState(0);
  const [room, setRoom] = useState(600);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setRoom(element.clientHeight));
    watch.observe(element);
    setRoom(element.clientHeight);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const element = box.current;
    if (!element || shown === undefined || shown < 0) return;
    const from = shown * height;
    if (from < element.scrollTop) element.scrollTop = from - height / 2;
    else if (from + height > element.scrollTop + element.clientHeight) element.scrollTop = from + height * 1.5 - element.clientHeight;
  }, [shown, items]);
  const first = Math.max(0, Math.floor(top / height) - 6);
  const last = Math.min(items.length, Math.ceil((top + room) / height) + 6);
  return (
    <div
      ref={box}
      class={`virtual ${name}`}
      role={role as "listbox"}
      aria-label={label}
      tabIndex={focusable ? 0 : undefined}
      aria-activedescendant={active}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div class="virtual-all" role="presentation" style={{ height: `${items.length * height}px` }}>
        {items.slice(first, last).map((item, i) => (
          <div key={keyOf(item)} class="virtual-row" role="presentation" style={{ transform: `translateY(${(first + i) * height}px)`, height: `${height}px` }}>
            {row(item, first + i)}
          </div>
        ))}
      </div>
    </div>
  );
}
