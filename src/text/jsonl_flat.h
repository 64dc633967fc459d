// SPDX-License-Identifier: Apache-2.0
/// \file
/// The quick way through a line of JSON that is an object of strings, as reports are.
#ifndef KHUTWA_TEXT_JSONL_FLAT_H
#define KHUTWA_TEXT_JSONL_FLAT_H

#include <stdbool.h>
#include <stddef.h>

/// A member with its value decoded, NUL-terminated. Integers and literals stand as printed.
typedef struct kh_flat_member {
  char *name;
  size_t name_len;
  char *value;
  size_t value_len;
  char kind; // '"' string, '0' integer, 'n' null, 't', 'f'
} kh_flat_member;

enum { KH_FLAT_MEMBERS = 24 };

/// Decodes `line` in place when it is one object of at most KH_FLAT_MEMBERS strings, integers and
/// literals, in valid UTF-8 and without NUL. False for anything else, broken JSON included: the
/// line is then as it was.
bool kh_flat_object(char *line, size_t len, kh_flat_member members[KH_FLAT_MEMBERS], size_t *count);

#endif
