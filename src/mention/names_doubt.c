// SPDX-License-Identifier: Apache-2.0
// Spellings of names that are ordinary words as well («الشباب» the youth, «القاعدة» the base,
// «مسقط رأسه» his birthplace): without anything in the report that speaks for the name they are the
// words.
#include "mention/names.h"

enum { OFTEN = 3 };

/// Does another known name of the report tell the same thing by an unmistakable spelling, or, when
/// the thing is of one country, that country?
static bool is_spoken_for(const kh_document *document, const kh_features *features,
                          const uint8_t *tags, const kh_known *line) {
  const kh_known *known = document->engine->names->known;
  for (uint32_t h = 0; h < features->hits.count; h++) {
    const kh_known_hit *hit = &features->hits.at[h];
    const kh_known *other = &known[hit->entries[0]];
    if (hit->state) other = hit->state;
    const bool names = tags[hit->first] != KH_TAG_O || other->kind == KH_KNOWN_NISBA;
    if (other->flags & KH_KNOWN_WORD || !names) continue;
    if (other->id == line->id) return true;
    if (line->country[0] && memcmp(other->country, line->country, 3) == 0) return true;
  }
  return !line->country[0];
}

/// «القاعدة العسكرية»: an adjective with the article tells what sort of thing it is.
static bool has_adjective(const kh_document *document, uint32_t token) {
  const kh_token *next = &document->tokens->at[token + 1];
  if (token + 1 >= document->tokens->count || next->sentence != next[-1].sentence) return false;
  if (next->kind != KH_TOKEN_WORD || !document->morph) return false;
  const kh_word *word = &document->morph->best[token + 1];
  return word->pos == KH_POS_ADJ && word->proclitics == KH_CLITIC_AL;
}

/// How often the report's words of one form are tagged as a whole name of a body («الشباب», the
/// club, in a report of its match)?
static uint32_t times_tagged(const kh_document *document, const kh_features *features,
                             const uint8_t *tags, uint32_t token) {
  uint32_t count = 0;
  for (uint32_t t = 0; t < document->tokens->count; t++)
    count += features->form_of[t] == features->form_of[token] && tags[t] == KH_TAG_B_ORG &&
             tags[t + 1] != KH_TAG_I_ORG;
  return count;
}

/// The group or body among the things that a known name may be; NULL.
static const kh_known *body_of(const kh_document *document, const kh_known_hit *hit) {
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &document->engine->names->known[hit->entries[e]];
    if (line->kind == KH_KNOWN_ARMED || line->kind == KH_KNOWN_ORG) return line;
  }
  return NULL;
}

/// What is known of the words of one form: asked once a report, which may hold the form anywhere.
enum { SPOKEN_FOR = 1, NOT_SPOKEN_FOR = 2, TAGGED_OFTEN = 4, TAGGED_SELDOM = 8 };

static void doubt_words(kh_document *document, kh_features *features, uint8_t *tags) {
  uint8_t *told = NULL; // per form: the bits above
  for (uint32_t h = 0; h < features->hits.count; h++) {
    const kh_known_hit *hit = &features->hits.at[h];
    const uint32_t t = hit->first;
    if (hit->tokens != 1 || hit->whole_quote || tags[t] == KH_TAG_B_LOC) continue;
    const kh_known *line = body_of(document, hit);
    if (!line || !(line->flags & KH_KNOWN_WORD)) continue;
    const bool armed = line->kind == KH_KNOWN_ARMED;
    if (!told) told = kh_arena_zero(&document->arena, features->form_count + 1);
    uint8_t *form = &told[features->form_of[t]];
    if (!*form) *form = is_spoken_for(document, features, tags, line) ? SPOKEN_FOR : NOT_SPOKEN_FOR;
    if (*form & SPOKEN_FOR && !(armed && has_adjective(document, t))) continue;
    features->hit_at[t] = KH_NONE; // whatever it names, it is not this
    const bool alone = tags[t] == KH_TAG_B_ORG && tags[t + 1] != KH_TAG_I_ORG;
    if (!armed || !alone) continue;
    if (!(*form & (TAGGED_OFTEN | TAGGED_SELDOM)))
      *form |= times_tagged(document, features, tags, t) < OFTEN ? TAGGED_SELDOM : TAGGED_OFTEN;
    if (*form & TAGGED_SELDOM) tags[t] = KH_TAG_O;
  }
}

static void clear_phrases(const kh_document *document, uint8_t *tags) {
  if (!document->morph) return;
  for (uint32_t t = 0; t < document->tokens->count; t++) {
    const uint32_t size = document->morph->phrase_tokens[t];
    if (!size || !kh_phrase_at(document, t, KH_CLASS_NO_NAME)) continue;
    for (uint32_t i = t; i < t + size; i++) tags[i] = KH_TAG_O;
    if (tags[t + size] != KH_TAG_O && tags[t + size] % 2 == 0) tags[t + size]--;
  }
}

void kh_name_tags_doubt(kh_document *document, kh_features *features, uint8_t *tags) {
  doubt_words(document, features, tags);
  clear_phrases(document, tags);
}
