// SPDX-License-Identifier: Apache-2.0
#include "claim/step_rank.h"

#include <string.h>

// In words and steps: how far around a move it is looked for what speaks for it.
enum { MAX_STEP_PARTIES = 64, MAX_AROUND = 5, MAX_TOLD = 24 };

// Kinds of facts. Never give a number another meaning.
enum fact {
  F_RULE = 160,
  F_KIND,
  F_SCOPE,
  F_BEFORE,
  F_AFTER,
  F_VERB,
  F_GOVERNOR,
  F_SAID,
  F_FORM,
  F_RULED,
  F_WHO,
  F_PLACE,
  F_NEAR,
  F_SUBJECT,
  F_WORD,
  F_PREP,
  F_OLD,
  F_DEFINITE,
  F_TOLD,
  F_DENSITY,
  F_AROUND,
  F_WEAK,
  F_DIRECT,
};

static uint32_t hash_of(const char *text) {
  uint32_t hash = 0;
  for (; *text; text++) hash = hash * 31U + (uint8_t)*text;
  return hash;
}

static void tell(const kh_step_judge *j, const kh_step *s, kh_rank_task task, int32_t entity,
                 kh_span span, bool ruled, const kh_facts *facts) {
  const kh_learner *learner = j->document->engine->learner;
  if (!learner) return;
  const kh_learn_item item = {.question = task,
                              .trigger = s->what,
                              .type = (int)s->kind,
                              .entity = entity,
                              .item = j->item,
                              .span = span,
                              .ruled = ruled};
  learner->see(learner->context, &item, facts);
}

// How many words of steps the report has, and how many in a hundred words.
static void count_moves(kh_step_judge *j) {
  const kh_document *d = j->document;
  kh_class_set cues = {{0}};
  kh_class_set_add(&cues, KH_CLASS_ST_CEASEFIRE, KH_CLASS_ST_OTHER);
  uint32_t words = 0;
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!kh_is_word(d, t)) continue;
    words++;
    j->moves += !d->morph->inside_phrase[t] && kh_word_in_set(d, t, &cues);
  }
  j->density = words ? j->moves * 200 / words : 0;
  j->counted = true;
}

// Was a step of the kind told before: 0 no, 1 with another status, 2 with this one, 3 by the same
// speaker too.
static uint32_t told_before(const kh_document *d, const kh_step *s) {
  const kh_claim_layer *claims = d->claims;
  uint32_t told = 0;
  for (uint32_t i = claims->steps.count, n = 0; i-- > 0 && n < MAX_TOLD; n++) {
    const kh_step *old = &claims->steps.at[i];
    if (old->kind != s->kind) continue;
    const uint32_t how = old->status != s->status               ? 1
                         : old->according_to != s->according_to ? 2
                                                                : 3;
    if (how > told) told = how;
  }
  return told;
}

// Facts that do not hang on single words: they are learnt from few reports.
static void general_facts(const kh_step_judge *j, const kh_move *m, const kh_step *s, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_sentence *sentence = kh_sentence_of(d, m->token);
  const kh_word *w = kh_reading(d, m->token);
  const uint32_t status = (uint32_t)s->status;
  const uint32_t kind = (uint32_t)s->kind;
  const uint32_t definite = (w->proclitics & KH_CLITIC_AL) != 0;
  const uint32_t told = told_before(d, s);
  const uint32_t weak = m->weak;
  const uint32_t who = (uint32_t)(s->by.count > 0) | (uint32_t)(s->asked_by.count > 0) << 1 |
                       (uint32_t)(s->according_to >= 0) << 2;
  kh_fact(f, F_DEFINITE, definite, told, 0);
  kh_fact(f, F_DEFINITE, definite, kind, 1);
  kh_fact(f, F_DEFINITE, definite, status, 2);
  kh_fact(f, F_DEFINITE, definite, told, status + 3);
  kh_fact(f, F_DEFINITE, definite, who, 32);
  kh_fact(f, F_TOLD, told, kind, 0);
  kh_fact(f, F_TOLD, told, who, 1);
  kh_fact(f, F_WEAK, weak, kind, 0);
  kh_fact(f, F_WEAK, weak, status, 1);
  kh_fact(f, F_WEAK, weak, definite, 2 + told);
  kh_fact(f, F_WEAK, weak, who, 8);
  kh_fact(f, F_DENSITY, kh_bucket(j->moves), 0, 0);
  kh_fact(f, F_DENSITY, kh_bucket(j->density), 0, 1);
  kh_fact(f, F_DENSITY, kh_bucket(j->density), weak, 2);
  kh_fact(f, F_DENSITY, kh_bucket(j->density), kind, 3);
  const uint32_t length = kh_bucket(m->last - m->first);
  kh_fact(f, F_DIRECT, length, definite, 0);
  kh_fact(f, F_DIRECT, length, weak, 1);
  const uint32_t from =
      m->first > sentence->first + MAX_AROUND ? m->first - MAX_AROUND : sentence->first;
  for (uint32_t t = from; t < sentence->last && t < m->last + MAX_AROUND; t++) {
    if (!kh_is_word(d, t) || (t >= m->first && t < m->last)) continue;
    kh_fact(f, F_AROUND, kh_lemma_fact(d, t), t > m->first, 0);
  }
}

