// SPDX-License-Identifier: Apache-2.0
// Steps: the moves of a step-by-step process. A noun, verb or fixed phrase of a step class names
// the step; what governs it (a demand, a condition, a promise, a refusal, a beginning) gives its
// status; the statement around it gives who says so and, for demands, who asks.
#include "claim/step_rank.h"

#include <string.h>

enum {
  MAX_BY = 6,
  MAX_SAME = 24,
  MAX_MATTER = 7,
  MAX_AIM = 10,
  MAX_DEMAND = 8,
  MAX_LIST = 6,
  MAX_RELATIVE = 4,
  MAX_SHARED = 80
}; // the last in bytes

_Static_assert((int)KH_CLASS_ST_OTHER - (int)KH_CLASS_ST_CEASEFIRE == KH_STEP_OTHER,
               "classes st_* follow kh_step_kind");
typedef struct finder {
  kh_document *d;
  const struct kh_phrases *phrases;
  kh_step_judge judge;
  kh_class_set demands;   // of moves that no word of steps names
  kh_class_set governors; // ... and of those whose kind is known
  uint32_t last_end;      // end of the last move read; 0: none yet
} finder;

// ------------------------------------------------------------------ which words name steps

static int kind_at(const kh_document *d, uint32_t t) {
  const kh_class cue =
      kh_class_between(d->claims->phrases->cues[t], KH_CLASS_ST_CEASEFIRE, KH_CLASS_ST_OTHER);
  return cue == KH_CLASS_COUNT ? -1 : (int)cue - (int)KH_CLASS_ST_CEASEFIRE;
}

// Does a word of the class follow in the phrase or clause of the token, before another verb?
// `last` gets the end of its phrase.
static bool matter_follows(const kh_document *d, uint32_t t, kh_class a, kh_class b,
                           uint32_t *last) {
  const uint32_t limit = kh_sentence_of(d, t)->last;
  const uint8_t fixed = d->morph->phrase_tokens[t];
  for (uint32_t at = t + (fixed ? fixed : 1); at < limit && at < t + MAX_MATTER; at++) {
    if (!kh_is_word(d, at)) {
      if (kh_is_mark(d, at, KH_MARK_QUOTE)) continue;
      return false;
    }
    if (kh_clause_of(d, at) || kh_word_has(d, at, KH_CLASS_RELATIVE) ||
        kh_word_has(d, at, KH_CLASS_COMPLEMENT))
      return false;
    if (!kh_cue_at(d, at, a) && !kh_cue_at(d, at, b)) continue;
    // the end of a war or conflict is an aim, no ceasefire
    if (kh_word_has(d, at, KH_CLASS_EV_FIGHT) && kh_word_has(d, at, KH_CLASS_EV_WEAK)) return false;
    const uint32_t end = d->claims->phrases->end[at];
    *last = end > at && end < at + 5 ? end : at + 1;
    return true;
  }
  return false;
}

// A word and what it is done to, which together name a step.
typedef struct step_pair {
  kh_class cue;
  kh_class matter; // either of the two
  kh_class or_matter;
  kh_step_kind kind;
} step_pair;

