// SPDX-License-Identifier: Apache-2.0
// The linear model of names: its section checked, its weights summed, the best tags found.
#include "mention/names.h"

#include "base/error.h"

#include <string.h>

static kh_status damaged(kh_error *error, const char *what) {
  return kh_fail(error, KH_ERROR_TABLE, KH_STAGE_MENTION, "name model: %s", what);
}

static size_t aligned(size_t size) { return (size + 63) & ~(size_t)63; }

static bool power_of_two(uint32_t n, uint32_t most) { return n && n <= most && (n & (n - 1)) == 0; }

/// A probe for a hash must end: one slot at least is free.
static bool has_free_slot(const kh_word_fact *facts, uint32_t slots) {
  for (uint32_t i = 0; i < slots; i++)
    if (!facts[i].hash) return true;
  return false;
}

kh_status kh_name_model_open(kh_name_model *model, const void *section, size_t size,
                             kh_error *error) {
  kh_name_model_head head;
  if (size < sizeof head) return damaged(error, "cut short");
  memcpy(&head, section, sizeof head);
  if (memcmp(head.magic, "khnames1", 8) != 0) return damaged(error, "no such format");
  if (head.features != KH_NAME_FEATURES)
    return damaged(error, "trained for other features; train it again");
  const uint32_t most = 1U << 24;
  if (!power_of_two(head.fact_slots, most) || !power_of_two(head.word_slots, most) ||
      !power_of_two(head.spot_slots, most))
    return damaged(error, "sizes out of range");
  const size_t facts = sizeof head;
  const size_t steps = facts + aligned(head.fact_slots * sizeof(kh_word_fact));
  const size_t words = steps + aligned(KH_TAG_ROOM * KH_TAG_ROOM * sizeof(int16_t));
  const size_t spots = words + (size_t)head.word_slots * KH_WORD_ROW * sizeof(int16_t);
  const size_t end = spots + aligned((size_t)head.spot_slots * KH_TAG_ROOM * sizeof(int16_t));
  if (end != size) return damaged(error, "size does not agree with its head");
  const uint8_t *bytes = section;
  *model = (kh_name_model){
      .word_rows = (const int16_t *)(const void *)(bytes + words),
      .spot_rows = (const int16_t *)(const void *)(bytes + spots),
      .steps = (const int16_t *)(const void *)(bytes + steps),
      .facts = (const kh_word_fact *)(const void *)(bytes + facts),
      .word_mask = head.word_slots - 1,
      .spot_mask = head.spot_slots - 1,
      .fact_mask = head.fact_slots - 1,
  };
  if (!has_free_slot(model->facts, head.fact_slots))
    return damaged(error, "the table of words is full");
  return KH_OK;
}

// ---- scores

/// Sums of the weights of a form's features, at the four positions. The trainer keeps weights
/// small enough for 16 bits; those of a damaged model wrap, which does no harm.
typedef struct form_score {
  int16_t at[KH_WORD_ROW];
} form_score;

static void add_row(int16_t *sum, const int16_t *row, uint32_t size) {
  for (uint32_t i = 0; i < size; i++) sum[i] = (int16_t)((uint16_t)sum[i] + (uint16_t)row[i]);
}

static void score_forms(const kh_name_model *model, const kh_features *features,
                        form_score *scores) {
  enum { AHEAD = 24 };
  const uint32_t *rows = features->rows.at;
  for (uint32_t f = 0; f < features->form_count; f++) {
    const kh_form *form = &features->forms[f];
    int16_t *sum = scores[f].at;
    memset(sum, 0, sizeof scores[f].at);
    for (uint32_t r = form->first_row; r < form->last_row; r++) {
      if (r + AHEAD < features->rows.count)
        __builtin_prefetch(model->word_rows +
                           (size_t)(rows[r + AHEAD] & model->word_mask) * KH_WORD_ROW);
      add_row(sum, model->word_rows + (size_t)(rows[r] & model->word_mask) * KH_WORD_ROW,
              KH_WORD_ROW);
    }
  }
}

static void add_form(const kh_features *features, const form_score *scores, int64_t token,
                     const kh_sentence *sentence, uint32_t place, int32_t *sum) {
  if (token < (int64_t)sentence->first || token >= (int64_t)sentence->last) return;
  const int16_t *from = scores[features->form_of[token]].at + place * KH_TAG_ROOM;
  for (uint32_t i = 0; i < KH_TAG_ROOM; i++) sum[i] += from[i];
}

enum { SPOTS_AHEAD = 4 }; // tokens whose weights are on their way

/// Where the weights of a token's spots lie.
typedef struct spot_places {
  uint32_t row[KH_MOST_SPOTS];
  uint32_t count;
} spot_places;

/// Finds the weights of a token's spots and has them fetched.
static void find_spots(const kh_document *document, const kh_name_model *model,
                       const kh_features *features, const kh_sentence *sentence, uint32_t token,
                       spot_places *out) {
  out->count = kh_name_spots(document, features, sentence, token, out->row);
  for (uint32_t s = 0; s < out->count; s++) {
    out->row[s] &= model->spot_mask;
    __builtin_prefetch(model->spot_rows + (size_t)out->row[s] * KH_TAG_ROOM);
  }
}

