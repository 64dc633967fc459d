// SPDX-License-Identifier: Apache-2.0
// Words of the interface, numbers, dates and the record's values in the language of the page.
import { lang } from '../app/route';
import { plain } from '../text/controls';
import { ar } from './ar';
import { countOf, dayOf, pluralOf } from './common';
import { en } from './en';
import { values } from './values';

export type Key = keyof typeof en;

/// A message. `x` and `y` are put in isolated; `n` chooses the plural form.
export function t(key: Key, put: { x?: string | number; y?: string | number; n?: number } = {}): string {
  const entry: string | Record<string, string> = (lang.value === 'ar' ? ar : en)[key];
  let text: string;
  if (typeof entry === 'string') text = entry;
  else text = entry[pluralOf(lang.value, put.n ?? 0)] ?? entry['other'] ?? '';
  return text.replace(/\{([nxy])\}/g, (_, name: 'n' | 'x' | 'y') => {
    const value = put[name];
    return value === undefined ? '' : plain(typeof value === 'number' ? number(value) : value);
  });
}

/// How many a list has, where they were counted; else how many at least.
export function total(key: Key, page: { total: number; at_least: boolean }): string {
  const counted = t(key, { n: page.total });
  return page.at_least ? `${counted} ${t('app.ormore')}` : counted;
}

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function made<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const name = `${lang.value}/${key}`;
  let found = cache.get(name) as T | undefined;
  if (!found) {
    found = make();
    cache.set(name, found);
  }
  return found;
}
const locale = (): string => (lang.value === 'ar' ? 'ar-u-nu-latn-ca-gregory' : 'en-GB');

export const number = (n: number): string => countOf(n) ?? made('number', () => new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 })).format(n);

type DayForm = 'long' | 'short' | 'month' | 'year' | 'time' | 'hour';
const forms: Record<DayForm, Intl.DateTimeFormatOptions> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
  time: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  hour: { hour: '2-digit', minute: '2-digit' },
};

/// A day «YYYY-MM-DD» or a moment in the reader's language; what is no date stays as it is.
export function day(text: string | null | undefined, form: DayForm = 'long'): string {
  if (!text) return '';
  const common = form === 'long' || form === 'short' ? dayOf(lang.value, text, form) : null;
  if (common) return common;
  const at = new Date(/^\d{4}$/.test(text) ? `${text}-01-01` : text);
  if (Number.isNaN(at.getTime()) || !/^-?\d{4}/.test(text)) return text;
  const zone = text.length > 10 ? undefined : 'UTC';
  return made(`day/${form}/${zone ?? ''}`, () => new Intl.DateTimeFormat(locale(), { ...forms[form], ...(zone ? { timeZone: zone } : {}) })).format(at);
}

/// A value of the record in words.
export function word(set: string, value: string | null | undefined): string {
  if (!value) return '';
  const pair = values[set]?.[value];
  const found = pair?.[lang.value === 'ar' ? 1 : 0];
  if (found) return found;
  if (set === 'country') return country(value);
  return value;
}

let regions: Intl.DisplayNames | undefined;
let regionsLanguage = '';
/// Alpha-3 codes are shown as they are; browsers know the names of alpha-2 codes only.
function country(code: string): string {
  if (code.length !== 2) return code;
  if (!regions || regionsLanguage !== lang.value) {
    regions = new Intl.DisplayNames(lang.value, { type: 'region' });
    regionsLanguage = lang.value;
  }
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

/// The name of somebody in the reader's language, where it is known.
/// A name that was only spelt out in Latin letters helps nobody who reads the reports.
export const named = (ref: { name: string; name_en?: string | null | undefined; name_en_transliterated?: boolean }): string =>
  lang.value === 'en' && ref.name_en && !ref.name_en_transliterated ? ref.name_en : ref.name;
