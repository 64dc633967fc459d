// SPDX-License-Identifier: Apache-2.0
/// \file
/// Failing on purpose.
#ifndef KHUTWA_TESTS_STORE_FAULTS_H
#define KHUTWA_TESTS_STORE_FAULTS_H

/// Puts meters under the allocations of SQLite and jansson. Before either is used.
void faults_install(void);

#endif
