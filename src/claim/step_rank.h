// SPDX-License-Identifier: Apache-2.0
/// \file
/// Steps judged by their model: whether a move is one, of what kind and status, and who makes it,
/// asks for it and tells of it. What the rules found is one fact among others.
#ifndef KHUTWA_CLAIM_STEP_RANK_H
#define KHUTWA_CLAIM_STEP_RANK_H

#include "claim/event_rank.h"
#include "claim/step.h"

/// What the model thinks of a move; what the rules do where there is no model.
typedef struct kh_verdict {
  float likely; // negative: no model
  kh_step_kind kind;
  kh_step_status status;
  kh_step_status ruled; // the status by the rules
  kh_refs by;
  kh_refs asked_by;
  int32_t according_to;
  int32_t place;
} kh_verdict;

/// A step with its verdict. Later words hang on the step as the rules read it, so the verdict takes
/// effect at the end.
typedef struct kh_judged_step {
  kh_step step;
  kh_verdict verdict;
  bool faint; // it hangs on the model alone
} kh_judged_step;

/// What the judge remembers while it goes through a report.
typedef struct kh_step_judge {
  kh_document *document;
  kh_event_judge people;          // who is mentioned in the sentence that was last asked about
  uint32_t item;                  // number of the step that is judged
  uint32_t moves;                 // words of steps in the report
  uint32_t density;               // ... in two hundred words
  uint32_t *event_at;             // per token: number of the event it tells of, from 1; 0
  uint32_t *sign_at;              // per token: what it tells of how far a step has come, a bit each
  KH_ARRAY(kh_verdict) verdicts;  // one a step of the layer
  KH_ARRAY(kh_judged_step) faint; // steps that hang on the model alone, in order
} kh_step_judge;

/// What a word tells of how far steps have come, a bit each. After the first kh_move_facts.
static inline uint32_t kh_step_signs(const kh_step_judge *judge, uint32_t token) {
  return judge->sign_at[token];
}

/// A text as a value of facts.
uint32_t kh_text_fact(const char *text);

/// What speaks for or against the move being a step, of what kind and status (step_facts.c). False
/// when the word alone tells that it is none.
bool kh_move_facts(kh_step_judge *judge, const kh_move *move, kh_facts *facts);

/// Adds the fact that a word has this lemma, by its value in facts.
void kh_step_lemma_fact(kh_facts *facts, uint32_t lemma);

/// Is there a model, or somebody who learns one?
bool kh_has_step_model(const kh_step_judge *judge);

/// Has the model seen the word's lemma naming steps? Without a model: no.
bool kh_may_name_step(const kh_step_judge *judge, uint32_t token);

/// Is the move a step, of what kind and status?
kh_verdict kh_judge_move(kh_step_judge *judge, const kh_move *move, const kh_step *step);

/// Is it worth asking who makes it?
bool kh_is_likely_step(const kh_step_judge *judge, const kh_verdict *verdict);

/// Who makes it, asks for it and tells of it, and where (step_who.c).
void kh_judge_parties(kh_step_judge *judge, const kh_move *move, const kh_step *step,
                      kh_verdict *verdict);

/// Shows the learner a candidate, if there is one who learns.
void kh_tell_learner(const kh_step_judge *judge, const kh_learn_item *item, const kh_facts *facts);

// ------------------------------------------------------------------ the end (step_settle.c)

/// Adds a step to the layer, or to those that the layer gets at the end.
void kh_add_step(kh_step_judge *judge, const kh_step *step, const kh_verdict *verdict);
void kh_add_faint_step(kh_step_judge *judge, const kh_step *step, const kh_verdict *verdict);

/// Brings the verdicts into effect: drops steps that the model doubts and those that stand in the
/// words of a likelier one, and links those told twice.
void kh_settle_steps(kh_step_judge *judge);

#endif
