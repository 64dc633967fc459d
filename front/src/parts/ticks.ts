// SPDX-License-Identifier: Apache-2.0
// Days below a chart: each label has its room, inside the chart.
import type { ScaleTime } from 'd3-scale';

const ROOM = 84; // pixels of the longest label, «21 أغسطس 2021»

/// Days to write below a chart that is `width` pixels wide, and where their middles are.
export function dayTicks(x: ScaleTime<number, number>, width: number): { day: Date; at: number }[] {
  const kept: { day: Date; at: number }[] = [];
  for (const day of x.ticks(Math.max(2, Math.floor(width / 120)))) {
    const at = Math.max(ROOM / 2, Math.min(width - ROOM / 2, x(day)));
    const last = kept.at(-1);
    if (!last || Math.abs(at - last.at) >= ROOM) kept.push({ day, at });
  }
  return kept;
}
