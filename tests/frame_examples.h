// SPDX-License-Identifier: Apache-2.0
/// \file
/// Every frame of a rule file fires on its example and not on its counter-example. Both stand in
/// the file's last two columns; "-" where none is given.
#ifndef KHUTWA_TESTS_FRAME_EXAMPLES_H
#define KHUTWA_TESTS_FRAME_EXAMPLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/// Does the sentence make an item by the rule?
typedef bool kh_fires(const char *sentence, const char *rule);

// The last field of a line, which is cut before it; NULL when there is none.
static char *kh_cut_last_field(char *line) {
  char *tab = strrchr(line, '\t');
  if (tab) *tab++ = '\0';
  return tab;
}

// `path` below the source folder; `least` frames must stand in it.
static void kh_check_frame_examples(const char *path, unsigned least, kh_fires *fires) {
  static char line[4096];
  char whole[1024];
  snprintf(whole, sizeof whole, "%s/%s", KH_SOURCE_DIR, path);
  FILE *file = fopen(whole, "r");
  assert_non_null(file);
  unsigned frames = 0;
  unsigned wrong = 0;
  while (fgets(line, sizeof line, file)) {
    if (line[0] == '#' || strncmp(line, "id\t", 3) == 0) continue;
    line[strcspn(line, "\r\n")] = '\0';
    const char *counter = kh_cut_last_field(line);
    const char *example = kh_cut_last_field(line);
    assert_non_null(counter);
    assert_non_null(example);
    line[strcspn(line, "\t")] = '\0';
    frames++;
    if (strcmp(example, "-") != 0 && !fires(example, line)) {
      print_error("%s does not fire on its example\n", line);
      wrong++;
    }
    if (strcmp(counter, "-") != 0 && fires(counter, line)) {
      print_error("%s fires on its counter-example\n", line);
      wrong++;
    }
  }
  fclose(file);
  assert_true(frames >= least);
  assert_int_equal(wrong, 0);
}

#endif
