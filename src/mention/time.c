// SPDX-License-Identifier: Apache-2.0
// Time expressions of a document: what kind begins at each word, how far it goes, and its value.
#include "mention/time_parts.h"

#include "text/text.h"

#include <stdio.h>
#include <string.h>

enum {
  VERB_REACH = 10,     // words looked at for what is to come
  TOKEN_REACH = 32,    // ... and tokens, marks included
  YEAR_COUNTED = 1900, // so many years are a year, not a stretch
};

// ------------------------------------------------------------------ past or to come

// «سيعقد», «ستجري» by their letters, where no analysis is at hand: س, a prefix of the imperfect,
// and at least three letters more that make no common noun.
static bool looks_future(const kh_time_words *r, uint32_t token) {
  const kh_token *t = &r->tokens[token];
  if (t->kind != KH_TOKEN_WORD) return false;
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  uint32_t len = t->fold_len;
  if (len && (letters[0] == KH_LETTER_WAW || letters[0] == KH_LETTER_FA)) letters++, len--;
  if (len < 5 || letters[0] != KH_LETTER_SIN || r->at[token].word) return false;
  if (letters[1] == KH_LETTER_YA)
    return letters[2] != KH_LETTER_ALEF && letters[2] != KH_LETTER_SIN &&
           letters[2] != KH_LETTER_TAH && letters[2] != KH_LETTER_NUN;
  if (letters[1] == KH_LETTER_ALEF) return (t->flags & KH_TOKEN_HAMZA_ABOVE) != 0; // «سأعود»
  return letters[1] == KH_LETTER_TA && letters[2] != KH_LETTER_ALEF && letters[2] != KH_LETTER_WAW;
}

// «قد يشهد»: what may be is to come. Without an analysis only ي tells a present for certain.
static bool is_possible(const kh_time_words *r, uint32_t token) {
  if (token == 0 || !kh_has_sense(r, token - 1, KH_SENSE_may)) return false;
  const struct kh_morph_layer *morph = r->document->morph;
  if (morph && morph->best)
    return morph->best[token].pos == KH_POS_VERB && morph->best[token].features & KH_F_PRESENT;
  return r->tokens[token].kind == KH_TOKEN_WORD && r->tokens[token].fold_len > 3 &&
         kh_token_letters(r->document->tokens, token)[0] == KH_LETTER_YA;
}

// 1 future, -1 past, 0 says nothing.
int kh_time_tense(const kh_time_words *r, uint32_t token) {
  const struct kh_morph_layer *morph = r->document->morph;
  if (kh_has_sense(r, token, KH_SENSE_will)) return 1;
  if (morph && morph->best && morph->best[token].pos == KH_POS_VERB) {
    const kh_word *word = &morph->best[token];
    // «سيرغي» is no future: what no lexicon lists as a verb may begin with س itself
    if (word->proclitics & KH_CLITIC_SA) return word->known ? 1 : 0;
    if (word->features & KH_F_PAST) return -1;
    return is_possible(r, token) ? 1 : 0;
  }
  return looks_future(r, token) || is_possible(r, token) ? 1 : 0;
}

// The tense of what is told around tokens [first, last): 1 to come, -1 past, 0 not told.
static int tense_around(const kh_time_context *c, uint32_t first, uint32_t last) {
  if (c->alone) return 1;
  const kh_time_words *r = c->r;
  // «المقبل في أيار»
  uint32_t modifier = first > 1 && kh_has_sense(r, first - 1, KH_SENSE_in) ? first - 2 : first;
  if (modifier < first && r->tokens[modifier].sentence == r->tokens[first].sentence &&
      kh_date_modifier(r, &modifier) == KH_WHICH_NEXT)
    return 1;
  const bool after = last < r->count && r->tokens[last].sentence == r->tokens[first].sentence;
  // «قال إن القمة في تموز قد تشهد ...»: right behind the time, whoever spoke before
  if (after && last + 1 < r->count && kh_has_sense(r, last, KH_SENSE_may) &&
      is_possible(r, last + 1))
    return 1;
  int past = 0;
  for (uint32_t i = first, n = 0; i-- > 0 && n < VERB_REACH && first - i < TOKEN_REACH;) {
    if (r->tokens[i].sentence != r->tokens[first].sentence) break;
    if (r->tokens[i].kind != KH_TOKEN_WORD) continue;
    n++;
    const int tense = kh_time_tense(r, i);
    if (tense > 0) return 1;
    if (tense < 0) {
      past = -1;
      break;
    }
  }
  // «الخميس ستبدأ ...»
  return past == 0 && after && kh_time_tense(r, last) > 0 ? 1 : past;
}

