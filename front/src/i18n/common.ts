// SPDX-License-Identifier: Apache-2.0
// The commonest numbers, days and plurals of both languages. They are what Intl makes of them (a test holds them against it),
// without its tables, which take longer to load than a first screen may.
import type { Lang } from '../app/address';

/// The plural form of a count, as CLDR names them.
export function pluralOf(lang: Lang, n: number): string {
  if (lang === 'en') return n === 1 ? 'one' : 'other';
  if (n === 0) return 'zero';
  if (n === 1) return 'one';
  if (n === 2) return 'two';
  const rest = n % 100;
  return !Number.isInteger(n) ? 'other' : rest >= 3 && rest <= 10 ? 'few' : rest >= 11 ? 'many' : 'other';
}

/// A count with its thousands apart; null for numbers of other kinds.
export const countOf = (n: number): string | null => (Number.isSafeInteger(n) && n >= 0 && !Object.is(n, -0) ? String(n).replace(/\B(?=(\d{3})+$)/g, ',') : null);

const months = {
  ar: 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
  short: 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' '),
};

/// A day «YYYY-MM-DD» that there is; null for all else.
export function dayOf(lang: Lang, text: string, form: 'long' | 'short'): string | null {
  const [, year, month, day] = /^([1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(text) ?? [];
  if (!year || !month || !day) return null;
  // a day that the month does not have is no day, or one of the next
  if (Number(day) > 28 && new Date(text).getUTCDate() !== Number(day)) return null;
  return `${Number(day)} ${months[lang === 'en' && form === 'short' ? 'short' : lang][Number(month) - 1]} ${year}`;
}
