// SPDX-License-Identifier: Apache-2.0
// Facts of word forms from unlabelled text: frequency, and clusters of forms that stand between
// the same neighbours. Only hashes of forms are kept.
//
// Clustering: exchange. Each form is moved to the cluster where the mutual information of
// clusters and neighbouring forms is highest, round after round.
#include "train.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  CONTEXTS = 4000, // the most frequent forms are what neighbours are told by
  LEAST_COUNT = 3, // rarer forms get no fact
  LEAST_CLUSTERED = 6,
  ROUNDS = 8,
};

typedef struct text_stream {
  uint32_t *forms; // hashes; 0 ends a sentence or stands for a mark
  size_t count;
  size_t room;
} text_stream;

static void push(text_stream *s, uint32_t form) {
  if (s->count == s->room) {
    s->room = s->room ? s->room * 2 : 1 << 20;
    s->forms = must_grow(s->forms, s->room * sizeof *s->forms);
  }
  s->forms[s->count++] = form;
}

static void push_text(text_stream *s, const kh_engine *engine, const char *text) {
  if (!text || !*text) return;
  sample *read = analyse(engine, text, strlen(text));
  const kh_token_layer *tokens = read->document.tokens;
  for (uint32_t i = 0; i < tokens->sentence_count; i++) {
    for (uint32_t t = tokens->sentences[i].first; t < tokens->sentences[i].last; t++) {
      const kh_form *form = &read->features->forms[read->features->form_of[t]];
      push(s, form->hash);
    }
    push(s, 0);
  }
  free_sample(read);
}

static text_stream read_stream(const char *path) {
  static kh_engine bare;
  static struct kh_names none;
  bare.names = &none;
  FILE *file = fopen(path, "r");
  if (!file) die("%s: cannot be read", path);
  text_stream s = {0};
  char *line = NULL;
  size_t room = 0;
  while (getline(&line, &room, file) > 0) {
    json_t *root = json_loads(line, 0, NULL);
    if (!root) continue;
    push_text(&s, &bare, json_string_value(json_object_get(root, "title")));
    push_text(&s, &bare, json_string_value(json_object_get(root, "text")));
    json_decref(root);
  }
  free(line);
  fclose(file);
  return s;
}

// ---- the vocabulary, most frequent first

typedef struct entry {
  uint32_t hash;
  uint32_t count;
} entry;