bool kh_time_gone_by(const kh_time_context *c, uint32_t first, uint32_t last) {
  enum { NEAR = 3 };
  const kh_time_words *r = c->r;
  if (!r->document->morph || !r->document->morph->best) return true;
  for (uint32_t i = first, n = 0; i-- > 0 && n < NEAR;) {
    if (r->tokens[i].sentence != r->tokens[first].sentence || r->tokens[i].kind != KH_TOKEN_WORD)
      break;
    n++;
    const int tense = kh_time_tense(r, i);
    if (tense) return tense < 0;
  }
  return last < r->count && r->tokens[last].sentence == r->tokens[first].sentence &&
         kh_time_tense(r, last) < 0;
}

bool kh_time_to_come(const kh_time_context *c, uint32_t first, uint32_t last) {
  return tense_around(c, first, last) > 0;
}

// ------------------------------------------------------------------ references without a calendar

static bool fixed(kh_time_expression *out, uint32_t last, kh_time_type type, const char *value,
                  const char *rule) {
  out->last = last;
  out->type = type;
  snprintf(out->value, sizeof out->value, "%s", value);
  out->rule = rule;
  return true;
}

// «وقت سابق [من هذا الشهر]», «الآن», «مؤخرا», «المستقبل»
static bool read_reference(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const int32_t at_time = kh_sense_at(r, token, KH_SENSE_at_time);
  const uint32_t past = kh_after(r, token);
  if (at_time > 0) {
    uint32_t next = past;
    if (kh_has_sense(r, next, KH_SENSE_from)) next++;
    if (next < r->count && !kh_has_proclitic(r, next) && kh_same_sentence(r, token, next + 1)) {
      kh_time_expression inner;
      if (kh_read_day_part(c, next, &inner) || kh_read_date(c, next, &inner)) {
        *out = inner;
        out->first = token;
        return true;
      }
    }
    // «تصدت له في وقت لاحق»: later than something that is past
    const bool gone = at_time == 1 || tense_around(c, token, past) < 0;
    return fixed(out, past, KH_TIME_DATE, gone ? "PAST_REF" : "FUTURE_REF", "time/reference");
  }
  if (kh_has_sense(r, token, KH_SENSE_present_ref))
    return fixed(out, past, KH_TIME_DATE, "PRESENT_REF", "time/reference");
  if (kh_has_sense(r, token, KH_SENSE_past_ref) && !kh_has_sense(r, past, KH_SENSE_from))
    return fixed(out, past, KH_TIME_DATE, "PAST_REF", "time/reference");
  if (kh_has_sense(r, token, KH_SENSE_future_ref)) {
    // «تيار المستقبل»
    if (token > 0 && kh_has_sense(r, token - 1, KH_SENSE_not_after)) return false;
    // «حتى وقت قريب»
    if (r->at[token].tokens > 1 && !kh_has_al(r, token) && token > 0 &&
        kh_has_sense(r, token - 1, KH_SENSE_until))
      return fixed(out, past, KH_TIME_DATE, "PAST_REF", "time/reference");
    return fixed(out, past, KH_TIME_DATE, "FUTURE_REF", "time/reference");
  }
  // «في السابق», «في الماضي»
  if (kh_has_sense(r, token, KH_SENSE_past) && kh_has_al(r, token) && token > 0 &&
      kh_has_sense(r, token - 1, KH_SENSE_in))
    return fixed(out, past, KH_TIME_DATE, "PAST_REF", "time/reference");
  return false;
}

