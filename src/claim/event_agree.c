// SPDX-License-Identifier: Apache-2.0
// Facts about those who may fill a role that gender and number tell: does the verb agree with
// them, does a pronoun at the trigger point to them, does a relative clause say it of them?
#include "claim/event_rank.h"

// Kinds of facts, beside those of event_rank.c, event_near.c and event_sure.c. Never give a number
// another meaning.
enum fact {
  F_AGREE = 144,
  F_AGREE_ROLE,
  F_AGREE_TYPE,
  F_PRONOUN,
  F_PRONOUN_TYPE,
  F_PRONOUN_AFTER,
  F_RELATIVE,
  F_LED,
  // those of event_setting.c begin at 152
  F_UNNAMED = 160,
};

// Gender, number and person of a word as a small number.
enum { FORM_SHIFT = 5, FORM_MASK = 0xFF };

// How a form fits another, or a pronoun.
enum { UNSURE, FITS, FITS_NOT };

// How the trigger's clause says it of a candidate.
enum { UNRELATED, BY_RELATIVE, BARE };

// In tokens: how far behind the trigger a preposition with a pronoun is looked for.
enum { MAX_AFTER = 2 };

// In tokens: how far a phrase is looked through for a name.
enum { MAX_INSIDE = 8 };

static uint32_t form_of(const kh_word *word) { return word->features >> FORM_SHIFT & FORM_MASK; }

static bool has_feature(uint32_t form, uint32_t feature) {
  return (form & feature >> FORM_SHIFT) != 0;
}

kh_agreement kh_agreement_of(const kh_document *d, const kh_trigger *t) {
  const kh_clause *c = t->clause;
  kh_agreement a = {.relative = KH_NO_VERB};
  const bool verb = t->part == KH_PART_VERB;
  if (c) {
    a.verb = form_of(kh_reading(d, c->verb)) | (uint32_t)verb << 8;
    a.subject = c->subject < c->subject_last;
    a.passive = verb && c->passive;
    if (c->subject <= t->token && t->token < c->subject_last) a.verb = 1U << 9; // its own subject
  }
  a.pronoun = kh_reading(d, t->last - 1)->enclitic;
  const kh_sentence *s = kh_sentence_of(d, t->token);
  for (uint32_t i = t->last; i < s->last && i < t->last + MAX_AFTER; i++) {
    if (!kh_is_word(d, i)) break;
    const kh_word *w = kh_reading(d, i);
    if (w->pos != KH_POS_PREP || w->enclitic == KH_ENC_NONE) continue;
    a.after = w->enclitic;
    a.after_lemma = kh_lemma_fact(d, i);
    break;
  }
  // the relative pronoun, or the word, that the verb follows at once
  if (verb && t->token > s->first) a.relative = t->token;
  return a;
}

// The form of a mention: of a name what is known of its bearer.
static uint32_t form_of_candidate(const kh_event_judge *j, uint32_t n) {
  const kh_document *d = j->document;
  const kh_candidate *c = &j->at[n];
  const kh_draft *e = &d->mentions->entities.at[c->entity];
  const bool led = j->standing[n].led;
  if (d->mentions->name_at[c->np] >= 0)
    return e->gender >> FORM_SHIFT | (uint32_t)led << 8 | (uint32_t)(e->kind + 1) << 9;
  const bool broken = (kh_reading(d, c->np)->features & KH_F_BROKEN) != 0;
  return form_of(kh_reading(d, c->np)) | (uint32_t)led << 8 | (uint32_t)broken << 12;
}

static uint32_t fits_verb(uint32_t verb, uint32_t form) {
  const uint32_t genders = (KH_F_MASC | KH_F_FEM) >> FORM_SHIFT;
  if (!(verb & genders)) return UNSURE;
  if (has_feature(form, KH_F_PLUR) || form >> 8 & 1)
    return has_feature(verb, KH_F_PLUR) ? FITS : UNSURE;
  if (has_feature(verb, KH_F_PLUR | KH_F_DUAL)) return FITS_NOT;
  if (!(form & genders)) return UNSURE;
  return verb & form & genders ? FITS : FITS_NOT;
}

