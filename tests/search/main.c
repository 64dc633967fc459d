// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

int main(void) {
  return fold_tests() + tokenize_tests() + query_tests() + ask_tests() + answer_tests() +
         export_tests() + fault_tests();
}
