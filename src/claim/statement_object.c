// SPDX-License-Identifier: Apache-2.0
// Contents that are noun phrases: objects, phrases of a preposition, predicates.
#include "claim/statement.h"

// «الدول المستخدمة للقناة», «المرتبطين بالحزب»: the phrase at t completes a participle.
static bool belongs_to_participle(const kh_st_finder *f, uint32_t t) {
  const kh_word *w = kh_reading(f->d, t - 1);
  return kh_is_word(f->d, t - 1) && w->proclitics & KH_CLITIC_AL &&
         f->d->mentions->time_at[t - 1] < 0 && w->features & (KH_F_ACTIVE_PART | KH_F_PASSIVE_PART);
}

// «دعت التحالف، الذي تقوده الرياض، إلى تحقيق شامل»: the phrase behind a relative clause between
// commas.
static bool find_late_phrase(const kh_st_finder *f, kh_st_cue *c, unsigned preps) {
  enum { REACH = 40 };
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const int32_t quote = f->tokens[c->token].quote;
  kh_slot slot;
  for (uint32_t at = c->clause->last; at < s->last && at < c->token + REACH; at = slot.last) {
    if (!kh_slot_next(f->d, at, s->last, &slot)) return false;
    for (uint32_t t = at; t < slot.last; t++) {
      const kh_clause *other = kh_clause_of(f->d, t);
      if (other && !kh_st_in_relative(f, other)) return false;
    }
    if (slot.prep < 0 || !(kh_slot_prep(f->d, &slot) & preps)) continue;
    if (f->tokens[slot.np].quote != quote || !kh_is_mark(f->d, slot.first - 1, KH_MARK_COMMA))
      continue;
    return kh_st_is_masdar(f, slot.np) &&
           kh_st_set_content(c, slot.np, kh_st_indirect_end(f, slot.np, true), slot.first);
  }
  return false;
}

// «ما وصفه بالتهديد», «مما وصفوه بالتدخل»: a name that somebody gives a thing in passing.
static bool is_so_called(const kh_st_finder *f, uint32_t verb) {
  return verb > 0 && kh_is_word(f->d, verb - 1) && f->tokens[verb - 1].fold_len < 4 &&
         kh_word_any(f->d, verb - 1, KH_CLASS_RELATIVE, KH_POS_NONE) != NULL;
}

bool kh_st_find_phrase(const kh_st_finder *f, kh_st_cue *c, unsigned preps) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const uint32_t limit = c->clause ? c->clause->last : s->last;
  const uint32_t subject_last =
      c->clause && c->clause->subject > c->token ? c->clause->subject_last : 0;
  kh_slot slot;
  kh_slot held = {0}; // «دعا المنتمون للحزب إلى»: a phrase of ل that a better one may follow
  uint32_t at = c->last;
  for (int seen = 0; seen < 10 && kh_slot_next(f->d, at, limit, &slot); seen++) {
    at = slot.last;
    const bool behind = c->clause && kh_is_mark(f->d, slot.first - 1, KH_MARK_COMMA);
    if (slot.first > c->last + (kh_st_is_masdar(f, slot.np) || behind ? 30 : 14)) continue;
    if (!(kh_slot_prep(f->d, &slot) & preps)) continue;
    // «الأمين العام للاتحاد فلان»
    if (slot.last <= subject_last && kh_slot_prep(f->d, &slot) == KH_PREP_LI) continue;
    if (slot.first > c->last && belongs_to_participle(f, slot.first)) continue;
    const bool masdar = kh_st_is_masdar(f, slot.np);
    if (held.last && !masdar) continue;
    const int32_t name = f->d->mentions->name_at[slot.np];
    if (name >= 0 && slot.last - slot.np <= 3) continue; // «دعا ... إلى دمشق»: a place or person
    if (kh_reading(f->d, slot.np)->pos == KH_POS_PRON) continue;
    // «كشف عن تفاصيل» names a topic, «كشف عن مقتل» says something
    if (kh_word_has(f->d, c->token, KH_CLASS_REVEAL) && !masdar &&
        !kh_word_has(f->d, slot.np, KH_CLASS_EV_ASSAULT))
      continue;
    if (c->frame->cue == KH_CLASS_DESCRIBE && is_so_called(f, c->token)) continue;
    if (!masdar && !held.last && kh_slot_prep(f->d, &slot) == KH_PREP_LI) {
      held = slot;
      continue;
    }
    return kh_st_set_content(c, slot.np, kh_st_indirect_end(f, slot.np, true), slot.first);
  }
  if (held.last)
    return kh_st_set_content(c, held.np, kh_st_indirect_end(f, held.np, true), held.first);
  return c->clause && find_late_phrase(f, c, preps);
}

