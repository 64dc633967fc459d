// SPDX-License-Identifier: Apache-2.0
// Which names are one entity, and whom a noun phrase or a pronoun points to.
#include "mention/mention.h"

void kh_entities(kh_document *document) { (void)document; }

int32_t kh_entity_of(kh_document *document, uint32_t first, uint32_t last, bool speaker) {
  (void)speaker;
  const kh_mention_layer *mentions = document->mentions;
  for (uint32_t i = first; i < last && i < document->tokens->count; i++)
    if (mentions->name_at[i] != KH_NONE) return mentions->names.at[mentions->name_at[i]].entity;
  return KH_NONE;
}

int32_t kh_entity_before(kh_document *document, uint32_t token, uint32_t features) {
  (void)document;
  (void)token;
  (void)features;
  return KH_NONE;
}
