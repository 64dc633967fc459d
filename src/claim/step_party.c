// SPDX-License-Identifier: Apache-2.0
// Who makes a step or has to, who asks for it, and who tells of it, as the rules see it.
#include "claim/frames.h"
#include "claim/step.h"

#include <string.h>

enum { MAX_BY = 6, MAX_AIM = 10, MAX_RELATIVE = 4 }; // entities; tokens

static void add_actor(kh_step_finder *f, int32_t *list, uint32_t *count, uint32_t first,
                      uint32_t last) {
  if (*count >= MAX_BY) return;
  const int32_t entity = kh_entity_of(f->d, first, last, true);
  if (entity < 0) return;
  for (uint32_t i = 0; i < *count; i++)
    if (list[i] == entity) return;
  list[(*count)++] = entity;
}

static void add_joined(kh_step_finder *f, int32_t *list, uint32_t *count, uint32_t first,
                       uint32_t last) {
  add_actor(f, list, count, first, last);
  for (uint32_t n = 0, next = kh_conjunct(f->d, last); next && n < 4; n++) {
    const uint32_t end = f->phrases->end[next];
    add_actor(f, list, count, next, end);
    next = kh_conjunct(f->d, end);
  }
}

// Words after a masdar that are no noun phrase of its doer: adjectives («مؤتمر دولي»), and the
// place an agreement is called after («اتفاق أوسلو»).
static bool may_be_doer(const kh_document *d, const kh_move *m, uint32_t t) {
  switch (m->kind) { // what completes these is what they are done to
  case KH_STEP_DETAINEES:
  case KH_STEP_SANCTIONS_RELIEF:
  case KH_STEP_OPENING:
  case KH_STEP_AID_ACCESS:
  case KH_STEP_DISARMAMENT:
  case KH_STEP_SAFE_ZONE:
  case KH_STEP_COUNTERTERRORISM:
    return false;
  default:
    break;
  }
  const int32_t name = d->mentions->name_at[t];
  if (name >= 0)
    return m->kind != KH_STEP_AGREEMENT || d->mentions->names.at[name].kind != KH_KIND_PLACE;
  if (!kh_is_word(d, t)) return false;
  const kh_word *w = kh_reading(d, t);
  if (w->pos == KH_POS_ADJ || w->pos == KH_POS_NUM) return false;
  return !(w->features & KH_F_NISBA) || (w->proclitics & KH_CLITIC_AL && w->features & KH_F_PLUR);
}

static void add_subject(kh_step_finder *f, int32_t *list, uint32_t *count, uint32_t verb) {
  const kh_clause *c = kh_clause_of(f->d, verb);
  if (!c || c->passive) return;
  if (c->subject != c->subject_last) {
    add_joined(f, list, count, c->subject, c->subject_last);
    return;
  }
  if (*count) return;
  const int32_t entity = kh_entity_before(f->d, verb, kh_reading(f->d, verb)->features);
  if (entity >= 0 && *count < MAX_BY) {
    f->d->mentions->entities.at[entity].used = true;
    list[(*count)++] = entity;
  }
}

static bool holds(const int32_t *list, uint32_t count, int32_t entity) {
  for (uint32_t i = 0; i < count; i++)
    if (list[i] == entity) return true;
  return false;
}

// «الاتفاق الذي أبرمته روسيا مع ...», «هدنة أعلنتها الحكومة»: the verb of a relative clause that
// tells who made the step; its pronoun is the step. KH_NO_TOKEN when there is none.
static uint32_t told_by_relative(const kh_document *d, const kh_move *m) {
  const uint32_t limit = kh_sentence_of(d, m->token)->last;
  for (uint32_t t = m->last; t < limit && t < m->last + MAX_RELATIVE; t++) {
    if (!kh_is_word(d, t)) return KH_NO_TOKEN;
    const kh_clause *c = kh_clause_of(d, t);
    if (!c) continue;
    const bool pronoun = kh_reading(d, t)->enclitic >= KH_ENC_3MS;
    const bool reached = t + 1 < limit && kh_is_word(d, t + 1) &&
                         kh_reading(d, t + 1)->pos == KH_POS_PREP &&
                         kh_reading(d, t + 1)->enclitic >= KH_ENC_3MS;
    const bool relative = t > 0 && kh_is_word(d, t - 1) && kh_word_has(d, t - 1, KH_CLASS_RELATIVE);
    if (c->passive || !(pronoun || (reached && relative))) return KH_NO_TOKEN;
    return c->subject > t && c->subject != c->subject_last ? t : KH_NO_TOKEN;
  }
  return KH_NO_TOKEN;
}

