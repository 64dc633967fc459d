// SPDX-License-Identifier: Apache-2.0
// Facts about where and when it was: to which of the verbs and happenings of its sentence does a
// place or time belong?
#include "claim/event_rank.h"

#include <string.h>

// Kinds of facts, beside those of event_rank.c, event_near.c, event_sure.c and event_agree.c. Never
// give a number another meaning.
enum fact {
  F_BELONGS = 152,
  F_BELONGS_WORD,
  F_BETWEEN_TWO,
  F_WAY_TO,
  F_OPENS,
  F_AHEAD,
};

// In tokens: how far the words between are looked at.
enum { MAX_WAY = 48, MAX_PATH = 4 };

// What stands between trigger and mention: bits.
enum { WAY_RELATIVE = 1, WAY_COMPLEMENT = 2, WAY_OPENS = 4, WAY_SPEECH = 8, WAY_STOP = 16 };

typedef struct way {
  uint32_t signs;     // WAY_ bits
  uint32_t happening; // event words between
  uint32_t path;      // parts of speech between, if they are few; 0
} way;

static bool may_happen(const kh_document *d, uint32_t t) {
  return kh_is_word(d, t) && d->mentions->name_at[t] < 0 && d->mentions->time_at[t] < 0 &&
         (kh_has_sign(d, t, KH_SIGN_EVENT) || d->claims->phrases->clause_at[t] >= 0);
}

static way way_between(const kh_document *d, uint32_t from, uint32_t to) {
  way w = {.path = 1};
  const bool near = to <= from + MAX_PATH;
  for (uint32_t t = from; t < to && t < from + MAX_WAY; t++) {
    const bool word = kh_is_word(d, t);
    if (near) w.path = w.path * 61U + (word ? kh_reading(d, t)->pos : 16U + d->tokens->at[t].mark);
    if (!word) {
      if (kh_is_mark(d, t, KH_MARK_COMMA)) w.signs |= WAY_STOP;
      continue;
    }
    if (kh_has_sign(d, t, KH_SIGN_RELATIVE)) w.signs |= WAY_RELATIVE;
    if (kh_has_sign(d, t, KH_SIGN_COMPLEMENT)) w.signs |= WAY_COMPLEMENT;
    if (kh_has_sign(d, t, KH_SIGN_OPENS_CLAUSE)) w.signs |= WAY_OPENS;
    if (kh_has_sign(d, t, KH_SIGN_SPEECH)) w.signs |= WAY_SPEECH;
    if (may_happen(d, t)) w.happening++;
  }
  if (!near) w.path = 0;
  return w;
}

// The verb or event word right before the mention.
static uint32_t nearest_before(const kh_document *d, uint32_t first, uint32_t mention) {
  for (uint32_t t = mention; t-- > first && mention - t <= MAX_WAY;)
    if (may_happen(d, t)) return t;
  return KH_NO_VERB;
}

// How a time stands to the report's day: 0 unknown, 1 past, 2 holds it, 3 ahead, 4 others.
static uint32_t day_of(const kh_document *d, const kh_time *time) {
  const char *day = kh_report_day(d);
  if (time->type == KH_TIME_SET || !time->begin[0] || !time->until[0]) return 4;
  if (!day[0]) return 0;
  return strcmp(time->until, day) < 0 ? 1 : strcmp(time->begin, day) > 0 ? 3 : 2;
}

void kh_setting_facts(const kh_event_judge *j, const kh_trigger *t, uint32_t first, uint32_t last,
                      const kh_time *time, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_sentence *s = kh_sentence_of(d, t->token);
  const uint32_t type = (uint32_t)t->frame->type;
  const bool after = first >= t->last;
  const way w = after ? way_between(d, t->last, first)
                      : way_between(d, last < t->token ? last : t->token, t->token);
  const uint32_t near = nearest_before(d, s->first, first);
  const uint32_t verb = t->clause ? t->clause->verb : KH_NO_VERB;
  // whose is it? the trigger's, its verb's, another's before or behind it, nobody's
  const uint32_t whose = near == KH_NO_VERB                   ? 0
                         : t->token <= near && near < t->last ? 1
                         : near == verb                       ? 2
                         : near < t->token                    ? 3
                                                              : 4;
  const uint32_t happening = kh_bucket(w.happening);
  const uint32_t side = (uint32_t)after | (time ? 2U : 0U);
  kh_fact(f, F_BELONGS, whose, side, t->part);
  kh_fact(f, F_BELONGS, whose | w.signs << 3, side, happening << 8);
  kh_fact(f, F_BELONGS, whose | happening << 3, side, type << 8 | 16U);
  if (near != KH_NO_VERB) {
    const uint32_t lemma = kh_lemma_fact(d, near);
    const uint32_t tense = kh_reading(d, near)->features & (KH_F_PAST | KH_F_PRESENT);
    kh_fact(f, F_BELONGS_WORD, lemma, whose, side);
    kh_fact(f, F_BELONGS_WORD, lemma, type, whose | side << 3 | 64U);
    kh_fact(f, F_BELONGS_WORD, kh_cluster_fact(d, near), whose, side | tense << 3 | 128U);
  }
  kh_fact(f, F_BETWEEN_TWO, w.signs, side, t->part);
  kh_fact(f, F_BETWEEN_TWO, happening, side, type | 64U);
  if (w.path) kh_fact(f, F_WAY_TO, w.path, side, t->part);
  if (w.path) kh_fact(f, F_WAY_TO, w.path, side, type | 64U);
  const bool opens = first <= s->first + 1;
  const uint32_t behind = last < s->last && kh_is_word(d, last)
                              ? (uint32_t)(d->claims->phrases->clause_at[last] >= 0) | 2U
                              : 0;
  kh_fact(f, F_OPENS, (uint32_t)opens | behind << 1, side, whose | happening << 3);
  if (!time) return;
  const kh_word *own = kh_reading(d, t->token);
  const uint32_t tense = own->features & (KH_F_PAST | KH_F_PRESENT);
  const uint32_t day = day_of(d, time) | (uint32_t)time->type << 3;
  kh_fact(f, F_AHEAD, day, tense, t->part);
  kh_fact(f, F_AHEAD, day, whose, type);
  kh_fact(f, F_AHEAD, day, (uint32_t)opens, happening | 64U);
}
