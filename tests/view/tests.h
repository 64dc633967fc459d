// SPDX-License-Identifier: Apache-2.0
/// \file
/// The groups of tests of src/view, and a sink for what views write.
#ifndef KHUTWA_TESTS_VIEW_TESTS_H
#define KHUTWA_TESTS_VIEW_TESTS_H

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

int run_record_views(void);
int run_writer_tests(void);
int run_score_tests(void);

typedef struct sink {
  char at[65536];
  size_t len;
  size_t takes; // bytes before it wants no more; 0: all
} sink;

static inline bool sink_write(void *context, const char *bytes, size_t len) {
  sink *s = context;
  if (s->takes && s->len + len > s->takes) return false;
  if (len >= sizeof s->at - s->len) fail_msg("more output than the sink holds");
  memcpy(s->at + s->len, bytes, len);
  s->len += len;
  s->at[s->len] = '\0';
  return true;
}

#endif
