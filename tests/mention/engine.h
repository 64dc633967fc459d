// SPDX-License-Identifier: Apache-2.0
/// \file
/// The engine that the tests of mentions share: set-up and tear-down of a group.
#ifndef KHUTWA_TESTS_MENTION_ENGINE_H
#define KHUTWA_TESTS_MENTION_ENGINE_H

#include <khutwa/khutwa.h>

static inline int open_engine(void **state) {
  kh_engine *engine;
  if (kh_engine_open(&engine, NULL, NULL) != KH_OK) return -1;
  *state = engine;
  return 0;
}

static inline int close_engine(void **state) {
  kh_engine_close(*state);
  return 0;
}

#endif
