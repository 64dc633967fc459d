// SPDX-License-Identifier: Apache-2.0
// Decisions of persons.
#include "store/tests.h"

#include <unistd.h>

const struct CMUnitTest decide_tests[] = {{0}};
const size_t decide_test_count = 0;
