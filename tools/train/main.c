// SPDX-License-Identifier: Apache-2.0
// khutwa-train: learns the name model, and measures it.
#include "train.h"

#include "morph/ready.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

static const char USAGE[] =
    "usage: khutwa-train facts SAMPLE.jsonl FACTS\n"
    "       khutwa-train model MODEL FACTS CORPUS...\n"
    "       khutwa-train folds N FACTS CORPUS...\n"
    "\n"
    "facts   learns clusters and frequencies of word forms from unlabelled text\n"
    "model   trains on the corpora and writes the weights\n"
    "folds   trains N times, each time leaving out one N-th of every corpus marked with '!',\n"
    "        and prints precision, recall and F1 on what was left out\n"
    "\n"
    "CORPUS is [!][WEIGHT:]FILE; FILE ends in .conll (one document a sentence) or .json (gold).\n"
    "FACTS may be '-': none. Options before the command: --rounds N --rate R --decay D --drop P\n"
    "--records FILE (with folds: what was found in the first CoNLL corpus, as JSON Lines)\n"
    "--bold B --word-bits N --spot-bits N --lean SAMPLE.jsonl (a first model tells how often each\n"
    "form is a name there, a second learns from that)\n";

static const char *lean_on; // unlabelled text for leanings

static plan how = {.rounds = 20,
                   .rate = 0.05,
                   .decay = 1e-4,
                   .drop = 0.1,
                   .bold = 0.3,
                   .word_slots = 1 << 15,
                   .spot_slots = 1 << 16,
                   .verbose = true};

/// The engine a corpus is read with: known names and lexicon as built in, facts as given.
static kh_engine engine;
static struct kh_names names;
static jmp_buf guard;

static void open_tables(void) {
  static kh_tables tables;
  kh_error error;
  if (kh_tables_builtin(&tables, &error) != KH_OK) die("%s", error.message);
  engine.tables = &tables;
  if (kh_lexicon_open(&engine, &error) != KH_OK) die("%s", error.message);
  if (kh_morph_open(&engine, &error) != KH_OK) die("%s", error.message);
  // without the model that is there already: it may be one for other features
  if (kh_known_open(&names, &tables, &error) != KH_OK) die("%s", error.message);
  engine.names = &names;
}

static void open_engine(const kh_word_fact *facts, uint32_t slots) {
  kh_arena_init(&engine.arena, NULL);
  engine.arena.guard = &guard;
  if (setjmp(guard) == 0)
    open_tables();
  else
    die("out of memory");
  names.has_model = facts != NULL;
  names.model = (kh_name_model){.facts = facts, .fact_mask = slots ? slots - 1 : 0};
}

typedef struct group {
  size_t first; // samples of one argument
  size_t last;
  bool folded;
} group;

