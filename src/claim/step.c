// SPDX-License-Identifier: Apache-2.0
// Steps: the moves of a step-by-step process. A noun, verb or fixed phrase of a step class names
// the step; what governs it (a demand, a condition, a promise, a refusal, a beginning) gives its
// status; the statement around it gives who says so and, for demands, who asks.
#include "claim/frames.h"

#include <string.h>

enum { MAX_BY = 6, MAX_GOVERN = 12 };

_Static_assert((int)KH_CLASS_ST_OTHER - (int)KH_CLASS_ST_CEASEFIRE == KH_STEP_OTHER,
               "classes st_* follow kh_step_kind");
_Static_assert((int)KH_CLASS_STATUS_SUSPENDED - (int)KH_CLASS_STATUS_DEMANDED ==
                   KH_STATUS_SUSPENDED,
               "classes status_* follow kh_step_status");

typedef struct finder {
  kh_document *d;
  const struct kh_phrases *phrases;
} finder;

typedef struct move {
  uint32_t token; // the word that names it
  uint32_t first; // of the phrase
  uint32_t last;
  kh_step_kind kind;
  kh_step_status status;
  bool has_status;
  int32_t statement;
  uint32_t governor; // the word that gave the status, or UINT32_MAX
  const char *rule;
} move;

// ------------------------------------------------------------------ which words name steps

static int kind_at(const kh_document *d, uint32_t t) {
  for (int i = 0; i <= KH_STEP_OTHER; i++)
    if (kh_cue_at(d, t, (kh_class)(KH_CLASS_ST_CEASEFIRE + i))) return i;
  return -1;
}

static bool is_masdar_or_noun(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  return w->pos == KH_POS_NOUN || (w->pos == KH_POS_ADJ && w->features & KH_F_MASDAR);
}

// The phrase that names the step: the fixed phrase, or the noun with its idafa, without what
// follows in other phrases.
static void set_phrase(const finder *f, move *m) {
  const uint8_t fixed = f->d->morph->phrase_tokens[m->token];
  m->first = m->token;
  m->last = m->token + (fixed ? fixed : 1);
  const uint32_t end = f->phrases->end[m->token];
  if (end > m->last && end - m->token <= 8) m->last = end;
}

// ------------------------------------------------------------------ status

static bool set_status(move *m, kh_step_status status, uint32_t governor) {
  m->status = status;
  m->governor = governor;
  m->has_status = true;
  return true;
}

static int status_class(const kh_document *d, uint32_t t) {
  for (int i = 0; i <= KH_STATUS_SUSPENDED; i++)
    if (kh_cue_at(d, t, (kh_class)(KH_CLASS_STATUS_DEMANDED + i))) return i;
  return -1;
}

// The word that governs the phrase: the verb of its clause, or a noun before it («ضرورة»,
// «استئناف»).
static bool status_of_governor(const finder *f, move *m) {
  const kh_document *d = f->d;
  const kh_sentence *s = kh_sentence_of(d, m->token);
  for (uint32_t t = m->token, back = 0; t > s->first && back < MAX_GOVERN; back++) {
    t--;
    const bool verb = kh_clause_of(d, t) != NULL;
    if (kh_is_mark(d, t, KH_MARK_SEMICOLON)) break;
    const int status = kh_is_word(d, t) ? status_class(d, t) : -1;
    if (status >= 0) return set_status(m, (kh_step_status)status, t);
    if (verb && !kh_word_has(d, t, KH_CLASS_AUXILIARY)) break;
  }
  return false;
}

static bool status_of_scope(const finder *f, move *m) {
  const uint8_t scope = f->phrases->scope[m->token];
  if (scope & KH_SCOPE_REFUSED) return set_status(m, KH_STATUS_REFUSED, UINT32_MAX);
  if (scope & KH_SCOPE_DEMANDED) return set_status(m, KH_STATUS_DEMANDED, UINT32_MAX);
  if (scope & KH_SCOPE_CONDITIONAL) return set_status(m, KH_STATUS_DEMANDED, UINT32_MAX);
  if (scope & KH_SCOPE_NEGATED) return set_status(m, KH_STATUS_NOT_MET, UINT32_MAX);
  if (scope & KH_SCOPE_FUTURE) return set_status(m, KH_STATUS_PROMISED, UINT32_MAX);
  if (scope & (KH_SCOPE_PURPOSE | KH_SCOPE_POSSIBLE))
    return set_status(m, KH_STATUS_DEMANDED, UINT32_MAX);
  return false;
}

