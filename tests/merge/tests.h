// SPDX-License-Identifier: Apache-2.0
/// \file
/// A record in memory, filled by hand: what the machine would have read, and what merging makes of
/// it.
#ifndef KHUTWA_TESTS_MERGE_TESTS_H
#define KHUTWA_TESTS_MERGE_TESTS_H

#include "store/merge.h"
#include "store/merge_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/// Entities of every record: see fresh().
enum {
  SYRIA = 1,
  IDLIB,   // the seat of its division
  SARAQIB, // a town of that division
  ARIHA,   // another one
  ALEPPO,  // the seat of another division
  BINNISH, // a kilometre from Idlib
  GAZA,    // a region
  YEMEN,
  NOWHERE,  // a name without a place on the map
  ARMY,     // armed, SYR
  REBELS,   // armed, SYR
  HOUTHIS,  // armed, YEM
  UN,       // org
  GUNMEN,   // described only
  ENVOY,    // person
  MINISTER, // person, SYR
  DOCTOR,   // person, SYR
  POLICE,   // described only, SYR
};

/// A record with these entities, without documents.
sqlite3 *fresh(void);
/// Runs SQL, formatted as sqlite3_mprintf does.
void run(sqlite3 *db, const char *format, ...);
/// The first value of a query; -1 for NULL or no row.
int64_t ask(sqlite3 *db, const char *format, ...);
/// The first value as text, in `out`.
const char *ask_text(sqlite3 *db, char out[256], const char *format, ...);

/// A report of outlet `outlet` (0: none).
void document(sqlite3 *db, int doc, int outlet, const char *published);
/// What an event is told with. Zero is nothing told.
typedef struct told {
  const char *type; ///< NULL: ASSAULT
  const char *mode;
  const char *day, *until; ///< NULL: not told.
  int place, actor, other_actor, recipient;
  int start;
  bool negated;
  const char *reality; ///< NULL: actual
} told;
void event(sqlite3 *db, int doc, int n, told t);
typedef struct figure_told {
  double value, high;
  const char *what, *counted, *bound; ///< NULL: killed, persons, exact
  int place, source, start;
  int part_of, restates;
  const char *since, *until;
} figure_told;
void figure(sqlite3 *db, int doc, int n, figure_told t);
typedef struct step_told {
  const char *kind, *status, *day; ///< NULL: ceasefire, demanded
  int place, by, asked_by, according_to, same_as;
  int start, for_start, for_end;
} step_told;
void step(sqlite3 *db, int doc, int n, step_told t);
/// Makes somebody (0: nobody) take part in a claim.
void part(sqlite3 *db, int doc, int n, const char *role, int entity);

/// Merges; fails the test when it fails.
void merge(sqlite3 *db);
/// The happening, series or entry of (doc, n).
int64_t happening_of(sqlite3 *db, int doc, int n);
int64_t series_of(sqlite3 *db, int doc, int n);
int64_t entry_of(sqlite3 *db, int doc, int n);
/// All derived rows as text; free it with sqlite3_free.
char *derived(sqlite3 *db);

extern const struct CMUnitTest model_tests[], happening_tests[], series_tests[], ledger_tests[],
    who_tests[], run_tests[];
extern const size_t model_test_count, happening_test_count, series_test_count, ledger_test_count,
    who_test_count, run_test_count;

#endif
