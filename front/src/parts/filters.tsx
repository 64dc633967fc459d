// SPDX-License-Identifier: Apache-2.0
// The filters that all screens share; they stand in the address and go along from screen to screen.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, type Query } from '../api/client';
import type { Actor, Page } from '../api/types';
import { record, vocabulary } from '../app/record';
import { param, route, set } from '../app/route';
import { named, number, t, word } from '../i18n';
import { values } from '../i18n/values';
import { visible } from '../text/controls';
import { Say } from './say';

export type Filter = 'actor' | 'type' | 'place' | 'outlet' | 'from' | 'to';
export const allFilters: Filter[] = ['actor', 'type', 'place', 'outlet', 'from', 'to'];

export function filterQuery(use: readonly Filter[] = allFilters): Query {
  return Object.fromEntries(use.map((name) => [name, param(name)]));
}

export function Filters({ use = allFilters, children }: { use?: readonly Filter[]; children?: ComponentChildren }) {
  const any = use.some((name) => param(name));
  const put = (name: Filter, value: string | null): void => set({ [name]: value, cursor: null }, true);
  const [shown, show] = useState(false);
  const chosen = use.filter((name) => param(name)).length;
  return (
    <>
    <button type="button" class="button filters-toggle" aria-expanded={shown} onClick={() => show(!shown)}>
      {t('filter.title')} {chosen > 0 && <bdi>{number(chosen)}</bdi>} <span aria-hidden="true">{shown ? '▴' : '▾'}</span>
    </button>
    <form
      class={shown ? 'filters shown' : 'filters'}
      role="search"
      aria-label={t('filter.title')}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {use.includes('actor') && <Who name="actor" kinds="person,org,armed,media,people,place" />}
      {use.includes('type') && (
        <label class="filter">
          <span>{t('filter.type')}</span>
          <select value={param('type')} onChange={(e) => put('type', e.currentTarget.value || null)}>
            <option value="">{t('app.all')}</option>
            {(vocabulary('event_type').length ? vocabulary('event_type') : Object.keys(values['event_type']!)).map((v) => (
              <option key={v} value={v}>
                {word('event_type', v)}
              </option>
            ))}
          </select>
        </label>
      )}
      {use.includes('place') && <Who name="place" kinds="place" />}
      {use.includes('outlet') && (
        <label class="filter">
          <span>{t('filter.outlet')}</span>
          <select value={param('outlet')} onChange={(e) => put('outlet', e.currentTarget.value || null)}>
            <option value="">{t('app.all')}</option>
            {record.value?.outlets.map((o) => (
              <option key={o.name} value={o.name} dir="auto">
                {visible(o.name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {use.includes('from') && (
        <label class="filter">
          <span>{t('filter.from')}</span>
          <input type="date" value={param('from')} onChange={(e) => put('from', e.currentTarget.value || null)} />
        </label>
      )}
      {use.includes('to') && (
        <label class="filter">
          <span>{t('filter.to')}</span>
          <input type="date" value={param('to')} onChange={(e) => put('to', e.currentTarget.value || null)} />
        </label>
      )}
      {children}
      {any && (
        <button type="button" class="button small" onClick={() => set({ ...Object.fromEntries(use.map((n) => [n, null])), cursor: null }, true)}>
          {t('filter.clear')}
        </button>
      )}
    </form>
    </>
  );
}

/// Chooses somebody by any spelling of the name: a combobox over what the server finds.
function Who({ name, kinds }: { name: 'actor' | 'place'; kinds: string }) {
  const id = param(name);
  const [text, setText] = useState('');
  const [found, setFound] = useState<Actor[]>([]);
  const [at, setAt] = useState(-1);
  const [label, setLabel] = useState('');
  const timer = useRef(0);
  useEffect(() => {
    if (!id) {
      setLabel('');
      return undefined;
    }
    const stop = new AbortController();
    get<Actor>(`/api/actors/${encodeURIComponent(id)}`, {}, stop.signal).then(
      (actor) => setLabel(named(actor)),
      () => setLabel(id),
    );
    return () => stop.abort();
  }, [id, route.value.lang]);
  const seek = (q: string): void => {
    setText(q);
    window.clearTimeout(timer.current);
    if (!q.trim()) {
      setFound([]);
      return;
    }
    timer.current = window.setTimeout(() => {
      void get<Page<Actor>>('/api/actors', { q, kind: kinds, limit: 8 }).then(
        (page) => {
          setFound(page.items);
          setAt(page.items.length ? 0 : -1);
        },
        () => setFound([]),
      );
    }, 120);
  };
  const choose = (actor: Actor | undefined): void => {
    if (!actor) return;
    setText('');
    setFound([]);
    set({ [name]: actor.id, cursor: null }, true);
  };
  const list = `${name}-found`;
  if (id)
    return (
      <div class="filter">
        <span>{t(`filter.${name}`)}</span>
        <button type="button" class="chip" aria-label={t('filter.remove', { x: label || id })} onClick={() => set({ [name]: null, cursor: null }, true)}>
          <Say text={label || id} /> <span aria-hidden="true">✕</span>
        </button>
      </div>
    );
  return (
    <div class="filter combo">
      <label for={`${name}-field`}>{t(`filter.${name}`)}</label>
      <input
        id={`${name}-field`}
        type="text"
        role="combobox"
        autocomplete="off"
        {...(text ? { dir: 'auto' as const } : {})}
        placeholder={t('filter.choose')}
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        value={text}
        onInput={(e) => seek(e.currentTarget.value)}
        onBlur={() => window.setTimeout(() => setFound([]), 150)}
        onKeyDown={(e) => {
          if (e.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
          else if (e.key === 'ArrowUp') setAt(Math.max(0, at - 1));
          else if (e.key === 'Enter') choose(found[at]);
          else if (e.key === 'Escape') setFound([]);
          else return;
          e.preventDefault();
        }}
      />
      <ul id={list} role="listbox" aria-label={t(`filter.${name}`)} hidden={found.length === 0}>
        {found.map((actor, i) => (
          <li key={actor.id} id={`${list}-${i}`} role="option" aria-selected={i === at} onPointerDown={() => choose(actor)}>
            <Say text={named(actor)} /> <span class="hint">{word('entity_kind', actor.kind)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
