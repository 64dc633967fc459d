// SPDX-License-Identifier: Apache-2.0
// Which year, month or day is meant, from the report's day.
#include "mention/time_parts.h"

kh_date kh_date_today_of(const kh_time_context *c) { return kh_date_of_day(c->today); }

// A date told with its year earlier in the report settles one told without.
static int32_t known_year(const kh_time_context *c, int32_t month, int32_t day) {
  for (uint32_t i = c->known_count; i-- > 0;)
    if (c->known[i].month == month && c->known[i].day == day) return c->known[i].year;
  return 0;
}

// Months from the report's on within which a date without a year is one to come unless a
// past verb is right beside it: reports say «الماضي» of one that is nearly a year old.
enum { MONTHS_AHEAD = 3 };

static int32_t order_of(kh_date a) { return (a.year * 16 + a.month) * 32 + a.day; }

// The year of a month or a day of it that is told without.
void kh_date_choose_year(const kh_time_context *c, kh_moment *m, kh_which which, bool to_come,
                         bool gone_by) {
  if (c->today == KH_DAY_NONE) return;
  m->inferred = true;
  const kh_date now = kh_date_today_of(c);
  const kh_date here = {now.year, m->month, m->day};
  const kh_date today = {now.year, now.month, m->day ? now.day : 0};
  const int32_t before = order_of(here) - order_of(today); // negative: earlier this year
  switch (which) {
  case KH_WHICH_PAST:
    m->year = before < 0 ? now.year : now.year - 1;
    return;
  case KH_WHICH_NEXT:
    m->year = before > 0 ? now.year : now.year + 1;
    return;
  case KH_WHICH_CURRENT:
    m->year = m->month - now.month > 6 ? now.year - 1 : now.year;
    return;
  default:
    break;
  }
  const int32_t known = known_year(c, m->month, m->day);
  if (known)
    m->year = known;
  else if (to_come && before < 0 && now.month - m->month <= 3)
    m->year = now.year; // eleven months ahead is too far: «صعد في تموز» with another verb near
  else if (to_come)
    m->year = before < 0 && m->month != now.month ? now.year + 1 : now.year;
  else if (m->month == now.month)
    m->year = now.year;
  else if (!gone_by && m->month > now.month && m->month - now.month <= MONTHS_AHEAD)
    m->year = now.year;
  else
    m->year = before <= 0 ? now.year : now.year - 1;
}

void kh_date_set_year(const kh_time_context *c, kh_moment *m, const kh_year_words *y) {
  if (y->year) {
    m->year = y->year;
    return;
  }
  if (y->same) {
    m->year = c->last.year;
    return;
  }
  if (c->today == KH_DAY_NONE) return;
  m->year = kh_date_today_of(c).year + (y->which == KH_WHICH_NEXT) - (y->which == KH_WHICH_PAST);
  m->inferred = true;
}

// A Hijri date as a Gregorian moment. Without a day the month that holds most of it.
bool kh_date_from_hijri(const kh_time_context *c, int32_t year, int32_t month, int32_t day,
                        kh_moment *m) {
  const kh_umm_al_qura *table = &c->r->calendar->hijri;
  if (!year) {
    if (c->today == KH_DAY_NONE) return false;
    // the nearest one that has begun, or is about to
    const kh_date now = kh_hijri_of_day(table, c->today);
    year = month <= now.month + 1 ? now.year : now.year - 1;
    m->inferred = true;
  }
  int32_t found = kh_day_of_hijri(table, (kh_date){year, month, day ? day : 15});
  if (found == KH_DAY_NONE && day == 30) {
    // where the moon was sighted a day later the month had 30 days
    found = kh_day_of_hijri(table, (kh_date){year, month, 29});
    if (found != KH_DAY_NONE) found++;
    m->conflict = true;
  }
  if (found == KH_DAY_NONE) return false;
  const kh_moment told = *m;
  *m = kh_moment_of_day(found);
  m->inferred = told.inferred;
  m->conflict = told.conflict;
  m->weekday = told.weekday;
  if (!day) m->grain = KH_GRAIN_MONTH; // m->day stays the month's middle
  return true;
}

void kh_date_shift_unit(const kh_time_context *c, kh_unit unit, int32_t by, kh_moment *m) {
  const kh_date now = kh_date_today_of(c);
  *m = (kh_moment){.inferred = true};
  switch (unit) {
  case KH_UNIT_YEAR:
    m->grain = KH_GRAIN_YEAR;
    m->year = now.year + by;
    return;
  case KH_UNIT_MONTH: {
    const kh_date month = kh_date_add_months((kh_date){now.year, now.month, 1}, by);
    m->grain = KH_GRAIN_MONTH;
    m->year = month.year;
    m->month = month.month;
    return;
  }
  case KH_UNIT_WEEK:
    m->grain = KH_GRAIN_WEEK;
    kh_iso_week(c->today + 7 * by, &m->year, &m->month);
    return;
  case KH_UNIT_DECADE:
    m->grain = KH_GRAIN_DECADE;
    m->year = now.year / 10 + by;
    return;
  case KH_UNIT_CENTURY:
    m->grain = KH_GRAIN_CENTURY;
    m->year = now.year / 100 + by;
    return;
  default:
    return;
  }
}

void kh_date_season_year(const kh_time_context *c, kh_moment *m, kh_which which, bool to_come) {
  if (c->today == KH_DAY_NONE) return;
  const kh_date now = kh_date_today_of(c);
  // spring begins in March; a season that has not begun was last year's
  const int32_t begins = m->month * 3;
  m->inferred = true;
  m->year = now.month >= begins ? now.year : now.year - 1;
  const bool under_way = now.month >= begins && now.month < begins + 3;
  if (which == KH_WHICH_PAST && under_way) m->year--;
  if (which == KH_WHICH_NEXT || (to_come && !under_way))
    m->year = now.month >= begins ? now.year + 1 : now.year;
}

int32_t kh_date_nearest_weekday(const kh_time_context *c, int32_t weekday, kh_which which,
                                bool to_come) {
  const int32_t today = kh_weekday(c->today);
  const int32_t back = (today - weekday + 7) % 7;
  switch (which) {
  case KH_WHICH_PAST:
    return c->today - (back ? back : 7);
  case KH_WHICH_NEXT:
    return c->today + (back ? 7 - back : 7);
  case KH_WHICH_CURRENT:
    return c->today + weekday - today;
  default:
    if (c->alone) return c->today + 7 - back;
    return to_come && back ? c->today + 7 - back : c->today - back;
  }
}

// The Gregorian one of two dates that are said to be one day. False when either is no day.
bool kh_date_join_pair(kh_moment *m, const kh_moment *other) {
  const int32_t day = kh_moment_day(m);
  const int32_t paired = kh_moment_day(other);
  if (day == KH_DAY_NONE || paired == KH_DAY_NONE) return false;
  if (day == paired) return true;
  const kh_moment told = *m;
  *m = *other;
  m->weekday = told.weekday;
  // the two calendars may differ by a day where the moon was sighted; more is a contradiction
  m->conflict = told.conflict || day - paired > 1 || paired - day > 1;
  return true;
}
