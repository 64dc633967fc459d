// SPDX-License-Identifier: Apache-2.0
/// \file
/// The words that the view for people puts around what a report says, in each language.
#ifndef KHUTWA_VIEW_LABELS_H
#define KHUTWA_VIEW_LABELS_H

#include <khutwa/view.h>

typedef enum kh_label {
  KH_LABEL_SOURCE,
  KH_LABEL_PUBLISHED,
  KH_LABEL_LANGUAGE,
  KH_LABEL_NOT_ARABIC, // nothing is claimed from a text that is not Arabic
  KH_LABEL_NOTHING,    // nothing was found
  KH_LABEL_STATEMENTS,
  KH_LABEL_EVENTS,
  KH_LABEL_FIGURES,
  KH_LABEL_STEPS,
  KH_LABEL_ENTITIES,
  KH_LABEL_TIMES,
  KH_LABEL_WITH,
  KH_LABEL_TO,
  KH_LABEL_VIA,
  KH_LABEL_WHEN,
  KH_LABEL_WHERE,
  KH_LABEL_IN_STATEMENT,
  KH_LABEL_NOT,
  KH_LABEL_BY,
  KH_LABEL_ON, // whom an event befalls
  KH_LABEL_ASKED_BY,
  KH_LABEL_FOR,
  KH_LABEL_ACCORDING_TO,
  KH_LABEL_SINCE,
  KH_LABEL_UNTIL,
  KH_LABEL_PART_OF,
  KH_LABEL_RESTATES,
  KH_LABEL_RULE,
  KH_LABEL_MENTIONS,
  KH_LABEL_INFERRED,
  KH_LABEL_CONFLICT,
  KH_LABEL_UNTITLED,
  KH_LABEL_COPY,    // of another report
  KH_LABEL_COPY_OF, // ... of this one
  KH_LABEL_CLAIMS,
  KH_LABEL_REPORTS,
  KH_LABEL_SOURCES,  // independent ones
  KH_LABEL_DENIED,   // some report denies it
  KH_LABEL_DISPUTED, // reports contradict one another
  KH_LABEL_NEEDS,    // a step waits for this
  KH_LABEL_NEEDED_BY,
  KH_LABEL_FILE,
  KH_LABEL_ADDRESS,
  KH_LABEL_MAY_BE, // an entity may be the same as this
  KH_LABEL_COMMA,  // between the members of a list
  KH_LABEL_COUNT
} kh_label;

/// UTF-8, NUL-terminated, static. Never NULL.
const char *kh_label_text(kh_label label, kh_view_language language);

/// A word of the record ("at_least", "ASSAULT") for people; the word itself where none is known.
const char *kh_label_term(const char *word, kh_view_language language);

#endif