// «يوميا», «شبه يومية», «كل يوم», «كل ثلاثة أشهر», «كل جمعة»
static bool read_set(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  static const char *const values[] = {"",     "P1Y",  "P1M",  "P1W",  "P1D",
                                       "PT1H", "PT1M", "PT1S", "P10Y", "P100Y"};
  const kh_time_words *r = c->r;
  int32_t unit = kh_sense_at(r, token, KH_SENSE_set);
  if (unit > 0) return fixed(out, token + 1, KH_TIME_SET, values[unit], "time/set");
  if (kh_has_sense(r, token, KH_SENSE_nearly)) {
    unit = kh_sense_at(r, token + 1, KH_SENSE_set_adjective);
    if (unit < 0) unit = kh_sense_at(r, token + 1, KH_SENSE_set);
    return unit > 0 && fixed(out, token + 2, KH_TIME_SET, values[unit], "time/set");
  }
  if (!kh_has_sense(r, token, KH_SENSE_every) || kh_has_al(r, token)) return false;
  const uint32_t next = token + 1;
  if (next >= r->count || kh_has_proclitic(r, next) || kh_has_al(r, next)) return false;
  const int32_t weekday = kh_sense_at(r, next, KH_SENSE_weekday_bare);
  char value[40];
  if (weekday > 0) {
    snprintf(value, sizeof value, "XXXX-WXX-%d", weekday);
    return fixed(out, next + 1, KH_TIME_SET, value, "time/set");
  }
  kh_duration d;
  if (!kh_read_duration(c, next, &d) || d.count < 0) return false;
  kh_print_duration(&d, value);
  return fixed(out, d.last, KH_TIME_SET, value, "time/set");
}

// ------------------------------------------------------------------ durations in context

static bool sense_before(const kh_time_words *r, uint32_t token, kh_sense_kind kind) {
  return token > 0 && r->tokens[token - 1].sentence == r->tokens[token].sentence &&
         kh_has_sense(r, token - 1, kind);
}

// Does a phrase of the kind end right before the token («على مدى», «في غضون»)?
static bool phrase_before(const kh_time_words *r, uint32_t token, kh_sense_kind kind) {
  for (uint32_t back = 1; back <= 4 && back <= token; back++) {
    const uint32_t at = token - back;
    if (r->tokens[at].sentence != r->tokens[token].sentence) return false;
    if (kh_has_sense(r, at, kind) && r->at[at].tokens == back) return true;
  }
  return false;
}

static bool is_age(const kh_time_words *r, uint32_t first, const kh_duration *d) {
  if (d->unit != KH_UNIT_YEAR && d->unit != KH_UNIT_MONTH) return false;
  for (uint32_t back = 1; back <= 6 && back <= first; back++) {
    const uint32_t at = first - back;
    if (r->tokens[at].sentence != r->tokens[first].sentence) break;
    if (kh_has_sense(r, at, KH_SENSE_age)) return true;
    if (back >= 3 && r->tokens[at].kind == KH_TOKEN_PUNCT) break;
  }
  if (kh_has_sense(r, d->last, KH_SENSE_from) && kh_has_sense(r, d->last + 1, KH_SENSE_age))
    return true;
  // «توفي عن 90 عاما»
  if (first > 0 && kh_has_sense(r, first - 1, KH_SENSE_age_before)) return true;
  // «فلان، 12 عاما، ...»
  if (d->unit == KH_UNIT_YEAR && first > 0 && kh_mark_at(r, first - 1, KH_MARK_COMMA) &&
      kh_mark_at(r, d->last, KH_MARK_COMMA))
    return true;
  // «(67 عاما)»
  return first > 0 && kh_mark_at(r, first - 1, KH_MARK_OPEN) &&
         (kh_mark_at(r, d->last, KH_MARK_CLOSE) || kh_mark_at(r, d->last, KH_MARK_COMMA));
}

// «عام», «أيام» alone are durations only after a word that says so.
static bool may_stand_bare(const kh_time_words *r, uint32_t first, const kh_duration *d,
                           bool bound) {
  if (sense_before(r, first, KH_SENSE_since) || sense_before(r, first, KH_SENSE_after) ||
      sense_before(r, first, KH_SENSE_ago) || phrase_before(r, first, KH_SENSE_during))
    return true;
  if (bound) return true;
  const bool li = (r->at[first].clitics & KH_CLITIC_LI) && !kh_has_al(r, first);
  if (li) return d->count < 0 || d->unit >= KH_UNIT_WEEK; // «لسنوات», «لساعات»
  const bool bi = (r->at[first].clitics & KH_CLITIC_BI) && !kh_has_al(r, first);
  return bi && d->count < 0;
}

static uint32_t past_bound(const kh_time_words *r, uint32_t token) {
  if (kh_has_sense(r, token, KH_SENSE_about) || kh_has_sense(r, token, KH_SENSE_at_least) ||
      kh_has_sense(r, token, KH_SENSE_at_most))
    return kh_after(r, token);
  return token;
}

