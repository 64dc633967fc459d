// SPDX-License-Identifier: Apache-2.0
/// \file
/// PLOVER's types of events: quad class, score, and the CAMEO codes they come from.
#ifndef KHUTWA_VIEW_PLOVER_H
#define KHUTWA_VIEW_PLOVER_H

typedef struct kh_plover {
  const char *type;
  const char *mode; // "": the type itself, and modes that have no line
  int quad;         // 1 verbal cooperation, 2 material, 3 verbal conflict, 4 material
  double score;
  const char *cameo;
} kh_plover;

/// The line of a type and mode; of the type where the mode has none. NULL: no such type.
const kh_plover *kh_plover_find(const char *type, const char *mode);

#endif
