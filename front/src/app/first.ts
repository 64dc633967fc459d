// SPDX-License-Identifier: Apache-2.0
// What the first screen asks the server: known from the address alone, so that it is asked before the page's program has come.
import { parse, type Lang } from './address';

export type Query = Record<string, string | number | boolean | null | undefined>;

/// A path with its query; empty values are left out.
export function address(path: string, query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '' && value !== false) parts.set(key, String(value));
  const text = parts.toString();
  return text ? `${path}?${text}` : path;
}

export const recordAddress = '/api/record';
export const reportAddress = (id: string): string => `/api/documents/${encodeURIComponent(id)}`;

/// The list of reports that an address of the screen shows.
export function listAddress(query: URLSearchParams): string {
  const kept = Object.fromEntries(['cursor', 'actor', 'place', 'outlet', 'from', 'to'].map((name) => [name, query.get(name)]));
  return address('/api/documents', { review: query.get('review') || 'open', order: query.get('order') || 'certainty', limit: 50, ...kept });
}

export interface Answer {
  response: Response;
  body: unknown; // where the answer is a success
}

/// A question under way; `said` is there once it was answered.
export interface Asked {
  lang: Lang;
  answer: Promise<Answer>;
  said?: Answer;
}

declare global {
  interface Window {
    khutwaAsked?: Map<string, Asked>;
  }
}

async function ask(url: string, lang: Lang): Promise<Answer> {
  const response = await fetch(url, { headers: { 'Accept-Language': lang }, credentials: 'same-origin' });
  return { response, body: response.ok ? await response.json() : undefined };
}

/// Asks what the screen at this address shows first.
export function askFirst(location: Location): Map<string, Asked> {
  const { lang, screen, id, query } = parse(location);
  const wanted = screen === 'report' ? [id ? reportAddress(id) : listAddress(query), recordAddress] : [recordAddress];
  return new Map(
    wanted.map((url) => {
      const asked: Asked = { lang, answer: ask(url, lang) };
      asked.answer.then(
        (said) => (asked.said = said),
        () => undefined, // whoever takes it hears of it
      );
      return [url, asked];
    }),
  );
}

/// Takes a question that was asked so, in this language. Each can be taken once.
export function takeFirst(url: string, lang: Lang): Asked | undefined {
  const asked = window.khutwaAsked?.get(url);
  window.khutwaAsked?.delete(url);
  return asked?.lang === lang ? asked : undefined;
}

/// Waits for the answers, though not long: one picture of a whole screen is made sooner than two.
export function firstAnswers(patience: number): Promise<unknown> {
  const all = [...(window.khutwaAsked?.values() ?? [])].map((asked) => asked.answer);
  return Promise.race([Promise.allSettled(all), new Promise((done) => setTimeout(done, patience))]);
}
