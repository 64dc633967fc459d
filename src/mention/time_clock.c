// SPDX-License-Identifier: Apache-2.0
// Clock times and parts of days, with the day they belong to.
#include "mention/time_parts.h"

#include <string.h>

enum { MORNING = 1, AFTERNOON, EVENING, NIGHT };

// The day of a time that tells none: the last one of its sentence, else the report's.
static kh_moment day_in_context(const kh_time_context *c, uint32_t token) {
  const kh_time_words *r = c->r;
  const bool same = c->last.grain == KH_GRAIN_DAY && c->last_at < r->count &&
                    r->tokens[c->last_at].sentence == r->tokens[token].sentence;
  if (same) return c->last;
  if (c->today == KH_DAY_NONE) return (kh_moment){.grain = KH_GRAIN_DAY};
  kh_moment m = kh_moment_of_day(c->today);
  m.inferred = true;
  return m;
}

// ------------------------------------------------------------------ parts of days

// «الجمعة-السبت», «الثلاثاء الأربعاء», «15-16 أيار» after «ليل»: the night between, told by its
// first day.
static uint32_t second_day(const kh_time_context *c, uint32_t at, const kh_moment *m) {
  const kh_time_words *r = c->r;
  uint32_t next = at;
  kh_time_expression later = {.first = at + 1};
  if (kh_mark_at(r, at, KH_MARK_DASH) && kh_number_at(r, at + 1) &&
      kh_read_day_month(c, at + 1, &later) && kh_moment_day(m) != KH_DAY_NONE &&
      kh_moment_day(&later.moment) == kh_moment_day(m) + 1)
    return later.last;
  if (kh_mark_at(r, next, KH_MARK_DASH) || kh_mark_at(r, next, KH_MARK_SLASH) ||
      kh_has_sense(r, next, KH_SENSE_to))
    next++;
  const int32_t weekday = kh_sense_at(r, next, KH_SENSE_weekday);
  if (weekday < 0 || m->weekday == 0 || weekday != m->weekday % 7 + 1 ||
      (r->at[next].clitics & ~(KH_CLITIC_AL | KH_CLITIC_WA)))
    return at;
  return next + 1;
}

static bool date_of_part(const kh_time_context *c, uint32_t at, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  uint32_t next = at;
  if (kh_has_sense(r, next, KH_SENSE_from)) next++;
  if (next >= r->count || kh_has_proclitic(r, next)) return false;
  kh_time_expression date;
  if (!kh_read_date(c, next, &date) || date.moment.grain != KH_GRAIN_DAY) return false;
  out->moment = date.moment;
  out->last = date.last;
  return true;
}

bool kh_read_day_part(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  memset(out, 0, sizeof *out);
  out->first = token;
  out->type = KH_TIME_TIME;
  out->minute = -1;
  out->rule = "time/day-part";
  if (kh_has_sense(r, token, KH_SENSE_last_night)) {
    out->day_part = NIGHT;
    out->last = kh_after(r, token);
    if (c->today == KH_DAY_NONE) return false;
    out->moment = kh_moment_of_day(c->today - kh_sense_at(r, token, KH_SENSE_last_night));
    out->moment.inferred = true;
    return true;
  }
  if (kh_has_sense(r, token, KH_SENSE_tonight)) {
    if (c->today == KH_DAY_NONE) return false;
    out->day_part = NIGHT;
    out->last = kh_after(r, token);
    out->moment = kh_moment_of_day(c->today);
    out->moment.inferred = true;
    return true;
  }
  // «الساعات الأولى من صباح الأربعاء», «وقت متأخر من مساء أمس», «وقت متأخر السبت»
  uint32_t at = token;
  const bool early = kh_has_sense(r, at, KH_SENSE_early_hours);
  const bool late = kh_has_sense(r, at, KH_SENSE_late_hours);
  if (early || late) {
    at = kh_after(r, at);
    const uint32_t plain = at;
    if (kh_has_sense(r, at, KH_SENSE_from)) at++;
    const int32_t part = kh_sense_at(r, at, KH_SENSE_day_part);
    if (part < 0) {
      out->day_part = early ? MORNING : NIGHT;
      return date_of_part(c, plain, out);
    }
  }
  const bool this = kh_has_sense(r, at, KH_SENSE_this);
  if (this) at++;
  const int32_t part = kh_sense_at(r, at, KH_SENSE_day_part);
  if (part > 0) {
    out->day_part = part;
    const uint32_t next = kh_after(r, at);
    if (this) {
      // «هذا العصر» is this age
      if (!kh_has_al(r, at) || part == AFTERNOON || c->today == KH_DAY_NONE) return false;
      out->moment = kh_moment_of_day(c->today);
      out->moment.inferred = true;
      out->last = next;
      return true;
    }
    if (kh_same_sentence(r, token, next + 1) && !kh_has_al(r, at) && date_of_part(c, next, out)) {
      if (part == NIGHT) out->last = second_day(c, out->last, &out->moment);
      return true;
    }
    // «بعد الظهر», «خلال الليل» without a day
    // «بعد الظهر», «ساعات الفجر الأولى»
    const bool phrase = r->at[at].tokens > 2 ||
                        (r->at[at].tokens > 1 && part == AFTERNOON && kh_has_al(r, next - 1));
    const bool whole_night = part == NIGHT && kh_has_al(r, at) && token > 0 &&
                             kh_has_sense(r, token - 1, KH_SENSE_during);
    if (!early && !late && !whole_night && !phrase) return false;
    if (whole_night && c->today == KH_DAY_NONE) return false;
    out->moment = whole_night ? kh_moment_of_day(c->today - 1) : day_in_context(c, token);
    out->moment.inferred = true;
    out->last = next;
    return true;
  }
  // «ليلا», «فجرا» alone
  const int32_t adverb = kh_sense_at(r, token, KH_SENSE_day_part_adverb);
  if (adverb > 0 && !kh_has_proclitic(r, token)) {
    kh_time_expression date;
    out->day_part = adverb;
    out->last = token + 1;
    if (out->last < r->count && !kh_has_proclitic(r, out->last) &&
        kh_same_sentence(r, token, out->last + 1) && kh_read_date(c, out->last, &date) &&
        date.moment.grain == KH_GRAIN_DAY) {
      out->moment = date.moment;
      out->last = date.last;
      return true;
    }
    out->moment = day_in_context(c, token);
    return out->moment.year > 0;
  }
  return false;
}