// «ناشدت المفوضية الأطراف توفير ممر آمن»: the object is the addressee, the masdar after it the
// content.
static bool find_second_object(const kh_st_finder *f, kh_st_cue *c) {
  kh_slot slot;
  uint32_t at = c->clause->object_last;
  for (int seen = 0; seen < 4 && kh_slot_next(f->d, at, c->clause->last, &slot); seen++) {
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) || f->d->mentions->time_at[slot.np] >= 0) continue;
    if (!kh_st_is_masdar(f, slot.np)) return false;
    return kh_st_set_content(c, slot.np, kh_st_indirect_end(f, slot.np, true), slot.np);
  }
  return false;
}

// May the noun phrase be what was said, rather than a thing that the verb does something to?
static bool is_sayable(const kh_st_finder *f, const kh_st_cue *c, uint32_t np) {
  const kh_document *d = f->d;
  if (kh_reading(d, np)->pos == KH_POS_PRON) return false;     // «نفى ذلك»
  if (kh_word_has(d, c->token, KH_CLASS_HARDEN)) return false; // «شدد الإجراءات»
  if (c->frame->cue == KH_CLASS_ASK || c->frame->cue == KH_CLASS_PROMISE ||
      c->frame->cue == KH_CLASS_EXPECT)
    return kh_st_is_masdar(f, np);
  if (c->frame->cue == KH_CLASS_EXPRESSES) return kh_word_has(d, np, KH_CLASS_ATTITUDE);
  if (kh_word_has(d, c->token, KH_CLASS_REVEAL)) // «كشف تفاصيل» names a topic
    return kh_st_is_masdar(f, np) || kh_word_has(d, np, KH_CLASS_EV_ASSAULT);
  if (c->frame->cue != KH_CLASS_CLAIM_RESP) return true;
  for (uint32_t t = np; t < f->phrases->end[np]; t++) // «تبنى الهجوم», not «تبنى القرار»
    if (kh_word_has(d, t, KH_CLASS_EV_ASSAULT)) return true;
  return false;
}

// «وأكد استمرار الجهود»: the verbal noun after the verb is no subject when it is nobody.
static bool find_masdar(kh_st_finder *f, kh_st_cue *c) {
  const kh_clause *clause = c->clause;
  if (clause->subject == clause->subject_last || clause->subject < c->token) return false;
  if (kh_word_has(f->d, c->token, KH_CLASS_REVEAL)) return false; // «كشف تسجيل»: a thing that shows
  if (clause->object != clause->object_last || clause->passive) return false;
  if (!kh_st_is_masdar(f, clause->subject) || kh_reading(f->d, clause->subject)->proclitics ||
      kh_word_has(f->d, clause->subject, KH_CLASS_ACTOR) ||
      kh_word_has(f->d, clause->subject, KH_CLASS_BODY) || kh_st_is_document(f, clause->subject))
    return false;
  if (kh_entity_of(f->d, clause->subject, clause->subject_last, true) >= 0) return false;
  return kh_st_set_content(c, clause->subject, kh_st_indirect_end(f, clause->subject, true),
                           clause->subject);
}

// «الذي تعتبره تركيا منظمة إرهابية»: the object is a pronoun, what it is called the content.
static bool find_predicate(const kh_st_finder *f, kh_st_cue *c) {
  const kh_clause *clause = c->clause;
  if (kh_reading(f->d, c->token)->enclitic < KH_ENC_3MS || clause->subject < c->token) return false;
  if (clause->subject == clause->subject_last) return false;
  if (!kh_word_has(f->d, c->token, KH_CLASS_OPINE) &&
      !kh_word_has(f->d, c->token, KH_CLASS_DESCRIBE))
    return false;
  uint32_t at = clause->subject_last;
  const uint32_t other = kh_conjunct(f->d, at); // «تركيا والغرب»
  if (other) at = f->phrases->end[other];
  kh_slot slot;
  if (!kh_slot_next(f->d, at, clause->last, &slot)) return false;
  if (slot.first != at) return false;
  // «تعتبرها الأمم المتحدة من بين الأسوأ في العالم»
  const bool one_of = kh_slot_prep(f->d, &slot) == KH_PREP_MIN && slot.prep >= 0;
  if (kh_slot_prep(f->d, &slot) && !one_of) return false;
  const uint32_t first = one_of ? slot.first : slot.np;
  return kh_st_set_content(c, first, kh_st_indirect_end(f, first, true), first);
}