// The day, month or year that lies a duration before or after today.
static bool shifted(const kh_time_context *c, const kh_duration *d, int32_t sign,
                    kh_time_expression *out) {
  if (c->today == KH_DAY_NONE) return false;
  kh_moment *m = &out->moment;
  const kh_date now = kh_date_of_day(c->today);
  double months = 0;
  const double more_months = d->more_unit == KH_UNIT_MONTH ? d->more : 0;
  switch (d->unit) {
  case KH_UNIT_DECADE:
  case KH_UNIT_CENTURY:
  case KH_UNIT_YEAR:
    months = d->count * (d->unit == KH_UNIT_YEAR ? 12 : d->unit == KH_UNIT_DECADE ? 120 : 1200);
    break;
  case KH_UNIT_MONTH:
    months = d->count;
    break;
  case KH_UNIT_WEEK:
  case KH_UNIT_DAY: {
    const double days = d->count * (d->unit == KH_UNIT_WEEK ? 7 : 1);
    if (days > 400000) return false;
    *m = kh_moment_of_day(c->today + sign * (int32_t)days);
    m->inferred = true;
    return true;
  }
  default:
    return false;
  }
  months += more_months;
  if (months > 12000) return false;
  const kh_date then =
      kh_date_add_months((kh_date){now.year, now.month, 1}, sign * (int32_t)months);
  const bool by_year = d->unit != KH_UNIT_MONTH && (int32_t)months % 12 == 0;
  *m = (kh_moment){.grain = by_year ? KH_GRAIN_YEAR : KH_GRAIN_MONTH,
                   .year = then.year,
                   .month = by_year ? 0 : then.month,
                   .inferred = true};
  return then.year > 0;
}

// «قبل يومين», «قبل نحو أسبوعين», and «بعد يومين» of what is to come.
static bool read_shifted(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const bool ago = kh_has_sense(r, token, KH_SENSE_ago);
  const bool later = kh_has_sense(r, token, KH_SENSE_after);
  if ((!ago && !later) || kh_has_al(r, token)) return false;
  uint32_t at = past_bound(r, token + 1);
  kh_duration d;
  if (at >= r->count || !kh_same_sentence(r, token, at + 1) || kh_has_proclitic(r, at) ||
      !kh_read_duration(c, at, &d) || d.definite)
    return false;
  // «قبل عقد جلسة» (before holding a session)
  if (d.bare && d.unit == KH_UNIT_DECADE && d.last < r->count &&
      r->tokens[d.last].kind == KH_TOKEN_WORD)
    return false;
  // counted from something else than today: «قبل يومين من الانتخابات»
  const bool anchored =
      kh_has_sense(r, d.last, KH_SENSE_from) || kh_has_sense(r, d.last, KH_SENSE_over);
  const bool from_now =
      kh_has_sense(r, d.last, KH_SENSE_from) && kh_has_sense(r, d.last + 1, KH_SENSE_present_ref);
  if (anchored && !from_now) return false;
  // «للمرة الأولى بعد 60 عاما» looks back whatever verb is near
  const bool far = d.unit >= KH_UNIT_DECADE || (d.unit == KH_UNIT_YEAR && d.count > 15);
  if (later && !from_now && (far || !kh_time_to_come(c, token, d.last))) return false;
  out->last = from_now ? kh_after(r, d.last + 1) : d.last;
  out->type = KH_TIME_DATE;
  out->rule = ago ? "time/ago" : "time/ahead";
  if (d.count < 0) {
    return ago && d.unit != KH_UNIT_HOUR && d.unit != KH_UNIT_MINUTE &&
           fixed(out, out->last, KH_TIME_DATE, "PAST_REF", "time/ago");
  }
  return shifted(c, &d, ago ? -1 : 1, out);
}

static bool read_duration(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const uint32_t at = past_bound(r, token);
  kh_duration d;
  if (at >= r->count || !kh_same_sentence(r, token, at + 1) ||
      (at != token && kh_has_proclitic(r, at)) || !kh_read_duration(c, at, &d) ||
      !kh_same_sentence(r, token, d.last))
    return false;
  if (is_age(r, token, &d)) return false;
  if (d.unit == KH_UNIT_YEAR && d.count >= YEAR_COUNTED && d.count <= YEAR_HIGH)
    return false; // «2020 عاما للتبادل الثقافي»
  if (d.bare && !may_stand_bare(r, token, &d, at != token)) return false;
  // «ثانية» is «second», «عقد» «contract» unless something counts them
  const bool since = sense_before(r, token, KH_SENSE_since);
  if (d.bare && d.count > 0 &&
      (d.unit == KH_UNIT_SECOND ||
       ((d.unit == KH_UNIT_DECADE || d.unit == KH_UNIT_CENTURY) && at == token && !since)))
    return false;
  out->type = KH_TIME_DURATION;
  out->last = d.last;
  out->rule = "time/duration";
  kh_print_duration(&d, out->value);
  return true;
}

