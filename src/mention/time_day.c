// SPDX-License-Identifier: Apache-2.0
// Days told by weekday or from the report's day: «أمس، الأربعاء 29 من أيار», «الأحد المقبل».
#include "mention/time_parts.h"

static void check_weekday(kh_moment *m) {
  const int32_t day = kh_moment_day(m);
  if (day == KH_DAY_NONE || !m->weekday || kh_weekday(day) == m->weekday) return;
  m->conflict = true;
  if (!m->inferred || m->grain != KH_GRAIN_DAY) return;
  // a year that was only inferred gives way to the weekday: «الثلاثاء 19 يونيو»
  for (int32_t by = 1; by >= -1; by -= 2) {
    kh_moment other = *m;
    other.year += by;
    const int32_t then = kh_moment_day(&other);
    if (then == KH_DAY_NONE || kh_weekday(then) != m->weekday) continue;
    *m = other;
    m->conflict = false;
    return;
  }
}

// A date that names the same day again: «، الأربعاء 29 من أيار», «(27 يوليو تموز)», «الأحد».
static uint32_t same_day_again(const kh_time_context *c, uint32_t at, kh_moment *m);

bool kh_read_deictic(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const int32_t by = kh_sense_at(r, token, KH_SENSE_day);
  if (by == KH_NO_SENSE) return false;
  out->last = kh_after(r, token);
  // «حزب الغد»
  if (by == 1 && token > 0 && kh_has_sense(r, token - 1, KH_SENSE_not_after) &&
      kh_sense_at(r, token - 1, KH_SENSE_time_unit) < 0)
    return false;
  if (by == 0 && !kh_has_sense(r, out->last - 1, KH_SENSE_this)) {
    const uint32_t next = out->last;
    int32_t weekday;
    if (kh_has_sense(r, next, KH_SENSE_no_day) && r->at[token].tokens == 1) return false;
    if (token > 0 && kh_has_sense(r, token - 1, KH_SENSE_in) && r->at[token].tokens == 1 &&
        r->tokens[token - 1].sentence == r->tokens[token].sentence &&
        !(next < r->count && kh_date_weekday_at(r, next, &weekday)))
      return false; // «مرتين في اليوم»
    if (token > 0 && kh_has_sense(r, token - 1, KH_SENSE_not_after) &&
        r->tokens[token - 1].sentence == r->tokens[token].sentence)
      return false;
  }
  if (c->today == KH_DAY_NONE) {
    out->moment = (kh_moment){.grain = KH_GRAIN_DAY};
  } else {
    out->moment = kh_moment_of_day(c->today + by);
    out->moment.inferred = true;
  }
  out->rule = "time/deictic";
  out->last = same_day_again(c, out->last, &out->moment);
  return true;
}

// «الأحد الأول من تشرين», «آخر اثنين من الشهر», «ثالث ثلاثاء في أيلول»
bool kh_read_nth_weekday(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_numeral n;
  int32_t weekday;
  uint32_t at;
  int32_t nth;
  if ((weekday = kh_sense_at(r, token, KH_SENSE_weekday)) > 0) {
    if (!kh_read_ordinal(r, token + 1, &n) || n.value > 5) return false;
    nth = (int32_t)n.value;
    at = n.last;
  } else if ((weekday = kh_sense_at(r, token + 1, KH_SENSE_weekday_bare)) > 0 &&
             !kh_has_proclitic(r, token + 1)) {
    if (kh_sense_at(r, token, KH_SENSE_part) == 3)
      nth = -1;
    else if (kh_read_ordinal(r, token, &n) && n.value <= 5 && !kh_has_al(r, token))
      nth = (int32_t)n.value;
    else
      return false;
    at = token + 2;
  } else {
    return false;
  }
  if (!kh_has_sense(r, at, KH_SENSE_from) && !kh_has_sense(r, at, KH_SENSE_in)) return false;
  at++;
  kh_time_expression month = {.first = at};
  if ((!kh_read_month(c, at, &month) && !kh_read_unit_date(c, at, &month)) ||
      month.moment.grain != KH_GRAIN_MONTH || !month.moment.year)
    return false;
  int32_t begin;
  int32_t until;
  kh_moment_bounds(&month.moment, &begin, &until);
  int32_t day = nth > 0 ? begin + (weekday - kh_weekday(begin) + 7) % 7 + (nth - 1) * 7
                        : until - (kh_weekday(until) - weekday + 7) % 7;
  if (day > until) return false;
  out->moment = kh_moment_of_day(day);
  out->moment.inferred = month.moment.inferred;
  out->last = month.last;
  out->rule = "time/nth-weekday";
  return true;
}