static const step_pair step_pairs[] = {
    {KH_CLASS_ST_STOP, KH_CLASS_ST_ARMS, KH_CLASS_ST_ARMS, KH_STEP_DISARMAMENT},
    {KH_CLASS_ST_LIMIT, KH_CLASS_ST_ARMS, KH_CLASS_ST_ARMS, KH_STEP_DISARMAMENT},
    {KH_CLASS_ST_LIFT, KH_CLASS_ST_SANCTION, KH_CLASS_ST_SANCTION, KH_STEP_SANCTIONS_RELIEF},
    {KH_CLASS_ST_DETAINEES, KH_CLASS_ST_FUNDS, KH_CLASS_ST_FUNDS, KH_STEP_SANCTIONS_RELIEF},
    {KH_CLASS_ST_LIFT, KH_CLASS_ST_SIEGE, KH_CLASS_ST_SIEGE, KH_STEP_OPENING},
    {KH_CLASS_ST_PULL, KH_CLASS_FORCE, KH_CLASS_SEC_MIL, KH_STEP_WITHDRAWAL},
    {KH_CLASS_ST_FREE, KH_CLASS_CN_DETAINEES, KH_CLASS_CN_DETAINEES, KH_STEP_DETAINEES},
    {KH_CLASS_ST_BACK, KH_CLASS_HM_DISPLACED, KH_CLASS_CN_REFUGEES, KH_STEP_RETURN},
    {KH_CLASS_ST_FORM, KH_CLASS_ST_BODY, KH_CLASS_ST_BODY, KH_STEP_POLITICAL_PROCESS},
    {KH_CLASS_ST_VOTE, KH_CLASS_ST_POLL, KH_CLASS_ST_POLL, KH_STEP_ELECTIONS},
    {KH_CLASS_ST_STOP, KH_CLASS_ST_HOSTILITY, KH_CLASS_ST_HOSTILITY, KH_STEP_CEASEFIRE},
};

void kh_step_cues(kh_class_set *set) {
  kh_class_set_add(set, KH_CLASS_ST_CEASEFIRE, KH_CLASS_ST_OTHER);
  kh_class_set_add(set, KH_CLASS_ST_STOP, KH_CLASS_ST_LIMIT);
  kh_class_set_add(set, KH_CLASS_AGREE, KH_CLASS_AGREE);
  kh_class_set_add(set, KH_CLASS_ST_OPEN, KH_CLASS_ST_OPEN);
  for (size_t i = 0; i < sizeof step_pairs / sizeof *step_pairs; i++)
    kh_class_set_add(set, step_pairs[i].cue, step_pairs[i].cue);
}

static bool may_name_step(const kh_document *d, uint32_t t) {
  return d->morph->phrase_tokens[t] || kh_has_sign(d, t, KH_SIGN_STEP);
}

// «وقفا مؤقتا للعمليات العسكرية», «توقف تخصيب اليورانيوم»: the matter tells the kind.
static int kind_by_matter(const kh_document *d, uint32_t t, uint32_t *last) {
  const bool verb = kh_clause_of(d, t) != NULL;
  // «على دمشق أن توافق على»: assent that is asked for
  if (verb && kh_word_has(d, t, KH_CLASS_AGREE) && kh_must_do(d, t)) return KH_STEP_CONSENT;
  for (size_t i = 0; i < sizeof step_pairs / sizeof *step_pairs; i++) {
    const step_pair *pair = &step_pairs[i];
    if (kh_cue_at(d, t, pair->cue) && matter_follows(d, t, pair->matter, pair->or_matter, last))
      return (int)pair->kind;
  }
  // «فتحت السلطات معبر ...»; the verbal noun is a fixed phrase
  if (verb && kh_cue_at(d, t, KH_CLASS_ST_OPEN) &&
      matter_follows(d, t, KH_CLASS_ST_GATE, KH_CLASS_ST_GATE, last))
    return KH_STEP_OPENING;
  if (kh_cue_at(d, t, KH_CLASS_ST_STOP) &&
      matter_follows(d, t, KH_CLASS_EV_ASSAULT, KH_CLASS_EV_FIGHT, last))
    return KH_STEP_CEASEFIRE;
  return -1;
}

static bool is_masdar_or_noun(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  return w->pos == KH_POS_NOUN || (w->pos == KH_POS_ADJ && w->features & KH_F_MASDAR);
}

// «اجتماع اللجنة الدستورية»: the body's step, not talks between sides.
static bool meets_as_body(const finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint32_t next = t + 1;
  return next < kh_sentence_of(d, t)->last && kh_is_word(d, next) &&
         d->morph->phrase_tokens[t] == 0 && kh_cue_at(d, next, KH_CLASS_ST_POLITICAL) &&
         d->morph->phrase_tokens[next] > 0 && f->phrases->end[t] > next;
}

