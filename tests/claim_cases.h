// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reads sentences of a file of cases and compares what the library makes of each with the line
/// that is wanted: "sentence<TAB>wanted"; "-" wants nothing, a leading "!" marks a known miss.
#ifndef KHUTWA_TESTS_CLAIM_CASES_H
#define KHUTWA_TESTS_CLAIM_CASES_H

#include <khutwa/khutwa.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef void kh_describe(const kh_document *document, char *out, size_t room);

// Is the case as it should be: right, or wrong when it is a known miss?
static bool kh_case_holds(const kh_engine *engine, unsigned number, char *line,
                          kh_describe *describe) {
  static char found[4096];
  const bool known_miss = line[0] == '!';
  char *text = line + known_miss;
  char *wanted = strchr(text, '\t');
  assert_non_null(wanted);
  *wanted++ = '\0';
  kh_document *d = NULL;
  assert_int_equal(kh_document_read(&d, engine, text, strlen(text), NULL, NULL), KH_OK);
  describe(d, found, sizeof found);
  kh_document_close(d);
  const bool right = strcmp(found[0] ? found : "-", wanted) == 0;
  if (right == !known_miss) return true;
  print_error("line %u: %s\n", number, known_miss ? "a known miss is cured: move it up" : found);
  return false;
}

static void kh_check_cases(const char *name, unsigned least, kh_describe *describe) {
  static char line[4096];
  char path[1024];
  kh_engine *engine = NULL;
  assert_int_equal(kh_engine_open(&engine, NULL, NULL), KH_OK);
  snprintf(path, sizeof path, "%s/tests/cases/%s", KH_SOURCE_DIR, name);
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  unsigned number = 0;
  unsigned cases = 0;
  unsigned wrong = 0;
  while (fgets(line, sizeof line, file)) {
    number++;
    line[strcspn(line, "\r\n")] = '\0';
    if (line[0] == '#' || !line[0] || strncmp(line, "text\t", 5) == 0) continue;
    wrong += !kh_case_holds(engine, number, line, describe);
    cases++;
  }
  fclose(file);
  kh_engine_close(engine);
  assert_true(cases >= least);
  assert_int_equal(wrong, 0);
}

#endif