// ------------------------------------------------------------------ clock times

typedef struct clock_words {
  uint32_t last;
  int32_t hour;
  int32_t minute;
  bool minutes; // told, so that the hour needs no «الساعة»
} clock_words;

// «14:30», «08,30», «7,00», «21.15»
static bool read_digits(const kh_time_words *r, uint32_t token, clock_words *clock) {
  if (!kh_number_at(r, token)) return false;
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  const uint32_t len = r->tokens[token].fold_len;
  uint32_t at = 0;
  int32_t parts[2] = {0, 0};
  uint32_t digits[2] = {0, 0};
  uint32_t count = 0;
  for (; at < len; at++) {
    if (kh_letter_is_digit(letters[at])) {
      parts[count] = parts[count] * 10 + (letters[at] - '0');
      if (++digits[count] > 2) return false;
    } else if (++count > 1) {
      return false;
    }
  }
  clock->last = token + 1;
  if (count == 0 && kh_mark_at(r, token + 1, KH_MARK_COLON) && kh_touches(r, token + 1) &&
      kh_touches(r, token + 2) && kh_number_at(r, token + 2) &&
      r->tokens[token + 2].fold_len == 2) {
    double minute;
    bool plain;
    if (!kh_read_digits(r, token + 2, &minute, &plain) || !plain) return false;
    parts[1] = (int32_t)minute;
    digits[1] = 2;
    count = 1;
    clock->last = token + 3;
    // seconds
    if (kh_mark_at(r, clock->last, KH_MARK_COLON) && kh_touches(r, clock->last) &&
        kh_number_at(r, clock->last + 1) && r->tokens[clock->last + 1].fold_len == 2)
      clock->last += 2;
  }
  if (count == 1 && digits[1] != 2) return false;
  clock->hour = parts[0];
  clock->minute = parts[1];
  clock->minutes = count == 1;
  return clock->hour <= 24 && clock->minute < 60;
}

// «و15 دقيقة», «والنصف», «إلا ربعا», «وخمس دقائق»
static void read_minutes(const kh_time_words *r, clock_words *clock) {
  uint32_t at = clock->last;
  if (at >= r->count) return;
  const int32_t less =
      kh_has_sense(r, at, KH_SENSE_less) ? kh_sense_at(r, at + 1, KH_SENSE_fraction) : KH_NO_SENSE;
  if (less == 3 || less == 4) { // «إلا ربعا»
    clock->hour = clock->hour > 1 ? clock->hour - 1 : 12;
    clock->minute = 60 - 60 / less;
    clock->last = at + 2;
    clock->minutes = true;
    return;
  }
  if (kh_has_sense(r, at, KH_SENSE_and))
    at++;
  else if (!(r->at[at].clitics & KH_CLITIC_WA))
    return;
  const int32_t part = kh_sense_at(r, at, KH_SENSE_fraction);
  if (part >= 2 && part <= 4 && (kh_has_al(r, at) || part == 2)) {
    clock->minute = 60 / part;
    clock->last = at + 1;
    clock->minutes = true;
    return;
  }
  kh_numeral n;
  if ((!kh_read_cardinal(r, at, &n) && !kh_read_ordinal(r, at, &n)) || n.value >= 60) return;
  uint32_t last = n.last;
  if (kh_sense_at(r, last, KH_SENSE_time_units) == KH_UNIT_MINUTE ||
      kh_sense_at(r, last, KH_SENSE_time_unit) == KH_UNIT_MINUTE)
    last++;
  else if (!kh_has_al(r, at) && !kh_number_at(r, at))
    return;
  clock->minute = (int32_t)n.value;
  clock->last = last;
  clock->minutes = true;
}

