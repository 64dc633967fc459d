// SPDX-License-Identifier: Apache-2.0
// Is a move a step of the process, and of what kind and status? Answered by the model of steps.
#include "claim/step_rank.h"

static const kh_ranker *model_of(const kh_step_judge *j) {
  return &j->document->engine->frames->steps;
}

void kh_mark_step_lemmas(kh_engine *engine, const kh_ranker *steps) {
  const uint32_t count = steps->weights ? kh_lexicon_lemma_count(engine->lexicon) : 0;
  kh_lemma_trait *lemmas = engine->frames->lemmas;
  for (uint32_t i = 0; i < count; i++) {
    kh_facts f;
    kh_facts_begin(&f, steps, KH_RANK_STEP, KH_RANK_STEP);
    kh_step_lemma_fact(&f, lemmas[i].fact);
    lemmas[i].may_name_step = kh_rank_sum(&f, 0) > 0;
  }
}

bool kh_has_step_model(const kh_step_judge *j) {
  return model_of(j)->weights != NULL || j->document->engine->frames->step_learner != NULL;
}

bool kh_may_name_step(const kh_step_judge *j, uint32_t token) {
  const kh_document *d = j->document;
  return d->engine->frames->step_learner || d->claims->facts[token].may_name_step;
}

void kh_tell_learner(const kh_step_judge *j, const kh_learn_item *item, const kh_facts *facts) {
  const kh_learner *learner = j->document->engine->frames->step_learner;
  if (learner) learner->see(learner->context, item, facts);
}

// The likeliest of `count` answers that exclude one another.
static uint32_t best_of(uint32_t first, uint32_t count, const kh_facts *facts) {
  uint32_t best = 0;
  float most = 0;
  for (uint32_t i = 0; i < count; i++) {
    const float x = kh_rank_unforeseen(facts, (kh_rank_task)(first + i));
    if (i && x <= most) continue;
    most = x;
    best = i;
  }
  return best;
}

kh_verdict kh_judge_move(kh_step_judge *j, const kh_move *m, const kh_step *s) {
  const kh_ranker *ranker = model_of(j);
  kh_verdict v = {.likely = -1,
                  .kind = m->kind,
                  .status = m->status,
                  .ruled = m->status,
                  .by = s->by,
                  .asked_by = s->asked_by,
                  .according_to = s->according_to,
                  .place = s->place};
  j->item++;
  if (!kh_has_step_model(j)) return v;
  kh_facts facts;
  kh_facts_begin(&facts, ranker, KH_RANK_STEP, KH_RANK_STEP);
  if (!kh_move_facts(j, m, &facts)) {
    v.likely = 0;
    return v;
  }
  const kh_learn_item item = {.question = KH_RANK_STEP,
                              .trigger = s->what,
                              .type = (int)m->kind,
                              .entity = (int32_t)m->status,
                              .item = j->item,
                              .ruled = !m->weak};
  kh_tell_learner(j, &item, &facts);
  if (!ranker->weights) return v;
  v.likely = kh_rank(&facts, 0);
  if (!kh_is_likely_step(j, &v)) return v;
  // a word of steps tells its kind
  if (m->kind == KH_STEP_OTHER && m->weak)
    v.kind = (kh_step_kind)best_of(KH_RANK_KIND, KH_STEP_OTHER + 1, &facts);
  v.status = (kh_step_status)best_of(KH_RANK_STATUS, KH_STATUS_SUSPENDED + 1, &facts);
  return v;
}

bool kh_is_likely_step(const kh_step_judge *j, const kh_verdict *v) {
  const kh_ranker *ranker = model_of(j);
  if (!ranker->weights) return j->document->engine->frames->step_learner == NULL;
  return v->likely >= ranker->question[KH_RANK_STEP].least;
}
