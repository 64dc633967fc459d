// SPDX-License-Identifier: Apache-2.0
// A linear-chain conditional random field over hashed features, trained by gradient descent, one
// sentence a step, in a fixed pseudo-random order: two runs give the same weights.
//
// Corpora disagree about what a name is. Each weight is therefore the sum of one that all corpora
// share and one that only reports annotated by our guidelines have (Daumé, "Frustratingly Easy
// Domain Adaptation", 2007); both are drawn towards zero.
#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SENTENCE = 4096, MAX_ROWS = 64 };

typedef struct learner {
  weights shared;
  weights own; // what our guidelines add
  const plan *how;
  uint64_t random;
  float rate;  // falls with every step
  float scale; // all weights are to be multiplied by it: the pull towards zero, in one number
  double steps_done;
  // of the sentence under way
  float (*scores)[KH_TAG_ROOM];
  float (*ahead)[KH_TAG_ROOM];
  float (*behind)[KH_TAG_ROOM];
  float (*slope)[KH_TAG_ROOM]; // true tag less expected tag, times weight
  float step_slope[KH_TAG_ROOM * KH_TAG_ROOM];
} learner;

static uint32_t next_random(learner *l) {
  l->random ^= l->random << 13;
  l->random ^= l->random >> 7;
  l->random ^= l->random << 17;
  return (uint32_t)(l->random >> 32);
}

/// Is the feature left out of this step? The same answer in scoring and in learning, since it
/// depends on the step's seed and the feature alone.
static bool dropped(const learner *l, uint32_t row, uint32_t seed) {
  uint32_t hash = (row ^ seed) * 0x9E3779B1U;
  hash ^= hash >> 15;
  hash *= 0x85EBCA6BU;
  hash ^= hash >> 13;
  return hash < (uint32_t)(l->how->drop * 4294967295.0);
}

typedef void (*visit)(const learner *l, float *weights, const float *slope, float *score);

static void gather(const learner *l, float *w, const float *slope, float *score) {
  (void)slope;
  for (int i = 0; i < KH_TAGS; i++) score[i] += l->scale * w[i];
}

static void learn(const learner *l, float *w, const float *slope, float *score) {
  (void)score;
  const float rate = l->rate / l->scale;
  for (int i = 0; i < KH_TAGS; i++) w[i] += rate * slope[i];
}

/// Visits the rows of a hash: the shared one and, for our own annotation, the added one.
static void visit_word(learner *l, bool own, uint32_t hash, uint32_t place, size_t at, visit act) {
  const size_t row =
      (size_t)(hash & (l->shared.word_slots - 1)) * KH_WORD_ROW + place * KH_TAG_ROOM;
  act(l, l->shared.words + row, l->slope[at], l->scores[at]);
  if (own) act(l, l->own.words + row, l->slope[at], l->scores[at]);
}

static void visit_spot(learner *l, bool own, uint32_t hash, size_t at, visit act) {
  const size_t row = (size_t)(hash & (l->shared.spot_slots - 1)) * KH_TAG_ROOM;
  act(l, l->shared.spots + row, l->slope[at], l->scores[at]);
  if (own) act(l, l->own.spots + row, l->slope[at], l->scores[at]);
}

/// Visits every weight row that counts for the tags of a sentence.
static void each_row(learner *l, const sample *s, const kh_sentence *sentence, uint32_t seed,
                     visit act) {
  const kh_features *f = s->features;
  for (uint32_t t = sentence->first; t < sentence->last; t++) {
    for (uint32_t place = 0; place < KH_WORD_PLACES; place++) {
      const int64_t target = (int64_t)t + 2 - place;
      if (target < (int64_t)sentence->first || target >= (int64_t)sentence->last) continue;
      const size_t at = (size_t)target - sentence->first;
      const kh_form *form = &f->forms[f->form_of[t]];
      for (uint32_t r = form->first_row; r < form->last_row; r++)
        if (!dropped(l, f->rows.at[r], seed + (uint32_t)t))
          visit_word(l, s->own, f->rows.at[r], place, at, act);
    }
    for (uint32_t r = s->first_spot[t]; r < s->first_spot[t + 1]; r++)
      if (!dropped(l, s->spots[r], seed + (uint32_t)t))
        visit_spot(l, s->own, s->spots[r], t - sentence->first, act);
  }
}

static bool closed(uint32_t from, uint32_t to) {
  const bool inside = to == KH_TAG_I_PER || to == KH_TAG_I_LOC || to == KH_TAG_I_ORG;
  return inside && from != to && from + 1 != to;
}

static float step_of(const learner *l, bool own, uint32_t from, uint32_t to) {
  if (closed(from == KH_TAGS ? KH_TAG_O : from, to)) return -1e9F;
  const uint32_t at = from * KH_TAG_ROOM + to;
  return l->scale * (l->shared.steps[at] + (own ? l->own.steps[at] : 0));
}