static int by_hash(const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a;
  const uint32_t y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static int by_count(const void *a, const void *b) {
  const entry *x = a;
  const entry *y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static entry *vocabulary(const text_stream *s, size_t *count) {
  uint32_t *sorted = must_alloc((s->count + 1) * sizeof *sorted);
  if (s->count) memcpy(sorted, s->forms, s->count * sizeof *sorted);
  qsort(sorted, s->count, sizeof *sorted, by_hash);
  entry *entries = must_alloc((s->count + 1) * sizeof *entries);
  *count = 0;
  for (size_t i = 0; i < s->count;) {
    size_t j = i;
    while (j < s->count && sorted[j] == sorted[i]) j++;
    if (sorted[i] && j - i >= LEAST_COUNT)
      entries[(*count)++] = (entry){sorted[i], (uint32_t)(j - i)};
    i = j;
  }
  free(sorted);
  qsort(entries, *count, sizeof *entries, by_count);
  return entries;
}

/// From hashes to ranks in the vocabulary.
static uint32_t *ranks(const text_stream *s, const entry *entries, size_t count) {
  uint32_t mask = 1;
  while (mask < count * 4) mask *= 2;
  mask--;
  uint32_t *slots = must_alloc(((size_t)mask + 1) * sizeof *slots);
  for (size_t i = 0; i < count; i++) {
    uint32_t at = entries[i].hash & mask;
    while (slots[at]) at = (at + 1) & mask;
    slots[at] = (uint32_t)i + 1;
  }
  uint32_t *out = must_alloc((s->count + 1) * sizeof *out);
  for (size_t i = 0; i < s->count; i++) {
    uint32_t at = s->forms[i] & mask;
    while (slots[at] && entries[slots[at] - 1].hash != s->forms[i]) at = (at + 1) & mask;
    out[i] = s->forms[i] && slots[at] ? slots[at] - 1 : UINT32_MAX;
  }
  free(slots);
  return out;
}

// ---- neighbours

/// How often a form stands beside a neighbour; contexts of the right side come after those of
/// the left.
typedef struct neighbour {
  uint32_t form;
  uint32_t context;
  uint32_t count;
} neighbour;

static int by_key(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a;
  const uint64_t y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

static neighbour *neighbours(const uint32_t *rank, size_t tokens, uint32_t clustered,
                             size_t *count) {
  uint64_t *keys = must_alloc((2 * tokens + 1) * sizeof *keys);
  size_t n = 0;
  for (size_t i = 0; i < tokens; i++) {
    if (rank[i] >= clustered) continue;
    if (i && rank[i - 1] < CONTEXTS) keys[n++] = (uint64_t)rank[i] << 32 | rank[i - 1];
    if (i + 1 < tokens && rank[i + 1] < CONTEXTS)
      keys[n++] = (uint64_t)rank[i] << 32 | (rank[i + 1] + CONTEXTS);
  }
  qsort(keys, n, sizeof *keys, by_key);
  neighbour *out = must_alloc((n + 1) * sizeof *out);
  *count = 0;
  for (size_t i = 0; i < n;) {
    size_t j = i;
    while (j < n && keys[j] == keys[i]) j++;
    out[(*count)++] = (neighbour){(uint32_t)(keys[i] >> 32), (uint32_t)keys[i], (uint32_t)(j - i)};
    i = j;
  }
  free(keys);
  return out;
}

// ---- exchange

typedef struct exchange {
  const neighbour *pairs;
  size_t *first; // pairs of form f: [first[f], first[f + 1])
  uint32_t forms;
  uint32_t clusters;
  uint32_t *counts; // [2 * CONTEXTS][clusters]
  uint32_t *totals; // [2][clusters]
  uint32_t *cluster_of;
  double *gain;
  float *entropy; // n log n
  uint32_t entropy_room;
} exchange;

static float n_log_n(const exchange *e, uint32_t n) {
  return n < e->entropy_room ? e->entropy[n] : (float)(n * log((double)n));
}

static void move(exchange *e, uint32_t form, int sign) {
  const uint32_t to = e->cluster_of[form];
  for (size_t p = e->first[form]; p < e->first[form + 1]; p++) {
    const neighbour *pair = &e->pairs[p];
    const uint32_t change = sign > 0 ? pair->count : 0U - pair->count;
    e->counts[(size_t)pair->context * e->clusters + to] += change;
    e->totals[(pair->context >= CONTEXTS) * e->clusters + to] += change;
  }
}

static uint32_t best_cluster(exchange *e, uint32_t form) {
  memset(e->gain, 0, e->clusters * sizeof *e->gain);
  uint32_t side[2] = {0, 0};
  for (size_t p = e->first[form]; p < e->first[form + 1]; p++) {
    const neighbour *pair = &e->pairs[p];
    const uint32_t *row = e->counts + (size_t)pair->context * e->clusters;
    side[pair->context >= CONTEXTS] += pair->count;
    const float alone = n_log_n(e, pair->count);
    for (uint32_t c = 0; c < e->clusters; c++)
      e->gain[c] +=
          (double)(row[c] ? n_log_n(e, row[c] + pair->count) - n_log_n(e, row[c]) : alone);
  }
  uint32_t best = e->cluster_of[form];
  double top = -1e300;
  for (uint32_t c = 0; c < e->clusters; c++) {
    double gain = e->gain[c];
    for (int s = 0; s < 2; s++) {
      const uint32_t total = e->totals[s * (int)e->clusters + (int)c];
      gain -= (double)(n_log_n(e, total + side[s]) - n_log_n(e, total));
    }
    if (gain > top + 1e-6) {
      top = gain;
      best = c;
    }
  }
  return best;
}

static uint32_t *cluster(const neighbour *pairs, size_t pair_count, uint32_t forms,
                         uint32_t clusters) {
  exchange e = {.pairs = pairs, .forms = forms, .clusters = clusters, .entropy_room = 1 << 20};
  e.first = must_alloc((forms + 1) * sizeof *e.first);
  for (size_t p = 0; p < pair_count; p++) e.first[pairs[p].form + 1] = p + 1;
  for (uint32_t f = 0; f < forms; f++)
    if (e.first[f + 1] < e.first[f]) e.first[f + 1] = e.first[f];
  e.counts = must_alloc((size_t)2 * CONTEXTS * clusters * sizeof *e.counts);
  e.totals = must_alloc((size_t)2 * clusters * sizeof *e.totals);
  e.cluster_of = must_alloc(forms * sizeof *e.cluster_of);
  e.gain = must_alloc(clusters * sizeof *e.gain);
  e.entropy = must_alloc(e.entropy_room * sizeof *e.entropy);
  for (uint32_t n = 2; n < e.entropy_room; n++) e.entropy[n] = (float)(n * log((double)n));
  for (uint32_t f = 0; f < forms; f++) {
    e.cluster_of[f] = f % clusters;
    move(&e, f, 1);
  }
  for (int round = 0; round < ROUNDS; round++) {
    uint32_t moved = 0;
    for (uint32_t f = 0; f < forms; f++) {
      if (e.first[f] == e.first[f + 1]) continue;
      const uint32_t from = e.cluster_of[f];
      move(&e, f, -1);
      e.cluster_of[f] = best_cluster(&e, f);
      move(&e, f, 1);
      moved += e.cluster_of[f] != from;
    }
    fprintf(stderr, "%u clusters, round %d: %u of %u forms moved\n", clusters, round + 1, moved,
            forms);
    if (moved < forms / 200) break;
  }
  uint32_t *result = e.cluster_of;
  free(e.first);
  free(e.counts);
  free(e.totals);
  free(e.gain);
  free(e.entropy);
  return result;
}

kh_word_fact *learn_facts(const char *path, uint32_t *slots) {
  text_stream stream = read_stream(path);
  size_t count;
  entry *entries = vocabulary(&stream, &count);
  uint32_t *rank = ranks(&stream, entries, count);
  uint32_t clustered = 0;
  while (clustered < count && entries[clustered].count >= LEAST_CLUSTERED) clustered++;
  fprintf(stderr, "%zu tokens, %zu forms, %u of them clustered\n", stream.count, count, clustered);
  size_t pair_count;
  neighbour *pairs = neighbours(rank, stream.count, clustered, &pair_count);
  uint32_t *fine = cluster(pairs, pair_count, clustered, 768);
  uint32_t *middle = cluster(pairs, pair_count, clustered, 192);
  uint32_t *coarse = cluster(pairs, pair_count, clustered, 48);
  *slots = 1;
  while (*slots < count * 4 / 3 + 1) *slots *= 2;
  kh_word_fact *facts = must_alloc(*slots * sizeof *facts);
  for (size_t i = 0; i < count; i++) {
    uint32_t at = entries[i].hash & (*slots - 1);
    while (facts[at].hash) at = (at + 1) & (*slots - 1);
    const bool has = i < clustered;
    facts[at] = (kh_word_fact){.hash = entries[i].hash,
                               .fine = has ? (uint16_t)(fine[i] + 1) : 0,
                               .middle = has ? (uint8_t)(middle[i] + 1) : 0,
                               .coarse = has ? (uint8_t)(coarse[i] + 1) : 0,
                               .frequency = (uint8_t)lround(2 * log2((double)entries[i].count))};
  }
  free(fine);
  free(middle);
  free(coarse);
  free(pairs);
  free(rank);
  free(entries);
  free(stream.forms);
  return facts;
}

// ---- leanings

enum { ALL = 3 };

static void count_leanings(const sample *read, const uint8_t *tags, const kh_word_fact *facts,
                           leanings *to) {
  const kh_features *features = read->features;
  for (uint32_t t = 0; t < read->document.tokens->count; t++) {
    const kh_word_fact *fact = features->forms[features->form_of[t]].stem;
    if (!fact) continue;
    uint32_t *count = to->counts[fact - facts];
    count[ALL]++;
    if (tags[t] != KH_TAG_O) count[(tags[t] - 1) / 2]++;
  }
}

static void lean_text(const kh_engine *engine, const char *text, const kh_name_model *model,
                      const kh_word_fact *facts, leanings *to) {
  if (!text || !*text) return;
  sample *read = analyse(engine, text, strlen(text));
  uint8_t *tags = must_alloc(read->document.tokens->count + 1);
  kh_name_tags_agreed(&read->document, model, read->features, tags);
  count_leanings(read, tags, facts, to);
  free(tags);
  free_sample(read);
}

leanings learn_leanings(const kh_engine *engine, const char *path, const kh_name_model *model,
                        const kh_word_fact *facts, uint32_t slots) {
  FILE *file = fopen(path, "r");
  if (!file) die("%s: cannot be read", path);
  leanings to = {must_alloc(slots * sizeof *to.counts)};
  char *line = NULL;
  size_t room = 0;
  while (getline(&line, &room, file) > 0) {
    json_t *root = json_loads(line, 0, NULL);
    if (!root) continue;
    lean_text(engine, json_string_value(json_object_get(root, "text")), model, facts, &to);
    json_decref(root);
  }
  free(line);
  fclose(file);
  return to;
}

static unsigned level(uint32_t part, uint32_t all) {
  const double share = (double)part / all;
  return share < 0.03 ? 0 : share < 0.25 ? 1 : share < 0.7 ? 2 : 3;
}

void set_leanings(kh_word_fact *facts, uint32_t slots, const leanings *a, const leanings *b) {
  for (uint32_t i = 0; i < slots; i++) {
    uint32_t count[4];
    for (int k = 0; k < 4; k++) count[k] = a->counts[i][k] + (b ? b->counts[i][k] : 0);
    facts[i].leaning = 0;
    if (!facts[i].hash || count[ALL] < 3) continue;
    facts[i].leaning = (uint8_t)(1 + level(count[0], count[ALL]) + 4 * level(count[1], count[ALL]) +
                                 16 * level(count[2], count[ALL]));
  }
}

void free_leanings(leanings *l) { free(l->counts); }

// ---- files

void write_facts(const char *path, const kh_word_fact *facts, uint32_t slots) {
  FILE *file = fopen(path, "wb");
  if (!file || fwrite(facts, sizeof *facts, slots, file) != slots || fclose(file) != 0)
    die("%s: cannot be written", path);
}

kh_word_fact *read_facts(const char *path, uint32_t *slots) {
  FILE *file = fopen(path, "rb");
  if (!file) die("%s: cannot be read", path);
  kh_word_fact *facts = NULL;
  size_t count = 0;
  kh_word_fact one;
  while (fread(&one, sizeof one, 1, file) == 1) {
    if ((count & (count - 1)) == 0)
      facts = must_grow(facts, (count ? count * 2 : 1) * sizeof *facts);
    facts[count++] = one;
  }
  fclose(file);
  if (!count || (count & (count - 1))) die("%s: not a file of facts", path);
  *slots = (uint32_t)count;
  return facts;
}
