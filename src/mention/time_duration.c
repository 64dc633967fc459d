// SPDX-License-Identifier: Apache-2.0
// Durations: «ثمانية أعوام», «يومين», «الأشهر الثلاثة الماضية», «بضعة أيام», «عام ونصف العام».
#include "mention/time_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef enum unit_form { FORM_NONE, FORM_ONE, FORM_TWO, FORM_MANY } unit_form;

static unit_form unit_at(const kh_time_words *r, uint32_t token, kh_unit *unit) {
  int32_t v;
  unit_form form = FORM_NONE;
  if ((v = kh_sense_at(r, token, KH_SENSE_time_unit)) > 0)
    form = FORM_ONE;
  else if ((v = kh_sense_at(r, token, KH_SENSE_time_unit_dual)) > 0)
    form = FORM_TWO;
  else if ((v = kh_sense_at(r, token, KH_SENSE_time_units)) > 0)
    form = FORM_MANY;
  if (form) *unit = (kh_unit)v;
  return form;
}

static bool modifier_at(const kh_time_words *r, uint32_t token) {
  if (token >= r->count || kh_has_proclitic(r, token)) return false;
  return (kh_has_al(r, token) &&
          (kh_which_at(r, token) != KH_WHICH_NONE || kh_has_sense(r, token, KH_SENSE_recent)));
}

// Adjectives that belong to the expression: «الماضية», «كاملة», «قليلة», «تقريبا».
static uint32_t past_adjectives(const kh_time_words *r, uint32_t at, kh_duration *d) {
  if (modifier_at(r, at)) {
    d->definite = true;
    return at + 1;
  }
  if (kh_has_sense(r, at, KH_SENSE_elapsed)) at = kh_after(r, at);
  if (kh_has_sense(r, at, KH_SENSE_whole) && !kh_has_proclitic(r, at)) return at + 1;
  if (d->count < 0 && kh_has_sense(r, at, KH_SENSE_few) && !kh_has_proclitic(r, at) &&
      !kh_has_al(r, at))
    return at + 1;
  if (kh_has_sense(r, at, KH_SENSE_about_after)) return kh_after(r, at);
  return at;
}

// «ونصف [العام]», «و20 دقيقة» after a duration.
static uint32_t read_more(const kh_time_words *r, uint32_t at, kh_duration *d) {
  uint32_t next = at;
  if (kh_has_sense(r, at, KH_SENSE_and))
    next++;
  else if (at >= r->count || !(r->at[at].clitics & KH_CLITIC_WA))
    return at;
  if (next >= r->count) return at;
  const int32_t part = kh_sense_at(r, next, KH_SENSE_fraction);
  kh_unit unit;
  if (part > 0 && part <= 4) {
    d->count += 1.0 / part;
    const unit_form form = unit_at(r, next + 1, &unit);
    return form == FORM_ONE && unit == d->unit ? next + 2 : next + 1;
  }
  kh_numeral n;
  const unit_form own = unit_at(r, next, &unit);
  if (own == FORM_TWO && unit > d->unit && unit <= KH_UNIT_SECOND) {
    d->more = 2;
    d->more_unit = unit;
    return next + 1;
  }
  if (!kh_read_cardinal(r, next, &n)) return at;
  const unit_form form = unit_at(r, n.last, &unit);
  if (!form || kh_has_proclitic(r, n.last) || kh_has_al(r, n.last) || unit <= d->unit ||
      unit > KH_UNIT_SECOND)
    return at;
  d->more = n.value;
  d->more_unit = unit;
  return n.last + 1;
}