static bool ends_in(const char *text, const char *end) {
  const size_t len = strlen(text);
  const size_t end_len = strlen(end);
  return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static group read_corpus(corpus *to, const char *argument) {
  group g = {.first = to->count};
  g.folded = *argument == '!';
  argument += g.folded;
  char *rest = NULL;
  double weight = strtod(argument, &rest);
  if (rest && rest != argument && *rest == ':')
    argument = rest + 1;
  else
    weight = 1;
  if (ends_in(argument, ".json"))
    read_gold(to, &engine, argument, weight);
  else
    read_conll(to, &engine, argument, weight, false);
  g.last = to->count;
  return g;
}

// ---- measuring

typedef struct tally {
  unsigned right;
  unsigned gold;
  unsigned found;
} tally;

static const char *const KIND_NAMES[] = {"PER", "LOC", "ORG", "all"};

static uint32_t span_end(const uint8_t *tags, uint32_t at, uint32_t count) {
  uint32_t end = at + 1;
  while (end < count && tags[end] == tags[at] + 1) end++;
  return end;
}

static bool begins(uint8_t tag) {
  return tag == KH_TAG_B_PER || tag == KH_TAG_B_LOC || tag == KH_TAG_B_ORG;
}

static const char *errors_to; // file for what was missed and what was wrong

static void print_span(FILE *to, char mark, const sample *s, const uint8_t *tags, uint32_t at) {
  const kh_token_layer *tokens = s->document.tokens;
  const uint32_t count = tokens->count;
  const uint32_t last = span_end(tags, at, count);
  const uint32_t from = at > 4 ? at - 4 : 0;
  const uint32_t until = last + 3 < count ? last + 3 : count;
  const char *text = s->document.text->bytes;
  fprintf(to, "%c %s %.*s\t%.*s\n", mark, KIND_NAMES[(tags[at] - 1) / 2],
          (int)(tokens->at[last - 1].end - tokens->at[at].start), text + tokens->at[at].start,
          (int)(tokens->at[until - 1].end - tokens->at[from].start), text + tokens->at[from].start);
}

static void compare(const sample *s, const uint8_t *tags, tally *tallies) {
  FILE *errors = errors_to ? fopen(errors_to, "a") : NULL;
  const uint32_t count = s->document.tokens->count;
  for (uint32_t t = 0; t < count; t++) {
    const bool gold = begins(s->gold[t]);
    const bool found = begins(tags[t]);
    const bool same = gold && found && s->gold[t] == tags[t] &&
                      span_end(s->gold, t, count) == span_end(tags, t, count);
    if (errors && gold && !same) print_span(errors, '-', s, s->gold, t);
    if (errors && found && !same) print_span(errors, '+', s, tags, t);
    if (gold) tallies[(s->gold[t] - 1) / 2].gold++;
    if (found) tallies[(tags[t] - 1) / 2].found++;
    if (same) tallies[(tags[t] - 1) / 2].right++;
  }
  if (errors) fclose(errors);
}

static void print_tally(const char *label, tally *tallies) {
  tallies[3] = (tally){0};
  for (int k = 0; k < 3; k++) {
    tallies[3].right += tallies[k].right;
    tallies[3].gold += tallies[k].gold;
    tallies[3].found += tallies[k].found;
  }
  for (int k = 0; k < 4; k++) {
    const tally *t = &tallies[k];
    printf("%s %s  P %.4f  R %.4f  F1 %.4f  gold %u\n", label, KIND_NAMES[k],
           t->found ? (double)t->right / t->found : 0.0, t->gold ? (double)t->right / t->gold : 0.0,
           t->gold + t->found ? 2.0 * t->right / (t->gold + t->found) : 0.0, t->gold);
  }
}

static FILE *records; // what was found in CoNLL sentences, as a scorer outside reads it

/// Writes the names of sentence number `index` as a record: spans in code points.
static void write_record(const sample *s, const uint8_t *tags, size_t index) {
  static const char *const KINDS[] = {"person", "place", "org"};
  const kh_token_layer *tokens = s->document.tokens;
  const char *text = s->document.text->bytes;
  bool first = true;
  fprintf(records, "{\"document\": {\"id\": \"s%zu\"}, \"entities\": [", index);
  for (uint32_t t = 0; t < tokens->count; t++) {
    if (!begins(tags[t])) continue;
    const uint32_t last = span_end(tags, t, tokens->count);
    fprintf(records,
            "%s{\"kind\": \"%s\", \"mentions\": [{\"start\": %zu, \"end\": %zu, "
            "\"form\": \"name\"}]}",
            first ? "" : ", ", KINDS[(tags[t] - 1) / 2],
            kh_span_code_points(text, tokens->at[t].start),
            kh_span_code_points(text, tokens->at[last - 1].end));
    first = false;
  }
  fputs("]}\n", records);
}

static void measure(sample *s, const kh_name_model *model, tally *tallies, size_t index) {
  uint8_t *tags = kh_arena_zero(&s->document.arena, s->document.tokens->count + 1);
  kh_name_tags_agreed(&s->document, model, s->features, tags);
  compare(s, tags, tallies);
  if (records && !s->own) write_record(s, tags, index);
}

static kh_name_model opened(const uint8_t *bytes, size_t size) {
  kh_name_model model;
  if (kh_name_model_open(&model, bytes, size, NULL) != KH_OK) die("the new model is damaged");
  return model;
}

/// Makes features again with the leanings as they are now, for the samples of one half (0, 1) or
/// for those of neither (2): the left out.
static void look_again_at(const corpus *all, const uint8_t *half, uint8_t which) {
  for (size_t i = 0; i < all->count; i++)
    if (half[i] == which) look_again(all->at[i]);
}

/// Trains; with --lean, forms get leanings first. A half of the corpora is shown the leanings
/// that a model of the other half found, so that the final model does not trust them more than
/// it may trust those of words that no corpus holds.
static void learn_model(const corpus *all, const bool *skip, const plan *with, kh_word_fact *facts,
                        uint32_t slots, weights *general, weights *own) {
  uint8_t *half = must_alloc(all->count + 1);
  bool *skip_half = must_alloc(all->count + 1);
  size_t kept = 0;
  size_t seen = 0;
  for (size_t i = 0; i < all->count; i++) kept += !(skip && skip[i]);
  // corpora come one after the other: blocks keep the sentences of an article together
  for (size_t i = 0; i < all->count; i++)
    half[i] = skip && skip[i] ? 2 : (uint8_t)(seen++ * 16 / (kept + 1) % 2);
  if (lean_on) {
    leanings found[2];
    for (uint32_t i = 0; i < slots; i++) facts[i].leaning = 0;
    for (size_t i = 0; i < all->count; i++) look_again(all->at[i]);
    for (uint8_t h = 0; h < 2; h++) {
      for (size_t i = 0; i < all->count; i++) skip_half[i] = half[i] != h;
      train(all, skip_half, with, general, own);
      size_t size;
      uint8_t *bytes = pack(own, facts, slots, &size);
      const kh_name_model model = opened(bytes, size);
      found[h] = learn_leanings(&engine, lean_on, &model, facts, slots);
      free_weights(general);
      free_weights(own);
      free(bytes);
    }
    set_leanings(facts, slots, &found[1], NULL);
    look_again_at(all, half, 0);
    set_leanings(facts, slots, &found[0], NULL);
    look_again_at(all, half, 1);
    set_leanings(facts, slots, &found[0], &found[1]);
    look_again_at(all, half, 2);
    free_leanings(&found[0]);
    free_leanings(&found[1]);
  }
  train(all, skip, with, general, own);
  free(skip_half);
  free(half);
}

static void run_folds(const corpus *all, const group *groups, int group_count, unsigned folds,
                      kh_word_fact *facts, uint32_t slots) {
  tally conll[4] = {0};
  tally own[4] = {0};
  bool *skip = must_alloc(all->count);
  // gold files are one argument each: together they make one corpus
  size_t own_total = 0;
  for (int g = 0; g < group_count; g++)
    own_total += groups[g].folded && all->at[groups[g].first]->own;
  for (unsigned fold = 0; fold < folds; fold++) {
    memset(skip, 0, all->count);
    size_t own_seen = 0;
    for (int g = 0; g < group_count; g++) {
      if (!groups[g].folded) continue;
      const size_t count = groups[g].last - groups[g].first;
      if (all->at[groups[g].first]->own) {
        skip[groups[g].first] = own_seen++ * folds / own_total == fold;
        continue;
      }
      for (size_t i = 0; i < count; i++)
        if (i * folds / count == fold) skip[groups[g].first + i] = true;
    }
    plan quiet = how;
    quiet.verbose = false;
    weights ways[2]; // of all corpora, of our guidelines
    learn_model(all, skip, &quiet, facts, slots, &ways[0], &ways[1]);
    for (int way = 0; way < 2; way++) {
      size_t size;
      uint8_t *bytes = pack(&ways[way], facts, slots, &size);
      const kh_name_model model = opened(bytes, size);
      for (size_t i = 0; i < all->count; i++)
        if (skip[i] && all->at[i]->own == way) measure(all->at[i], &model, way ? own : conll, i);
      free_weights(&ways[way]);
      free(bytes);
    }
    fprintf(stderr, "fold %u of %u\n", fold + 1, folds);
  }
  free(skip);
  if (conll[0].gold) print_tally("conll", conll);
  if (own[0].gold) print_tally("gold ", own);
}

static void write_file(const char *path, const void *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
    die("%s: cannot be written", path);
}

static kh_word_fact no_facts[2];

static void train_command(int argc, char **argv, bool folds) {
  if (argc < 3) die("%s", USAGE);
  uint32_t slots = 2;
  kh_word_fact *facts = strcmp(argv[1], "-") == 0 ? no_facts : read_facts(argv[1], &slots);
  open_engine(facts, slots);
  corpus all = {0};
  group *groups = must_alloc((size_t)argc * sizeof *groups);
  int count = 0;
  for (int i = 2; i < argc; i++) groups[count++] = read_corpus(&all, argv[i]);
  fprintf(stderr, "%zu documents\n", all.count);
  if (folds) {
    run_folds(&all, groups, count, (unsigned)strtoul(argv[0], NULL, 10), facts, slots);
  } else {
    weights general;
    weights own;
    learn_model(&all, NULL, &how, facts, slots, &general, &own);
    size_t size;
    uint8_t *bytes = pack(&own, facts, slots, &size);
    free_weights(&general);
    free_weights(&own);
    write_file(argv[0], bytes, size);
    free(bytes);
  }
  for (size_t i = 0; i < all.count; i++) free_sample(all.at[i]);
  free(all.at);
  free(groups);
}

static int read_options(int argc, char **argv) {
  int i = 1;
  for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
    const double value = strtod(argv[i + 1], NULL);
    if (strcmp(argv[i], "--lean") == 0)
      lean_on = argv[i + 1];
    else if (strcmp(argv[i], "--records") == 0)
      records = fopen(argv[i + 1], "w");
    else if (strcmp(argv[i], "--errors") == 0)
      errors_to = argv[i + 1];
    else if (strcmp(argv[i], "--rounds") == 0)
      how.rounds = (unsigned)value;
    else if (strcmp(argv[i], "--rate") == 0)
      how.rate = value;
    else if (strcmp(argv[i], "--decay") == 0)
      how.decay = value;
    else if (strcmp(argv[i], "--drop") == 0)
      how.drop = value;
    else if (strcmp(argv[i], "--bold") == 0)
      how.bold = value;
    else if (strcmp(argv[i], "--word-bits") == 0)
      how.word_slots = 1U << (unsigned)value;
    else if (strcmp(argv[i], "--spot-bits") == 0)
      how.spot_slots = 1U << (unsigned)value;
    else
      die("%s", USAGE);
  }
  return i;
}

int main(int argc, char **argv) {
  const int at = read_options(argc, argv);
  if (at >= argc) die("%s", USAGE);
  const char *command = argv[at];
  if (strcmp(command, "model") == 0 || strcmp(command, "folds") == 0) {
    train_command(argc - at - 1, argv + at + 1, command[0] == 'f');
  } else if (strcmp(command, "facts") == 0 && argc == at + 3) {
    uint32_t slots;
    kh_word_fact *facts = learn_facts(argv[at + 1], &slots);
    write_facts(argv[at + 2], facts, slots);
    free(facts);
  } else {
    die("%s", USAGE);
  }
  return 0;
}
