// SPDX-License-Identifier: Apache-2.0
/// \file
/// Claims in the making, and the stages that make them.
#ifndef KHUTWA_CLAIM_CLAIM_LAYER_H
#define KHUTWA_CLAIM_CLAIM_LAYER_H

#include "mention/mention.h"

typedef struct kh_claim_layer {
  struct kh_phrases *phrases;        // src/claim/phrase.h
  const struct kh_token_fact *facts; // per token, and one more; src/claim/rank.h
  KH_ARRAY(kh_statement) statements;
  int32_t *statement_at; // per token: the innermost statement whose content holds it, or KH_NONE
  KH_ARRAY(kh_figure) figures;
  KH_ARRAY(kh_event) events;
  KH_ARRAY(kh_step) steps;
} kh_claim_layer;

/// Fills document->claims: phrases, statements, figures, events, steps, in this order.
void kh_claim_stage(kh_document *document);

void kh_phrases(kh_document *document);
void kh_statements(kh_document *document);
void kh_figures(kh_document *document);
void kh_events(kh_document *document);
void kh_steps(kh_document *document);

/// Copies a list of indices into the document's arena.
kh_refs kh_refs_copy(kh_document *document, const int32_t *at, uint32_t count);

#endif