// What governs the step and stands around it.
static void step_facts(const kh_document *d, const kh_move *m, const kh_step *s, kh_facts *f) {
  const kh_sentence *sentence = kh_sentence_of(d, m->token);
  const uint32_t rule = hash_of(m->rule);
  const kh_word *w = kh_reading(d, m->token);
  const uint32_t status = (uint32_t)s->status;
  const uint32_t kind = (uint32_t)s->kind;
  kh_fact(f, F_RULE, rule, status, 0);
  kh_fact(f, F_RULE, rule, status, kind + 1);
  kh_fact(f, F_KIND, kind, status, 0);
  kh_fact(f, F_KIND, kind, 99, 0);
  kh_fact(f, F_WORD, kh_lemma_fact(d, m->token), status, 0);
  const uint32_t scope = d->claims->phrases->scope[m->token];
  kh_fact(f, F_SCOPE, scope, status, 0);
  kh_fact(f, F_SCOPE, scope, rule, 1);
  const uint32_t form = w->proclitics | (uint32_t)(w->enclitic != KH_ENC_NONE) << 8 |
                        (uint32_t)m->is_verb << 9 | (w->features & KH_F_MASDAR ? 1U << 10 : 0);
  kh_fact(f, F_FORM, form, status, 0);
  kh_fact(f, F_FORM, form, kind, 1);
  const uint32_t before = m->first > sentence->first ? kh_lemma_fact(d, m->first - 1) : 1;
  const uint32_t before2 = m->first > sentence->first + 1 ? kh_lemma_fact(d, m->first - 2) : 1;
  kh_fact(f, F_BEFORE, before, 0, 0);
  kh_fact(f, F_BEFORE, before, status, 1);
  kh_fact(f, F_BEFORE, before2, 0, 2);
  kh_fact(f, F_AFTER, m->last < sentence->last ? kh_lemma_fact(d, m->last) : 1, 0, 0);
  if (m->governor != KH_NO_TOKEN) kh_fact(f, F_GOVERNOR, kh_lemma_fact(d, m->governor), 0, 0);
  if (m->verb != KH_NO_TOKEN) {
    const uint32_t verb = kh_lemma_fact(d, m->verb);
    const uint32_t tense = kh_reading(d, m->verb)->features & (KH_F_PAST | KH_F_PRESENT);
    kh_fact(f, F_VERB, verb, 0, 0);
    kh_fact(f, F_VERB, verb, kind, 1);
    kh_fact(f, F_VERB, tense, d->claims->phrases->scope[m->verb], status);
    kh_fact(f, F_VERB, tense, kind, 3);
  }
  const kh_statement *over = m->statement >= 0 ? &d->claims->statements.at[m->statement] : NULL;
  kh_fact(f, F_SAID, over ? hash_of(over->origin.rule) : 0, status, 0);
  kh_fact(f, F_SAID, over ? hash_of(over->origin.rule) : 0, scope, 1);
}

static bool among(kh_refs refs, int32_t entity) {
  for (uint32_t i = 0; i < refs.count; i++)
    if (refs.at[i] == entity) return true;
  return false;
}

// ------------------------------------------------------------------ who

typedef struct party {
  int32_t entity;
  float by;
  float asked;
} party;

typedef struct parties {
  party at[MAX_STEP_PARTIES];
  uint32_t count;
} parties;

// Where the mention stands: before or after, inside the phrase, subject of the governing verb.
static uint32_t place_of(const kh_document *d, const kh_move *m, const kh_candidate *c) {
  const kh_clause *verb = m->verb == KH_NO_TOKEN ? NULL : kh_clause_of(d, m->verb);
  uint32_t place = c->np < m->first ? 1 : c->np < d->claims->phrases->end[m->token] ? 2 : 3;
  if (verb && verb->subject <= c->np && c->np < verb->subject_last)
    place = 4 + (c->np != verb->subject);
  else if (verb && verb->object <= c->np && c->np < verb->object_last)
    place = 6 + (c->np != verb->object);
  return place;
}

