// SPDX-License-Identifier: Apache-2.0
/// \file
/// Who makes a step, or has to, judged by the model of claims: what the rules found is one fact
/// among others.
#ifndef KHUTWA_CLAIM_STEP_RANK_H
#define KHUTWA_CLAIM_STEP_RANK_H

#include "claim/event_rank.h"
#include "claim/step.h"

/// What the judge remembers while it goes through a report.
typedef struct kh_step_judge {
  kh_document *document;
  uint32_t sentence; // whose candidates are gathered; UINT32_MAX: none yet
  kh_candidate at[KH_MAX_CANDIDATES];
  uint32_t count;
  uint32_t item;    // number of the step that is judged
  uint32_t moves;   // words of steps in the report
  uint32_t density; // ... in two hundred words
  bool counted;
} kh_step_judge;

/// Corrects the parties of a step, and gives its confidence. False when it is no step of the
/// process: without a model the weak ones are none, with one see kh_drop_doubtful_steps.
bool kh_judge_step(kh_step_judge *judge, const kh_move *move, kh_step *step);

/// Drops the steps that the model doubts, once all are read: what is read later may hang on them.
void kh_drop_doubtful_steps(kh_document *document);

#endif
