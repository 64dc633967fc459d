// SPDX-License-Identifier: Apache-2.0
// Learns the weights by which one reading of a word is chosen in context (src/morph/model.h) from
// a treebank in CoNLL-U: an averaged perceptron over the readings that the tables list.
//
//   khutwa-train-pos TABLES TREEBANK.conllu                   cross-validation in five parts
//   khutwa-train-pos TABLES TREEBANK.conllu --write OUT.bin   learns from all of it
//
// The treebank's sentences are read as one text. Deterministic: no random numbers.
#include "morph/choose.h"
#include "text/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 5, EPOCHS = 10, STEP = 3, MARGIN = 40, LINE_MAX_BYTES = 4096 };

/// A word of the treebank: bytes of the text, its tag and features.
typedef struct gold_word {
  uint32_t start;
  uint32_t end;
  char tag[8];
  char features[160];
} gold_word;

typedef struct treebank {
  char *text;
  size_t len;
  gold_word *words;
  size_t count;
} treebank;

static void die(const char *what, const char *name) {
  fprintf(stderr, "khutwa-train-pos: %s%s%s\n", what, name ? ": " : "", name ? name : "");
  exit(1);
}

static void *grown(void *at, size_t size) {
  void *result = realloc(at, size);
  if (!result) die("out of memory", NULL);
  return result;
}

// ---- reading

static void append(treebank *bank, const char *text) {
  const size_t len = strlen(text);
  bank->text = grown(bank->text, bank->len + len + 1);
  memcpy(bank->text + bank->len, text, len + 1);
  bank->len += len;
}

static void take_line(treebank *bank, char *line) {
  if (!*line) {
    append(bank, "\n");
    return;
  }
  char *fields[10];
  int count = 0;
  for (char *at = line; at && count < 10; ++count) {
    fields[count] = at;
    at = strchr(at, '\t');
    if (at) *at++ = '\0';
  }
  if (count < 10 || strspn(fields[0], "0123456789") != strlen(fields[0])) return;
  bank->words = grown(bank->words, (bank->count + 1) * sizeof *bank->words);
  gold_word *word = &bank->words[bank->count++];
  memset(word, 0, sizeof *word);
  word->start = (uint32_t)bank->len;
  append(bank, fields[1]);
  word->end = (uint32_t)bank->len;
  snprintf(word->tag, sizeof word->tag, "%s", fields[3]);
  snprintf(word->features, sizeof word->features, "%s", fields[5]);
  if (!strstr(fields[9], "SpaceAfter=No")) append(bank, " ");
}

static treebank read_treebank(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) die(strerror(errno), path);
  treebank bank = {0};
  char line[LINE_MAX_BYTES];
  append(&bank, "");
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\r\n")] = '\0';
    if (*line != '#') take_line(&bank, line);
  }
  fclose(file);
  return bank;
}

// ---- which readings are right

static bool is_mark(const gold_word *word) {
  return strcmp(word->tag, "PUNCT") == 0 || strcmp(word->tag, "SYM") == 0;
}

static bool is_clitic_tag(const gold_word *word) {
  static const char *const tags[] = {"ADP", "CCONJ", "SCONJ", "PRON", "PART", "DET", "AUX"};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; ++i)
    if (strcmp(tags[i], word->tag) == 0) return true;
  return false;
}

// Of the treebank's words inside a token the one that is its stem: the longest that is no clitic.
static const gold_word *stem_of(const gold_word *from, const gold_word *to) {
  const gold_word *stem = NULL;
  for (int clitics = 0; clitics < 2 && !stem; ++clitics)
    for (const gold_word *word = from; word < to; ++word)
      if (!is_mark(word) && (clitics || !is_clitic_tag(word)) &&
          (!stem || word->end - word->start > stem->end - stem->start))
        stem = word;
  return stem;
}

// «ليس» stands among the particles as a verb without a tense; treebanks waver.
static bool is_function(const kh_word *word) {
  const unsigned pos = word->pos;
  if (pos == KH_POS_VERB) return !(word->features & (KH_F_PAST | KH_F_PRESENT));
  return pos == KH_POS_PREP || pos == KH_POS_CONJ || pos == KH_POS_PART || pos == KH_POS_PRON ||
         pos == KH_POS_ADV;
}

