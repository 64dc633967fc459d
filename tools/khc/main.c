// SPDX-License-Identifier: Apache-2.0
// khc: compiles rules/ into the tables that the library reads.
#include "khc.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// The families of tables, in the order in which they are made. Words come first, so that a
/// later family may look its entries up.
static int (*const families[])(const khc_rules *rules, khc_out *out) = {
    khc_words, khc_pos, khc_frames, khc_names, khc_english, khc_calendar,
};

static const char usage[] =
    "usage: khc tables RULES OUT [--hunspell FOLDER] [--models FOLDER]\n"
    "       khc analyse TABLES WORD...\n"
    "       khc analyse TABLES --text FILE\n"
    "       khc analyse TABLES --table FILE\n"
    "\n"
    "tables   compiles the rule files of a folder into one block\n"
    "analyse  prints the readings of words, or the words of a text with the readings chosen\n"
    "         (--table: one line a word, for scripts)\n";

// A class that nothing carries is a slip of the pen, or forgotten.
static void warn_of_empty_classes(const khc_rules *rules) {
  const char *names = "";
  for (uint32_t c = 0; c < rules->classes.count; ++c)
    if (!(rules->log->used[c / 64] >> c % 64 & 1))
      names = khc_print(rules, "%s %s", names, rules->classes.rows[c].at[0]);
  const khc_row row = {rules->classes.file, 0, NULL};
  if (*names) khc_warn(rules, &row, "classes that no entry carries:%s", names);
}

static int compile(khc_rules *rules, const char *path) {
  rules->classes = khc_read(rules, "classes.tsv", "class gloss");
  if (rules->classes.count > KHC_CLASS_MAX)
    khc_fault(rules, &rules->classes.rows[KHC_CLASS_MAX], "more than %d classes", KHC_CLASS_MAX);
  if (rules->log->faults) return 1;
  khc_out out;
  khc_out_init(&out, rules);
  for (size_t i = 0; i < sizeof families / sizeof *families; ++i) families[i](rules, &out);
  khc_ready(rules, &out);
  warn_of_empty_classes(rules);
  if (rules->log->faults) {
    fprintf(stderr, "khc: %u errors, %u warnings; nothing was written\n", rules->log->faults,
            rules->log->warnings);
    return 1;
  }
  return khc_out_write(&out, path);
}

static int tables(int argc, char **argv) {
  khc_rules rules = {0};
  khc_log log = {0};
  const char *path = NULL;
  rules.log = &log;
  for (int i = 0; i < argc; ++i) {
    if (strcmp(argv[i], "--hunspell") == 0 && i + 1 < argc)
      rules.hunspell = argv[++i];
    else if (strcmp(argv[i], "--models") == 0 && i + 1 < argc)
      rules.models = argv[++i];
    else if (!rules.folder)
      rules.folder = argv[i];
    else if (!path)
      path = argv[i];
    else
      path = "";
  }
  if (!rules.folder || !path || !*path) {
    fputs(usage, stderr);
    return 2;
  }
  kh_arena arena;
  jmp_buf guard;
  kh_arena_init(&arena, NULL);
  arena.guard = &guard;
  rules.arena = &arena;
  int outcome = 1;
  if (setjmp(guard) == 0)
    outcome = compile(&rules, path);
  else
    fputs("khc: out of memory\n", stderr);
  kh_arena_free(&arena);
  return outcome;
}

int main(int argc, char **argv) {
  if (argc >= 2 && strcmp(argv[1], "tables") == 0) return tables(argc - 2, argv + 2);
  if (argc >= 2 && strcmp(argv[1], "analyse") == 0) return khc_analyse(argc - 2, argv + 2);
  fputs(usage, argc >= 2 && strcmp(argv[1], "--help") == 0 ? stdout : stderr);
  return argc >= 2 && strcmp(argv[1], "--help") == 0 ? 0 : 2;
}
