// SPDX-License-Identifier: Apache-2.0
// Reports, and the queue of those with something to review.
import { useEffect, useState } from 'preact/hooks';
import type { DocumentRow, Page } from '../../api/types';
import { record } from '../../app/record';
import { listAddress } from '../../app/first';
import { href, param, route, set } from '../../app/route';
import { day, number, t, total } from '../../i18n';
import { Filters } from '../../parts/filters';
import { Certainty } from '../../parts/glyph';
import { Empty, useGet, View } from '../../parts/load';
import { Pager } from '../../parts/pager';
import { Say } from '../../parts/say';

/// The first list that a page shows comes in two parts: what fits into a window, and the rest once that is drawn.
const WINDOW = 12;
let drawn = false;

function useWindow(): (rows: DocumentRow[]) => DocumentRow[] {
  const [whole, setWhole] = useState(drawn);
  useEffect(() => {
    // the frame after the one that holds the first part
    const wait = whole ? 0 : requestAnimationFrame(() => requestAnimationFrame(() => setWhole((drawn = true))));
    return () => cancelAnimationFrame(wait);
  }, []);
  return (rows) => (whole ? rows : rows.slice(0, WINDOW));
}

export function Documents() {
  const shown = useWindow();
  const review = param('review') || 'open';
  const order = param('order') || 'certainty';
  const page = useGet<Page<DocumentRow>>(listAddress(route.value.query));
  const counts = record.value?.counts;
  return (
    <div class="page">
      <header class="page-head">
        <h1>{t('docs.title')}</h1>
        {counts && (
          <p class="numbers">
            <span>{t('n.documents', { n: counts['documents'] ?? 0 })}</span>
            <span>{t('n.statements', { n: counts['statements'] ?? 0 })}</span>
            <span>{t('n.events', { n: counts['events'] ?? 0 })}</span>
            <span>{t('n.figures', { n: counts['figures'] ?? 0 })}</span>
            <span>{t('n.steps', { n: counts['steps'] ?? 0 })}</span>
          </p>
        )}
      </header>
      <Filters use={['actor', 'place', 'outlet', 'from', 'to']}>
        <label class="filter">
          <span>{t('report.show')}</span>
          <select value={review} onChange={(e) => set({ review: e.currentTarget.value === 'open' ? null : e.currentTarget.value, cursor: null }, true)}>
            <option value="open">{t('docs.review.open')}</option>
            <option value="done">{t('docs.review.done')}</option>
            <option value="all">{t('docs.review.all')}</option>
          </select>
        </label>
        <label class="filter">
          <span>{t('docs.order')}</span>
          <select value={order} onChange={(e) => set({ order: e.currentTarget.value === 'certainty' ? null : e.currentTarget.value, cursor: null }, true)}>
            <option value="certainty">{t('docs.order.certainty')}</option>
            <option value="published">{t('docs.order.published')}</option>
            <option value="added">{t('docs.order.added')}</option>
            <option value="title">{t('docs.order.title')}</option>
          </select>
        </label>
      </Filters>
      <View of={page}>
        {(data) =>
          data.items.length === 0 ? (
            <Nothing filtered={review !== 'all' && (counts?.['documents'] ?? 0) > 0} />
          ) : (
            <>
              <div class="page-line">
                <p>{total('n.documents', data)}</p>
                {review === 'open' && data.items[0] && (
                  <a class="button primary" href={href('report', data.items[0].id)}>
                    {t('docs.start')}
                  </a>
                )}
              </div>
              <ul class="rows documents">
                {shown(data.items).map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </ul>
              <Pager next={data.next} />
            </>
          )
        }
      </View>
    </div>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty title={t('docs.empty.done')} mend={t('docs.empty.done.mend')} />
  ) : (
    <Empty title={t('docs.empty')} mend={t('docs.empty.mend')}>
      <a class="button primary" href={href('imports')}>
        {t('screen.imports')}
      </a>
    </Empty>
  );
}

function Row({ row }: { row: DocumentRow }) {
  const decided = row.claims - row.open;
  return (
    <li>
      <a class="row" href={href('report', row.id)}>
        <span class="row-title" lang={row.lang ?? 'ar'}>
          <Say text={row.title || row.lead || t('docs.untitled')} />
        </span>
        <span class="row-more">
          {row.outlet && <Say text={row.outlet} />}
          {row.published && <span>{day(row.published)}</span>}
          {row.copy_of && <span class="tag">{t('docs.copy')}</span>}
        </span>
        <span class="row-side">
          <Certainty of={row.open ? row.least : null} />
          <progress max={row.claims || 1} value={decided} aria-label={t('docs.reviewed')} />
          <span class="row-count">
            <bdi>
              {number(decided)}/{number(row.claims)}
            </bdi>
          </span>
        </span>
      </a>
    </li>
  );
}