// How far from the phrase its parties may stand: further where a participle or a relative clause
// tells of them («الاتفاق المبرم بين ...», «الذي وقع في ... بين ...»).
static uint32_t reach_of(const kh_document *d, const kh_move *m) {
  const uint32_t limit = kh_sentence_of(d, m->token)->last;
  for (uint32_t t = m->last; t < limit && t < m->last + 3 && kh_is_word(d, t); t++) {
    const kh_word *w = kh_reading(d, t);
    if (kh_word_has(d, t, KH_CLASS_RELATIVE) || w->features & KH_F_PASSIVE_PART) return 14;
  }
  return 4;
}

// «بين ... و...», «مع ...» right after the phrase. Says whether others than the doer are told.
static bool add_partners(kh_step_finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
  kh_document *d = f->d;
  kh_slot slot;
  bool with = false;
  const uint32_t limit = kh_sentence_of(d, m->token)->last;
  uint32_t at = m->token + 1;
  const uint32_t reach = reach_of(d, m);
  for (int seen = 0; seen < 6 && kh_slot_next(d, at, limit, &slot); seen++) {
    if (slot.first > m->last + reach) break;
    at = slot.last;
    const unsigned prep = kh_slot_prep(d, &slot);
    if (prep & KH_PREP_BAYNA || (prep & KH_PREP_MAA && m->kind != KH_STEP_OTHER)) {
      add_joined(f, list, count, slot.np, slot.last);
      with = with || (prep & KH_PREP_MAA) != 0;
    }
    if (prep & KH_PREP_BI && m->kind == KH_STEP_TALKS && slot.first == m->token + 1 &&
        (m->is_verb || kh_reading(d, m->token)->features & KH_F_SING)) {
      add_joined(f, list, count, slot.np, slot.last); // «لقائه بالرئيس»
      with = true;
    }
    if (prep & KH_PREP_BY) add_joined(f, list, count, slot.np, slot.last);
  }
  return with;
}

static void add_list(int32_t *list, uint32_t *count, const int32_t *at, uint32_t more) {
  for (uint32_t i = 0; i < more && *count < MAX_BY; i++)
    if (!holds(list, *count, at[i])) list[(*count)++] = at[i];
}

// Whom a demand is put to: the addressees of its statement, or the object of the demanding verb.
static void add_addressees(kh_step_finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
  kh_document *d = f->d;
  if (m->statement >= 0) {
    const kh_statement *s = &d->claims->statements.at[m->statement];
    add_list(list, count, s->to.at, s->to.count);
  }
  const kh_clause *c = m->verb == KH_NO_TOKEN ? NULL : kh_clause_of(d, m->verb);
  if (*count || !c || m->is_verb || c->object == c->object_last || c->object > m->first) return;
  if (m->first < c->object_last) return;
  if (kh_word_has(d, c->verb, KH_CLASS_DEMAND) || kh_word_has(d, c->verb, KH_CLASS_ASK) ||
      kh_word_has(d, c->verb, KH_CLASS_STATUS_DEMANDED))
    add_joined(f, list, count, c->object, c->object_last);
}

// «خروجها», «التزاماتهم»: whom the pronoun points back to.
static void add_pronoun(kh_step_finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
  kh_document *d = f->d;
  uint32_t features;
  switch (kh_reading(d, m->token)->enclitic) {
  case KH_ENC_3MS:
    features = KH_F_THIRD | KH_F_MASC | KH_F_SING;
    break;
  case KH_ENC_3FS:
    features = KH_F_THIRD | KH_F_FEM | KH_F_SING;
    break;
  case KH_ENC_3MP:
    features = KH_F_THIRD | KH_F_MASC | KH_F_PLUR;
    break;
  default:
    return;
  }
  if (m->kind == KH_STEP_SANCTIONS_RELIEF || m->kind == KH_STEP_DETAINEES) return;
  const int32_t entity = kh_entity_before(d, m->token, features);
  if (entity < 0 || holds(list, *count, entity) || *count >= MAX_BY) return;
  d->mentions->entities.at[entity].used = true;
  list[(*count)++] = entity;
}