// «الأشهر الثلاثة الماضية», «الأشهر التسعة الأولى من عام 2018»
static bool read_definite_many(const kh_time_context *c, uint32_t token, kh_duration *d) {
  const kh_time_words *r = c->r;
  kh_numeral n;
  if (!kh_has_al(r, token)) return false;
  uint32_t at = token + 1;
  if (at < r->count && kh_has_al(r, at) && !kh_has_proclitic(r, at) &&
      kh_has_sense(r, at, KH_SENSE_few))
    at++; // «الأيام القليلة الماضية»
  else if (at < r->count && kh_has_al(r, at) && !kh_has_proclitic(r, at) &&
           kh_read_cardinal(r, at, &n)) {
    d->count = n.value;
    at = n.last;
  } else if (at + 1 < r->count && !kh_number_at(r, at) && kh_number_at(r, at + 1) &&
             r->tokens[at].fold_len == 2 && kh_read_cardinal(r, at + 1, &n) &&
             modifier_at(r, n.last)) {
    d->count = n.value; // «الساعات الـ48 الأخيرة»
    at = n.last;
  } else if (kh_number_at(r, at) && kh_read_cardinal(r, at, &n) && modifier_at(r, n.last)) {
    d->count = n.value; // «الأيام 10 الماضية»
    at = n.last;
  }
  const uint32_t past = past_adjectives(r, at, d);
  if (past == at && d->count < 0) return false;
  if (past == at && kh_sense_at(r, at, KH_SENSE_ordinal) == 1 && kh_has_al(r, at)) {
    at++; // «الأولى من عام 2018»
    kh_time_expression year;
    if (kh_has_sense(r, at, KH_SENSE_from) && kh_read_date(c, at + 1, &year) &&
        year.moment.grain == KH_GRAIN_YEAR)
      at = year.last;
  } else {
    at = past;
  }
  d->last = at;
  return true;
}

static bool read_counted(const kh_time_words *r, uint32_t token, kh_duration *d) {
  kh_numeral n;
  if (!kh_read_numeral(r, token, &n) || n.article || n.kind == KH_QUANTITY_FRACTION) return false;
  const unit_form form = unit_at(r, n.last, &d->unit);
  if (!form || form == FORM_TWO || kh_has_proclitic(r, n.last) ||
      !kh_same_sentence(r, token, n.last + 1))
    return false;
  if (kh_has_al(r, n.last) && n.kind != KH_QUANTITY_VAGUE) return false;
  if (n.digits && n.size == 4 && form == FORM_ONE && n.value > 1800 && n.value < 2100 &&
      kh_number_at(r, n.last + 1))
    return false; // «2017 عام 2018»
  d->count = n.kind == KH_QUANTITY_VAGUE ? -1 : n.value;
  d->last = read_more(r, n.last + 1, d);
  d->last = past_adjectives(r, d->last, d);
  return true;
}

// «يومي السبت والأحد», «عامي 2009 و2010», «شهر يوليو», «يوم 20 من» name days, months and years.
static bool names_one(const kh_time_words *r, uint32_t token) {
  const uint32_t next = token + 1;
  kh_numeral n;
  if (kh_sense_at(r, token, KH_SENSE_time_unit) == KH_UNIT_YEAR && next < r->count &&
      !kh_has_proclitic(r, next) && kh_read_cardinal(r, next, &n) && n.value > 1000)
    return true;
  return kh_number_at(r, next) || kh_has_sense(r, next, KH_SENSE_weekday) ||
         kh_has_sense(r, next, KH_SENSE_hijri_month) ||
         kh_has_sense(r, next, KH_SENSE_hijri_maybe) || kh_has_sense(r, next, KH_SENSE_month) ||
         kh_has_sense(r, next, KH_SENSE_month_maybe);
}

// «نصف ساعة», «ربع قرن»
static bool read_part(const kh_time_words *r, uint32_t token, kh_duration *d) {
  const int32_t part = kh_sense_at(r, token, KH_SENSE_fraction);
  if (part <= 0 || part > 4 || kh_has_al(r, token) || unit_at(r, token + 1, &d->unit) != FORM_ONE ||
      kh_has_proclitic(r, token + 1) || kh_has_al(r, token + 1) || names_one(r, token + 1))
    return false;
  d->count = 1.0 / part;
  d->last = token + 2;
  return true;
}

static bool read_several(const kh_time_words *r, uint32_t token, kh_duration *d) {
  if (!kh_has_sense(r, token, KH_SENSE_several) || unit_at(r, token + 1, &d->unit) != FORM_MANY ||
      kh_has_proclitic(r, token + 1))
    return false;
  d->count = -1;
  d->last = past_adjectives(r, token + 2, d);
  return true;
}

