// SPDX-License-Identifier: Apache-2.0
// What an address of the page means: /LANGUAGE/SCREEN[/ID]?state. Needs nothing else of the page.

export type Lang = 'ar' | 'en';
export const screens = ['report', 'timeline', 'map', 'figures', 'steps', 'actors', 'search', 'imports', 'audit'] as const;
export type Screen = (typeof screens)[number];

export interface Route {
  lang: Lang;
  screen: Screen | 'unknown';
  id: string;
  query: URLSearchParams;
}

function preferred(): Lang {
  try {
    const kept = localStorage.getItem('khutwa.lang');
    if (kept === 'ar' || kept === 'en') return kept;
  } catch {
    // Then the browser's language decides.
  }
  return navigator.languages.some((l) => l.startsWith('ar')) || !navigator.languages.some((l) => l.startsWith('en')) ? 'ar' : 'en';
}

export function parse(location: Location): Route {
  const parts = location.pathname.split('/').filter(Boolean).map(decode);
  const language = parts[0] === 'ar' || parts[0] === 'en' ? (parts.shift() as Lang) : preferred();
  const name = parts.shift() ?? 'report';
  const screen = (screens as readonly string[]).includes(name) ? (name as Screen) : 'unknown';
  return { lang: language, screen, id: parts.join('/'), query: new URLSearchParams(location.search) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