static uint32_t fits_pronoun(uint32_t pronoun, uint32_t form) {
  const bool many = has_feature(form, KH_F_PLUR | KH_F_DUAL) || form >> 8 & 1;
  const bool feminine = has_feature(form, KH_F_FEM);
  const bool masculine = has_feature(form, KH_F_MASC);
  switch (pronoun) {
  case KH_ENC_3MS:
    return many || (feminine && !masculine) ? FITS_NOT : masculine ? FITS : UNSURE;
  case KH_ENC_3FS:
    return masculine && !feminine && !many ? FITS_NOT : feminine ? FITS : UNSURE;
  case KH_ENC_3MP:
  case KH_ENC_3FP:
  case KH_ENC_3D:
    return many ? FITS : FITS_NOT;
  default:
    return UNSURE;
  }
}

// «المدينة التي يسيطر عليها», «تعديلات يعارضها»
static uint32_t told_of(const kh_document *d, const kh_agreement *a, const kh_candidate *c) {
  if (a->relative == KH_NO_VERB) return UNRELATED;
  if (c->last == a->relative) return BARE;
  const bool relative = c->last + 1 == a->relative && kh_has_sign(d, c->last, KH_SIGN_RELATIVE);
  return relative ? BY_RELATIVE : UNRELATED;
}

// Somebody unnamed: definite, counted, joined to a name in his phrase? «مقتل ستة مدنيين» counts who
// befell it, «استهدف المدنيين» says to whom it was done.
static void unnamed_facts(const kh_document *d, const kh_candidate *c, uint32_t form,
                          const kh_trigger *t, uint32_t place, kh_facts *f) {
  if (d->mentions->name_at[c->np] >= 0) return;
  const bool definite = (kh_reading(d, c->np)->proclitics & KH_CLITIC_AL) != 0;
  const bool counted = d->mentions->quantity_at[c->np] >= 0 ||
                       (c->np > 0 && d->mentions->quantity_at[c->np - 1] >= 0);
  bool named = false;
  for (uint32_t i = c->np + 1; i < c->last && i < c->np + MAX_INSIDE && !named; i++)
    named = d->mentions->name_at[i] >= 0;
  const uint32_t how = (uint32_t)definite | (uint32_t)counted << 1 | (uint32_t)named << 2 |
                       kh_bucket(c->last - c->np) << 3;
  kh_fact(f, F_UNNAMED, how, (uint32_t)t->frame->type, place);
  kh_fact(f, F_UNNAMED, how, form, place | 64U);
  kh_fact(f, F_UNNAMED, how & 7U, kh_lemma_fact(d, c->np), 99);
  kh_fact(f, F_UNNAMED, how & 7U, kh_lemma_fact(d, t->token), 98);
}

void kh_agree_facts(const kh_event_judge *j, const kh_trigger *t, const kh_agreement *a, uint32_t n,
                    uint32_t place, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_candidate *c = &j->at[n];
  const kh_standing *s = &j->standing[n];
  const uint32_t type = (uint32_t)t->frame->type;
  const uint32_t form = form_of_candidate(j, n);
  const uint32_t fits = fits_verb(a->verb, form);
  const uint32_t way = fits | (uint32_t)a->subject << 2 | (uint32_t)a->passive << 3 |
                       (uint32_t)(t->part == KH_PART_VERB) << 4;
  const bool own = t->clause && t->clause->verb == s->verb;
  unnamed_facts(d, c, form, t, place, f);
  kh_fact(f, F_AGREE, a->verb, form, place);
  kh_fact(f, F_AGREE_ROLE, way, s->role, (uint32_t)own | place << 1);
  kh_fact(f, F_AGREE_TYPE, way, type, place);
  if (a->pronoun) {
    const uint32_t told = fits_pronoun(a->pronoun, form);
    kh_fact(f, F_PRONOUN, a->pronoun, form, place);
    kh_fact(f, F_PRONOUN_TYPE, told | t->part << 2, type, place);
    kh_fact(f, F_PRONOUN, told | t->part << 2, s->role, place | 64U);
  }
  if (a->after) {
    const uint32_t told = fits_pronoun(a->after, form);
    kh_fact(f, F_PRONOUN_AFTER, told, a->after_lemma, place);
    kh_fact(f, F_PRONOUN_AFTER, told, type, place | 64U);
  }
  const uint32_t relative = told_of(d, a, c);
  if (relative) {
    const uint32_t pronouns = (uint32_t)(a->pronoun != 0) | (uint32_t)(a->after != 0) << 1;
    kh_fact(f, F_RELATIVE, relative | pronouns << 2, way, place);
    kh_fact(f, F_RELATIVE, relative | pronouns << 2, way | 64U, type);
  }
  if (s->led) kh_fact(f, F_LED, c->np > 0 ? kh_lemma_fact(d, c->np - 1) : 0, place, type);
}
