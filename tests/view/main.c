// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

int main(void) { return run_writer_tests() + run_record_views() + run_score_tests(); }