// «لإقناع طالبان بالجلوس»: who is to be moved stands between the governing noun and the step.
static void add_moved(kh_step_finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
  if (m->governor == KH_NO_TOKEN || *count) return;
  const uint32_t np = m->governor + 1;
  if (np >= m->first || !f->phrases->end[np] || f->phrases->end[np] > m->first) return;
  add_joined(f, list, count, np, f->phrases->end[np]);
}

// An aim has the doers of the step of the same sentence that serves it: «مباحثات بين الروس والفصائل
// من أجل التوصل إلى تسوية».
static void add_of_step_before(kh_step_finder *f, const kh_move *m, int32_t *list,
                               uint32_t *count) {
  const kh_claim_layer *claims = f->d->claims;
  if (!claims->steps.count || *count) return;
  const kh_step *old = &claims->steps.at[claims->steps.count - 1];
  const kh_sentence *s = kh_sentence_of(f->d, m->token);
  if (old->what.start < f->d->tokens->at[s->first].start) return;
  add_list(list, count, old->by.at, old->by.count);
}

kh_refs kh_step_doers(kh_step_finder *f, const kh_move *m) {
  kh_document *d = f->d;
  int32_t list[MAX_BY] = {0};
  uint32_t count = 0;
  if (m->is_verb) {
    const uint32_t must = kh_must_do(d, m->token);
    if (must)
      add_joined(f, list, &count, must, f->phrases->end[must]);
    else
      add_subject(f, list, &count, m->token);
    add_partners(f, m, list, &count);
    return kh_refs_copy(d, list, count);
  }
  // «انسحاب القوات الروسية», «محادثات بين ... و...»
  const uint8_t fixed = d->morph->phrase_tokens[m->token];
  const uint32_t next = m->token + (fixed ? fixed : 1);
  if (f->phrases->end[m->token] > next && f->phrases->end[next] && may_be_doer(d, m, next))
    add_joined(f, list, &count, next, f->phrases->end[next]);
  add_pronoun(f, m, list, &count);
  const uint32_t told = told_by_relative(d, m);
  if (told != KH_NO_TOKEN) add_subject(f, list, &count, told);
  const bool with = add_partners(f, m, list, &count);
  if (count && !with) return kh_refs_copy(d, list, count);
  if (m->status == KH_STATUS_DEMANDED || m->status == KH_STATUS_CONDITIONAL) {
    add_moved(f, m, list, &count);
    if (!count) add_addressees(f, m, list, &count);
    if (strcmp(m->rule, "sp.aim") == 0) {
      if (with && m->verb != KH_NO_TOKEN) add_subject(f, list, &count, m->verb);
      add_of_step_before(f, m, list, &count);
    }
    return kh_refs_copy(d, list, count);
  }
  // who signs, refuses, holds or breaks it: the subject of the verb that governs it
  if (m->verb != KH_NO_TOKEN && strcmp(m->rule, "sp.after") != 0) {
    const kh_clause *c = kh_clause_of(d, m->verb);
    const bool itself = c && c->subject <= m->token && m->token < c->subject_last;
    if (!itself) add_subject(f, list, &count, m->verb);
  }
  if (!count) add_of_step_before(f, m, list, &count);
  const bool first = m->verb != KH_NO_TOKEN && kh_reading(d, m->verb)->features & KH_F_FIRST;
  if (!count && m->status == KH_STATUS_PROMISED && m->statement >= 0 &&
      (first || strcmp(m->rule, "sp.future") != 0))
    add_list(list, &count, &d->claims->statements.at[m->statement].speaker, 1);
  return kh_refs_copy(d, list, count);
}

// Who demands it: the speaker, or the subject of a demanding verb outside of any statement.
static bool is_wanting(const kh_document *d, uint32_t verb) {
  return kh_word_has(d, verb, KH_CLASS_DEMAND) || kh_word_has(d, verb, KH_CLASS_ASK) ||
         kh_word_has(d, verb, KH_CLASS_HOPE) || kh_word_has(d, verb, KH_CLASS_STATUS_DEMANDED);
}

