// SPDX-License-Identifier: Apache-2.0
// A shape for each layer and state, so that colour is never the only sign.
import type { State } from '../api/types';
import { t, type Key } from '../i18n';

const shapes: Record<string, string> = {
  s: 'M2 3h12v8H7l-3 3v-3H2z', // speech
  v: 'M8 1.5 15 14H1z', // triangle
  f: 'M2.5 2.5h11v11h-11z', // square
  p: 'M1 14V10h5V6h5V2h4v12z', // stairs
  h: 'M8 1.5 15 14H1z',
  l: 'M1 14V10h5V6h5V2h4v12z',
  r: 'M2.5 2.5h11v11h-11z',
  d: 'M3 1h7l3 3v11H3z',
  e: 'M8 1a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2 15c0-4 3-6 6-6s6 2 6 6z',
};

export function LayerGlyph({ layer, label = false }: { layer: string; label?: boolean }) {
  const name = t(`layer.${layer}` as Key);
  return (
    <svg class={`glyph glyph-${layer}`} viewBox="0 0 16 16" width="16" height="16" {...(label ? { role: 'img', 'aria-label': name } : { 'aria-hidden': 'true' })}>
      <path d={shapes[layer] ?? 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z'} />
    </svg>
  );
}

const signs: Record<State, string> = { machine: '○', accepted: '✓', corrected: '✎', rejected: '✕', added: '+' };
export function StateSign({ state }: { state: State }) {
  return (
    <span class={`sign sign-${state}`} title={t(`state.${state}`)}>
      <span aria-hidden="true">{signs[state]}</span>
      <span class="sr">{t(`state.${state}`)}</span>
    </span>
  );
}

/// Bars that grow, as one shape: a list has hundreds of them.
const bars = (from: number, to: number): string => [0, 1, 2, 3, 4].slice(from, to).map((i) => `M${i * 4.5} 10v${-2 - i * 2}h3V10z`).join('');

/// How sure: a bar of five, and the number for those who listen.
export function Certainty({ of }: { of: number | null | undefined }) {
  if (of === null || of === undefined) return null;
  const percent = Math.round(of * 100);
  const full = Math.min(5, Math.max(0, Math.ceil(of * 5 - 0.25)));
  return (
    <span class="certainty" title={`${t('report.why.confidence')}: ${percent}%`}>
      <span class="sr">{`${t('report.why.confidence')}: ${percent}%`}</span>
      <svg viewBox="0 0 22 10" width="22" height="10" aria-hidden="true">
        <path class="full" d={bars(0, full)} />
        <path class="void" d={bars(full, 5)} />
      </svg>
    </span>
  );
}
