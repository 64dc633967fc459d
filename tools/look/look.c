// SPDX-License-Identifier: Apache-2.0
// Shows what the stages make of a text, a token a line: for those who write rules.
// Usage: look [--date YYYY-MM-DD] FILE
#include "claim/phrase.h"

#include <khutwa/khutwa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const pos_names[] = {"?",    "VERB", "NOUN", "ADJ", "PROPN", "PRON",
                                        "PREP", "CONJ", "PART", "ADV", "NUM",   "INTJ"};

static char *read_file(const char *path, size_t *len) {
  FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
  if (!file) return NULL;
  char *bytes = NULL;
  size_t room = 0;
  *len = 0;
  for (;;) {
    if (*len + 65536 > room) {
      room = room ? room * 2 : 131072;
      char *wider = realloc(bytes, room);
      if (!wider) break;
      bytes = wider;
    }
    const size_t n = fread(bytes + *len, 1, 65536, file);
    if (!n) break;
    *len += n;
  }
  if (file != stdin) fclose(file);
  return bytes;
}

static void print_tokens(const kh_document *d, uint32_t first, uint32_t last) {
  if (last > first) {
    const uint32_t start = d->tokens->at[first].start;
    printf("%.*s", (int)(d->tokens->at[last - 1].end - start), kh_document_text(d, NULL) + start);
  }
}

static void print_word(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (!kh_is_word(d, t)) return;
  printf(" %s", w->pos < sizeof pos_names / sizeof *pos_names ? pos_names[w->pos] : "!");
  if (w->known) printf(" %s", kh_lexicon_lemma(d->engine->lexicon, w->lemma));
  printf(" f=%x c=%x e=%u", w->features, w->proclitics, w->enclitic);
  if (d->morph->phrase_tokens[t]) printf(" phrase=%u", d->morph->phrase_tokens[t]);
}

static void print_clause(const kh_document *d, uint32_t t) {
  const kh_clause *c = kh_clause_of(d, t);
  if (!c) return;
  printf("\n    clause [%u,%u)%s S=", c->first, c->last, c->passive ? " passive" : "");
  print_tokens(d, c->subject, c->subject_last);
  printf(" O=");
  print_tokens(d, c->object, c->object_last);
  if (c->complement) printf(" C=%u", c->complement);
  if (c->subject_relative) printf(" REL");
}

int main(int argc, char **argv) {
  kh_source source = {0};
  int arg = 1;
  if (argc > 3 && strcmp(argv[1], "--date") == 0) {
    source.published = argv[2];
    arg = 3;
  }
  if (arg >= argc) return fprintf(stderr, "usage: look [--date YYYY-MM-DD] FILE\n"), 2;
  size_t len = 0;
  char *bytes = read_file(argv[arg], &len);
  kh_engine *engine = NULL;
  kh_document *d = NULL;
  kh_error error;
  if (!bytes || kh_engine_open(&engine, NULL, &error) != KH_OK ||
      kh_document_read(&d, engine, bytes, len, &source, &error) != KH_OK)
    return fprintf(stderr, "look: %s\n", bytes ? error.message : "cannot read"), 1;
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    printf("%3u ", t);
    print_tokens(d, t, t + 1);
    print_word(d, t);
    if (d->claims->phrases->end[t]) {
      printf("  NP[");
      print_tokens(d, t, d->claims->phrases->end[t]);
      printf("]");
    }
    if (d->claims->phrases->scope[t]) printf(" scope=%x", d->claims->phrases->scope[t]);
    print_clause(d, t);
    printf("\n");
  }
  kh_document_close(d);
  kh_engine_close(engine);
  free(bytes);
  return 0;
}
