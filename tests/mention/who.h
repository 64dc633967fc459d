// SPDX-License-Identifier: Apache-2.0
#ifndef KHUTWA_TESTS_MENTION_WHO_H
#define KHUTWA_TESTS_MENTION_WHO_H

/// Runs the tests of offices, roles and places; gives how many failed.
int who_tests(void);

/// Runs those of frequent words.
int ready_tests(void);

/// Runs those of names in English.
int english_tests(void);

#endif
