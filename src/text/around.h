// SPDX-License-Identifier: Apache-2.0
/// \file
/// Lines that stand in a report's text and are none of it: «read also», «follow us on», tags.
#ifndef KHUTWA_TEXT_AROUND_H
#define KHUTWA_TEXT_AROUND_H

#include <stdbool.h>
#include <stddef.h>

/// Does a line begin as such lines do (rules/page/around.tsv), and is it short enough to be one?
bool kh_is_around(const char *line, size_t len);

#endif