static bool read_unit(const kh_time_context *c, uint32_t token, kh_duration *d) {
  const kh_time_words *r = c->r;
  const unit_form form = unit_at(r, token, &d->unit);
  const bool al = kh_has_al(r, token);
  switch (form) {
  case FORM_TWO:
    if (names_one(r, token)) return false;
    d->count = 2;
    if (!al) {
      d->last = read_more(r, token + 1, d);
      d->last = past_adjectives(r, d->last, d);
      return true;
    }
    d->last = past_adjectives(r, token + 1, d);
    return d->definite;
  case FORM_MANY:
    d->count = -1;
    if (al) return read_definite_many(c, token, d);
    d->last = past_adjectives(r, token + 1, d);
    d->bare = d->last == token + 1;
    return true;
  case FORM_ONE:
    if (al || names_one(r, token) || kh_has_sense(r, token + 1, KH_SENSE_day)) return false;
    d->count = 1;
    d->last = token + 1;
    if (kh_sense_at(r, token + 1, KH_SENSE_unit) == 1 && !kh_has_proclitic(r, token + 1) &&
        !kh_has_al(r, token + 1)) {
      d->last = token + 2; // «يوم واحد»
      return true;
    }
    d->last = read_more(r, d->last, d);
    if (d->last == token + 1) {
      d->last = past_adjectives(r, token + 1, d);
      d->bare = d->last == token + 1;
    }
    return !d->definite;
  default:
    return false;
  }
}

bool kh_read_duration(const kh_time_context *c, uint32_t token, kh_duration *d) {
  const kh_time_words *r = c->r;
  memset(d, 0, sizeof *d);
  d->first = token;
  d->count = -1;
  return read_several(r, token, d) || read_part(r, token, d) || read_counted(r, token, d) ||
         read_unit(c, token, d);
}

// ------------------------------------------------------------------ values

static void print_count(char out[40], bool time, double count, char unit) {
  const size_t at = strlen(out);
  if (count < 0)
    snprintf(out + at, 40 - at, "%sX%c", time ? "T" : "", unit);
  else
    snprintf(out + at, 40 - at, "%s%.10g%c", time ? "T" : "", count, unit);
}

// Halves as whole numbers of the next unit: P18M, PT90M; «عامين ونصف» P2Y6M.
static void print_split(char out[40], double count, double share, char unit, char small,
                        bool time) {
  const double whole = floor(count);
  const double rest = round((count - whole) * share);
  const size_t at = strlen(out);
  if (whole <= 1 && !time)
    snprintf(out + at, 40 - at, "%.10g%c", whole * share + rest, small);
  else if (whole < 1)
    snprintf(out + at, 40 - at, "T%.10g%c", rest, small);
  else
    snprintf(out + at, 40 - at, "%s%.10g%c%.10g%c", time ? "T" : "", whole, unit, rest, small);
}

void kh_print_duration(const kh_duration *d, char out[40]) {
  static const char letters[] = "?YMWDHMS";
  double count = d->count;
  kh_unit unit = d->unit;
  snprintf(out, 40, "P");
  if (unit == KH_UNIT_DECADE || unit == KH_UNIT_CENTURY) {
    if (count > 0) count *= unit == KH_UNIT_DECADE ? 10 : 100;
    unit = KH_UNIT_YEAR;
  }
  const bool time = unit >= KH_UNIT_HOUR;
  const bool whole = count < 0 || count == floor(count);
  if (whole || unit == KH_UNIT_SECOND)
    print_count(out, time, count, letters[unit]);
  else if (unit == KH_UNIT_YEAR)
    print_split(out, count, 12, 'Y', 'M', false);
  else if (unit == KH_UNIT_MONTH)
    print_split(out, count, 30, 'M', 'D', false);
  else if (unit == KH_UNIT_WEEK)
    print_split(out, count, 7, 'W', 'D', false);
  else if (unit == KH_UNIT_DAY)
    snprintf(out, 40, "PT%.10gH", count * 24);
  else
    print_split(out, count, 60, letters[unit], unit == KH_UNIT_HOUR ? 'M' : 'S', true);
  if (d->more > 0 && whole) {
    if (!time && d->more_unit >= KH_UNIT_HOUR)
      print_count(out, true, d->more, letters[d->more_unit]);
    else
      print_count(out, false, d->more, letters[d->more_unit]);
  }
  for (char *at = out; *at; at++) // a host program may have set a locale with decimal commas
    if (*at == ',') *at = '.';
}
