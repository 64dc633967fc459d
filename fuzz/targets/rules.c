// SPDX-License-Identifier: Apache-2.0
// A broken rule file among the classes: the first byte chooses which. The rules compiler must
// complain or compile, whatever the file holds.
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int khc_main(int argc, char **argv); // main of tools/khc/main.c

// A new family of rule files belongs here, too.
static const char *const files[] = {
    "words/nouns-fuzz.tsv", "words/verbs-fuzz.tsv",   "words/adjectives-fuzz.tsv",
    "words/particles.tsv",  "words/phrases-fuzz.tsv", "names/countries.tsv",
    "names/places.tsv",     "names/persons.tsv",      "time/months.tsv",
    "number/words.tsv",     "claim/speech.tsv",       "claim/steps.tsv",
};

static char folder[] = "/tmp/khutwa-rules-XXXXXX";
static char path[128];
static char out[64];
static const char *const parts[] = {"words", "names", "time", "number", "claim"};

static void clean_up(void) {
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, parts[i]);
    rmdir(path);
  }
  snprintf(path, sizeof path, "%s/classes.tsv", folder);
  unlink(path);
  unlink(out);
  rmdir(folder);
}

static void copy_classes(void) {
  FILE *from = fopen(KH_SOURCE_DIR "/rules/classes.tsv", "rb");
  snprintf(path, sizeof path, "%s/classes.tsv", folder);
  FILE *to = fopen(path, "wb");
  if (!from || !to) abort();
  for (int byte; (byte = getc(from)) != EOF;) putc(byte, to);
  fclose(from);
  fclose(to);
}

static void prepare(void) {
  if (!mkdtemp(folder)) abort();
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, parts[i]);
    if (mkdir(path, 0700) != 0) abort();
  }
  copy_classes();
  snprintf(out, sizeof out, "%s/out", folder);
  atexit(clean_up);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  if (!*out) prepare();
  snprintf(path, sizeof path, "%s/%s", folder, files[data[0] % (sizeof files / sizeof *files)]);
  FILE *file = fopen(path, "wb");
  if (!file) abort();
  fwrite(data + 1, 1, size - 1, file);
  fclose(file);
  char command[] = "khc";
  char tables[] = "tables";
  char *arguments[] = {command, tables, folder, out, NULL};
  khc_main(4, arguments);
  unlink(path);
  return 0;
}
