// SPDX-License-Identifier: Apache-2.0
// The page's address: /LANGUAGE/SCREEN[/ID]?state. Whatever a person set on a screen stands there, so that it can be kept and sent.
import { computed, signal } from '@preact/signals';
import { parse, type Lang, type Route, type Screen } from './address';

export { screens, type Lang, type Route, type Screen } from './address';

export const route = signal<Route>(parse(window.location));
export const lang = computed(() => route.value.lang);
export const direction = computed(() => (lang.value === 'ar' ? 'rtl' : 'ltr'));

export type Params = Record<string, string | null | undefined>;

/// The address of a screen in the present language.
export function href(screen: Screen, id = '', query: Params = {}, language: Lang = lang.peek()): string {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) parts.set(key, value);
  const search = parts.toString();
  return `/${language}/${screen}${id ? `/${encodeURIComponent(id)}` : ''}${search ? `?${search}` : ''}`;
}

export function go(address: string, replace = false): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  route.value = parse(window.location);
}

/// Changes parts of the present view's state. `push` makes a step that Back takes back.
export function set(query: Params, push = false): void {
  const now = new URLSearchParams(window.location.search);
  for (const [key, value] of Object.entries(query)) {
    if (value) now.set(key, value);
    else now.delete(key);
  }
  const search = now.toString();
  const address = window.location.pathname + (search ? `?${search}` : '');
  if (address !== window.location.pathname + window.location.search) go(address, !push);
}

/// The same view in the other language.
export function inLanguage(language: Lang): string {
  const { screen, id, query } = route.value;
  return href(screen === 'unknown' ? 'report' : screen, id, Object.fromEntries(query), language);
}

export const param = (name: string): string => route.value.query.get(name) ?? '';

/// Follows links inside the page without loading it anew.
export function listen(): void {
  window.addEventListener('popstate', () => {
    route.value = parse(window.location);
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a[href]') as HTMLAnchorElement | SVGAElement | null;
    if (!link || link.hasAttribute('download') || link.getAttribute('target')) return;
    const url = new URL(link.getAttribute('href') ?? '', window.location.href);
    if (url.origin !== window.location.origin || url.pathname.startsWith('/api/')) return;
    event.preventDefault();
    go(url.pathname + url.search);
    if (url.hash) document.getElementById(url.hash.slice(1))?.focus();
    else window.scrollTo(0, 0);
  });
}