static void mention_facts(const kh_document *d, const kh_move *m, const kh_step *s,
                          const kh_candidate *c, kh_facts *f) {
  const uint32_t place = place_of(d, m, c);
  const uint32_t from = c->np < m->first ? c->last : m->last;
  const uint32_t to = c->np < m->first ? m->first : c->np;
  uint32_t verbs = 0;
  for (uint32_t t = from; t < to && verbs < 2; t++) verbs += d->claims->phrases->clause_at[t] >= 0;
  const uint32_t gap = kh_bucket(to > from ? to - from : 0);
  const uint32_t kind = (uint32_t)s->kind;
  const uint32_t status = (uint32_t)s->status;
  const uint32_t where = place | verbs << 4;
  const uint32_t inner = c->np != c->head;
  kh_fact(f, F_PLACE, where, status, inner);
  kh_fact(f, F_PLACE, where, kind, 1);
  kh_fact(f, F_PLACE, where, c->prep, 2);
  kh_fact(f, F_PLACE, where, hash_of(m->rule), 3);
  kh_fact(f, F_PREP, c->prep, kind, place);
  kh_fact(f, F_NEAR, gap, place, verbs);
  kh_fact(f, F_NEAR, gap, place, status + 16);
  const uint32_t word = c->np ? kh_lemma_fact(d, c->np - 1) : 1;
  kh_fact(f, F_WORD, word, place, 0);
  if (m->verb != KH_NO_TOKEN) kh_fact(f, F_SUBJECT, kh_lemma_fact(d, m->verb), place, 0);
  if (inner) kh_fact(f, F_WORD, kh_lemma_fact(d, c->head), place, 1);
  kh_fact(f, F_PLACE, where, (uint32_t)(c->joined >= 0), 4);
}

static void judge_party(const kh_step_judge *j, const kh_move *m, const kh_step *s, int32_t entity,
                        const kh_candidate *c, parties *all) {
  const kh_document *d = j->document;
  const kh_ranker *ranker = &d->engine->frames->steps;
  const kh_draft *e = &d->mentions->entities.at[entity];
  const kh_statement *over = m->statement >= 0 ? &d->claims->statements.at[m->statement] : NULL;
  const uint32_t said =
      over ? 1U + (uint32_t)(over->speaker == entity) + 2U * (uint32_t)among(over->to, entity) : 0;
  const bool by = among(s->by, entity);
  const bool asked = among(s->asked_by, entity);
  const uint32_t ruled = (uint32_t)by | (uint32_t)asked << 1;
  const uint32_t counts =
      (s->by.count > 2 ? 2U : s->by.count) | (s->asked_by.count > 2 ? 2U : s->asked_by.count) << 2;
  const uint32_t who = (uint32_t)e->kind << 5 | (uint32_t)e->sector;
  const kh_claim_layer *claims = d->claims;
  uint32_t old = 0; // did it make, or ask for, a step of the kind before?
  for (uint32_t i = claims->steps.count, n = 0; i-- > 0 && n < 12; n++)
    if (claims->steps.at[i].kind == s->kind)
      old |= (uint32_t)among(claims->steps.at[i].by, entity) |
             (uint32_t)among(claims->steps.at[i].asked_by, entity) << 1;
  kh_facts f;
  kh_facts_begin(&f, ranker, KH_RANK_BY, KH_RANK_ASKED);
  const uint32_t status = (uint32_t)s->status;
  const uint32_t kind = (uint32_t)s->kind;
  kh_fact(&f, F_RULED, ruled, status, 0);
  kh_fact(&f, F_RULED, ruled, kind, 1);
  kh_fact(&f, F_RULED, ruled, counts, 2);
  kh_fact(&f, F_RULED, ruled, hash_of(m->rule), 3);
  kh_fact(&f, F_WHO, who, ruled, 0);
  kh_fact(&f, F_WHO, who >> 5, status, 1);
  kh_fact(&f, F_WHO, who, kind, 2);
  kh_fact(&f, F_SAID, said, status, 2);
  kh_fact(&f, F_SAID, said, ruled, 3);
  kh_fact(&f, F_SAID, said, hash_of(m->rule), 4);
  kh_fact(&f, F_OLD, old, ruled, 0);
  kh_fact(&f, F_OLD, old, status, 1);
  kh_fact(&f, F_OLD, old, counts, 2);
  if (c)
    mention_facts(d, m, s, c, &f);
  else
    kh_fact(&f, F_PLACE, 15, ruled, said);
  const kh_span span = c ? kh_phrase_span(d, c->np, c->last) : (kh_span){0, 0};
  tell(j, s, KH_RANK_BY, entity, span, by, &f);
  tell(j, s, KH_RANK_ASKED, entity, span, asked, &f);
  if (!ranker->weights) return;
  const party found = {entity, kh_rank(&f, 0), kh_rank(&f, 1)};
  for (uint32_t i = 0; i < all->count; i++) {
    if (all->at[i].entity != entity) continue;
    if (found.by > all->at[i].by) all->at[i].by = found.by;
    if (found.asked > all->at[i].asked) all->at[i].asked = found.asked;
    return;
  }
  if (all->count < MAX_STEP_PARTIES) all->at[all->count++] = found;
}

