// SPDX-License-Identifier: Apache-2.0
// Steps: the moves of a step-by-step process. A noun, verb or fixed phrase of a step class names
// the step; what governs it (a demand, a condition, a promise, a refusal, a beginning) gives its
// status; the statement around it gives who says so and, for demands, who asks. Other words may
// name steps as well: the model of steps decides which, of what kind and status.
#include "claim/step_rank.h"

#include <string.h>

enum { MAX_AIM = 10, MAX_SHARED = 80 }; // tokens; bytes

_Static_assert((int)KH_CLASS_ST_OTHER - (int)KH_CLASS_ST_CEASEFIRE == KH_STEP_OTHER,
               "classes st_* follow kh_step_kind");

// The phrase that names the step: the fixed phrase, or the noun with its idafa, without what
// follows in other phrases.
static void set_phrase(const kh_step_finder *f, kh_move *m, uint32_t matter) {
  const uint8_t fixed = f->d->morph->phrase_tokens[m->token];
  m->first = m->token;
  m->last = m->token + (fixed ? fixed : 1);
  const uint32_t end = f->phrases->end[m->token];
  if (end > m->last && end - m->token <= 8) m->last = end;
  if (matter > m->last) m->last = matter;
  if (m->kind == KH_STEP_POLITICAL_PROCESS && m->token > 0 && kh_meets_as_body(f, m->token - 1) &&
      kh_step_kind_at(f->d, m->token - 1) == KH_STEP_TALKS)
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

static int32_t place_of(const kh_step_finder *f, const kh_move *m) {
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

// «لإنهاء النزاع»: an end that is aimed at. Gives its span.
static bool is_end(const kh_step_finder *f, uint32_t t, kh_span *span) {
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
static kh_span result_of(const kh_step_finder *f, const kh_move *m) {
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
static bool in_passing(const kh_step_finder *f, const kh_move *m, const kh_step *s) {
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
static void bind_conditions(const kh_step_finder *f, const kh_move *m, kh_step *s) {
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

// «انسحبت القوات من البلاد»: moves of forces and of captives that are told as done.
static bool is_done(const kh_step_finder *f, const kh_move *m) {
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
static bool shares_before(kh_step_finder *f, kh_move *m) {
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
static void serves_agreement(const kh_step_finder *f, kh_move *m) {
  const kh_claim_layer *claims = f->d->claims;
  if (!claims->steps.count || strcmp(m->rule, "sp.aim") != 0) return;
  const kh_step *old = &claims->steps.at[claims->steps.count - 1];
  const kh_sentence *s = kh_sentence_of(f->d, m->token);
  if (old->kind != KH_STEP_AGREEMENT || old->status == KH_STATUS_DEMANDED) return;
  if (old->what.start < f->d->tokens->at[s->first].start) return;
  m->status = old->status;
  m->rule = "sp.served";
}

// The step as the rules read it.
static void read_parties(kh_step_finder *f, kh_move *m, kh_step *s) {
  s->by = kh_step_doers(f, m);
  kh_step_speaker(f, m, s);
  s->condition_for = result_of(f, m);
  kh_move_day(f->d, m, s->as_of);
}

static void add_step(kh_step_finder *f, kh_step_judge *judge, kh_move *m) {
  kh_document *d = f->d;
  kh_step s = {.what = kh_phrase_span(d, m->first, m->last),
               .kind = m->kind,
               .status = m->status,
               .place = KH_NONE,
               .according_to = KH_NONE,
               .statement = m->statement,
               .same_as = KH_NONE,
               .origin = {m->rule, -1}};
  if (s.what.end <= s.what.start) return;
  if (m->faint) {
    if (!kh_has_step_model(judge)) return;
    kh_verdict verdict = kh_judge_move(judge, m, &s);
    if (!kh_is_likely_step(judge, &verdict)) return;
    m->kind = s.kind = verdict.kind;
    m->status = s.status = verdict.status;
    m->wanted = m->status == KH_STATUS_DEMANDED && m->statement >= 0;
    s.origin.rule = "sp.learned";
    s.place = place_of(f, m);
    read_parties(f, m, &s);
    kh_judge_parties(judge, m, &s, &verdict);
    kh_add_faint_step(judge, &s, &verdict);
    return;
  }
  s.place = place_of(f, m);
  read_parties(f, m, &s);
  bind_conditions(f, m, &s);
  f->last_end = m->last;
  if (in_passing(f, m, &s)) m->weak = true;
  if (m->weak && !kh_has_step_model(judge)) return;
  kh_verdict verdict = kh_judge_move(judge, m, &s);
  if (kh_is_likely_step(judge, &verdict)) kh_judge_parties(judge, m, &s, &verdict);
  kh_add_step(judge, &s, &verdict);
}

static void read_step(kh_step_finder *f, kh_step_judge *judge, kh_move m, uint32_t matter) {
  const kh_document *d = f->d;
  const uint32_t t = m.token;
  if (m.kind == KH_STEP_AGREEMENT && kh_lends_to_next(f, t)) return;
  if (m.kind == KH_STEP_TALKS && kh_meets_as_body(f, t)) return;
  if (m.kind == KH_STEP_WITHDRAWAL && kh_leaves_agreement(f, t)) m.kind = KH_STEP_OTHER;
  m.governor = m.verb = m.condition = KH_NO_TOKEN;
  // «وقف إطلاق النار» is never a verb with its object
  const bool fixed_noun = m.kind == KH_STEP_CEASEFIRE && d->morph->phrase_tokens[t] > 1;
  m.is_verb = !fixed_noun && kh_clause_of(d, t) != NULL;
  if (!m.is_verb && !kh_is_masdar_or_noun(d, t) && !d->morph->phrase_tokens[t]) return;
  set_phrase(f, &m, matter);
  m.statement = kh_statement_over(d, t);
  if (!kh_move_status(d, &m)) {
    // what is merely told is an event
    if (m.is_verb && !is_done(f, &m)) m.faint = m.weak = true;
    if (!m.faint && shares_before(f, &m)) {
      add_step(f, judge, &m);
      return;
    }
    m.status = usual_status(d, &m);
    m.rule = "sp.usual";
  }
  if (!m.faint) serves_agreement(f, &m);
  add_step(f, judge, &m);
}

// Words that no class of steps has: what a demand or a promise asks for, and those that the model
// has seen naming steps.
static void read_other(kh_step_finder *f, kh_step_judge *judge, uint32_t t, bool cue) {
  // most words: no wish is for them, and none has the model seen naming steps
  if (!kh_clause_of(f->d, t) && !kh_may_be_deed(f, t) && !kh_may_name_step(judge, t)) return;
  const kh_step_kind kind = cue ? KH_STEP_OTHER : kh_kind_of_masdar(f, t);
  kh_move m = {.token = t, .kind = kind, .weak = true};
  m.faint = cue || !kh_completes_wish(f, t, kind == KH_STEP_OTHER) || kh_names_step_inside(f, t);
  if (m.faint) {
    if (f->d->mentions->time_at[t] >= 0 || !kh_may_name_step(judge, t)) return;
    if (!kh_clause_of(f->d, t) && !kh_is_masdar_or_noun(f->d, t)) return;
  }
  read_step(f, judge, m, 0);
}

void kh_steps(kh_document *d) {
  kh_step_finder f;
  kh_step_judge judge = {.document = d, .people = {.document = d, .sentence = UINT32_MAX}};
  kh_step_finder_init(&f, d);
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || d->morph->inside_phrase[t]) continue;
    if (!kh_may_be_step_word(d, t)) {
      read_other(&f, &judge, t, false);
      continue;
    }
    uint32_t matter = 0;
    int kind = kh_step_kind_by_matter(d, t, &matter);
    if (kind < 0) kind = kh_step_kind_at(d, t);
    if (kind < 0) {
      read_other(&f, &judge, t, true);
      continue;
    }
    const uint32_t before = d->claims->steps.count;
    read_step(&f, &judge, (kh_move){.token = t, .kind = (kh_step_kind)kind}, matter);
    if (d->claims->steps.count == before) continue;
    if (matter > t + 1) // what it is done to names no other move
      t = matter - 1;
    else if (d->morph->phrase_tokens[t] > 1)
      t += d->morph->phrase_tokens[t] - 1U;
  }
  kh_settle_steps(&judge);
}