// ------------------------------------------------------------------ the stage

static bool read_expression(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  memset(out, 0, sizeof *out);
  out->first = token;
  out->minute = -1;
  if (read_reference(c, token, out) || read_set(c, token, out) || read_shifted(c, token, out) ||
      kh_read_clock(c, token, out))
    return true;
  kh_time_expression date;
  const bool has_part = kh_read_day_part(c, token, out);
  if (has_part) {
    kh_add_clock(c, out);
    return true;
  }
  memset(out, 0, sizeof *out);
  out->first = token;
  out->minute = -1;
  if (read_duration(c, token, out)) return true;
  if (!kh_read_date(c, token, &date)) return false;
  *out = date;
  // «الأربعاء صباحا», «6 يناير 2015، الساعة 05:16 مساء»
  if (out->moment.grain == KH_GRAIN_DAY) {
    const kh_time_words *r = c->r;
    uint32_t next = out->last;
    const int32_t adverb = kh_sense_at(r, next, KH_SENSE_day_part_adverb);
    if (adverb > 0 && !kh_has_proclitic(r, next) && kh_same_sentence(r, token, next + 1)) {
      out->day_part = adverb;
      out->type = KH_TIME_TIME;
      out->last = next + 1;
    } else {
      if (kh_mark_at(r, next, KH_MARK_COMMA)) next++;
      kh_time_context day = *c;
      day.last = out->moment;
      day.last_at = token;
      kh_time_expression clock;
      const bool plain = kh_number_at(r, next);
      if ((kh_has_sense(r, next, KH_SENSE_hour) || plain) && kh_same_sentence(r, token, next + 1) &&
          !kh_has_proclitic(r, next) && kh_read_clock(&day, next, &clock)) {
        const int32_t own = kh_moment_day(&clock.moment);
        if (own == kh_moment_day(&out->moment) || clock.moment.inferred) {
          const uint32_t first = out->first;
          const kh_moment moment = out->moment;
          *out = clock;
          out->first = first;
          out->moment = moment;
        }
      }
    }
  }
  return true;
}

static void remember(kh_time_context *c, const kh_time_expression *e) {
  const kh_moment *m = &e->moment;
  if (m->grain == KH_GRAIN_NONE || e->type == KH_TIME_DURATION) return;
  c->last = *m;
  c->last_at = e->last - 1;
  // «اليوم الأحد» of a report that came out a day later: from here on today is Sunday
  const int32_t day = kh_moment_day(m);
  if (m->conflict && m->weekday && kh_sense_at(c->r, e->first, KH_SENSE_day) == 0 &&
      day != KH_DAY_NONE && day < c->today)
    c->today = day;
  const bool told = m->year && m->month && (m->grain == KH_GRAIN_DAY || m->grain == KH_GRAIN_MONTH);
  if (!told) return;
  if (c->known_count == sizeof c->known / sizeof *c->known) {
    memmove(c->known, c->known + 1, sizeof c->known - sizeof *c->known);
    c->known_count--;
  }
  c->known[c->known_count++] = *m;
}

static uint32_t span_end(const kh_time_words *r, const kh_time_expression *e) {
  return r->tokens[e->last - 1].end;
}

// «الـ 14 من الشهر»: the article before digits begins the expression.
static uint32_t span_start(const kh_time_words *r, uint32_t first) {
  return kh_time_word_start(r, first);
}

