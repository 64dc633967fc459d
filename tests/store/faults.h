// SPDX-License-Identifier: Apache-2.0
/// \file
/// Failing on purpose.
#ifndef KHUTWA_TESTS_STORE_FAULTS_H
#define KHUTWA_TESTS_STORE_FAULTS_H

#include <khutwa/engine.h>

/// Whose allocations fail.
typedef enum faults_of {
  FAULTS_OWN,
  FAULTS_JSON,
  FAULTS_SQLITE,
  FAULTS_KINDS,
  FAULTS_ANY
} faults_of;

/// Puts meters under the allocations of SQLite and jansson. Before either is used.
void faults_install(void);
/// From now on the `at`th allocation of a kind fails (from 1; 0: none does).
void faults_set(faults_of kind, unsigned long at);
/// How many of that kind there were since.
unsigned long faults_count(void);
/// khutwa's own allocations, metered.
extern const kh_allocator faults_allocator;

#endif
