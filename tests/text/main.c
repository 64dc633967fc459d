// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

int main(void) {
  return run_decode_tests() + run_day_tests() + run_language_tests() + run_page_tests() +
         run_reader_tests() + run_stage_tests() + run_stream_tests() + run_edge_tests();
}