// The phrase that names the step: the fixed phrase, or the noun with its idafa, without what
// follows in other phrases.
static void set_phrase(const finder *f, kh_move *m, uint32_t matter) {
  const uint8_t fixed = f->d->morph->phrase_tokens[m->token];
  m->first = m->token;
  m->last = m->token + (fixed ? fixed : 1);
  const uint32_t end = f->phrases->end[m->token];
  if (end > m->last && end - m->token <= 8) m->last = end;
  if (matter > m->last) m->last = matter;
  if (m->kind == KH_STEP_POLITICAL_PROCESS && m->token > 0 && meets_as_body(f, m->token - 1) &&
      kind_at(f->d, m->token - 1) == KH_STEP_TALKS)
    m->first = m->token - 1;
}

// A single meeting has been held; talks go on.
static kh_step_status usual_status(const kh_document *d, const kh_move *m) {
  const kh_word *w = kh_reading(d, m->token);
  switch (m->kind) {
  case KH_STEP_TALKS:
    return w->features & KH_F_SING && !(w->proclitics & KH_CLITIC_AL) &&
                   !(w->features & KH_F_MASDAR)
               ? KH_STATUS_MET
               : KH_STATUS_UNDER_WAY;
  case KH_STEP_POLITICAL_PROCESS:
    return KH_STATUS_DEMANDED;
  case KH_STEP_INVESTIGATION:
  case KH_STEP_COUNTERTERRORISM:
    return KH_STATUS_UNDER_WAY;
  case KH_STEP_AGREEMENT:
    return KH_STATUS_AGREED;
  default:
    return KH_STATUS_MET;
  }
}

// ------------------------------------------------------------------ who

static void add_actor(finder *f, int32_t *list, uint32_t *count, uint32_t first, uint32_t last) {
  if (*count >= MAX_BY) return;
  const int32_t entity = kh_entity_of(f->d, first, last, true);
  if (entity < 0) return;
  for (uint32_t i = 0; i < *count; i++)
    if (list[i] == entity) return;
  list[(*count)++] = entity;
}

