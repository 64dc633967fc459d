// SPDX-License-Identifier: Apache-2.0
// The linear model of names: its section checked, its weights summed.
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

static void add_row(int16_t *sum, const int16_t *row, uint32_t size) {
  for (uint32_t i = 0; i < size; i++) sum[i] = (int16_t)((uint16_t)sum[i] + (uint16_t)row[i]);
}

/// The trainer keeps weights small enough for 16 bits; those of a damaged model wrap, which does no
/// harm.
void kh_name_form_weights(const kh_name_model *model, const kh_features *features,
                          const kh_form *form, int16_t sum[KH_WORD_ROW]) {
  enum { AHEAD = 24 };
  const uint32_t *rows = features->rows.at;
  memset(sum, 0, KH_WORD_ROW * sizeof *sum);
  for (uint32_t r = form->first_row; r < form->last_row; r++) {
    if (r + AHEAD < features->rows.count)
      __builtin_prefetch(model->word_rows +
                         (size_t)(rows[r + AHEAD] & model->word_mask) * KH_WORD_ROW);
    add_row(sum, model->word_rows + (size_t)(rows[r] & model->word_mask) * KH_WORD_ROW,
            KH_WORD_ROW);
  }
}

/// The summed weights of each form: from the tables, or summed now.
static const int16_t **weights_of_forms(kh_document *document, const kh_name_model *model,
                                        const kh_features *features) {
  const uint32_t count = features->form_count;
  const int16_t **weights = kh_arena_alloc(&document->arena, count * sizeof *weights);
  uint32_t fresh = 0;
  for (uint32_t f = 0; f < count; f++) fresh += !features->forms[f].weights;
  int16_t *sum = kh_arena_alloc(&document->arena, (size_t)fresh * KH_WORD_ROW * sizeof *sum);
  for (uint32_t f = 0; f < count; f++) {
    weights[f] = features->forms[f].weights;
    if (weights[f]) continue;
    kh_name_form_weights(model, features, &features->forms[f], sum);
    weights[f] = sum;
    sum += KH_WORD_ROW;
  }
  return weights;
}

enum { BEFORE = 2, AFTER = 1 }; // words whose weights count for a token's tag, beside its own

/// What the weights of a sentence's places are found by.
typedef struct scorer {
  const kh_name_model *model;
  const kh_spots *spots;
  const int16_t **words; // token i of the sentence stands at [BEFORE + i]; nothing counts beyond
} scorer;

/// Has the weights of a token's place fetched.
static void fetch_spots(const scorer *s, uint32_t i) {
  for (uint32_t f = 0; f < s->spots->fixed; f++) {
    const uint32_t row = s->spots->rows[f * s->spots->room + i] & s->model->spot_mask;
    __builtin_prefetch(s->model->spot_rows + (size_t)row * KH_TAG_ROOM);
  }
}

static void add_spot(const scorer *s, uint32_t hash, int16_t sum[KH_TAG_ROOM]) {
  const size_t row = hash & s->model->spot_mask;
  add_row(sum, s->model->spot_rows + row * KH_TAG_ROOM, KH_TAG_ROOM);
}

/// Scores of the tags of one token. Place p of a form's row counts for the tag of the token that
/// stands 2 - p after it.
static void score_token(const scorer *s, uint32_t i, int32_t *sum) {
  const kh_spots *spots = s->spots;
  int16_t here[KH_TAG_ROOM] = {0};
  for (uint32_t f = 0; f < spots->fixed; f++) add_spot(s, spots->rows[f * spots->room + i], here);
  for (uint32_t o = spots->first_other[i]; o < spots->first_other[i + 1]; o++)
    add_spot(s, spots->others[o], here);
  const int16_t *far = s->words[i];
  const int16_t *before = s->words[i + 1] + KH_TAG_ROOM;
  const int16_t *own = s->words[i + 2] + (ptrdiff_t)2 * KH_TAG_ROOM;
  const int16_t *after = s->words[i + 3] + (ptrdiff_t)3 * KH_TAG_ROOM;
  for (uint32_t tag = 0; tag < KH_TAG_ROOM; tag++)
    sum[tag] = here[tag] + far[tag] + before[tag] + own[tag] + after[tag];
}

int32_t *kh_name_scores(kh_document *document, const kh_name_model *model,
                        const kh_features *features) {
  enum { AHEAD = 4 }; // tokens whose weights are on their way
  static const int16_t nothing[KH_WORD_ROW] = {0};
  const kh_token_layer *tokens = document->tokens;
  int32_t *scores =
      kh_arena_alloc(&document->arena, (size_t)tokens->count * KH_TAG_ROOM * sizeof *scores);
  const int16_t **weights = weights_of_forms(document, model, features);
  kh_spots spots = kh_spots_new(document);
  const size_t room = BEFORE + (size_t)spots.room + AFTER;
  const int16_t **words = kh_arena_alloc(&document->arena, room * sizeof *words);
  const scorer s = {model, &spots, words};
  words[0] = words[1] = nothing;
  for (uint32_t n = 0; n < tokens->sentence_count; n++) {
    const kh_sentence *sentence = &tokens->sentences[n];
    const uint32_t count = sentence->last - sentence->first;
    for (uint32_t i = 0; i < count; i++) {
      words[BEFORE + i] = weights[features->form_of[sentence->first + i]];
      __builtin_prefetch(words[BEFORE + i]);
    }
    words[BEFORE + count] = nothing;
    kh_spots_find(document, features, sentence, &spots);
    for (uint32_t i = 0; i < AHEAD && i < count; i++) fetch_spots(&s, i);
    for (uint32_t i = 0; i < count; i++) {
      if (i + AHEAD < count) fetch_spots(&s, i + AHEAD);
      score_token(&s, i, scores + (size_t)(sentence->first + i) * KH_TAG_ROOM);
    }
  }
  return scores;
}
