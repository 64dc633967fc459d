// SPDX-License-Identifier: Apache-2.0
/// \file
/// The groups of tests of src/text, one a file.
#ifndef KHUTWA_TESTS_TEXT_TESTS_H
#define KHUTWA_TESTS_TEXT_TESTS_H

#include "base/arena.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

int run_decode_tests(void);
int run_day_tests(void);
int run_language_tests(void);
int run_page_tests(void);
int run_reader_tests(void);
int run_stage_tests(void);
int run_stream_tests(void);
int run_edge_tests(void);

/// An arena with a guard; using it up fails the test.
#define WITH_ARENA(arena)                                                                          \
  kh_arena arena;                                                                                  \
  jmp_buf arena##_guard;                                                                           \
  kh_arena_init(&(arena), NULL);                                                                   \
  (arena).guard = &arena##_guard;                                                                  \
  if (setjmp(arena##_guard)) fail_msg("out of memory")

#endif