static void add_joined(finder *f, int32_t *list, uint32_t *count, uint32_t first, uint32_t last) {
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

static void add_subject(finder *f, int32_t *list, uint32_t *count, uint32_t verb) {
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
static bool add_partners(finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
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
static void add_addressees(finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
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
static void add_pronoun(finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
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
static void add_moved(finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
  if (m->governor == KH_NO_TOKEN || *count) return;
  const uint32_t np = m->governor + 1;
  if (np >= m->first || !f->phrases->end[np] || f->phrases->end[np] > m->first) return;
  add_joined(f, list, count, np, f->phrases->end[np]);
}

// An aim has the doers of the step of the same sentence that serves it: «مباحثات بين الروس والفصائل
// من أجل التوصل إلى تسوية».
static void add_of_step_before(finder *f, const kh_move *m, int32_t *list, uint32_t *count) {
  const kh_claim_layer *claims = f->d->claims;
  if (!claims->steps.count || *count) return;
  const kh_step *old = &claims->steps.at[claims->steps.count - 1];
  const kh_sentence *s = kh_sentence_of(f->d, m->token);
  if (old->what.start < f->d->tokens->at[s->first].start) return;
  add_list(list, count, old->by.at, old->by.count);
}

static kh_refs doers(finder *f, const kh_move *m) {
  kh_document *d = f->d;
  int32_t list[MAX_BY];
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

static int32_t place_of(const finder *f, const kh_move *m) {
  const kh_document *d = f->d;
  kh_slot slot;
  const uint32_t limit = kh_sentence_of(d, m->token)->last;
  uint32_t at = m->token + 1;
  for (int seen = 0; seen < 4 && kh_slot_next(d, at, limit, &slot); seen++) {
    at = slot.last;
    if (slot.first > m->last + 6) break;
    const unsigned prep = kh_slot_prep(d, &slot);
    if (!(prep & (KH_PREP_FI | KH_PREP_BI | KH_PREP_MIN | KH_PREP_ILA))) continue;
    for (uint32_t t = slot.np; t < slot.last; t++) {
      const int32_t name = d->mentions->name_at[t];
      if (name >= 0 && d->mentions->names.at[name].kind == KH_KIND_PLACE)
        return d->mentions->names.at[name].entity;
    }
  }
  return KH_NONE;
}

static int32_t same_before(const finder *f, const kh_step *s) {
  const kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->steps.count; i-- > 0 && claims->steps.count - i < MAX_SAME;) {
    const kh_step *old = &claims->steps.at[i];
    if (old->kind == s->kind && old->kind != KH_STEP_OTHER && old->place == s->place)
      return (int32_t)i;
  }
  return KH_NONE;
}

// Who demands it: the speaker, or the subject of a demanding verb outside of any statement.
static bool is_wanting(const kh_document *d, uint32_t verb) {
  return kh_word_has(d, verb, KH_CLASS_DEMAND) || kh_word_has(d, verb, KH_CLASS_ASK) ||
         kh_word_has(d, verb, KH_CLASS_HOPE) || kh_word_has(d, verb, KH_CLASS_STATUS_DEMANDED);
}

// «دعوة الرئيس إلى تمديد الهدنة», «مطالبه بتسليم السلاح»: whose demand the governing noun tells.
static uint32_t owners(finder *f, const kh_move *m, int32_t *list) {
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
static uint32_t askers(finder *f, const kh_move *m, int32_t *list) {
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

static void set_speaker(finder *f, const kh_move *m, kh_step *s) {
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
  int32_t list[MAX_BY];
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

// «لإنهاء النزاع»: an end that is aimed at. Gives its span.
static bool is_end(const finder *f, uint32_t t, kh_span *span) {
  const kh_document *d = f->d;
  if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || f->phrases->end[t] < t + 2) return false;
  const kh_word *w = kh_reading(d, t);
  if (!(w->proclitics & (KH_CLITIC_LI | KH_CLITIC_BI)) || w->proclitics & KH_CLITIC_AL)
    return false;
  if (!kh_cue_at(d, t, KH_CLASS_ST_STOP) && !(kh_cue_at(d, t, KH_CLASS_ST_POLITICAL))) return false;
  *span = kh_phrase_span(d, t, f->phrases->end[t]);
  return true;
}

// What a demanded step or a condition is for: an end aimed at in its sentence, after it or before.
static kh_span result_of(const finder *f, const kh_move *m) {
  const kh_sentence *s = kh_sentence_of(f->d, m->token);
  kh_span span = {0, 0};
  if (m->status != KH_STATUS_DEMANDED && m->status != KH_STATUS_CONDITIONAL) return span;
  if (strcmp(m->rule, "sp.aim") == 0 || m->kind == KH_STEP_POLITICAL_PROCESS) return span;
  for (uint32_t t = m->last; t < s->last && t < m->last + MAX_AIM; t++)
    if (is_end(f, t, &span)) return span;
  if (strcmp(m->rule, "sp.if") != 0 && strcmp(m->rule, "sp.verb") != 0) return span;
  for (uint32_t t = m->first, n = 0; t-- > s->first && n < 2 * MAX_AIM; n++)
    if (is_end(f, t, &span)) return span;
  return span;
}

// Named in passing: a definite step that nobody does and nothing governs; a definite agreement
// that only lends its name («بموجب الاتفاق», «خارج الاتفاق»).
static bool in_passing(const finder *f, const kh_move *m, const kh_step *s) {
  const bool definite = (kh_reading(f->d, m->token)->proclitics & KH_CLITIC_AL) != 0;
  const bool usual = strcmp(m->rule, "sp.usual") == 0;
  switch (m->kind) {
  case KH_STEP_INVESTIGATION:
    return m->status != KH_STATUS_DEMANDED && m->status != KH_STATUS_REFUSED &&
           m->status != KH_STATUS_PROMISED;
  case KH_STEP_COUNTERTERRORISM:
  case KH_STEP_DISARMAMENT:
    return usual;
  case KH_STEP_AGREEMENT:
    if (definite && m->governor == KH_NO_TOKEN && strcmp(m->rule, "sp.verb") != 0 &&
        strcmp(m->rule, "sp.refused") != 0 && strcmp(m->rule, "sp.never") != 0 &&
        strcmp(m->rule, "sp.denied") != 0 && !s->by.count)
      return true;
    break;
  default:
    break;
  }
  return definite && usual && !s->by.count;
}

// «إذا انسحبت القوات فسنوقف القتال», «سنوقف القتال بشرط انسحاب القوات»: the one step waits for the
// other of its sentence.
static void bind_conditions(const finder *f, const kh_move *m, kh_step *s) {
  const kh_claim_layer *claims = f->d->claims;
  if (!claims->steps.count) return;
  kh_step *old = &claims->steps.at[claims->steps.count - 1];
  const kh_sentence *sentence = kh_sentence_of(f->d, m->token);
  if (old->what.start < f->d->tokens->at[sentence->first].start) return;
  const bool then = strcmp(m->rule, "sp.future") == 0 || strcmp(m->rule, "sp.never") == 0;
  if (strcmp(old->origin.rule, "sp.if") == 0 && then) {
    s->status = KH_STATUS_CONDITIONAL;
    old->condition_for = s->what;
    return;
  }
  const bool condition =
      strcmp(m->rule, "sp.if") == 0 || strcmp(m->rule, "sp.unless") == 0 ||
      (m->governor != KH_NO_TOKEN && kh_word_has(f->d, m->governor, KH_CLASS_SET_CONDITION));
  if (!condition) return;
  if (old->status == KH_STATUS_PROMISED) old->status = KH_STATUS_CONDITIONAL;
  if (old->status == KH_STATUS_CONDITIONAL && strcmp(old->origin.rule, "sp.if") != 0)
    s->condition_for = old->what;
}

static void add_step(finder *f, kh_move *m) {
  kh_document *d = f->d;
  kh_step s = {.what = kh_phrase_span(d, m->first, m->last),
               .kind = m->kind,
               .status = m->status,
               .place = place_of(f, m),
               .according_to = KH_NONE,
               .statement = m->statement,
               .same_as = KH_NONE,
               .origin = {m->rule, -1}};
  if (s.what.end <= s.what.start) return;
  s.by = doers(f, m);
  set_speaker(f, m, &s);
  s.condition_for = result_of(f, m);
  bind_conditions(f, m, &s);
  s.same_as = same_before(f, &s);
  kh_move_day(d, m, s.as_of);
  f->last_end = m->last;
  if (in_passing(f, m, &s)) m->weak = true;
  if (!kh_judge_step(&f->judge, m, &s)) return;
  *(kh_step *)KH_ADD(&d->arena, &d->claims->steps) = s;
}

// «اتفاق وقف إطلاق النار», «اتفاق لوقف إطلاق النار»: the ceasefire is the step.
static bool lends_to_next(const finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint8_t fixed = d->morph->phrase_tokens[t];
  const uint32_t next = t + (fixed ? fixed : 1);
  if (next >= kh_sentence_of(d, t)->last || !kh_is_word(d, next)) return false;
  return kh_cue_at(d, next, KH_CLASS_ST_CEASEFIRE);
}

static bool agreement_before(const kh_document *d, uint32_t t) {
  const uint32_t least = kh_sentence_of(d, t)->first;
  for (uint32_t at = t, n = 0; at > least && n < 2 * MAX_AIM; n++)
    if (kh_cue_at(d, --at, KH_CLASS_ST_AGREEMENT)) return true;
  return false;
}

// «الانسحاب من الاتفاق», «انسحبت واشنطن منه»: no withdrawal of forces.
static bool leaves_agreement(const finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint32_t limit = kh_sentence_of(d, t)->last;
  for (uint32_t at = t + 1; at < limit && at < t + 6; at++) {
    if (!kh_is_word(d, at) || kh_clause_of(d, at)) return false;
    if (!kh_word_has(d, at, KH_CLASS_FROM)) continue;
    if (kh_reading(d, at)->enclitic != KH_ENC_NONE) return agreement_before(d, t);
    return at + 1 < limit && kh_cue_at(d, at + 1, KH_CLASS_ST_AGREEMENT);
  }
  return false;
}

// «انسحبت القوات من البلاد»: moves of forces and of captives that are told as done.
static bool is_done(const finder *f, const kh_move *m) {
  const kh_document *d = f->d;
  const kh_clause *c = kh_clause_of(d, m->token);
  if (!(kh_reading(d, m->token)->features & KH_F_PAST)) return false;
  if (c->subject == c->subject_last && !c->subject_relative) return false;
  switch (m->kind) {
  case KH_STEP_WITHDRAWAL:
  case KH_STEP_CEASEFIRE:
  case KH_STEP_DETAINEES:
  case KH_STEP_OPENING:
  case KH_STEP_SANCTIONS_RELIEF:
  case KH_STEP_RETURN:
  case KH_STEP_DISARMAMENT:
  case KH_STEP_POLITICAL_PROCESS:
    return true;
  default:
    return false;
  }
}

// A step joined by «و» to the one before shares what governs it.
static bool shares_before(finder *f, kh_move *m) {
  const kh_document *d = f->d;
  const kh_claim_layer *claims = d->claims;
  if (!claims->steps.count || !(kh_reading(d, m->first)->proclitics & KH_CLITIC_WA)) return false;
  const kh_step *old = &claims->steps.at[claims->steps.count - 1];
  const kh_sentence *s = kh_sentence_of(d, m->token);
  if (old->what.start < d->tokens->at[s->first].start) return false;
  if (d->tokens->at[m->first].start > old->what.end + MAX_SHARED) return false;
  m->status = old->status;
  m->wanted = old->asked_by.count > 0;
  m->rule = "sp.joined";
  return true;
}

// «اتفاقا مع الحكومة لوقف إطلاق النار»: what an agreement is for has its status.
static void serves_agreement(const finder *f, kh_move *m) {
  const kh_claim_layer *claims = f->d->claims;
  if (!claims->steps.count || strcmp(m->rule, "sp.aim") != 0) return;
  const kh_step *old = &claims->steps.at[claims->steps.count - 1];
  const kh_sentence *s = kh_sentence_of(f->d, m->token);
  if (old->kind != KH_STEP_AGREEMENT || old->status == KH_STATUS_DEMANDED) return;
  if (old->what.start < f->d->tokens->at[s->first].start) return;
  m->status = old->status;
  m->rule = "sp.served";
}

// Classes of verbs and nouns whose complement is a move, whatever it names: «دعا إلى تفتيش السفن»,
// «تعهد بتحسين الخدمات», «قررت إقالة القائد».
static void add_governors(kh_class_set *set) {
  static const kh_class governors[] = {
      KH_CLASS_PROMISE,       KH_CLASS_PLANNED,         KH_CLASS_ORDER,
      KH_CLASS_STATUS_AGREED, KH_CLASS_STATUS_DEMANDED, KH_CLASS_STIPULATE,
      KH_CLASS_REFUSE,        KH_CLASS_THREATEN,        KH_CLASS_STATUS_CONDITIONAL,
      KH_CLASS_SET_CONDITION,
  };
  for (size_t i = 0; i < sizeof governors / sizeof *governors; i++)
    kh_class_set_add(set, governors[i], governors[i]);
}

// Those of them that ask: what they ask for is a move even where nothing else tells that it is.
static void add_demands(kh_class_set *set) {
  static const kh_class demands[] = {KH_CLASS_DEMAND, KH_CLASS_ASK, KH_CLASS_PROPOSE,
                                     KH_CLASS_MODAL_MUST};
  for (size_t i = 0; i < sizeof demands / sizeof *demands; i++)
    kh_class_set_add(set, demands[i], demands[i]);
}

// The kind of a move that no word of steps names: by what it does or brings about.
static kh_step_kind kind_of_masdar(const finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint32_t limit = kh_sentence_of(d, t)->last;
  for (uint32_t at = t; at < limit && at < t + 3; at++) {
    if (!kh_is_word(d, at) || (at > t && kh_clause_of(d, at))) break;
    if (d->mentions->name_at[at] >= 0) continue;
    if (kh_word_has(d, at, KH_CLASS_ST_GUARD)) return KH_STEP_SECURITY_GUARANTEE;
    if (kh_word_has(d, at, KH_CLASS_MODE_INVESTIGATE) || kh_word_has(d, at, KH_CLASS_MODE_CONVICT))
      return KH_STEP_INVESTIGATION;
    if (kh_word_has(d, at, KH_CLASS_ST_ENVOY) ||
        (at == t && kh_word_has(d, at, KH_CLASS_EV_CONSULT)))
      return KH_STEP_TALKS;
    const int kind = at > t ? kind_at(d, at) : -1;
    if (kind == KH_STEP_INVESTIGATION || kind == KH_STEP_DEPLOYMENT_OF_OBSERVERS ||
        kind == KH_STEP_RETURN || kind == KH_STEP_SECURITY_GUARANTEE || kind == KH_STEP_AID_ACCESS)
      return (kh_step_kind)kind;
  }
  return KH_STEP_OTHER;
}

// May the noun name a deed: a masdar, or a noun in the construct that is nobody and no time?
static bool may_be_deed(const finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const kh_word *w = kh_reading(d, t);
  if (w->pos != KH_POS_NOUN || !f->phrases->end[t]) return false;
  if (w->features & KH_F_MASDAR) return true;
  return !(w->proclitics & KH_CLITIC_AL) && !(w->features & (KH_F_PLUR | KH_F_DUAL)) &&
         w->enclitic == KH_ENC_NONE && f->phrases->end[t] >= t + 2 && d->mentions->time_at[t] < 0 &&
         d->mentions->quantity_at[t] < 0 && !kh_word_has(d, t, KH_CLASS_ACTOR) &&
         !kh_word_has(d, t, KH_CLASS_BODY);
}

// A masdar that completes a demand, a promise, a decision is a step, whatever it names. It may
// follow the governing word with or without a preposition, or after whom it is put to.
static bool completes_wish(const finder *f, uint32_t t, bool any) {
  const kh_document *d = f->d;
  const kh_word *w = kh_reading(d, t);
  if (any && kh_clause_of(d, t) && kh_must_do(d, t)) return true;
  if (!may_be_deed(f, t)) return false;
  const uint32_t least = kh_sentence_of(d, t)->first;
  if (t == least) return false;
  const bool clitic = (w->proclitics & (KH_CLITIC_BI | KH_CLITIC_LI)) != 0;
  const bool prep = kh_word_has(d, t - 1, KH_CLASS_P_ILA) ||
                    kh_word_has(d, t - 1, KH_CLASS_P_ALA) || kh_word_has(d, t - 1, KH_CLASS_P_FI);
  if (w->proclitics & KH_CLITIC_WA) { // joined to a move before it
    if (any || !f->last_end || t <= f->last_end || t > f->last_end + MAX_LIST ||
        f->last_end < least || w->proclitics & KH_CLITIC_AL || f->phrases->end[t] < t + 2)
      return false;
    for (uint32_t at = f->last_end; at < t; at++)
      if (kh_clause_of(d, at)) return false;
    return true;
  }
  for (uint32_t at = t - (prep ? 1 : 0), n = 0; at > least && n < MAX_DEMAND; n++) {
    at--;
    if (!kh_is_word(d, at)) {
      if (kh_is_mark(d, at, KH_MARK_QUOTE) || kh_is_mark(d, at, KH_MARK_COMMA)) continue;
      return false;
    }
    if (kh_class_set_at(d, at, any ? &f->demands : &f->governors)) {
      if (clitic || prep || at + 1 == t) return !any || w->features & KH_F_MASDAR;
      // the object after the subject: «قررت الحكومة إلغاء»
      return kh_clause_of(d, at) && f->phrases->end[at + 1] == t;
    }
    if (kh_clause_of(d, at) || kh_word_has(d, at, KH_CLASS_RELATIVE) ||
        kh_word_has(d, at, KH_CLASS_COMPLEMENT))
      return false;
  }
  return false;
}

// Is a word that names a step of its own in the phrase, so that the masdar only governs it?
static bool names_step_inside(const finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint32_t end = f->phrases->end[t] + 2;
  const uint32_t limit = kh_sentence_of(d, t)->last;
  for (uint32_t at = t + 1; at < end && at < limit && at < t + 8; at++) {
    uint32_t matter = 0;
    if (!kh_is_word(d, at) || d->mentions->name_at[at] >= 0 || !may_name_step(d, at)) continue;
    if (kind_at(d, at) >= 0 || kind_by_matter(d, at, &matter) >= 0) return true;
  }
  return false;
}

static void read_step(finder *f, uint32_t t, int kind, uint32_t matter, bool weak) {
  if (kind == KH_STEP_AGREEMENT && lends_to_next(f, t)) return;
  if (kind == KH_STEP_TALKS && meets_as_body(f, t)) return;
  if (kind == KH_STEP_WITHDRAWAL && leaves_agreement(f, t)) kind = KH_STEP_OTHER;
  kh_move m = {.token = t,
               .kind = (kh_step_kind)kind,
               .governor = KH_NO_TOKEN,
               .verb = KH_NO_TOKEN,
               .condition = KH_NO_TOKEN,
               .weak = weak};
  // «وقف إطلاق النار» is never a verb with its object
  const bool fixed_noun = kind == KH_STEP_CEASEFIRE && f->d->morph->phrase_tokens[t] > 1;
  m.is_verb = !fixed_noun && kh_clause_of(f->d, t) != NULL;
  if (!m.is_verb && !is_masdar_or_noun(f->d, t) && !f->d->morph->phrase_tokens[t]) return;
  set_phrase(f, &m, matter);
  m.statement = kh_statement_over(f->d, t);
  if (!kh_move_status(f->d, &m)) {
    if (m.is_verb && !is_done(f, &m)) return; // what is merely told is an event
    if (shares_before(f, &m)) {
      add_step(f, &m);
      return;
    }
    m.status = usual_status(f->d, &m);
    m.rule = "sp.usual";
  }
  serves_agreement(f, &m);
  add_step(f, &m);
}

void kh_steps(kh_document *d) {
  finder f = {
      .d = d, .phrases = d->claims->phrases, .judge = {.document = d, .sentence = UINT32_MAX}};
  add_demands(&f.demands);
  f.governors = f.demands;
  add_governors(&f.governors);
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || d->morph->inside_phrase[t]) continue;
    if (!may_name_step(d, t)) {
      if (!kh_clause_of(d, t) && !may_be_deed(&f, t)) continue; // most words: no wish is for them
      const kh_step_kind kind = kind_of_masdar(&f, t);
      if (completes_wish(&f, t, kind == KH_STEP_OTHER) && !names_step_inside(&f, t))
        read_step(&f, t, (int)kind, 0, true);
      continue;
    }
    uint32_t matter = 0;
    int kind = kind_by_matter(d, t, &matter);
    if (kind < 0) kind = kind_at(d, t);
    if (kind < 0) continue;
    const uint32_t before = d->claims->steps.count;
    read_step(&f, t, kind, matter, false);
    if (d->claims->steps.count == before) continue;
    if (matter > t + 1) // what it is done to names no other move
      t = matter - 1;
    else if (d->morph->phrase_tokens[t] > 1)
      t += d->morph->phrase_tokens[t] - 1U;
  }
  kh_drop_doubtful_steps(d);
}
