// SPDX-License-Identifier: Apache-2.0
// A second look at the tags of a report: what a word was in one place speaks for what it is in
// another, since a report keeps to its people and places.
#include "mention/names.h"

#include <string.h>

enum { CLASSES = 3, VOTE = 320 };

/// What the first look made of a stem over the whole report.
typedef struct ballot {
  uint32_t stem; // 0: free
  uint16_t all;
  uint16_t named[CLASSES];
} ballot;

/// The ballots of stems that somebody votes for; most words of a report have none.
typedef struct ballots {
  ballot *slots;
  uint32_t mask;
  ballot **of_form; // NULL: none
} ballots;

/// The ballot of a stem, or a free one. Stems are never 0.
static ballot *ballot_of(const ballots *b, uint32_t stem) {
  uint32_t at = stem & b->mask;
  while (b->slots[at].stem && b->slots[at].stem != stem) at = (at + 1) & b->mask;
  return &b->slots[at];
}

static bool may_vote(const kh_form *form) {
  return form->kind == KH_TOKEN_WORD && form->len - form->cut >= 3;
}

static bool is_inside(uint8_t tag) { return tag != KH_TAG_O && tag % 2 == 0; }

/// Does the token vote: any part of a person's name, but of places and bodies only names of one
/// word, since the words of long names are common ones?
static bool votes(const uint8_t *tags, uint32_t count, uint32_t token) {
  const uint8_t tag = tags[token];
  if (tag == KH_TAG_O) return false;
  if (tag == KH_TAG_B_PER || tag == KH_TAG_I_PER) return true;
  return !is_inside(tag) && (token + 1 == count || tags[token + 1] != tag + 1);
}

/// A ballot for each stem that a token votes for; false when none does.
static bool new_ballots(kh_document *document, const kh_features *features, const uint8_t *tags,
                        ballots *b) {
  const uint32_t count = document->tokens->count;
  uint32_t named = 0;
  for (uint32_t t = 0; t < count; t++) named += tags[t] != KH_TAG_O;
  if (!named) return false;
  uint32_t size = 64;
  while (size < named * 2) size *= 2;
  b->slots = kh_arena_zero(&document->arena, size * sizeof *b->slots);
  b->mask = size - 1;
  for (uint32_t t = 0; t < count; t++) {
    if (!votes(tags, count, t)) continue;
    const kh_form *form = &features->forms[features->form_of[t]];
    if (may_vote(form)) ballot_of(b, form->stem_hash)->stem = form->stem_hash;
  }
  b->of_form = kh_arena_alloc(&document->arena, features->form_count * sizeof *b->of_form);
  for (uint32_t f = 0; f < features->form_count; f++) {
    const kh_form *form = &features->forms[f];
    ballot *cast = may_vote(form) ? ballot_of(b, form->stem_hash) : NULL;
    b->of_form[f] = cast && cast->stem ? cast : NULL;
  }
  return true;
}

static void count_votes(const kh_document *document, const kh_features *features,
                        const uint8_t *tags, const ballots *b) {
  const uint32_t count = document->tokens->count;
  for (uint32_t t = 0; t < count; t++) {
    ballot *cast = b->of_form[features->form_of[t]];
    if (!cast || cast->all == UINT16_MAX) continue;
    cast->all++;
    if (votes(tags, count, t)) cast->named[(tags[t] - 1) / 2]++;
  }
}

/// Adds the votes of other places to each token's scores and marks its sentence; gives whether
/// any token got some.
static bool add_votes(const kh_document *document, const kh_features *features, const uint8_t *tags,
                      const ballots *b, int32_t *scores, bool *sentences) {
  const uint32_t count = document->tokens->count;
  bool any = false;
  for (uint32_t t = 0; t < count; t++) {
    const ballot *cast = b->of_form[features->form_of[t]];
    if (!cast || cast->all < 2) continue;
    const bool own = votes(tags, count, t);
    for (uint32_t c = 0; c < CLASSES; c++) {
      int32_t others = cast->named[c];
      if (own && (uint32_t)(tags[t] - 1) / 2 == c) others--;
      if (!others) continue;
      const int32_t push = VOTE * others / cast->all;
      int32_t *score = scores + (size_t)t * KH_TAG_ROOM;
      score[1 + 2 * c] += push;
      if (c == 0) score[KH_TAG_I_PER] += push;
      sentences[document->tokens->at[t].sentence] = any = true;
    }
  }
  return any;
}

void kh_name_tags_agreed(kh_document *document, const kh_name_model *model,
                         const kh_features *features, uint8_t *tags) {
  int32_t *scores = kh_name_scores(document, model, features);
  kh_name_tags(document, model, scores, NULL, tags);
  ballots b;
  if (!new_ballots(document, features, tags, &b)) return;
  count_votes(document, features, tags, &b);
  bool *sentences = kh_arena_zero(&document->arena, document->tokens->sentence_count + 1);
  if (add_votes(document, features, tags, &b, scores, sentences))
    kh_name_tags(document, model, scores, sentences, tags);
}
