// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the rules say, for people (cmake/why.cmake makes the table out of rules/claim).
#ifndef KHUTWA_APP_WEB_WHY_H
#define KHUTWA_APP_WEB_WHY_H

typedef struct kh_rule_note {
  const char *id;      ///< A rule's name, or what several begin with.
  const char *english; ///< What it says; NULL in a frame's row.
  const char *arabic;
  const char *example; ///< Of a frame; NULL.
  const char *file;    ///< Where the frame stands; NULL.
  unsigned line;
} kh_rule_note;

/// Ends with a NULL id.
extern const kh_rule_note kh_rule_notes[];

#endif