// Dictionaries differ over function words, and over nouns that serve as such («بسبب»): there our
// lexicon's own order is left alone.
static bool pos_fits(const char *tag, const kh_word *word) {
  const unsigned pos = word->pos;
  static const struct {
    const char *tag;
    unsigned pos[2];
    bool function;
  } table[] = {
      {"NOUN", {KH_POS_NOUN, KH_POS_NOUN}, true},  {"PROPN", {KH_POS_PROPN, KH_POS_NOUN}, false},
      {"ADJ", {KH_POS_ADJ, KH_POS_ADJ}, false},    {"VERB", {KH_POS_VERB, KH_POS_VERB}, false},
      {"AUX", {KH_POS_VERB, KH_POS_VERB}, false},  {"ADP", {KH_POS_PREP, KH_POS_PREP}, true},
      {"CCONJ", {KH_POS_CONJ, KH_POS_CONJ}, true}, {"SCONJ", {KH_POS_CONJ, KH_POS_PART}, true},
      {"PART", {KH_POS_PART, KH_POS_CONJ}, true},  {"PRON", {KH_POS_PRON, KH_POS_PRON}, true},
      {"DET", {KH_POS_PRON, KH_POS_NOUN}, true},   {"ADV", {KH_POS_ADV, KH_POS_NOUN}, true},
      {"NUM", {KH_POS_NUM, KH_POS_NOUN}, false},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
    if (strcmp(table[i].tag, tag) == 0)
      return table[i].pos[0] == pos || table[i].pos[1] == pos ||
             (table[i].function && is_function(word));
  return false;
}

static bool says(const gold_word *word, const char *feature) {
  return strstr(word->features, feature) != NULL;
}

// Does the reading contradict what the treebank says of tense, voice, person, number?
static bool features_fit(const gold_word *gold, const kh_word *word) {
  const uint32_t f = word->features;
  if (word->pos == KH_POS_VERB && !is_function(word)) {
    if (says(gold, "Aspect=Perf") && !(f & KH_F_PAST)) return false;
    if (says(gold, "Aspect=Imp") && !(f & KH_F_PRESENT)) return false;
    if (says(gold, "Voice=Act") && f & KH_F_PASSIVE) return false;
    if (says(gold, "Voice=Pass") && !(f & (KH_F_PASSIVE | KH_F_MAYBE_PASSIVE))) return false;
    if (says(gold, "Person=3") && !(f & KH_F_THIRD)) return false;
    if (says(gold, "Person=1") && !(f & KH_F_FIRST)) return false;
  }
  if (word->pos == KH_POS_NOUN) return true; // of two nouns the lexicon's order decides
  if (says(gold, "Number=Sing") && f & (KH_F_PLUR | KH_F_DUAL)) return false;
  if (says(gold, "Number=Plur") && f & (KH_F_SING | KH_F_DUAL)) return false;
  if (says(gold, "Number=Dual") && f & (KH_F_SING | KH_F_PLUR)) return false;
  return true;
}

typedef struct corpus {
  kh_document *document;
  kh_chooser chooser;
  uint32_t *right; // a bit a candidate of each token; 0: the treebank says nothing
} corpus;

// Where the reading's stem begins, its article included.
static uint32_t stem_start(const kh_document *document, uint32_t t, const kh_word *word) {
  const kh_word kept = document->morph->best[t];
  document->morph->best[t] = *word;
  const uint32_t start = kh_word_start(document, t, true);
  document->morph->best[t] = kept;
  return start;
}

static uint32_t right_of(const corpus *c, uint32_t t, const gold_word *stem, bool pronoun,
                         bool strict) {
  const kh_morph_layer *layer = c->document->morph;
  uint32_t right = 0;
  for (uint32_t i = layer->from[t]; i < layer->to[t]; ++i) {
    const kh_word *word = &layer->candidates[i];
    if (!pos_fits(stem->tag, word)) continue;
    const bool whole = is_function(word) && word->stem_at == 0;
    if (strict && !whole &&
        ((word->enclitic != KH_ENC_NONE) != pronoun || !features_fit(stem, word) ||
         stem_start(c->document, t, word) != stem->start))
      continue;
    right |= 1u << (i - layer->from[t]);
  }
  return right;
}

static void mark_right(corpus *c, const treebank *bank) {
  const kh_token_layer *tokens = c->document->tokens;
  size_t next = 0;
  for (uint32_t t = 0; t < tokens->count; ++t) {
    c->right[t] = 0;
    if (tokens->at[t].kind != KH_TOKEN_WORD) continue;
    while (next < bank->count && bank->words[next].end <= tokens->at[t].start) ++next;
    size_t end = next;
    while (end < bank->count && bank->words[end].start < tokens->at[t].end) ++end;
    const gold_word *stem = stem_of(bank->words + next, bank->words + end);
    if (!stem) continue;
    const bool pronoun =
        end > next && stem < &bank->words[end - 1] && strcmp(bank->words[end - 1].tag, "PRON") == 0;
    c->right[t] = right_of(c, t, stem, pronoun, true);
    if (!c->right[t]) c->right[t] = right_of(c, t, stem, pronoun, false);
  }
}

// ---- learning

typedef struct learner {
  int32_t weights[KH_TAG_WEIGHTS];
  int64_t sums[KH_TAG_WEIGHTS]; // of step number times change, for the average
  int64_t steps;
} learner;

enum { FEATURES = KH_TAG_OWN + KH_TAG_AROUND };

static void features_of(const corpus *c, uint32_t t, const kh_word *word,
                        const kh_tag_context *context, uint16_t out[FEATURES]) {
  const kh_word_kind *kind = &c->chooser.kinds[c->chooser.kind_at[t]];
  kh_tag_own_features(word, kh_token_letters(c->document->tokens, t), kind->form, out);
  kh_tag_features(word, context, out + KH_TAG_OWN);
}

typedef struct decision {
  const kh_word *chosen;
  const kh_word *right; // the best of the right ones; NULL when the treebank says nothing
  const kh_word *wrong; // the best of the others
  bool close;           // the right one does not lead by the margin
} decision;

static decision decide(const corpus *c, const learner *l, uint32_t t, uint32_t first, uint32_t last,
                       kh_tag_context *context) {
  const kh_morph_layer *layer = c->document->morph;
  const bool after_word = t > first && c->chooser.kind_at[t - 1] != UINT32_MAX;
  const kh_word *before = after_word ? &layer->best[t - 1] : NULL;
  *context = kh_context_of(&c->chooser, t, first, last);
  decision d = {0};
  int64_t best = 0;
  int64_t best_right = 0;
  int64_t best_wrong = 0;
  for (uint32_t i = layer->from[t]; i < layer->to[t]; ++i) {
    const kh_word *word = &layer->candidates[i];
    uint16_t features[FEATURES];
    features_of(c, t, word, context, features);
    int64_t score = word->score + KH_TAG_SCALE * kh_points_of(&c->chooser, t, before, word);
    for (int j = 0; j < FEATURES; ++j) score += l->weights[features[j]];
    if (!d.chosen || score > best) {
      d.chosen = word;
      best = score;
    }
    const bool right = c->right[t] >> (i - layer->from[t]) & 1;
    if (right && (!d.right || score > best_right)) {
      d.right = word;
      best_right = score;
    }
    if (!right && (!d.wrong || score > best_wrong)) {
      d.wrong = word;
      best_wrong = score;
    }
  }
  d.close = d.right && d.wrong && best_right < best_wrong + MARGIN;
  return d;
}

static void change(learner *l, const uint16_t features[FEATURES], int32_t by) {
  for (int j = 0; j < FEATURES; ++j) {
    l->weights[features[j]] += by;
    l->sums[features[j]] += l->steps * by;
  }
}

static void learn(const corpus *c, learner *l, uint32_t t, const decision *d,
                  const kh_tag_context *context) {
  ++l->steps;
  if (!d->close) return;
  uint16_t features[FEATURES];
  features_of(c, t, d->right, context, features);
  change(l, features, STEP);
  features_of(c, t, d->wrong, context, features);
  change(l, features, -STEP);
}

/// Which sentences: all but those of a part, or only those.
static bool is_in(uint32_t sentence, int part, bool held_out) {
  return (part >= 0 && (int)(sentence / 8 % PARTS) == part) == held_out;
}

static void run(const corpus *c, learner *l, int part, bool learning, uint64_t counts[2]) {
  const kh_token_layer *tokens = c->document->tokens;
  kh_morph_layer *layer = c->document->morph;
  for (uint32_t s = 0; s < tokens->sentence_count; ++s) {
    const kh_sentence *sentence = &tokens->sentences[s];
    if (!is_in(sentence->paragraph, part, !learning)) continue;
    for (uint32_t t = sentence->first; t < sentence->last; ++t) {
      if (layer->from[t] == layer->to[t]) continue;
      kh_tag_context context;
      const decision d = decide(c, l, t, sentence->first, sentence->last, &context);
      if (!d.chosen) continue;
      layer->best[t] = *d.chosen;
      if (learning)
        learn(c, l, t, &d, &context);
      else if (c->right[t]) {
        const uint32_t chosen = (uint32_t)(d.chosen - layer->candidates) - layer->from[t];
        counts[0] += c->right[t] >> chosen & 1;
        ++counts[1];
      }
    }
  }
}

static void take_average(learner *l) {
  for (uint32_t i = 0; i < KH_TAG_WEIGHTS; ++i) {
    int64_t average = l->weights[i];
    if (l->steps) average -= l->sums[i] / l->steps;
    l->weights[i] = (int32_t)(average > INT16_MAX   ? INT16_MAX
                              : average < INT16_MIN ? INT16_MIN
                                                    : average);
  }
}

static void train(const corpus *c, learner *l, int part) {
  memset(l, 0, sizeof *l);
  for (int epoch = 0; epoch < EPOCHS; ++epoch) run(c, l, part, true, NULL);
  take_average(l);
}

static void cross_validate(const corpus *c, learner *l) {
  uint64_t before[2] = {0, 0};
  uint64_t after[2] = {0, 0};
  for (int part = 0; part < PARTS; ++part) {
    memset(l, 0, sizeof *l);
    run(c, l, part, false, before);
    train(c, l, part);
    run(c, l, part, false, after);
  }
  printf("readings right on held-out parts: %.4f by rules, %.4f by the model, of %llu words\n",
         (double)before[0] / (double)before[1], (double)after[0] / (double)after[1],
         (unsigned long long)after[1]);
}

static void write_weights(const learner *l, const char *path) {
  FILE *file = fopen(path, "wb");
  if (!file) die(strerror(errno), path);
  for (uint32_t i = 0; i < KH_TAG_WEIGHTS; ++i) {
    const uint16_t value = (uint16_t)(int16_t)l->weights[i];
    fputc(value & 0xFF, file);
    fputc(value >> 8, file);
  }
  if (fclose(file) != 0) die(strerror(errno), path);
}

static void learn_from(kh_engine *engine, const treebank *bank, const char *out) {
  kh_document document = {.engine = engine};
  kh_arena_init(&document.arena, NULL);
  document.arena.guard = engine->arena.guard;
  kh_text_layer text = {.bytes = bank->text, .len = (uint32_t)bank->len, .arabic = true};
  document.text = &text;
  kh_token_stage(&document);
  corpus c = {.document = &document, .chooser = kh_morph_read(&document)};
  c.right = kh_arena_zero(&document.arena, document.tokens->count * sizeof *c.right);
  mark_right(&c, bank);
  learner *l = kh_arena_zero(&document.arena, sizeof *l);
  if (out) {
    train(&c, l, -1);
    write_weights(l, out);
  } else {
    cross_validate(&c, l);
  }
  kh_arena_free(&document.arena);
}

int main(int argc, char **argv) {
  if (argc != 3 && !(argc == 5 && strcmp(argv[3], "--write") == 0)) {
    fputs("usage: khutwa-train-pos TABLES TREEBANK.conllu [--write OUT.bin]\n"
          "TABLES: compiled with khc, without models\n",
          stderr);
    return 2;
  }
  treebank bank = read_treebank(argv[2]);
  kh_error error = {0};
  kh_tables tables;
  if (kh_tables_map(&tables, argv[1], &error) != KH_OK) die(error.message, argv[1]);
  kh_engine engine = {.tables = &tables};
  jmp_buf guard;
  kh_arena_init(&engine.arena, NULL);
  engine.arena.guard = &guard;
  if (setjmp(guard) != 0) die("out of memory", NULL);
  if (kh_lexicon_open(&engine, &error) != KH_OK) die(error.message, argv[1]);
  learn_from(&engine, &bank, argc == 5 ? argv[4] : NULL);
  kh_arena_free(&engine.arena);
  kh_tables_close(&tables);
  free(bank.text);
  free(bank.words);
  return 0;
}