// «اليوم الثالث من أكتوبر», «ثالث يوم من شهر عشرة», «اليوم الأخير من شهر»
bool kh_read_nth_day(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_numeral n;
  uint32_t at = token;
  bool last_day = false;
  const bool day_word = kh_sense_at(r, at, KH_SENSE_time_unit) == KH_UNIT_DAY ||
                        kh_sense_at(r, at, KH_SENSE_day) == 0;
  if (day_word && kh_has_sense(r, at + 1, KH_SENSE_recent)) {
    last_day = true;
    at += 2;
  } else if (day_word && kh_read_ordinal(r, at + 1, &n) && n.value <= 31) {
    at = n.last;
  } else if (kh_read_ordinal(r, at, &n) && n.value <= 31 &&
             kh_sense_at(r, n.last, KH_SENSE_time_unit) == KH_UNIT_DAY && !kh_has_al(r, n.last)) {
    at = n.last + 1;
  } else {
    return false;
  }
  if (!kh_has_sense(r, at, KH_SENSE_from)) return false;
  kh_time_expression month = {.first = ++at};
  if (!kh_read_month(c, at, &month) || month.moment.grain != KH_GRAIN_MONTH || !month.moment.year)
    return false;
  const int32_t days = kh_days_of_month(month.moment.year, month.moment.month);
  const int32_t day = last_day ? days : (int32_t)n.value;
  if (day < 1 || day > days) return false;
  out->moment = month.moment;
  out->moment.grain = KH_GRAIN_DAY;
  out->moment.day = day;
  out->last = month.last;
  out->rule = "time/nth-day";
  return true;
}

// «قررت السبت فتح المعبر الأحد»: right after a word of today, in a sentence that goes on without
// another past verb, another day that is nearer ahead than behind is to come.
static bool after_today(const kh_time_context *c, uint32_t token, int32_t weekday) {
  enum { DAYS_AHEAD = 3, REACH = 12 };
  const kh_time_words *r = c->r;
  const int32_t ahead = (weekday - kh_weekday(c->today) + 7) % 7;
  if (ahead == 0 || ahead > DAYS_AHEAD || !c->last.weekday || kh_moment_day(&c->last) != c->today ||
      c->last_at + 1 >= token || c->last_at + REACH < token ||
      r->tokens[c->last_at].sentence != r->tokens[token].sentence)
    return false;
  for (uint32_t i = c->last_at + 1; i < token; i++)
    if (kh_time_tense(r, i) < 0) return false;
  return true;
}

// Is the name of the day something else: «اتفاق الجمعة العظيمة», «بين الاثنين» (the two)?
static bool no_weekday(const kh_time_words *r, uint32_t token, int32_t weekday) {
  enum { MONDAY = 1 };
  if (token == 0 || r->tokens[token - 1].sentence != r->tokens[token].sentence) return false;
  if (kh_sense_at(r, token, KH_SENSE_feast) > 0)
    return kh_has_sense(r, token - 1, KH_SENSE_holiday);
  return weekday == MONDAY && kh_has_sense(r, token - 1, KH_SENSE_between) &&
         kh_sense_at(r, token + 1, KH_SENSE_weekday) < 0;
}

bool kh_read_weekday(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  int32_t weekday;
  if ((weekday = kh_sense_at(r, token, KH_SENSE_weekday)) < 0) return false;
  if (no_weekday(r, token, weekday)) return false;
  if (kh_has_sense(r, token + 1, KH_SENSE_both)) return false;
  uint32_t at = token + 1;
  kh_moment *m = &out->moment;
  const bool before_last = kh_has_sense(r, at, KH_SENSE_before_last);
  const kh_which which = before_last ? KH_WHICH_PAST : kh_date_modifier(r, &at);
  if (before_last) at = kh_after(r, at);
  out->last = at;
  out->rule = "time/weekday";
  // with its date: «الأربعاء 29 من أيار», «الاثنين، 5 شوال»
  if (which == KH_WHICH_NONE) {
    kh_time_expression date = {.first = token};
    uint32_t next = kh_date_comma(r, at) || kh_mark_at(r, at, KH_MARK_OPEN) ? at + 1 : at;
    const bool open = kh_mark_at(r, at, KH_MARK_OPEN);
    if (kh_has_sense(r, next, KH_SENSE_in) && next == at) next++; // «يوم الاثنين في 18 شباط»
    const bool may =
        next < r->count && !kh_has_proclitic(r, next) && kh_same_sentence(r, token, next + 1);
    if (may &&
        (kh_read_day_month(c, next, &date) || kh_read_numeric(c, next, &date) ||
         kh_read_month_day(c, next, &date)) &&
        date.moment.grain == KH_GRAIN_DAY && (!open || kh_mark_at(r, date.last, KH_MARK_CLOSE))) {
      *m = date.moment;
      m->weekday = weekday;
      check_weekday(m);
      out->last = open ? date.last + 1 : date.last;
      return true;
    }
  }
  kh_numeral nth; // «الأحد الأول» of a month that is not told
  if (which == KH_WHICH_NONE && at < r->count && kh_has_al(r, at) && kh_read_ordinal(r, at, &nth) &&
      nth.value <= 5)
    return false;
  if (c->today == KH_DAY_NONE) {
    *m = (kh_moment){.grain = KH_GRAIN_DAY, .weekday = weekday};
    return true;
  }
  // «الأحد من الأسبوع الماضي»
  kh_time_expression week = {.first = at};
  if (which == KH_WHICH_NONE && kh_has_sense(r, at, KH_SENSE_from) &&
      kh_read_unit_date(c, at + 1, &week) && week.moment.grain == KH_GRAIN_WEEK) {
    *m = kh_moment_of_day(kh_iso_week_monday(week.moment.year, week.moment.month) + weekday - 1);
    out->last = week.last;
  } else {
    // «تزور واشنطن منذ الاثنين»
    const bool since = token > 0 && kh_has_sense(r, token - 1, KH_SENSE_since);
    const bool to_come = which == KH_WHICH_NONE && !since &&
                         (kh_time_to_come(c, token, at) || after_today(c, token, weekday));
    *m = kh_moment_of_day(kh_date_nearest_weekday(c, weekday, which, to_come) - 7 * before_last);
  }
  m->weekday = weekday;
  m->inferred = true;
  if (kh_mark_at(r, out->last, KH_MARK_OPEN)) {
    const uint32_t again = out->last + 1; // «الأحد (أمس)»
    if (kh_sense_at(r, again, KH_SENSE_day) != KH_NO_SENSE &&
        kh_mark_at(r, kh_after(r, again), KH_MARK_CLOSE))
      out->last = kh_after(r, again) + 1;
  }
  return true;
}