// «إعلان الحكومة، الجمعة، وقفا لإطلاق النار»: after the noun of speech who speaks, then what.
static bool find_object_of_noun(const kh_st_finder *f, kh_st_cue *c) {
  enum { REACH = 14 };
  const kh_document *d = f->d;
  const uint32_t limit = kh_sentence_of(d, c->token)->last;
  if (kh_reading(d, c->token)->enclitic != KH_ENC_NONE || c->last >= limit) return false;
  uint32_t at = f->phrases->end[c->last];
  if (!at || kh_reading(d, c->last)->proclitics & ~KH_CLITIC_AL) return false;
  kh_slot slot;
  while (at < c->last + REACH && kh_slot_next(d, at, limit, &slot)) {
    for (uint32_t t = at; t < slot.first; t++)
      if (kh_clause_of(d, t) || kh_is_mark(d, t, KH_MARK_FULL_STOP)) return false;
    at = slot.last;
    if (d->mentions->time_at[slot.np] >= 0) continue;
    // «من جانب واحد»: between commas
    const bool aside = kh_slot_prep(d, &slot) && kh_is_mark(d, slot.first - 1, KH_MARK_COMMA) &&
                       kh_is_mark(d, slot.last, KH_MARK_COMMA);
    if (aside) continue;
    if (kh_slot_prep(d, &slot) || kh_reading(d, slot.np)->proclitics) return false;
    if (d->mentions->name_at[slot.np] >= 0) return false;
    const bool deed =
        kh_st_is_masdar(f, slot.np) || kh_phrase_at(d, slot.np, KH_CLASS_ST_CEASEFIRE);
    return deed && kh_st_set_content(c, slot.np, kh_st_indirect_end(f, slot.np, true), slot.np);
  }
  return false;
}

// «في هجوم تبنته الحركة»: the deed is named before the verb.
static bool find_deed_before(const kh_st_finder *f, kh_st_cue *c) {
  enum { REACH = 12 };
  if (c->frame->cue != KH_CLASS_CLAIM_RESP) return false;
  if (kh_reading(f->d, c->token)->enclitic < KH_ENC_3MS) return false;
  const uint32_t first = kh_sentence_of(f->d, c->token)->first;
  for (uint32_t t = c->token; t-- > first && c->token - t < REACH;) {
    if (!f->phrases->end[t] || !kh_cue_at(f->d, t, KH_CLASS_EV_ASSAULT)) continue;
    if (kh_clause_of(f->d, t) || f->phrases->end[t] > c->token) return false;
    return kh_st_set_content(c, t, f->phrases->end[t], t);
  }
  return false;
}

// «أعلنت البعثة، الذراع السياسية للمجلس، مقتل ...»: the verbal noun behind an apposition of the
// subject.
static bool find_later_object(const kh_st_finder *f, kh_st_cue *c) {
  kh_slot slot;
  uint32_t at = c->clause->object_last;
  for (int seen = 0; seen < 8 && kh_slot_next(f->d, at, c->clause->last, &slot); seen++) {
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) || f->d->mentions->time_at[slot.np] >= 0) continue;
    // «..., الناطق باسم الحركة، التوصل إلى»
    const unsigned article = kh_is_mark(f->d, slot.np - 1, KH_MARK_COMMA) ? KH_CLITIC_AL : 0;
    if (kh_reading(f->d, slot.np)->proclitics & ~article) continue;
    if (kh_st_is_masdar(f, slot.np) || kh_word_has(f->d, slot.np, KH_CLASS_EV_ASSAULT))
      return kh_st_set_content(c, slot.np, kh_st_indirect_end(f, slot.np, true), slot.np);
  }
  return false;
}