static float log_sum(const float *at, int count) {
  float top = at[0];
  for (int i = 1; i < count; i++)
    if (at[i] > top) top = at[i];
  float sum = 0;
  for (int i = 0; i < count; i++) sum += expf(at[i] - top);
  return top + logf(sum);
}

/// Expected tags by forward and backward sums; fills slope and step_slope. Gives the log
/// likelihood of the gold.
static double expectations(learner *l, const sample *s, const kh_sentence *sentence) {
  const uint8_t *gold = s->gold + sentence->first;
  const uint32_t count = sentence->last - sentence->first;
  const float weight = (float)s->weight;
  float step[KH_TAGS + 1][KH_TAGS];
  for (uint32_t a = 0; a <= KH_TAGS; a++)
    for (uint32_t b = 0; b < KH_TAGS; b++) step[a][b] = step_of(l, s->own, a, b);
  float from[KH_TAGS];
  for (uint32_t t = 0; t < count; t++)
    for (uint32_t b = 0; b < KH_TAGS; b++) {
      if (t == 0) {
        l->ahead[t][b] = step[KH_TAGS][b] + l->scores[t][b];
        continue;
      }
      for (uint32_t a = 0; a < KH_TAGS; a++) from[a] = l->ahead[t - 1][a] + step[a][b];
      l->ahead[t][b] = log_sum(from, KH_TAGS) + l->scores[t][b];
    }
  for (uint32_t t = count; t-- > 0;)
    for (uint32_t a = 0; a < KH_TAGS; a++) {
      if (t + 1 == count) {
        l->behind[t][a] = 0;
        continue;
      }
      for (uint32_t b = 0; b < KH_TAGS; b++)
        from[b] = step[a][b] + l->scores[t + 1][b] + l->behind[t + 1][b];
      l->behind[t][a] = log_sum(from, KH_TAGS);
    }
  const float total = log_sum(l->ahead[count - 1], KH_TAGS);
  memset(l->step_slope, 0, sizeof l->step_slope);
  double likelihood = -(double)total;
  for (uint32_t t = 0; t < count; t++) {
    const uint32_t before = t ? gold[t - 1] : KH_TAGS;
    likelihood += (double)(l->scores[t][gold[t]] + step[before][gold[t]]);
    for (uint32_t b = 0; b < KH_TAGS; b++) {
      const float share = expf(l->ahead[t][b] + l->behind[t][b] - total);
      l->slope[t][b] = weight * ((gold[t] == b ? 1.0F : 0.0F) - share);
      if (t == 0) {
        l->step_slope[KH_TAGS * KH_TAG_ROOM + b] -= weight * share;
        continue;
      }
      for (uint32_t a = 0; a < KH_TAGS; a++) {
        if (closed(a, b)) continue;
        l->step_slope[a * KH_TAG_ROOM + b] -=
            weight *
            expf(l->ahead[t - 1][a] + step[a][b] + l->scores[t][b] + l->behind[t][b] - total);
      }
    }
    l->step_slope[before * KH_TAG_ROOM + gold[t]] += weight;
  }
  return likelihood;
}

static double learn_sentence(learner *l, const sample *s, const kh_sentence *sentence) {
  const uint32_t count = sentence->last - sentence->first;
  if (!count || count > MAX_SENTENCE) return 0;
  const uint32_t seed = next_random(l);
  memset(l->scores, 0, count * sizeof *l->scores);
  each_row(l, s, sentence, seed, gather);
  const double likelihood = expectations(l, s, sentence);
  l->rate = (float)(l->how->rate / (1 + l->how->rate * l->how->decay * l->steps_done));
  l->scale *= (float)(1 - (double)l->rate * l->how->decay);
  l->steps_done++;
  each_row(l, s, sentence, seed, learn);
  for (uint32_t a = 0; a <= KH_TAGS; a++) {
    const uint32_t row = a * KH_TAG_ROOM;
    learn(l, l->shared.steps + row, l->step_slope + row, NULL);
    if (s->own) learn(l, l->own.steps + row, l->step_slope + row, NULL);
  }
  return likelihood;
}

/// A sentence of the corpus to learn from.
typedef struct lesson {
  const sample *from;
  const kh_sentence *sentence;
} lesson;

static lesson *lessons_of(const corpus *from, const bool *skip, size_t *count) {
  size_t n = 0;
  for (size_t i = 0; i < from->count; i++) n += from->at[i]->document.tokens->sentence_count;
  lesson *lessons = must_alloc((n + 1) * sizeof *lessons);
  *count = 0;
  for (size_t i = 0; i < from->count; i++) {
    const kh_token_layer *tokens = from->at[i]->document.tokens;
    if (skip && skip[i]) continue;
    for (uint32_t s = 0; s < tokens->sentence_count; s++)
      lessons[(*count)++] = (lesson){from->at[i], &tokens->sentences[s]};
  }
  return lessons;
}

static void shuffle(learner *l, lesson *lessons, size_t count) {
  for (size_t i = count; i > 1; i--) {
    const size_t j = next_random(l) % i;
    const lesson swapped = lessons[i - 1];
    lessons[i - 1] = lessons[j];
    lessons[j] = swapped;
  }
}

