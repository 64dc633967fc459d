// SPDX-License-Identifier: Apache-2.0
// The stage of mentions: quantities, then times, then names, then entities.
#include "mention/mention.h"

static int32_t *no_index(kh_document *document) {
  const size_t count = document->tokens->count;
  int32_t *index = kh_arena_alloc(&document->arena, count * sizeof *index);
  for (size_t i = 0; i < count; i++) index[i] = KH_NONE;
  return index;
}

void kh_mention_stage(kh_document *document) {
  kh_mention_layer *mentions = kh_arena_zero(&document->arena, sizeof *mentions);
  mentions->name_at = no_index(document);
  mentions->time_at = no_index(document);
  mentions->quantity_at = no_index(document);
  document->mentions = mentions;
  kh_quantities(document);
  kh_times(document);
  kh_names(document);
  kh_entities(document);
}
