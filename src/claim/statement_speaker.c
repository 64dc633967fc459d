// SPDX-License-Identifier: Apache-2.0
// Who speaks: the subject of the clause, the noun of a noun of speech, or who spoke before.
#include "claim/statement.h"

enum { MAX_BACK = 80 };

static bool first_person(const kh_st_finder *f, const kh_st_cue *c) {
  return c->clause && kh_reading(f->d, c->token)->features & KH_F_FIRST;
}

int32_t kh_st_enclosing_speaker(const kh_st_finder *f, uint32_t t) {
  const kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->statements.count; i-- > 0 && claims->statements.count - i < 12;) {
    const kh_statement *s = &claims->statements.at[i];
    if (s->content.start <= f->tokens[t].start && f->tokens[t].end <= s->content.end)
      return s->speaker;
  }
  return KH_NONE;
}

static bool may_refer_back(const kh_st_finder *f, int32_t entity, uint32_t features) {
  if (entity < 0) return false;
  const uint32_t gender = f->d->mentions->entities.at[entity].gender;
  const uint32_t wanted = features & (KH_F_MASC | KH_F_FEM);
  return !gender || !wanted || (gender & wanted);
}

static bool is_body_or_place(const kh_st_finder *f, uint32_t t) {
  return f->d->mentions->name_at[t] >= 0 || kh_word_has(f->d, t, KH_CLASS_BODY) ||
         kh_word_has(f->d, t, KH_CLASS_FORCE) || kh_word_has(f->d, t, KH_CLASS_STATE_NOUN) ||
         kh_word_has(f->d, t, KH_CLASS_PLACE_HEAD) || kh_word_has(f->d, t, KH_CLASS_ACTOR);
}

// Does somebody who is «of» it speak for the body, rather than to an outlet?
static bool belongs_to_body(const kh_st_finder *f, uint32_t t) {
  const int32_t name = f->d->mentions->name_at[t];
  if (name >= 0) {
    const uint8_t kind = f->d->mentions->names.at[name].kind;
    return kind == KH_KIND_ORG || kind == KH_KIND_ARMED;
  }
  return is_body_or_place(f, t) && !kh_word_has(f->d, t, KH_CLASS_MEDIA_HEAD);
}

// What belongs to an unnamed speaker: «مسؤول في الشرطة», «متحدث باسم الجيش», «مصادر من التيار».
static uint32_t with_attributes(const kh_st_finder *f, uint32_t first, uint32_t last) {
  const kh_document *d = f->d;
  const uint32_t limit = kh_sentence_of(d, first)->last;
  if (d->mentions->name_at[first] >= 0) return last;
  const bool definite = (kh_reading(d, first)->proclitics & KH_CLITIC_AL) != 0;
  kh_slot slot;
  for (int n = 0; n < 2 && last < limit && kh_slot_next(d, last, limit, &slot); n++) {
    if (slot.first != last || d->mentions->time_at[slot.np] >= 0) break;
    const bool names = slot.prep >= 0 && kh_word_has(d, (uint32_t)slot.prep, KH_CLASS_P_NAME);
    const unsigned prep = kh_slot_prep(d, &slot);
    // «ممثل للجيش», «المتحدث الرسمي للجيش», but not «قال الادعاء للمحكمة»
    const bool of = prep == KH_PREP_LI && belongs_to_body(f, slot.np) &&
                    (!definite || kh_word_has(d, first, KH_CLASS_PERSON_ROLE));
    if (!names && !of && (definite || !(prep & (KH_PREP_MIN | KH_PREP_FI | KH_PREP_BI)))) break;
    if (prep == KH_PREP_BI && !is_body_or_place(f, slot.np)) break; // «بالحكومة», not «بالعمل»
    if (kh_word_has(d, slot.np, KH_CLASS_SPEECH_EVENT) ||
        kh_word_has(d, slot.np, KH_CLASS_SPEECH_NOUN) ||
        kh_word_has(d, slot.np, KH_CLASS_REPORT_DOC))
      break;
    last = slot.last;
  }
  return last;
}

