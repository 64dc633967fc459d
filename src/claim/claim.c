// SPDX-License-Identifier: Apache-2.0
#include "claim/rank.h"

#include <string.h>

void kh_claim_stage(kh_document *document) {
  document->claims = kh_arena_zero(&document->arena, sizeof *document->claims);
  kh_phrases(document);
  kh_token_facts(document);
  kh_statements(document);
  kh_figures(document);
  kh_events(document);
  kh_steps(document);
}

kh_refs kh_refs_copy(kh_document *document, const int32_t *at, uint32_t count) {
  if (!count) return (kh_refs){NULL, 0};
  int32_t *copy = kh_arena_alloc(&document->arena, count * sizeof *copy);
  memcpy(copy, at, count * sizeof *copy);
  return (kh_refs){copy, count};
}