static kh_step_status usual_status(kh_step_kind kind) {
  switch (kind) {
  case KH_STEP_TALKS:
  case KH_STEP_POLITICAL_PROCESS:
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

static kh_refs doers(finder *f, const move *m) {
  kh_document *d = f->d;
  int32_t list[MAX_BY];
  uint32_t count = 0;
  const kh_clause *own = kh_clause_of(d, m->token);
  if (own) {
    if (own->subject != own->subject_last)
      add_joined(f, list, &count, own->subject, own->subject_last);
    return kh_refs_copy(d, list, count);
  }
  // «انسحاب القوات الروسية», «محادثات بين ... و...»
  if (f->phrases->end[m->token] > m->token + 1 && f->phrases->end[m->token + 1])
    add_actor(f, list, &count, m->token + 1, f->phrases->end[m->token + 1]);
  kh_slot slot;
  const uint32_t limit = kh_sentence_of(d, m->token)->last;
  uint32_t at = m->last;
  for (int seen = 0; seen < 3 && kh_slot_next(d, at, limit, &slot); seen++) {
    if (slot.first > m->last + 4) break;
    at = slot.last;
    if (kh_slot_prep(d, &slot) & (KH_PREP_BAYNA | KH_PREP_MAA))
      add_joined(f, list, &count, slot.np, slot.last);
  }
  // the subject of a light verb: «تجري محادثات»
  const kh_clause *around = kh_clause_around(d, m->token);
  if (around && around->object <= m->token && m->token < around->object_last &&
      around->subject != around->subject_last && m->status != KH_STATUS_DEMANDED)
    add_joined(f, list, &count, around->subject, around->subject_last);
  return kh_refs_copy(d, list, count);
}

static int32_t place_of(const finder *f, const move *m) {
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
  for (uint32_t i = claims->steps.count; i-- > 0 && claims->steps.count - i < 24;) {
    const kh_step *old = &claims->steps.at[i];
    if (old->kind == s->kind && old->kind != KH_STEP_OTHER && old->place == s->place)
      return (int32_t)i;
  }
  return KH_NONE;
}

static void add_step(finder *f, const move *m) {
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
  if (m->statement >= 0) {
    const kh_statement *statement = &d->claims->statements.at[m->statement];
    s.according_to = statement->speaker;
    if (m->status == KH_STATUS_DEMANDED) s.asked_by = kh_refs_copy(d, &statement->speaker, 1);
  }
  s.same_as = same_before(f, &s);
  *(kh_step *)KH_ADD(&d->arena, &d->claims->steps) = s;
}

static void read_step(finder *f, uint32_t t, int kind) {
  move m = {.token = t, .kind = (kh_step_kind)kind, .governor = UINT32_MAX};
  const bool verb = kh_clause_of(f->d, t) != NULL;
  if (!verb && !is_masdar_or_noun(f->d, t) && !f->d->morph->phrase_tokens[t]) return;
  set_phrase(f, &m);
  m.statement = kh_statement_over(f->d, t);
  m.rule = "sp.scope";
  if (!status_of_scope(f, &m)) {
    m.rule = "sp.governor";
    if (!status_of_governor(f, &m)) {
      if (verb) return; // what is merely told is an event
      set_status(&m, usual_status(m.kind), UINT32_MAX);
      m.rule = "sp.usual";
    }
  }
  add_step(f, &m);
}

void kh_steps(kh_document *d) {
  finder f = {.d = d, .phrases = d->claims->phrases};
  kh_class_set cues = {{0}};
  kh_class_set_add(&cues, KH_CLASS_ST_CEASEFIRE, KH_CLASS_ST_OTHER);
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || d->morph->inside_phrase[t]) continue;
    if (!kh_class_set_at(d, t, &cues)) continue;
    const int kind = kind_at(d, t);
    if (kind < 0) continue;
    const uint32_t before = d->claims->steps.count;
    read_step(&f, t, kind);
    if (d->claims->steps.count > before && d->morph->phrase_tokens[t] > 1)
      t += d->morph->phrase_tokens[t] - 1U;
  }
}
