// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

int main(void) {
  int failed = fold_tests();
  failed += tokenize_tests();
  return failed ? 1 : 0;
}
