// SPDX-License-Identifier: Apache-2.0
/// \file
/// Some fields of one JSON object, decoded where they stand: no copies, no allocation, no
/// recursion. All of the line is checked to be JSON (RFC 8259) all the same.
#ifndef KHUTWA_TEXT_JSON_LINE_H
#define KHUTWA_TEXT_JSON_LINE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum kh_json_kind {
  KH_JSON_MISSING,
  KH_JSON_NULL,
  KH_JSON_STRING,
  KH_JSON_NUMBER,
  KH_JSON_OTHER, // a list, an object, true, false
} kh_json_kind;

/// A field that is looked for. `at` (of strings and numbers) points into the line, NUL-terminated;
/// a string may hold more NULs.
typedef struct kh_json_field {
  const char *name;
  kh_json_kind kind;
  char *at;
  size_t len;
} kh_json_field;

/// What is wrong with a line, and at which byte.
typedef struct kh_json_fault {
  const char *what;
  size_t at;
} kh_json_fault;

/// Fills `fields` (their names are set) from the object in `line`, whose bytes it changes. Of a
/// name that stands twice the last counts. False with `*fault` set when the line is no object.
bool kh_json_line(char *line, size_t len, kh_json_field *fields, size_t count,
                  kh_json_fault *fault);

#endif