// «عدد من الفصائل», «بعض السكان»: some of those who can speak.
static bool can_speak(const kh_st_finder *f, uint32_t t) {
  // «وسائل إعلام», «شهود عيان»
  if (kh_cue_at(f->d, t, KH_CLASS_ACTOR) || kh_cue_at(f->d, t, KH_CLASS_SOURCE_NOUN)) return true;
  // «الأردنيون», «مشرعون»
  const uint32_t features = kh_reading(f->d, t)->features;
  if (features & KH_F_PLUR && features & KH_F_NOM) return true;
  return kh_word_has(f->d, t, KH_CLASS_ACTOR) || kh_word_has(f->d, t, KH_CLASS_CROWD) ||
         kh_word_has(f->d, t, KH_CLASS_PERSON_ROLE) || kh_word_has(f->d, t, KH_CLASS_SOURCE_NOUN) ||
         kh_word_has(f->d, t, KH_CLASS_BODY);
}

static bool is_some_of(const kh_st_finder *f, uint32_t first, uint32_t last) {
  const bool number = f->tokens[first].kind == KH_TOKEN_NUMBER; // «78 نائبا»
  if (!number && !kh_is_word(f->d, first)) return false;
  if (!number && !kh_word_has(f->d, first, KH_CLASS_QUANTIFIER) &&
      !kh_word_has(f->d, first, KH_CLASS_NUMBER_NOUN))
    return false;
  for (uint32_t t = first + 1; t < last; t++)
    if (f->d->mentions->name_at[t] >= 0 || can_speak(f, t)) return true;
  return false;
}

// «شاهد يدعى أحمد علي»: the name after it.
static int32_t called_so(const kh_st_finder *f, uint32_t last) {
  const kh_document *d = f->d;
  if (last == 0 || !kh_share_sentence(d, last - 1, last + 1) || !kh_is_word(d, last))
    return KH_NONE;
  const bool passive = kh_reading(d, last)->pos == KH_POS_VERB &&
                       kh_word_any(d, last, KH_CLASS_CALLED, KH_POS_VERB) != NULL &&
                       kh_reading(d, last)->features & KH_F_PRESENT;
  const int32_t name = d->mentions->name_at[last + 1];
  if (!passive || name < 0 || d->mentions->names.at[name].first != last + 1) return KH_NONE;
  return d->mentions->names.at[name].kind == KH_KIND_PERSON ? d->mentions->names.at[name].entity
                                                            : KH_NONE;
}

int32_t kh_st_resolve(kh_st_finder *f, uint32_t first, uint32_t last, kh_span *span) {
  const int32_t called = called_so(f, last);
  if (called >= 0) {
    *span = f->d->mentions->names.at[f->d->mentions->name_at[last + 1]].span;
    return called;
  }
  last = with_attributes(f, first, last);
  int32_t entity = kh_entity_of(f->d, first, last, true);
  if (entity < 0 && is_some_of(f, first, last)) entity = kh_entity_of_speaker(f->d, first, last);
  if (entity >= 0) *span = kh_phrase_span(f->d, first, last);
  return entity;
}

// May the subject of the clause be who the cue's dropped subject or participle means?
static bool fits_subject(const kh_st_finder *f, const kh_clause *clause, int32_t entity,
                         const kh_st_cue *c) {
  const uint32_t features = kh_reading(f->d, c->token)->features;
  const kh_word *head = kh_reading(f->d, clause->subject);
  if (!may_refer_back(f, entity, features)) return false;
  if (f->d->mentions->name_at[clause->subject] >= 0 || !head->known) return true;
  const uint32_t genders = KH_F_MASC | KH_F_FEM;
  const uint32_t own = head->features & KH_F_PLUR && head->features & KH_F_BROKEN
                           ? genders
                           : head->features & genders;
  return !own || !(features & genders) || (own & features);
}

// «ووقع الرئيس القرار، وقال إن»: the subject of the sentence's first clause goes on speaking.
static int32_t doer_before(kh_st_finder *f, const kh_st_cue *c, kh_span *span) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const int32_t quote = f->tokens[c->token].quote;
  for (uint32_t t = s->first; t < c->token; t++) {
    const kh_clause *clause = kh_clause_of(f->d, t);
    if (!clause || f->tokens[t].quote != quote || clause->subject_relative) continue;
    if (clause->subject == clause->subject_last || clause->passive) continue;
    if (clause->subject_last > c->token) return KH_NONE;
    const int32_t entity = kh_st_resolve(f, clause->subject, clause->subject_last, span);
    return entity >= 0 && fits_subject(f, clause, entity, c) ? entity : KH_NONE;
  }
  return KH_NONE;
}