static bool read_hour(const kh_time_words *r, uint32_t token, clock_words *clock) {
  memset(clock, 0, sizeof *clock);
  if (read_digits(r, token, clock)) {
    if (!clock->minutes) read_minutes(r, clock);
    return true;
  }
  kh_numeral n;
  if (!kh_read_ordinal(r, token, &n) && !kh_read_cardinal(r, token, &n)) return false;
  // «العاشرة والنصف» is read as one number by nobody, but «التاسعة والعشرين» is hour and minutes
  if (n.value > 24 || n.value < 1) {
    if (n.last != token + 2 || n.kind != KH_QUANTITY_ORDINAL) return false;
    n.value = (double)((int32_t)n.value % 10);
    n.last = token + 1;
  }
  clock->hour = (int32_t)n.value;
  clock->last = n.last;
  read_minutes(r, clock);
  return true;
}

// Hour of 24 from the part of the day.
static int32_t minute_of_day(const clock_words *clock, int32_t part) {
  int32_t hour = clock->hour;
  if (part == AFTERNOON && hour < 11) hour += 12;
  if (part == EVENING && hour < 12)
    hour += 12;
  else if (part == EVENING && hour == 12)
    hour = 24;
  if (part == NIGHT && hour == 12)
    hour = 24;
  else if (part == NIGHT && hour >= 6 && hour < 12)
    hour += 12;
  if (part == MORNING && hour == 12) hour = 0;
  if (hour == 24 && clock->minute) hour = 0;
  return hour * 60 + clock->minute;
}

// «صباحا», «من ظهر الجمعة», «بعد الظهر»
static bool part_after(const kh_time_context *c, uint32_t at, kh_time_expression *part) {
  const kh_time_words *r = c->r;
  uint32_t next = at;
  if (kh_mark_at(r, next, KH_MARK_COMMA)) next++;
  if (kh_has_sense(r, next, KH_SENSE_from) || kh_has_sense(r, next, KH_SENSE_in)) next++;
  if (next >= r->count || kh_has_proclitic(r, next)) return false;
  if (kh_has_sense(r, next, KH_SENSE_day_part_adverb) || kh_has_sense(r, next, KH_SENSE_day_part)) {
    kh_time_context calm = *c;
    if (kh_read_day_part(&calm, next, part)) return true;
    const int32_t noun = kh_sense_at(r, next, KH_SENSE_day_part);
    if (noun < 0) return false;
    part->day_part = noun;
    part->last = kh_after(r, next);
    part->moment = (kh_moment){0};
    return true;
  }
  return false;
}

static uint32_t past_zone(const kh_time_words *r, uint32_t at) {
  uint32_t next = at;
  if (!kh_has_sense(r, next, KH_SENSE_zone)) return at;
  next = kh_after(r, next);
  // «بتوقيت دمشق», «بتوقيت السعودية»
  const bool name = r->at[at].tokens == 1 && next < r->count &&
                    r->tokens[next].kind == KH_TOKEN_WORD && kh_same_sentence(r, at, next + 1);
  if (kh_has_sense(r, next, KH_SENSE_zone)) return kh_after(r, next);
  return name ? next + 1 : next;
}

// «(05,30 ت غ)», «(14:00 بتوقيت غرينتش)» says the same time again.
static uint32_t past_other_zone(const kh_time_context *c, uint32_t at) {
  const kh_time_words *r = c->r;
  clock_words other;
  kh_time_expression date;
  if (!kh_mark_at(r, at, KH_MARK_OPEN) || !read_hour(r, at + 1, &other)) return at;
  uint32_t next = past_zone(r, other.last);
  if (next == other.last) return at;
  if (next < r->count && kh_read_date(c, next, &date) && date.moment.grain == KH_GRAIN_DAY)
    next = date.last;
  return kh_mark_at(r, next, KH_MARK_CLOSE) ? next + 1 : at;
}

// The day told after a clock time: «يوم الأحد», «، الثلاثاء», «من يوم 31 يوليو».
static void day_after(const kh_time_context *c, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  uint32_t next = out->last;
  if (kh_has_sense(r, next, KH_SENSE_from) || kh_has_sense(r, next, KH_SENSE_in)) next++;
  kh_time_expression date;
  if (next >= r->count || kh_has_proclitic(r, next) || !kh_same_sentence(r, out->first, next + 1) ||
      !kh_read_date(c, next, &date) || date.moment.grain != KH_GRAIN_DAY)
    return;
  out->moment = date.moment;
  out->last = date.last;
}

