// SPDX-License-Identifier: Apache-2.0
/// \file
/// The tests of the server, gathered by main.c.
#ifndef KHUTWA_TESTS_WEB_H
#define KHUTWA_TESTS_WEB_H

void test_hosts(void **state);
void test_origins(void **state);
void test_tokens(void **state);
void test_paths(void **state);

#endif
