// SPDX-License-Identifier: Apache-2.0
// khutwa-stages FILE.jsonl: megabytes a second of each stage of reading, one after the other, and
// how long the parts of an engine take to open. Processor time of one core; the best of several
// rounds.
#include "base/layers.h"
#include "claim/claim_layer.h"
#include "mention/names.h"
#include "morph/ready.h"
#include "text/text.h"

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 5, STAGES = 7 };

static const char *const names[STAGES] = {"text",  "token",      "morph", "quantities, times",
                                          "names", "who is who", "claims"};

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double lap(double *since) {
  const double at = now();
  const double took = at - *since;
  *since = at;
  return took;
}

/// Runs the stages over one report and adds what each took.
static void read_report(const kh_engine *engine, const kh_item *item, double took[STAGES]) {
  kh_document document = {0};
  jmp_buf guard;
  kh_arena_init(&document.arena, &engine->allocator);
  document.engine = engine;
  document.arena.guard = &guard;
  if (setjmp(guard) != 0) exit(1);
  double since = now();
  if (kh_text_stage(&document, item->bytes, item->len, &item->source, NULL) == KH_OK &&
      document.text->arabic) {
    took[0] += lap(&since);
    kh_token_stage(&document);
    took[1] += lap(&since);
    kh_morph_stage(&document);
    took[2] += lap(&since);
    kh_mention_begin(&document);
    took[3] += lap(&since);
    kh_names(&document);
    took[4] += lap(&since);
    kh_entities(&document);
    took[5] += lap(&since);
    kh_claim_stage(&document);
    took[6] += lap(&since);
  }
  kh_arena_free(&document.arena);
}

static ptrdiff_t read_file(void *context, char *into, size_t room) {
  return (ptrdiff_t)fread(into, 1, room, context);
}

/// One round over the file; gives the bytes read.
static size_t read_all(const kh_engine *engine, const char *path, double took[STAGES]) {
  FILE *file = fopen(path, "rb");
  kh_reader *reader;
  const kh_reader_options options = {.container = KH_CONTAINER_JSONL};
  if (!file || kh_reader_open(&reader, read_file, file, &options, NULL) != KH_OK) exit(1);
  size_t bytes = 0;
  kh_item item;
  for (kh_status status; (status = kh_reader_next(reader, &item, NULL)) != KH_END;) {
    if (status != KH_OK) continue;
    bytes += item.len;
    read_report(engine, &item, took);
  }
  kh_reader_close(reader);
  fclose(file);
  return bytes;
}

static void time_opening(void) {
  double whole = 1e9;
  double own = 1e9;
  for (int round = 0; round < ROUNDS; round++) {
    kh_engine *engine;
    double since = now();
    if (kh_engine_open(&engine, NULL, NULL) != KH_OK) exit(1);
    const double took = lap(&since);
    whole = took < whole ? took : whole;
    jmp_buf guard;
    engine->arena.guard = &guard;
    if (setjmp(guard) != 0) exit(1);
    since = now();
    if (kh_names_open(engine, NULL) != KH_OK) exit(1);
    const double names_took = lap(&since);
    own = names_took < own ? names_took : own;
    engine->arena.guard = NULL;
    kh_engine_close(engine);
  }
  printf("opening an engine   %8.2f ms\n  known names and model %4.2f ms\n", whole * 1e3,
         own * 1e3);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fputs("usage: khutwa-stages FILE.jsonl\n", stderr);
    return 2;
  }
  time_opening();
  kh_engine *engine;
  if (kh_engine_open(&engine, NULL, NULL) != KH_OK) return 1;
  double best[STAGES];
  size_t bytes = 0;
  for (int round = 0; round < ROUNDS; round++) {
    double took[STAGES] = {0};
    bytes = read_all(engine, argv[1], took);
    for (int s = 0; s < STAGES; s++)
      if (round == 0 || took[s] < best[s]) best[s] = took[s];
  }
  const double megabytes = (double)bytes / 1e6;
  double sum = 0;
  printf("%-20s %8s %8s   of %.1f MB\n", "stage", "MB/s", "so far", megabytes);
  for (int s = 0; s < STAGES; s++) {
    sum += best[s];
    printf("%-20s %8.1f %8.1f\n", names[s], megabytes / best[s], megabytes / sum);
  }
  kh_engine_close(engine);
  return 0;
}
