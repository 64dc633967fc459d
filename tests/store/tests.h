// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the tests of the store share: an engine, reports, files that vanish afterwards.
#ifndef KHUTWA_TESTS_STORE_TESTS_H
#define KHUTWA_TESTS_STORE_TESTS_H

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

typedef struct report {
  const char *id;
  const char *outlet;
  const char *published;
  const char *title;
  const char *text;
} report;

enum { REPORTS = 4, PATH_BYTES = 128 };
extern const report reports[REPORTS];

/// Opened once for all tests.
extern kh_engine *engine;

/// A path where there is no file; the same name gives the same path.
void fresh_path(const char *name, char path[PATH_BYTES]);
/// A store at `path` that others may look into, signed by `user`.
kh_store *open_as(const char *path, const char *user);
kh_document *read_report(const report *r);
/// Adds a report; gives its number.
int64_t add_report(kh_store *store, const report *r, uint64_t position);
/// A new record with all reports.
kh_store *full_store(const char *name, char path[PATH_BYTES]);
/// The document's record as JSON; free it.
char *json_of(const kh_document *document);
/// The record of a stored document as JSON; free it.
char *stored_json(kh_store *store, int64_t doc, kh_store_reading reading);
/// The first value of a query over the file, as text; free it. NULL: no row, or NULL.
char *ask(const char *path, const char *sql);
int64_t ask_number(const char *path, const char *sql);
/// Changes the file behind the store's back.
void tamper(const char *path, const char *sql);

#define OK(call) assert_int_equal((call), KH_OK)

extern const struct CMUnitTest keep_tests[];
extern const size_t keep_test_count;
extern const struct CMUnitTest decide_tests[];
extern const size_t decide_test_count;
extern const struct CMUnitTest chain_tests[];
extern const size_t chain_test_count;
extern const struct CMUnitTest migrate_tests[];
extern const size_t migrate_test_count;
extern const struct CMUnitTest fault_tests[];
extern const size_t fault_test_count;
extern const struct CMUnitTest packed_tests[];
extern const size_t packed_test_count;
extern const struct CMUnitTest copies_tests[];
extern const size_t copies_test_count;
extern const struct CMUnitTest hostile_tests[];
extern const size_t hostile_test_count;
extern const struct CMUnitTest corners_tests[];
extern const size_t corners_test_count;
extern const struct CMUnitTest fields_tests[];
extern const size_t fields_test_count;
extern const struct CMUnitTest refused_tests[];
extern const size_t refused_test_count;
extern const struct CMUnitTest reread_tests[];
extern const size_t reread_test_count;

#endif