static weights new_weights(const plan *how) {
  return (weights){
      .words = must_alloc((size_t)how->word_slots * KH_WORD_ROW * sizeof(float)),
      .spots = must_alloc((size_t)how->spot_slots * KH_TAG_ROOM * sizeof(float)),
      .bold = (float)how->bold,
      .word_slots = how->word_slots,
      .spot_slots = how->spot_slots,
  };
}

/// to = scale * to + and * more
static void combine(weights *to, float scale, float and, const weights *more) {
  const size_t words = (size_t)to->word_slots * KH_WORD_ROW;
  const size_t spots = (size_t)to->spot_slots * KH_TAG_ROOM;
  for (size_t i = 0; i < words; i++) to->words[i] = scale * to->words[i] + and*more->words[i];
  for (size_t i = 0; i < spots; i++) to->spots[i] = scale * to->spots[i] + and*more->spots[i];
  for (size_t i = 0; i < KH_TAG_ROOM * KH_TAG_ROOM; i++)
    to->steps[i] = scale * to->steps[i] + and*more->steps[i];
}

void train(const corpus *from, const bool *skip, const plan *how, weights *general, weights *own) {
  learner l = {.how = how, .random = 0x9E3779B97F4A7C15U, .scale = 1};
  l.shared = new_weights(how);
  l.own = new_weights(how);
  l.scores = must_alloc(MAX_SENTENCE * sizeof *l.scores);
  l.ahead = must_alloc(MAX_SENTENCE * sizeof *l.ahead);
  l.behind = must_alloc(MAX_SENTENCE * sizeof *l.behind);
  l.slope = must_alloc(MAX_SENTENCE * sizeof *l.slope);
  size_t count;
  lesson *lessons = lessons_of(from, skip, &count);
  for (unsigned round = 0; round < how->rounds; round++) {
    shuffle(&l, lessons, count);
    double likelihood = 0;
    for (size_t i = 0; i < count; i++)
      likelihood += learn_sentence(&l, lessons[i].from, lessons[i].sentence);
    combine(&l.shared, l.scale, 0, &l.own);
    combine(&l.own, l.scale, 0, &l.shared);
    l.scale = 1;
    if (how->verbose) fprintf(stderr, "round %u: log likelihood %.0f\n", round + 1, likelihood);
  }
  combine(&l.own, 1, 1, &l.shared);
  *general = l.shared;
  *own = l.own;
  free(lessons);
  free(l.scores);
  free(l.ahead);
  free(l.behind);
  free(l.slope);
}

void free_weights(weights *w) {
  free(w->words);
  free(w->spots);
}

// ---- writing

static int16_t quantised(float w, double scale) {
  double value = round((double)w * scale);
  const double most = 1000;
  if (value > most) value = most;
  if (value < -most) value = -most;
  return (int16_t)value;
}

static size_t aligned(size_t size) { return (size + 63) & ~(size_t)63; }

uint8_t *pack(const weights *w, const kh_word_fact *facts, uint32_t fact_slots, size_t *size) {
  // a weight of 1 is 128: the sum over a form's thirty rows stays within 16 bits
  enum { SCALE = 128 };
  kh_name_model_head head = {.magic = {'k', 'h', 'n', 'a', 'm', 'e', 's', '1'},
                             .fact_slots = fact_slots,
                             .word_slots = w->word_slots,
                             .spot_slots = w->spot_slots,
                             .features = KH_NAME_FEATURES};
  const size_t facts_at = sizeof head;
  const size_t steps_at = facts_at + aligned(fact_slots * sizeof *facts);
  const size_t words_at = steps_at + aligned(sizeof w->steps / 2);
  const size_t words = (size_t)w->word_slots * KH_WORD_ROW;
  const size_t spots_at = words_at + words * sizeof(int16_t);
  const size_t spots = (size_t)w->spot_slots * KH_TAG_ROOM;
  *size = spots_at + aligned(spots * sizeof(int16_t));
  uint8_t *bytes = must_alloc(*size);
  memcpy(bytes, &head, sizeof head);
  memcpy(bytes + facts_at, facts, fact_slots * sizeof *facts);
  int16_t *steps = (int16_t *)(void *)(bytes + steps_at);
  for (size_t i = 0; i < KH_TAG_ROOM * KH_TAG_ROOM; i++)
    steps[i] = quantised(w->steps[i] + (i % KH_TAG_ROOM == KH_TAG_O ? 0.0F : w->bold), SCALE);
  int16_t *rows = (int16_t *)(void *)(bytes + words_at);
  for (size_t i = 0; i < words; i++) rows[i] = quantised(w->words[i], SCALE);
  rows = (int16_t *)(void *)(bytes + spots_at);
  for (size_t i = 0; i < spots; i++) rows[i] = quantised(w->spots[i], SCALE);
  return bytes;
}