static bool read_middle(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const bool midnight = kh_has_sense(r, token, KH_SENSE_midnight);
  if (!midnight && !kh_has_sense(r, token, KH_SENSE_noon)) return false;
  out->minute = midnight ? 1440 : 720;
  out->last = kh_after(r, token);
  day_after(c, out);
  const bool told = out->moment.grain == KH_GRAIN_DAY;
  if (told && midnight) out->last = second_day(c, out->last, &out->moment);
  out->last = past_other_zone(c, past_zone(r, out->last));
  if (!told) out->moment = day_in_context(c, token);
  if (!told) out->moment.inferred = true;
  out->rule = "time/clock";
  return out->moment.year > 0 || c->today == KH_DAY_NONE;
}

// «هذا الصباح في الساعة 08,30»
void kh_add_clock(const kh_time_context *c, kh_time_expression *e) {
  const kh_time_words *r = c->r;
  uint32_t next = e->last;
  if (kh_mark_at(r, next, KH_MARK_COMMA) || kh_has_sense(r, next, KH_SENSE_in)) next++;
  if (!kh_has_sense(r, next, KH_SENSE_hour) || kh_has_proclitic(r, next) ||
      !kh_same_sentence(r, e->first, next + 1))
    return;
  kh_time_context day = *c;
  day.last = e->moment;
  day.last_at = e->first;
  kh_time_expression clock;
  if (!kh_read_clock(&day, next, &clock)) return;
  if (kh_moment_day(&clock.moment) != kh_moment_day(&e->moment)) return;
  if (e->day_part && !clock.day_part && clock.minute < 720 && e->day_part > 1) clock.minute += 720;
  e->minute = clock.minute;
  e->last = clock.last;
}

bool kh_read_clock(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  memset(out, 0, sizeof *out);
  out->first = token;
  out->type = KH_TIME_TIME;
  out->minute = -1;
  if (read_middle(c, token, out)) return true;
  uint32_t at = token;
  if (kh_has_sense(r, at, KH_SENSE_about) || kh_has_sense(r, at, KH_SENSE_exactly))
    at = kh_after(r, at);
  const bool hour = kh_has_sense(r, at, KH_SENSE_hour);
  if (hour)
    at = kh_after(r, at);
  else if (at != token)
    return false;
  if (at >= r->count || !kh_same_sentence(r, token, at + 1) || (hour && kh_has_proclitic(r, at)))
    return false;
  clock_words clock;
  if (!read_hour(r, at, &clock)) return false;
  kh_time_expression part = {0};
  out->last = past_zone(r, clock.last);
  const bool zoned = out->last != clock.last;
  const bool parted = part_after(c, out->last, &part);
  // «في الثامنة مساء»: an hour as an ordinal needs its part of the day, and a preposition
  const bool ordinal =
      !hour && !kh_number_at(r, at) && parted && kh_has_al(r, at) &&
      (kh_has_sense(r, at, KH_SENSE_ordinal) || kh_has_sense(r, at, KH_SENSE_ordinal_one)) &&
      at > 0 &&
      (kh_has_sense(r, at - 1, KH_SENSE_in) || kh_has_sense(r, at - 1, KH_SENSE_until) ||
       kh_has_sense(r, at - 1, KH_SENSE_since));
  // without «الساعة» a number is a time when minutes and a part of the day or a zone say so
  if (!hour && !ordinal &&
      !(kh_number_at(r, at) && (parted || zoned) && (clock.minutes || parted) && clock.last > at &&
        (clock.minutes || clock.hour <= 12)))
    return false;
  if (!hour && !ordinal && !clock.minutes &&
      !kh_has_sense(r, token > 0 ? token - 1 : 0, KH_SENSE_in) && part.first != 0 &&
      kh_sense_at(r, out->last, KH_SENSE_day_part_adverb) < 0)
    return false;
  if (parted) {
    out->last = past_zone(r, part.last);
    out->moment = part.moment.year && !part.moment.inferred ? part.moment : (kh_moment){0};
    if (part.moment.year && part.last > clock.last + 1) out->moment = part.moment;
  }
  out->minute = minute_of_day(&clock, parted ? part.day_part : 0);
  if (out->minute > 1440) return false;
  if (out->moment.grain != KH_GRAIN_DAY) day_after(c, out);
  const uint32_t past = past_zone(r, out->last);
  if (past != out->last) out->last = past;
  out->last = past_other_zone(c, out->last);
  if (out->moment.grain != KH_GRAIN_DAY) {
    out->moment = day_in_context(c, token);
    out->moment.inferred = true;
  }
  out->rule = "time/clock";
  return true;
}