static bool mentioned(const kh_step_judge *j, int32_t entity) {
  for (uint32_t i = 0; i < j->count; i++)
    if (j->at[i].entity == entity) return true;
  return false;
}

static void judge_absent(const kh_step_judge *j, const kh_move *m, const kh_step *s, kh_refs refs,
                         parties *all) {
  for (uint32_t i = 0; refs.at && i < refs.count && i < 6; i++)
    if (!mentioned(j, refs.at[i])) judge_party(j, m, s, refs.at[i], NULL, all);
}

static void judge_parties(const kh_step_judge *j, const kh_move *m, kh_step *s) {
  kh_document *d = j->document;
  const kh_ranker *ranker = &d->engine->frames->steps;
  parties all = {.count = 0};
  for (uint32_t i = 0; i < j->count; i++) judge_party(j, m, s, j->at[i].entity, &j->at[i], &all);
  judge_absent(j, m, s, s->by, &all);
  judge_absent(j, m, s, s->asked_by, &all);
  if (m->statement >= 0) {
    const kh_statement *over = &d->claims->statements.at[m->statement];
    judge_absent(j, m, s, (kh_refs){&over->speaker, 1}, &all);
    judge_absent(j, m, s, over->to, &all);
  }
  if (s->same_as >= 0) judge_absent(j, m, s, d->claims->steps.at[s->same_as].by, &all);
  if (!ranker->weights) return;
  kh_role_list by = {.count = 0};
  kh_role_list asked = {.count = 0};
  for (uint32_t i = 0; i < all.count; i++) {
    if (all.at[i].by >= ranker->question[KH_RANK_BY].least) kh_role_add(&by, all.at[i].entity);
    if (all.at[i].asked >= ranker->question[KH_RANK_ASKED].least)
      kh_role_add(&asked, all.at[i].entity);
  }
  s->by = kh_refs_copy(d, by.at, by.count);
  if (ranker->question[KH_RANK_ASKED].least > 0)
    s->asked_by = kh_refs_copy(d, asked.at, asked.count);
}

bool kh_judge_step(kh_step_judge *j, const kh_move *m, kh_step *s) {
  kh_document *d = j->document;
  const kh_ranker *ranker = &d->engine->frames->steps;
  if (!ranker->weights && !d->engine->learner) return !m->weak;
  const uint32_t sentence = d->tokens->at[m->token].sentence;
  if (j->sentence != sentence) {
    j->sentence = sentence;
    j->count = kh_candidates(d, sentence, j->at);
  }
  j->item++;
  kh_facts facts;
  kh_facts_begin(&facts, ranker, KH_RANK_STEP, KH_RANK_STEP);
  if (!j->counted) count_moves(j);
  general_facts(j, m, s, &facts);
  step_facts(d, m, s, &facts);
  tell(j, s, KH_RANK_STEP, KH_NONE, s->what, true, &facts);
  judge_parties(j, m, s);
  if (!ranker->weights) return true;
  s->origin.confidence = kh_rank(&facts, 0);
  return true;
}

void kh_drop_doubtful_steps(kh_document *d) {
  const kh_ranker *ranker = &d->engine->frames->steps;
  kh_claim_layer *claims = d->claims;
  if (!ranker->weights || !claims->steps.count || !claims->steps.at) return;
  int32_t *now = kh_arena_alloc(&d->arena, claims->steps.count * sizeof *now);
  uint32_t kept = 0;
  kh_step *all = claims->steps.at;
  for (uint32_t i = 0; i < claims->steps.count; i++) {
    kh_step s = all[i];
    // the same step, told by one that is dropped, is that which it was the same as
    if (s.same_as >= 0) s.same_as = now[s.same_as];
    const bool keep = s.origin.confidence >= ranker->question[KH_RANK_STEP].least;
    now[i] = keep ? (int32_t)kept : s.same_as;
    if (keep) all[kept++] = s;
  }
  claims->steps.count = kept;
}
