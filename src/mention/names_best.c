// SPDX-License-Identifier: Apache-2.0
// The best sequence of tags for the scores of a sentence's words (Viterbi).
#include "mention/names.h"

#include <string.h>

enum { WORST = INT32_MIN / 4 };

/// Inside tags follow only their own kind.
static bool may_follow(uint32_t from, uint32_t to) {
  if (to == KH_TAG_I_PER || to == KH_TAG_I_LOC || to == KH_TAG_I_ORG)
    return from == to || from + 1 == to;
  return true;
}

/// Transition scores with the forbidden ones closed; row KH_TAGS is the sentence's start.
typedef struct step_table {
  int32_t at[KH_TAG_ROOM][KH_TAG_ROOM];
} step_table;

static void read_steps(const kh_name_model *model, step_table *steps) {
  memset(steps, 0, sizeof *steps);
  for (uint32_t from = 0; from <= KH_TAGS; from++)
    for (uint32_t to = 0; to < KH_TAGS; to++) {
      const bool open = from == KH_TAGS ? may_follow(KH_TAG_O, to) : may_follow(from, to);
      steps->at[from][to] = open ? model->steps[from * KH_TAG_ROOM + to] : WORST;
    }
}

/// Best score of a sequence up to each tag of each token of a sentence. The inner loops go over all
/// KH_TAG_ROOM tags (the last is never read) so that they are done several at a time.
static void forward(const step_table *steps, const int32_t *scores, uint32_t count, int32_t *best) {
  for (uint32_t to = 0; to < KH_TAG_ROOM; to++) best[to] = steps->at[KH_TAGS][to] + scores[to];
  for (uint32_t t = 1; t < count; t++) {
    const int32_t *before = best + (size_t)(t - 1) * KH_TAG_ROOM;
    int32_t top[KH_TAG_ROOM];
    for (uint32_t to = 0; to < KH_TAG_ROOM; to++) top[to] = WORST;
    for (uint32_t from = 0; from < KH_TAGS; from++)
      for (uint32_t to = 0; to < KH_TAG_ROOM; to++) {
        const int32_t score = before[from] + steps->at[from][to];
        top[to] = score > top[to] ? score : top[to];
      }
    for (uint32_t to = 0; to < KH_TAG_ROOM; to++)
      best[(size_t)t * KH_TAG_ROOM + to] = top[to] + scores[(size_t)t * KH_TAG_ROOM + to];
  }
}

/// The tag before `to` on the best way to it: the first of equals. Only asked for the few tags that
/// are chosen, which is cheaper than to remember it for all.
static uint8_t tag_before(const step_table *steps, const int32_t *before, uint8_t to) {
  uint32_t best = 0;
  for (uint32_t from = 1; from < KH_TAGS; from++)
    if (before[from] + steps->at[from][to] > before[best] + steps->at[best][to]) best = from;
  return (uint8_t)best;
}

uint32_t kh_longest_sentence(const kh_token_layer *tokens) {
  uint32_t longest = 1;
  for (uint32_t s = 0; s < tokens->sentence_count; s++) {
    const uint32_t size = tokens->sentences[s].last - tokens->sentences[s].first;
    if (size > longest) longest = size;
  }
  return longest;
}

void kh_name_tags(kh_document *document, const kh_name_model *model, const int32_t *scores,
                  const bool *sentences, uint8_t *tags) {
  const kh_token_layer *tokens = document->tokens;
  const size_t cells = (size_t)kh_longest_sentence(tokens) * KH_TAG_ROOM;
  int32_t *best = kh_arena_alloc(&document->arena, cells * sizeof *best);
  step_table steps;
  read_steps(model, &steps);
  for (uint32_t s = 0; s < tokens->sentence_count; s++) {
    const kh_sentence *sentence = &tokens->sentences[s];
    const uint32_t count = sentence->last - sentence->first;
    if (!count || (sentences && !sentences[s])) continue;
    forward(&steps, scores + (size_t)sentence->first * KH_TAG_ROOM, count, best);
    const int32_t *at = best + (size_t)(count - 1) * KH_TAG_ROOM;
    uint8_t tag = 0;
    for (uint32_t i = 1; i < KH_TAGS; i++)
      if (at[i] > at[tag]) tag = (uint8_t)i;
    for (uint32_t t = count; t-- > 0; at -= KH_TAG_ROOM) {
      tags[sentence->first + t] = tag;
      if (t) tag = tag_before(&steps, at - KH_TAG_ROOM, tag);
    }
  }
}