static int32_t back_reference(kh_st_finder *f, const kh_st_cue *c, kh_span *span) {
  *span = c->span;
  const bool nested = kh_st_enclosing_speaker(f, c->token) >= 0;
  if (!nested && f->sentence_of != f->tokens[c->token].sentence) {
    const int32_t doer = doer_before(f, c, span);
    if (doer >= 0) return doer;
  }
  if (!nested && may_refer_back(f, f->speaker, kh_reading(f->d, c->token)->features))
    return f->speaker;
  return kh_entity_before(f->d, c->token, kh_reading(f->d, c->token)->features);
}

// Who issued a document that speaks: «بيان للتحالف», «تقرير المنظمة»; KH_NONE when it is not said.
static int32_t issuer_of(kh_st_finder *f, uint32_t first, uint32_t last, kh_span *span) {
  if (last > first + 1) {
    const int32_t entity = kh_st_resolve(f, first + 1, last, span);
    if (entity >= 0) return entity;
  }
  kh_slot slot;
  const uint32_t limit = kh_sentence_of(f->d, first)->last;
  for (uint32_t n = 0, at = last; n < 3 && kh_slot_next(f->d, at, limit, &slot); n++) {
    if (slot.first > last + 4) break;
    at = slot.last;
    // «بيان للتحالف», «تقرير صدر عن المنظمة», «بيان من الرئاسة»
    if (kh_slot_prep(f->d, &slot) & (KH_PREP_LI | KH_PREP_AN | KH_PREP_MIN))
      return kh_st_resolve(f, slot.np, slot.last, span);
  }
  return KH_NONE;
}

// «نقلت الوكالة عن الوزير أن», «نقل عن الوزير قوله»: who is quoted; KH_NONE when only the subject
// is.
static int32_t quoted_speaker(kh_st_finder *f, const kh_st_cue *c, kh_span *span) {
  if (!kh_word_has(f->d, c->token, KH_CLASS_QUOTE)) return KH_NONE;
  kh_slot slot;
  uint32_t at = c->last;
  while (kh_slot_next(f->d, at, c->between_last, &slot)) {
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) != KH_PREP_AN) continue;
    const int32_t entity = kh_st_resolve(f, slot.np, slot.last, span);
    if (entity >= 0) return entity;
  }
  return KH_NONE;
}

// «المصدر ذاته»: a source named before.
static bool is_same_source(const kh_st_finder *f, uint32_t first, uint32_t last) {
  return last - first <= 2 && kh_word_has(f->d, first, KH_CLASS_SOURCE_NOUN) &&
         !kh_word_has(f->d, first, KH_CLASS_PERSON_ROLE) &&
         kh_reading(f->d, first)->proclitics & KH_CLITIC_AL;
}

// «واتهم ضباط الشرطة بالتورط»: one noun phrase beside a verb that always has an object, where who
// spoke is left out.
static bool is_whom(const kh_st_finder *f, const kh_clause *clause, const kh_st_cue *c) {
  if (!kh_word_has(f->d, c->token, KH_CLASS_NEEDS_WHOM) || clause->passive) return false;
  if (clause->subject_before || clause->subject_relative) return false;
  const kh_word *w = kh_reading(f->d, c->token);
  return w->enclitic == KH_ENC_NONE && w->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA) &&
         clause->object == clause->object_last && clause->subject == c->last;
}

// «هذه المصادر»: the noun behind the pronoun that points to it, else `t`.
static uint32_t behind_pointer(const kh_st_finder *f, uint32_t t) {
  if (!kh_is_word(f->d, t) || !kh_word_has(f->d, t, KH_CLASS_DEMONSTRATIVE)) return t;
  if (!kh_share_sentence(f->d, t, t + 1) || !kh_is_word(f->d, t + 1)) return t;
  return f->phrases->end[t + 1] ? t + 1 : t;
}