static void add_time(kh_document *document, const kh_time_words *r, kh_time_expression *e) {
  kh_mention_layer *mentions = document->mentions;
  kh_time_mention *mention = KH_ADD(&document->arena, &mentions->times);
  mention->first = e->first;
  mention->last = e->last;
  kh_time *time = &mention->time;
  time->span = (kh_span){span_start(r, e->first), span_end(r, e)};
  time->type = e->type;
  if (!e->value[0]) kh_print_moment(e, e->value);
  time->value = kh_arena_copy(&document->arena, e->value, strlen(e->value));
  time->inferred = e->moment.inferred;
  time->conflict = e->moment.conflict;
  time->origin = (kh_origin){e->rule, -1};
  int32_t begin = KH_DAY_NONE;
  int32_t until = KH_DAY_NONE;
  if (e->type == KH_TIME_DATE || e->type == KH_TIME_TIME)
    kh_moment_bounds(&e->moment, &begin, &until);
  if (begin != KH_DAY_NONE) kh_day_print(begin, time->begin);
  if (until != KH_DAY_NONE) kh_day_print(until, time->until);
  // at the ends of the calendar one of them may not be a day
  if (!time->begin[0] || !time->until[0]) time->begin[0] = time->until[0] = '\0';
  const int32_t index = (int32_t)mentions->times.count - 1;
  for (uint32_t i = e->first; i < e->last; i++) {
    mentions->time_at[i] = index;
    if (mentions->quantity_at[i] != KH_NONE)
      mentions->quantities.at[mentions->quantity_at[i]].in_time = true;
  }
}

// Is there nothing in the text but the expression and prepositions before it?
static bool stands_alone(const kh_time_words *r, const kh_time_expression *e) {
  for (uint32_t i = 0; i < r->count; i++) {
    if (i >= e->first && i < e->last) continue;
    const bool preposition = i < e->first && kh_has_sense(r, i, KH_SENSE_in);
    if (!preposition && r->tokens[i].kind != KH_TOKEN_PUNCT) return false;
  }
  return true;
}

enum { LONGEST_ALONE = 16 }; // words

static bool read_here(kh_time_context *c, uint32_t token, kh_time_expression *e) {
  if (read_expression(c, token, e)) {
    if (c->r->count > LONGEST_ALONE || !stands_alone(c->r, e)) return true;
    c->alone = true;
    return read_expression(c, token, e);
  }
  if (c->r->count > LONGEST_ALONE) return false;
  // «أسبوع», as a whole text, is a duration
  kh_duration d;
  *e = (kh_time_expression){.first = token, .minute = -1, .type = KH_TIME_DURATION};
  if (!kh_read_duration(c, token, &d)) return false;
  e->last = d.last;
  e->rule = "time/duration";
  kh_print_duration(&d, e->value);
  return stands_alone(c->r, e);
}

// All kinds of words but those that never begin an expression, which most known words are.
static void note_starters(uint64_t starters[2]) {
  static const uint8_t kinds[] = {
      KH_SENSE_in,      KH_SENSE_from,      KH_SENSE_to,   KH_SENSE_until,  KH_SENSE_and,
      KH_SENSE_between, KH_SENSE_during,    KH_SENSE_will, KH_SENSE_over,   KH_SENSE_since,
      KH_SENSE_age,     KH_SENSE_not_after, KH_SENSE_few,  KH_SENSE_whole,  KH_SENSE_year_head,
      KH_SENSE_named,   KH_SENSE_money,     KH_SENSE_coin, KH_SENSE_zone,   KH_SENSE_no_day,
      KH_SENSE_holiday, KH_SENSE_recent,    KH_SENSE_next, KH_SENSE_current};
  starters[0] = starters[1] = ~(uint64_t)0;
  for (size_t i = 0; i < sizeof kinds; i++)
    starters[kinds[i] / 64] &= ~((uint64_t)1 << kinds[i] % 64);
}

void kh_times(kh_document *document) {
  if (!document->engine->calendar) return;
  const kh_time_words *r = kh_time_words_of(document);
  kh_time_context c = {.r = r, .today = kh_day_parse(kh_report_day(document))};
  uint64_t starters[2];
  note_starters(starters);
  uint32_t i = 0;
  while (i < r->count) {
    const bool number = r->tokens[i].kind == KH_TOKEN_NUMBER;
    const bool article = r->tokens[i].kind == KH_TOKEN_WORD && kh_number_at(r, i + 1);
    kh_time_expression e;
    const uint64_t *bits = kh_sense_bits(r, i);
    const bool starts = (bits[0] & starters[0]) || (bits[1] & starters[1]);
    if ((!number && !article && !starts) || !read_here(&c, i, &e) || e.last <= i ||
        e.moment.year < 0 || e.moment.year > KH_YEAR_LAST) {
      i++;
      continue;
    }
    add_time(document, r, &e);
    remember(&c, &e);
    i = e.last;
  }
}