// «دعوة الرئيس إلى تمديد الهدنة», «مطالبه بتسليم السلاح»: whose demand the governing noun tells.
static uint32_t owners(kh_step_finder *f, const kh_move *m, int32_t *list) {
  kh_document *d = f->d;
  const uint32_t least = kh_sentence_of(d, m->token)->first;
  uint32_t count = 0;
  for (uint32_t t = m->first, n = 0; t > least && n < MAX_AIM; n++) {
    t--;
    if (!kh_is_word(d, t)) {
      if (kh_is_mark(d, t, KH_MARK_QUOTE)) continue;
      break;
    }
    if (kh_clause_of(d, t) || kh_word_has(d, t, KH_CLASS_COMPLEMENT)) break;
    const kh_word *w = kh_reading(d, t);
    if (w->pos != KH_POS_NOUN || !f->phrases->end[t] || !is_wanting(d, t)) continue;
    if (w->enclitic == KH_ENC_3MS || w->enclitic == KH_ENC_3FS || w->enclitic == KH_ENC_3MP) {
      const uint32_t features = KH_F_THIRD | (w->enclitic == KH_ENC_3FS ? KH_F_FEM : KH_F_MASC) |
                                (w->enclitic == KH_ENC_3MP ? KH_F_PLUR : KH_F_SING);
      const int32_t entity = kh_entity_before(d, t, features);
      if (entity >= 0) {
        d->mentions->entities.at[entity].used = true;
        list[count++] = entity;
      }
    } else if (f->phrases->end[t] > t + 1 && f->phrases->end[t] <= m->first) {
      add_joined(f, list, &count, t + 1, f->phrases->end[t]);
    }
    break;
  }
  return count;
}

// The subject of a verb that wants the step, when somebody else tells it or nobody does. A
// first person («نريد») is the speaker.
static uint32_t askers(kh_step_finder *f, const kh_move *m, int32_t *list) {
  kh_document *d = f->d;
  uint32_t count = 0;
  if (m->verb == KH_NO_TOKEN || m->is_verb || !is_wanting(d, m->verb)) return 0;
  if (kh_reading(d, m->verb)->features & KH_F_FIRST) return 0;
  if (m->statement >= 0 && kh_statement_over(d, m->verb) != m->statement) return 0;
  const kh_clause *c = kh_clause_of(d, m->verb);
  if (!c || (c->subject == c->subject_last && m->statement >= 0)) return 0;
  if (c->subject <= m->token && m->token < c->subject_last) return 0;
  add_subject(f, list, &count, m->verb);
  return count;
}

// Outlets tell of aims, they have none.
static bool only_tells(const kh_document *d, int32_t entity, bool aim) {
  return aim && entity >= 0 && d->mentions->entities.at[entity].kind == KH_KIND_MEDIA;
}

void kh_step_speaker(kh_step_finder *f, const kh_move *m, kh_step *s) {
  kh_document *d = f->d;
  const bool joined = strcmp(m->rule, "sp.joined") == 0;
  if (m->statement >= 0) s->according_to = d->claims->statements.at[m->statement].speaker;
  if (joined && d->claims->steps.count) {
    const kh_step *old = &d->claims->steps.at[d->claims->steps.count - 1];
    s->asked_by = old->asked_by;
    if (s->according_to < 0) s->according_to = old->according_to;
    return;
  }
  if (m->status != KH_STATUS_DEMANDED && m->status != KH_STATUS_REFUSED) return;
  int32_t list[MAX_BY] = {0};
  uint32_t count = owners(f, m, list);
  if (m->status == KH_STATUS_REFUSED) { // «رفضت الحركة دعوة الرئيس إلى»
    s->asked_by = kh_refs_copy(d, list, count);
    // whoever asked does not tell of the refusal
    if (count && holds(list, count, s->according_to)) s->according_to = KH_NONE;
    return;
  }
  const bool owned = count > 0;
  if (!count) count = askers(f, m, list);
  const bool aim = strcmp(m->rule, "sp.aim") == 0;
  if (!count && (m->wanted || aim) && m->statement >= 0 && !only_tells(d, s->according_to, aim))
    list[count++] = s->according_to;
  if (!count && aim && m->verb != KH_NO_TOKEN) add_subject(f, list, &count, m->verb);
  s->asked_by = kh_refs_copy(d, list, count);
  const bool verb = strcmp(m->rule, "sp.verb") == 0;
  if (count && s->according_to < 0 && !aim && !verb && !owned) s->according_to = list[0];
}