int32_t kh_st_speaker_of_verb(kh_st_finder *f, const kh_st_cue *c, kh_span *span) {
  const kh_clause *clause = c->clause;
  const int32_t quoted = quoted_speaker(f, c, span);
  if (quoted >= 0) return quoted;
  if (first_person(f, c)) {
    *span = c->span;
    return kh_st_enclosing_speaker(f, c->token);
  }
  if (clause->subject != clause->subject_last && f->d->mentions->time_at[clause->subject] >= 0)
    return back_reference(f, c, span); // «وأمس الأربعاء، كانت الوزارة أعلنت»
  if (is_whom(f, clause, c)) {
    const int32_t whom = kh_st_resolve(f, clause->subject, clause->subject_last, span);
    const int32_t who = back_reference(f, c, span);
    if (who >= 0 && who != whom) return who;
  }
  if (clause->subject_relative) {
    const uint32_t relative = clause->first - 1;
    const uint32_t first = kh_antecedent(f->d, relative);
    if (first < relative) {
      const int32_t entity = kh_st_resolve(f, first, f->phrases->end[first], span);
      if (entity >= 0) return entity;
    }
    // «الاتفاق الذي أعلن عنه أمس»: nobody is told to have said it
    if (clause->subject == clause->subject_last && !can_speak(f, first)) return KH_NONE;
  }
  if (clause->subject != clause->subject_last && clause->subject != c->content) {
    const uint32_t pointed = behind_pointer(f, clause->subject);
    const uint32_t pointed_last =
        pointed == clause->subject ? clause->subject_last : f->phrases->end[pointed];
    if (is_same_source(f, pointed, pointed_last) && f->speaker >= 0 &&
        kh_entity_called(f->d, pointed, pointed_last) == KH_NONE) {
      *span = kh_phrase_span(f->d, pointed, pointed_last);
      return f->speaker;
    }
    if (kh_st_is_document(f, clause->subject)) {
      const int32_t issuer = issuer_of(f, clause->subject, clause->subject_last, span);
      if (issuer >= 0) return f->issuer = issuer;
      const kh_word *w = kh_reading(f->d, clause->subject);
      if (w->features & KH_F_PLUR) { // «تفيد التقارير»
        *span = kh_phrase_span(f->d, clause->subject, clause->subject_last);
        return kh_entity_of_speaker(f->d, clause->subject, clause->subject_last);
      }
      if (w->proclitics & KH_CLITIC_AL && f->issuer >= 0) {
        *span = kh_phrase_span(f->d, clause->subject, clause->subject_last);
        return f->issuer; // «وأضاف البيان»
      }
      if (w->proclitics & KH_CLITIC_AL) return back_reference(f, c, span);
      const int32_t document = kh_st_resolve(f, clause->subject, clause->subject_last, span);
      if (document >= 0) return document;
      *span = kh_phrase_span(f->d, clause->subject, clause->subject_last); // «وأظهر تقرير أن»
      return kh_entity_of_speaker(f->d, clause->subject, clause->subject_last);
    }
    const int32_t entity = kh_st_resolve(f, clause->subject, clause->subject_last, span);
    if (entity >= 0) return entity;
    // «ووصف الخطة بأنها»: what is described, not who describes
    if (c->frame && c->frame->cue == KH_CLASS_DESCRIBE && clause->object == clause->object_last)
      return back_reference(f, c, span);
    // a subject that is nobody («أكد ذلك», «يشير الرقم»), but who says is somebody
    if (!kh_word_has(f->d, c->token, KH_CLASS_UTTER) && !can_speak(f, clause->subject))
      return KH_NONE;
    *span = kh_phrase_span(f->d, clause->subject, clause->subject_last);
    return kh_entity_of_speaker(f->d, clause->subject, clause->subject_last);
  }
  return back_reference(f, c, span);
}

// The subject of the nearest clause before the cue in its sentence that fits it, else who spoke
// last.
int32_t kh_st_speaker_of_clause_before(kh_st_finder *f, const kh_st_cue *c, kh_span *span) {
  const uint32_t first = kh_sentence_of(f->d, c->token)->first;
  for (uint32_t t = c->token; t-- > first && c->token - t < MAX_BACK;) {
    const kh_clause *clause = kh_clause_of(f->d, t);
    if (!clause || clause->subject == clause->subject_last || clause->passive) continue;
    const int32_t entity = kh_st_resolve(f, clause->subject, clause->subject_last, span);
    if (entity >= 0 && fits_subject(f, clause, entity, c)) return entity;
  }
  return back_reference(f, c, span);
}

