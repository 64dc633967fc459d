// SPDX-License-Identifier: Apache-2.0
#ifndef KHUTWA_TESTS_TIME_TESTS_H
#define KHUTWA_TESTS_TIME_TESTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <khutwa/time.h>

enum { SPELT_MAX = 1024 };

typedef enum spell_case { SPELL_NOMINATIVE, SPELL_OBLIQUE } spell_case;

/// Writes a whole number below 10^15 in Arabic words, as grammar has it: `feminine` is the gender
/// of what is counted. Plain words of the books, not the tables under test.
void spell_number(uint64_t value, bool feminine, spell_case form, char out[SPELT_MAX]);

int run_calendar_tests(void);
int run_spelling_tests(void);
int run_case_tests(void);
int run_reader_tests(void);

#endif
