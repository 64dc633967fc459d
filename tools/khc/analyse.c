// SPDX-License-Identifier: Apache-2.0
// `khc analyse`: what the tables know of words, for those who write rules.
#include "khc.h"
#include "morph/cut.h"
#include "morph/morph.h"
#include "morph/ready.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const pos_names[] = {"?",    "verb", "noun", "adj", "propn", "pron",
                                        "prep", "conj", "part", "adv", "num",   "intj"};
static const char *const feature_names[] = {
    "past",   "present",    "imperative", "passive",   "maybe-passive", "1",    "2",
    "3",      "masc",       "fem",        "sing",      "dual",          "plur", "masdar",
    "active", "passive-of", "nisba",      "construct", "acc",           "obl",  "nom",
    "broken", "elative",    "general",    "below",     "above"};
static const char *const clitic_names[] = {"wa", "fa", "bi", "li", "ka", "sa", "al", "a"};
static const char *const enclitic_names[] = {"",     "+1s",  "+1p", "+2s",  "+2p",
                                             "+3ms", "+3fs", "+3d", "+3mp", "+3fp"};

static void print_word(const kh_lexicon *lexicon, const khc_table *classes, const kh_word *word) {
  printf("%4d %-5s %s", word->score, pos_names[word->pos],
         word->known ? kh_lexicon_lemma(lexicon, word->lemma) : "(unknown)");
  for (unsigned i = 0; i < sizeof clitic_names / sizeof *clitic_names; ++i)
    if (word->proclitics >> i & 1) printf(" %s+", clitic_names[i]);
  if (word->enclitic) printf(" %s", enclitic_names[word->enclitic]);
  printf(" [%u,%u)", word->stem_at, word->stem_at + word->stem_len);
  for (unsigned i = 0; i < sizeof feature_names / sizeof *feature_names; ++i)
    if (word->features >> i & 1) printf(" %s", feature_names[i]);
  bool any = false;
  for (unsigned i = 0; word->known && i < KH_CLASS_COUNT; ++i) {
    if (!kh_lexicon_has(lexicon, word->lemma, (kh_class)i)) continue;
    printf("%s%s", any ? "|" : "  {", i < classes->count ? classes->rows[i].at[0] : "?");
    any = true;
  }
  puts(any ? "}" : "");
}

static void print_readings(const kh_lexicon *lexicon, const khc_table *classes, const char *text) {
  uint8_t letters[64];
  const size_t len = kh_fold_utf8(text, strlen(text), letters, sizeof letters);
  kh_readings readings;
  kh_read_word(lexicon, letters, (uint32_t)len, &readings);
  printf("%s\n", text);
  for (uint32_t i = 0; i < readings.count; ++i) print_word(lexicon, classes, &readings.at[i]);
}

static void print_text(const kh_document *document, const khc_table *classes) {
  const char *text = document->text->bytes;
  for (uint32_t t = 0; t < document->tokens->count; ++t) {
    const kh_token *token = &document->tokens->at[t];
    printf("%.*s", (int)(token->end - token->start), text + token->start);
    if (document->morph->phrase[t] >= 0)
      printf("  <%s>",
             kh_phrase_id(document->engine->lexicon, (uint32_t)document->morph->phrase[t]));
    putchar('\n');
    if (token->kind == KH_TOKEN_WORD)
      print_word(document->engine->lexicon, classes, &document->morph->best[t]);
  }
}

// One line a token, for scripts: bytes, stem's bytes, part of speech, lemma, features.
static void print_table(const kh_document *document) {
  for (uint32_t t = 0; t < document->tokens->count; ++t) {
    const kh_token *token = &document->tokens->at[t];
    if (token->kind != KH_TOKEN_WORD) continue;
    const kh_word *word = &document->morph->best[t];
    const uint32_t stem_end =
        kh_token_byte(document, t, (uint32_t)(word->stem_at + word->stem_len));
    printf("%u\t%u\t%u\t%u\t%s\t%s\t%u\t%d\n", token->start, token->end,
           kh_token_byte(document, t, word->stem_at), stem_end, pos_names[word->pos],
           word->known ? kh_lexicon_lemma(document->engine->lexicon, word->lemma) : "",
           word->features, word->known);
  }
}

static char *read_all(kh_arena *arena, const char *path, size_t *len) {
  FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
  if (!file) return NULL;
  const size_t room = (size_t)16 << 20;
  char *text = kh_arena_alloc(arena, room + 1);
  *len = fread(text, 1, room, file);
  text[*len] = '\0';
  if (file != stdin) fclose(file);
  return text;
}

static int analyse(kh_engine *engine, int argc, char **argv) {
  khc_log log = {0};
  khc_rules rules = {.arena = &engine->arena, .folder = "rules", .log = &log};
  if (khc_exists(&rules, "classes.tsv"))
    rules.classes = khc_read(&rules, "classes.tsv", "class gloss");
  for (int i = 1; i < argc; ++i) {
    const bool table = strcmp(argv[i], "--table") == 0;
    if (!table && strcmp(argv[i], "--text") != 0) {
      print_readings(engine->lexicon, &rules.classes, argv[i]);
      continue;
    }
    size_t len;
    char *text = i + 1 < argc ? read_all(&engine->arena, argv[++i], &len) : NULL;
    if (!text) {
      fputs("khc: --text and --table need a file that can be read\n", stderr);
      return 1;
    }
    kh_document document = {.engine = engine};
    kh_arena_init(&document.arena, NULL);
    document.arena.guard = engine->arena.guard;
    kh_text_layer layer = {.bytes = text, .len = (uint32_t)len, .arabic = true};
    document.text = &layer;
    kh_token_stage(&document);
    kh_morph_stage(&document);
    if (table)
      print_table(&document);
    else
      print_text(&document, &rules.classes);
    kh_arena_free(&document.arena);
  }
  return 0;
}

int khc_analyse(int argc, char **argv) {
  if (argc < 2) {
    fputs("khc: analyse needs compiled tables and words (--help shows how)\n", stderr);
    return 2;
  }
  kh_error error = {0};
  kh_tables tables;
  if (kh_tables_map(&tables, argv[0], &error) != KH_OK) {
    fprintf(stderr, "khc: %s: %s\n", argv[0], error.message);
    return 1;
  }
  kh_engine engine = {.tables = &tables};
  jmp_buf guard;
  kh_arena_init(&engine.arena, NULL);
  engine.arena.guard = &guard;
  int outcome = 1;
  if (setjmp(guard) != 0)
    fputs("khc: out of memory\n", stderr);
  else if (kh_lexicon_open(&engine, &error) != KH_OK || kh_morph_open(&engine, &error) != KH_OK)
    fprintf(stderr, "khc: %s: %s\n", argv[0], error.message);
  else
    outcome = analyse(&engine, argc, argv);
  kh_arena_free(&engine.arena);
  kh_tables_close(&tables);
  return outcome;
}