// «قوله», «إعلان الحكومة أن»: the enclitic, or the noun after the masdar.
int32_t kh_st_speaker_of_noun(kh_st_finder *f, const kh_st_cue *c, kh_span *span) {
  const kh_word *w = kh_reading(f->d, c->token);
  // «علق الوزير على ذلك بالقول إن»: the subject of the verb before
  if (w->proclitics & KH_CLITIC_BI && w->proclitics & KH_CLITIC_AL)
    return c->frame->cue == KH_CLASS_SAY ? kh_st_speaker_of_clause_before(f, c, span) : KH_NONE;
  if (w->enclitic == KH_ENC_NONE) {
    if (c->last < c->between_last && f->phrases->end[c->last])
      return kh_st_resolve(f, c->last, f->phrases->end[c->last], span);
    kh_slot by; // «دعوات من الأمم المتحدة إلى»
    if (!kh_slot_next(f->d, c->last, c->between_last, &by) || by.first != c->last) return KH_NONE;
    return kh_slot_prep(f->d, &by) == KH_PREP_MIN ? kh_st_resolve(f, by.np, by.last, span)
                                                  : KH_NONE;
  }
  // «نقلت الوكالة عن الوزير قوله»: the phrase of عن before it
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  kh_slot slot;
  uint32_t at = c->token > s->first + 24 ? c->token - 24 : s->first;
  int32_t found = KH_NONE;
  while (kh_slot_next(f->d, at, c->token, &slot)) {
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) != KH_PREP_AN) continue;
    const int32_t entity = kh_st_resolve(f, slot.np, slot.last, span);
    if (entity >= 0) found = entity;
  }
  if (found >= 0) return found;
  *span = c->span;
  return may_refer_back(f, f->speaker, 0) ? f->speaker : kh_entity_before(f->d, c->token, 0);
}

// A participle speaks for the subject of the statement before it in the sentence, else for the
// subject of its clause.
int32_t kh_st_speaker_of_participle(kh_st_finder *f, const kh_st_cue *c, kh_span *span) {
  *span = c->span;
  if (f->speaker >= 0 && f->sentence_of == f->tokens[c->token].sentence) {
    const uint32_t features = kh_reading(f->d, c->token)->features;
    if (features & KH_F_FEM && !(features & KH_F_MASC) &&
        !may_refer_back(f, f->speaker, features)) {
      const int32_t entity = kh_st_speaker_of_clause_before(f, c, span);
      if (entity >= 0 && f->d->mentions->entities.at[entity].gender) return entity;
    }
    *span = f->speaker_span;
    return f->speaker;
  }
  return kh_st_speaker_of_clause_before(f, c, span);
}

int32_t kh_st_source_of_attribution(kh_st_finder *f, uint32_t np, uint32_t end, kh_span *span) {
  np = kh_st_document_head(f, np, end);
  if (kh_st_is_document(f, np)) {
    const int32_t issuer = issuer_of(f, np, end, span);
    if (issuer >= 0) return f->issuer = issuer;
    if (kh_reading(f->d, np)->proclitics & KH_CLITIC_AL && f->issuer >= 0) return f->issuer;
    if (kh_reading(f->d, np)->proclitics & KH_CLITIC_AL && f->speaker >= 0) return f->speaker;
  }
  if (is_same_source(f, np, end) && end > np + 1 && f->speaker >= 0 &&
      kh_entity_called(f->d, np, end) == KH_NONE)
    return f->speaker;
  const int32_t found = kh_st_resolve(f, np, end, span);
  if (found >= 0 || !kh_is_word(f->d, np)) return found;
  // «وسائل إعلام حكومية», «تقارير محلية»
  const bool source = kh_cue_at(f->d, np, KH_CLASS_MEDIA_HEAD) || can_speak(f, np) ||
                      (kh_st_is_document(f, np) && kh_reading(f->d, np)->features & KH_F_PLUR);
  return source ? kh_entity_of_speaker(f->d, np, end) : KH_NONE;
}
