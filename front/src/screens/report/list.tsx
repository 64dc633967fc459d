// SPDX-License-Identifier: Apache-2.0
// The claims of a report in a list, one line of what it says and one of its words.
import { t, type Key } from '../../i18n';
import { Certainty, LayerGlyph, StateSign } from '../../parts/glyph';
import { Empty } from '../../parts/load';
import { Say } from '../../parts/say';
import { Virtual } from '../../parts/virtual';
import { href } from '../../app/route';
import { headline, mainSpan, short } from './fields';
import type { Item, Review } from './model';

export const rowHeight = 62;

function Row({ review, item }: { review: Review; item: Item }) {
  const report = review.report.value;
  const { title, more } = headline(report, item.layer, item.claim);
  const mode = review.mode.value;
  const chosen = review.selected.value === item.id;
  const other = mode?.kind === 'merge' && mode.other === item.id;
  return (
    <div
      id={`row-${item.id}`}
      role="option"
      aria-selected={chosen}
      class={`claim claim-${item.layer} is-${item.claim.state}${chosen ? ' selected' : ''}${review.hovered.value === item.id ? ' hovered' : ''}${other ? ' other' : ''}`}
      onPointerEnter={() => {
        review.hovered.value = item.id;
      }}
      onPointerLeave={() => {
        review.hovered.value = null;
      }}
      onClick={() => {
        if (mode?.kind === 'merge' && !chosen) {
          if (review.current.value?.layer === item.layer) review.mode.value = { kind: 'merge', other: item.id };
        } else review.select(item.id);
      }}
    >
      <LayerGlyph layer={item.layer} label />
      <span class="claim-title">
        <Say text={title} />
        {more && (
          <span class="claim-more">
            <Say text={more} />
          </span>
        )}
      </span>
      <span class="claim-signs">
        {item.claim.state === 'machine' && <Certainty of={item.claim.confidence} />}
        <StateSign state={item.claim.state} />
      </span>
      <span class="claim-text" lang="ar">
        <Say text={short(mainSpan(item.layer, item.claim).text, 160)} />
      </span>
    </div>
  );
}

export function List({ review }: { review: Review }) {
  const items = review.listed.value;
  const selected = review.selected.value;
  const index = items.findIndex((item) => item.id === selected);
  if (items.length === 0) {
    const finished = review.show.value === 'open' && review.open.value === 0 && review.items.value.length > 0;
    const next = review.report.value.queue?.next;
    return (
      <Empty title={t(finished ? 'report.finished' : 'report.nothing')} mend={t(finished ? 'report.finished.mend' : 'report.nothing.mend')}>
        {finished && next && (
          <a class="button primary" href={href('report', next)}>
            {t('report.next')} <kbd>]</kbd>
          </a>
        )}
      </Empty>
    );
  }
  return (
    <Virtual
      items={items}
      height={rowHeight}
      keyOf={(item) => item.id}
      label={t('report.claims')}
      class="claims"
      shown={index}
      active={index >= 0 ? `row-${selected}` : undefined}
      row={(item) => <Row review={review} item={item} />}
    />
  );
}

export function Toggles({ review }: { review: Review }) {
  const counts: Record<string, number> = {};
  for (const item of review.items.value) if (item.claim.state !== 'rejected') counts[item.layer] = (counts[item.layer] ?? 0) + 1;
  const shown = review.layersShown.value;
  return (
    <div class="toggles" role="group" aria-label={t('report.layers')}>
      {(['s', 'v', 'f', 'p'] as const).map((layer, i) => (
        <button key={layer} type="button" class={`toggle toggle-${layer}`} aria-pressed={shown.has(layer)} aria-keyshortcuts={String(i + 1)} onClick={() => review.toggleLayer(layer)}>
          <LayerGlyph layer={layer} />
          <span class={`sample sample-${layer}`}>{t(`layers.${layer}` as Key)}</span>
          <span class="count">{counts[layer] ?? 0}</span>
        </button>
      ))}
    </div>
  );
}
