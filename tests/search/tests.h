// SPDX-License-Identifier: Apache-2.0
#ifndef KHUTWA_TESTS_SEARCH_TESTS_H
#define KHUTWA_TESTS_SEARCH_TESTS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// keep this order: cmocka wants the four above
#include <setjmp.h>

#include <cmocka.h>

int fold_tests(void);
int tokenize_tests(void);

#endif