static uint32_t same_day_again(const kh_time_context *c, uint32_t at, kh_moment *m) {
  const kh_time_words *r = c->r;
  uint32_t next = at;
  const bool open = kh_mark_at(r, at, KH_MARK_OPEN);
  if (open || kh_date_comma(r, at)) next++;
  if (next >= r->count || kh_has_proclitic(r, next) || !kh_same_sentence(r, at, next + 1))
    return at;
  kh_time_expression again = {.first = next};
  if (kh_sense_at(r, next, KH_SENSE_time_unit) == KH_UNIT_DAY) next++;
  int32_t weekday;
  const bool is_weekday = kh_date_weekday_at(r, next, &weekday);
  if (is_weekday ? !kh_read_weekday(c, next, &again)
                 : !(kh_read_day_month(c, next, &again) || kh_read_numeric(c, next, &again)))
    return at;
  if (again.moment.grain != KH_GRAIN_DAY) return at;
  const int32_t day = kh_moment_day(m);
  const int32_t other = kh_moment_day(&again.moment);
  const int32_t off = day == KH_DAY_NONE || !is_weekday ? 0 : (kh_weekday(day) - weekday + 7) % 7;
  if (is_weekday && off && kh_date_comma(r, at)) return at;
  // after a comma another day is another time
  if (!is_weekday && kh_date_comma(r, at) && day != other) return at;
  if (open) {
    if (!kh_mark_at(r, again.last, KH_MARK_CLOSE)) return at;
    again.last++;
  }
  if (is_weekday && off) {
    // «اليوم الأحد» in a report dated Monday: the day's name is the surer of the two
    if (off <= 3) *m = kh_moment_of_day(day - off);
    m->inferred = true;
    m->conflict = true;
  } else if (day != KH_DAY_NONE && other != KH_DAY_NONE && day != other && !is_weekday) {
    m->conflict = true;
  }
  m->weekday = is_weekday ? weekday : m->weekday;
  return kh_mark_at(r, again.last, KH_MARK_OPEN) && !open ? same_day_again(c, again.last, m)
                                                          : again.last;
}

static bool read_after_day(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  return kh_read_nth_weekday(c, token, out) || kh_read_weekday(c, token, out) ||
         kh_read_day_month(c, token, out) || kh_read_numeric(c, token, out) ||
         kh_read_shared_month(c, token, out);
}

// «يوم 20 يونيو», «يومي السبت والأحد», «نهار الأحد»
bool kh_read_with_day_word(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const bool one = kh_sense_at(r, token, KH_SENSE_time_unit) == KH_UNIT_DAY;
  const bool two =
      kh_sense_at(r, token, KH_SENSE_time_unit_pair) == KH_UNIT_DAY ||
      (kh_sense_at(r, token, KH_SENSE_time_units) == KH_UNIT_DAY && kh_number_at(r, token + 1));
  if ((!one && !two) || kh_has_al(r, token) || token + 1 >= r->count ||
      kh_has_proclitic(r, token + 1) || !kh_same_sentence(r, token, token + 2))
    return false;
  if (!read_after_day(c, token + 1, out) && !(one && kh_read_deictic(c, token + 1, out)))
    return false;
  return out->moment.grain == KH_GRAIN_DAY;
}
