// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Hit, Page } from '../api/types';
import { useKeys } from '../app/keys';
import { href, param, set } from '../app/route';
import { day, t, total, word, type Key } from '../i18n';
import { Filters, filterQuery } from '../parts/filters';
import { LayerGlyph } from '../parts/glyph';
import { Empty, useGet, View } from '../parts/load';
import { Pager } from '../parts/pager';
import { Say } from '../parts/say';

const all = ['d', 's', 'v', 'f', 'p', 'e'] as const;

export function SearchScreen() {
  const q = param('q');
  const [text, setText] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setText(q), [q]);
  useEffect(() => {
    if (!q) field.current?.focus();
  }, []);
  useKeys({ '/': () => field.current?.focus() });
  const chosen = new Set((param('in') || all.join('')).split(''));
  const page = useGet<Page<Hit>>(q ? '/api/search' : null, { q, layer: param('in'), limit: 50, cursor: param('cursor'), ...filterQuery() });
  const toggle = (layer: string): void => {
    const next = new Set(chosen);
    if (next.has(layer)) next.delete(layer);
    else next.add(layer);
    const value = all.filter((l) => next.has(l)).join('');
    set({ in: value === all.join('') || !value ? null : value, cursor: null }, true);
  };
  return (
    <div class="page">
      <h1>{t('search.title')}</h1>
      <form
        class="search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          set({ q: text.trim() || null, cursor: null }, true);
        }}
      >
        <input
          ref={field}
          type="search"
          dir="auto"
          aria-label={t('search.label')}
          placeholder={t('search.label')}
          maxLength={400}
          value={text}
          onInput={(e) => setText(e.currentTarget.value)}
        />
        <button type="submit" class="button primary">
          {t('search.go')}
        </button>
      </form>
      <div class="toggles" role="group" aria-label={t('search.in')}>
        {all.map((layer) => (
          <button key={layer} type="button" class="toggle" aria-pressed={chosen.has(layer)} onClick={() => toggle(layer)}>
            <LayerGlyph layer={layer} /> {t(`layers.${layer}` as Key)}
          </button>
        ))}
      </div>
      <Filters />
      {!q ? (
        <Empty title={t('search.start')} mend={t('search.start.mend')} />
      ) : (
        <View of={page}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty title={t('search.empty')} mend={t('search.empty.mend')} />
            ) : (
              <>
                <p class="page-line" role="status">
                  {total('n.hits', data)}
                </p>
                <ul class="rows hits">
                  {data.items.map((hit) => (
                    <HitRow key={`${hit.layer}${hit.id}`} hit={hit} />
                  ))}
                </ul>
                <Pager next={data.next} />
              </>
            )
          }
        </View>
      )}
    </div>
  );
}

function address(hit: Hit): string {
  if (hit.layer === 'e') return href('actors', hit.id);
  if (hit.layer === 'd') return href('report', hit.id, { show: 'all' });
  return href('report', hit.document ?? hit.id.split('.')[0]!, { claim: hit.id, show: 'all' });
}

function kindOf(hit: Hit): string {
  const sets: Record<string, string> = { v: 'event_type', p: 'step_kind', f: 'what', e: 'entity_kind' };
  return word(sets[hit.layer] ?? '', hit.type);
}

function HitRow({ hit }: { hit: Hit }) {
  return (
    <li>
      <a class="row hit" href={address(hit)}>
        <span class="hit-text" lang="ar">
          <LayerGlyph layer={hit.layer} label /> <Say text={hit.text} marks={hit.marks} />
        </span>
        <span class="row-more">
          {hit.type && <span>{kindOf(hit)}</span>}
          {hit.title && <Say text={hit.title} />}
          {hit.outlet && <Say text={hit.outlet} />}
          {hit.day && <span>{day(hit.day, 'short')}</span>}
          <span class="tag">{t(hit.exact ? 'search.exact' : 'search.other')}</span>
        </span>
      </a>
    </li>
  );
}
