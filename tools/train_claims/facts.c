// SPDX-License-Identifier: Apache-2.0
// Reads reports and writes what the model of claims is trained on: each report's record, all its
// entities with their mentions, and every candidate with its facts. tools/train_claims.py learns
// from it.
// Usage: khutwa-claim-facts [--steps -|TABLES] REPORTS.jsonl > FACTS
// --steps: facts of steps alone, for tools/train_steps.py. Events are judged by their model then;
// with TABLES, which hold a model of steps, the parties of likely steps are told as well.
#include "claim/frames.h"

#include <khutwa/khutwa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Candidates are kept until the report is read, since code points need its text.
typedef struct seen {
  kh_learn_item item;
  kh_facts facts;
} seen;

static seen *kept;
static size_t kept_count;
static size_t kept_room;

static void keep(void *context, const kh_learn_item *item, const kh_facts *facts) {
  (void)context;
  if (kept_count == kept_room) {
    kept_room = kept_room ? kept_room * 2 : 4096;
    kept = realloc(kept, kept_room * sizeof *kept);
    if (!kept) abort();
  }
  kept[kept_count++] = (seen){*item, *facts};
}

static bool put(void *context, const char *bytes, size_t len) {
  (void)context;
  return fwrite(bytes, 1, len, stdout) == len;
}

static ptrdiff_t get(void *context, char *into, size_t room) {
  return (ptrdiff_t)fread(into, 1, room, context);
}

static void print_span(const kh_document *d, kh_span span) {
  const char *text = kh_document_text(d, NULL);
  printf("%zu\t%zu", kh_span_code_points(text, span.start), kh_span_code_points(text, span.end));
}

static void print_mentions(const kh_document *d, const kh_name *at, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (at[i].entity < 0) continue;
    const kh_draft *e = &d->mentions->entities.at[at[i].entity];
    printf("M\t%d\t", at[i].entity);
    print_span(d, at[i].span);
    printf("\t%s\t%s\t%s\n", kh_entity_kind_name(e->kind), e->country[0] ? e->country : "-",
           e->sector ? kh_sector_name(e->sector) : "-");
  }
}

// Words that are no names, with what they are words of: where the words of events are learned from.
static void print_words(const kh_document *d) {
  for (uint32_t t = 0; d->morph && d->mentions && t < d->tokens->count; t++) {
    const kh_word *w = kh_reading(d, t);
    if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || !w->known) continue;
    if (w->pos != KH_POS_VERB && w->pos != KH_POS_NOUN && w->pos != KH_POS_ADJ) continue;
    printf("W\t");
    print_span(d, kh_phrase_span(d, t, t + 1));
    printf("\t%s\t%u\n", kh_lexicon_lemma(d->engine->lexicon, w->lemma), w->pos);
  }
}

static void print_document(const kh_document *d) {
  kh_view_json(d, put, NULL, NULL);
  if (d->mentions) {
    print_mentions(d, d->mentions->names.at, d->mentions->names.count);
    print_mentions(d, d->mentions->others.at, d->mentions->others.count);
  }
  print_words(d);
  for (size_t i = 0; i < kept_count; i++) {
    const kh_learn_item *item = &kept[i].item;
    printf("C\t%d\t%d\t%d\t%d\t%u\t", item->question, item->type, item->entity,
           item->proposed ? 2 : item->ruled, item->item);
    print_span(d, item->trigger);
    putchar('\t');
    print_span(d, item->span);
    putchar('\t');
    for (uint32_t k = 0; k < kept[i].facts.count; k++)
      printf(k ? " %x" : "%x", kept[i].facts.at[k]);
    putchar('\n');
  }
  puts("E");
  kept_count = 0;
}

int main(int argc, char **argv) {
  kh_error error;
  kh_engine *engine = NULL;
  kh_reader *reader = NULL;
  const bool steps = argc == 4 && strcmp(argv[1], "--steps") == 0;
  const bool judged = steps && strcmp(argv[2], "-") != 0;
  FILE *file = argc == 2 || steps ? fopen(argv[argc - 1], "rb") : NULL;
  const kh_learner learner = {NULL, keep};
  const kh_engine_options options = {.tables = judged ? argv[2] : NULL};
  if (!file || kh_engine_open(&engine, &options, &error) != KH_OK ||
      kh_reader_open(&reader, get, file, &(kh_reader_options){.container = KH_CONTAINER_JSONL},
                     &error) != KH_OK)
    return fprintf(stderr, "khutwa-claim-facts: %s\n", file ? error.message : "cannot read"), 1;
  struct kh_frames *frames = (struct kh_frames *)engine->frames;
  if (steps)
    frames->step_learner = &learner;
  else
    engine->learner = &learner;
  if (!steps) frames->ranker.weights = NULL; // the rules alone propose
  if (!judged) frames->steps.weights = NULL;
  if (!steps) frames->statements.weights = NULL;
  kh_item item;
  while (kh_reader_next(reader, &item, &error) == KH_OK) {
    kh_document *d = NULL;
    if (kh_document_read(&d, engine, item.bytes, item.len, &item.source, &error) != KH_OK)
      return fprintf(stderr, "khutwa-claim-facts: %s\n", error.message), 1;
    print_document(d);
    kh_document_close(d);
  }
  kh_reader_close(reader);
  kh_engine_close(engine);
  fclose(file);
  free(kept);
  return 0;
}