/// Scores of the tags of one token. Place p of a form's row counts for the tag of the token that
/// stands 2 - p after it.
static void score_token(const kh_name_model *model, const kh_features *features,
                        const form_score *scores, const kh_sentence *sentence, uint32_t token,
                        const spot_places *places, int32_t *sum) {
  memset(sum, 0, KH_TAG_ROOM * sizeof *sum);
  for (uint32_t place = 0; place < KH_WORD_PLACES; place++)
    add_form(features, scores, (int64_t)token - 2 + place, sentence, place, sum);
  int16_t spots[KH_TAG_ROOM] = {0};
  for (uint32_t s = 0; s < places->count; s++)
    add_row(spots, model->spot_rows + (size_t)places->row[s] * KH_TAG_ROOM, KH_TAG_ROOM);
  for (uint32_t i = 0; i < KH_TAG_ROOM; i++) sum[i] += spots[i];
}

int32_t *kh_name_scores(kh_document *document, const kh_name_model *model,
                        const kh_features *features) {
  const kh_token_layer *tokens = document->tokens;
  form_score *forms = kh_arena_alloc(&document->arena, features->form_count * sizeof *forms);
  int32_t *scores =
      kh_arena_alloc(&document->arena, (size_t)tokens->count * KH_TAG_ROOM * sizeof *scores);
  score_forms(model, features, forms);
  for (uint32_t s = 0; s < tokens->sentence_count; s++) {
    const kh_sentence *sentence = &tokens->sentences[s];
    spot_places places[SPOTS_AHEAD]; // of this token and, while its weights arrive, of the next
    uint32_t found = sentence->first;
    for (uint32_t t = sentence->first; t < sentence->last; t++) {
      for (; found < sentence->last && found < t + SPOTS_AHEAD; found++)
        find_spots(document, model, features, sentence, found, &places[found % SPOTS_AHEAD]);
      score_token(model, features, forms, sentence, t, &places[t % SPOTS_AHEAD],
                  scores + (size_t)t * KH_TAG_ROOM);
    }
  }
  return scores;
}

// ---- the best sequence

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

/// Best score of a sequence up to each tag of each token of a sentence; `back` the tag before.
/// The inner loops go over all KH_TAG_ROOM tags (the last is never read) so that they are done
/// several at a time.
static void forward(const step_table *steps, const int32_t *scores, uint32_t count, int32_t *best,
                    uint8_t *back) {
  for (uint32_t t = 0; t < count; t++) {
    const int32_t *own = scores + (size_t)t * KH_TAG_ROOM;
    int32_t *here = best + (size_t)t * KH_TAG_ROOM;
    int32_t top[KH_TAG_ROOM];
    int32_t from_best[KH_TAG_ROOM];
    for (uint32_t to = 0; to < KH_TAG_ROOM; to++) {
      top[to] = t ? WORST * 2 : steps->at[KH_TAGS][to];
      from_best[to] = KH_TAGS;
    }
    for (uint32_t from = 0; t && from < KH_TAGS; from++) {
      const int32_t before = best[(size_t)(t - 1) * KH_TAG_ROOM + from];
      const int32_t *step = steps->at[from];
      for (uint32_t to = 0; to < KH_TAG_ROOM; to++) {
        const int32_t score = before + step[to];
        const bool better = score > top[to];
        top[to] = better ? score : top[to];
        from_best[to] = better ? (int32_t)from : from_best[to];
      }
    }
    for (uint32_t to = 0; to < KH_TAG_ROOM; to++) {
      here[to] = (top[to] < WORST ? WORST : top[to]) + own[to];
      back[(size_t)t * KH_TAG_ROOM + to] = (uint8_t)from_best[to];
    }
  }
}

static uint32_t longest_sentence(const kh_token_layer *tokens) {
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
  const size_t cells = (size_t)longest_sentence(tokens) * KH_TAG_ROOM;
  int32_t *best = kh_arena_alloc(&document->arena, cells * sizeof *best);
  uint8_t *back = kh_arena_alloc(&document->arena, cells);
  step_table steps;
  read_steps(model, &steps);
  for (uint32_t s = 0; s < tokens->sentence_count; s++) {
    const kh_sentence *sentence = &tokens->sentences[s];
    const uint32_t count = sentence->last - sentence->first;
    if (!count || (sentences && !sentences[s])) continue;
    forward(&steps, scores + (size_t)sentence->first * KH_TAG_ROOM, count, best, back);
    const int32_t *end = best + (size_t)(count - 1) * KH_TAG_ROOM;
    uint8_t tag = 0;
    for (int i = 1; i < KH_TAGS; i++)
      if (end[i] > end[tag]) tag = (uint8_t)i;
    for (uint32_t t = count; t-- > 0;) {
      tags[sentence->first + t] = tag;
      tag = back[(size_t)t * KH_TAG_ROOM + tag];
    }
  }
}