// «أعلنت الحكومة التي يقودها فلان فتح الحدود»: the verbal noun behind a relative clause that has
// its own subject and needs no object.
static bool find_object_behind(const kh_st_finder *f, kh_st_cue *c) {
  enum { REACH = 24 };
  const kh_clause *clause = c->clause;
  const uint32_t last = kh_sentence_of(f->d, c->token)->last;
  if (clause->subject == clause->subject_last || clause->complement || clause->last + 1 >= last)
    return false;
  const kh_clause *other = kh_clause_of(f->d, clause->last + 1);
  if (!other || !kh_st_in_relative(f, other) || other->complement) return false;
  if (kh_reading(f->d, other->verb)->enclitic < KH_ENC_3MS) return false;
  kh_slot slot;
  uint32_t at = other->subject_last > other->verb ? other->subject_last : other->verb + 1;
  while (at < c->token + REACH && kh_slot_next(f->d, at, other->last, &slot)) {
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) || f->d->mentions->time_at[slot.np] >= 0) continue;
    return kh_st_is_masdar(f, slot.np) && !kh_reading(f->d, slot.np)->proclitics &&
           kh_st_set_content(c, slot.np, kh_st_indirect_end(f, slot.np, true), slot.np);
  }
  return false;
}

// «أعلنت الحركة، التي تقاتل في الشمال، مسؤوليتها عن»: behind a relative clause between commas.
static bool find_late_object(const kh_st_finder *f, kh_st_cue *c) {
  enum { REACH = 30 };
  const kh_document *d = f->d;
  const uint32_t last = kh_sentence_of(d, c->token)->last;
  const int32_t quote = f->tokens[c->token].quote;
  if (c->frame->cue != KH_CLASS_DECLARE && c->frame->cue != KH_CLASS_DENY) return false;
  if (c->clause->last >= last || !kh_is_word(d, c->clause->last) ||
      !kh_has_sign(d, c->clause->last, KH_SIGN_RELATIVE))
    return false;
  for (uint32_t t = c->clause->last + 2; t < last && t < c->token + REACH; t++) {
    const kh_clause *other = kh_clause_of(d, t);
    if (other && !kh_st_in_relative(f, other)) return false;
    if (!kh_is_mark(d, t - 1, KH_MARK_COMMA) || f->tokens[t].quote != quote) continue;
    if (!kh_is_word(d, t) || !f->phrases->end[t] || kh_reading(d, t)->proclitics) continue;
    if (kh_st_is_masdar(f, t) || kh_word_has(d, t, KH_CLASS_RESPONSIBILITY))
      return kh_st_set_content(c, t, kh_st_indirect_end(f, t, true), t);
  }
  return false;
}

bool kh_st_find_object(kh_st_finder *f, kh_st_cue *c) {
  if (c->clause && find_deed_before(f, c)) return true;
  if (kh_st_part_of(f, c->token) == KH_PART_NOUN) return find_object_of_noun(f, c);
  if (c->clause && (find_predicate(f, c) || find_masdar(f, c))) return true;
  if (c->clause && kh_reading(f->d, c->token)->enclitic >= KH_ENC_3MS) return false; // «أعلنته»
  if (c->clause && c->clause->object != c->clause->object_last &&
      !is_sayable(f, c, c->clause->object))
    return false;
  if (c->clause) {
    uint32_t object = c->clause->object;
    if (object == c->clause->object_last) return find_object_behind(f, c) || find_late_object(f, c);
    if (c->frame->to & KH_PREP_OBJECT) return find_second_object(f, c);
    if (f->tokens[object].quote != f->tokens[c->token].quote &&
        f->d->mentions->name_at[object] >= 0)
      return find_later_object(f, c); // a quoted second name of the subject
    // «أعلن المجلس، الذراع السياسية للحركة، عن»: an apposition of the subject
    const kh_word *head = kh_reading(f->d, object);
    if (kh_is_mark(f->d, object - 1, KH_MARK_COMMA) && !kh_st_is_masdar(f, object) &&
        (head->proclitics & KH_CLITIC_AL || head->features & KH_F_ELATIVE ||
         f->d->mentions->name_at[object] >= 0))
      return find_later_object(f, c);
    return kh_st_set_content(c, object, kh_st_indirect_end(f, object, true), object);
  }
  if (c->last < kh_sentence_of(f->d, c->token)->last && f->phrases->end[c->last] &&
      !(kh_reading(f->d, c->last)->proclitics & ~KH_CLITIC_AL))
    return kh_st_set_content(c, c->last, kh_st_indirect_end(f, c->last, true), c->last);
  return false;
}
