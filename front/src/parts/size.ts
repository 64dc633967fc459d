// SPDX-License-Identifier: Apache-2.0

import { useLayoutEffect, useState } from 'preact/hooks';

/// The width of an element as it changes.
export function useWidth(element: { current: HTMLElement | null }, initial = 800): number {
  const [width, set] = useState(initial);
  useLayoutEffect(() => {
    const now = element.current;
    if (!now) return undefined;
    const watch = new ResizeObserver(() => set(Math.max(280, now.clientWidth)));
    watch.observe(now);
    set(Math.max(280, now.clientWidth));
    return () => watch.disconnect();
  }, []);
  return width;
}
