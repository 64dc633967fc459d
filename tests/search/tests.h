// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the tests of questions and exports share: a small record whose ledger is laid by hand.
#ifndef KHUTWA_TESTS_SEARCH_TESTS_H
#define KHUTWA_TESTS_SEARCH_TESTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <khutwa/khutwa.h>

/// The record, in memory; opened by open_record, closed by close_record.
extern kh_store *store;
int open_record(void **state);
int close_record(void **state);

/// All rows of an answer as a JSON list; fails where the question is refused. Free it.
json_t *rows_of(kh_question question, const kh_selection *selection, kh_answer *answer);
/// How many rows there are.
size_t count_of(kh_question question, const kh_selection *selection);
/// The question is refused as a mistake, in words that hold `word`.
void refused(kh_question question, const kh_selection *selection, const char *word);
/// Runs SQL behind the store's back.
void run_sql(const char *sql);

int fold_tests(void);
int tokenize_tests(void);
int query_tests(void);
int ask_tests(void);
int answer_tests(void);
int export_tests(void);
int fault_tests(void);

#endif
