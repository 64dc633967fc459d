// SPDX-License-Identifier: Apache-2.0
/// \file
/// What happened, for formats that know events: happenings with all their mentions, and events
/// that belong to none, one after another.
#ifndef KHUTWA_VIEW_OCCURRENCE_H
#define KHUTWA_VIEW_OCCURRENCE_H

#include "view/export.h"

#include <jansson.h>

/// Strings are "" and numbers NAN where unknown; all is borrowed until the next one.
typedef struct kh_occurrence {
  const char *id;    // H12.3, or D12.v3 where the event belongs to no happening
  const char *claim; // its first mention
  const char *document;
  const char *type;
  const char *mode;
  const char *day;
  const char *until;
  const char *day_from; // "time", or "published"
  const char *reality;
  bool negated;
  int64_t mentions;
  int64_t sources;
  const char *place;
  const char *place_en;
  const char *place_code;
  const char *country; // alpha-3
  const char *country_en;
  const char *admin1;
  const char *admin2;
  double latitude;
  double longitude;
  const char *sentence;
  const char *trigger;
  const char *outlets; // of all mentions, "; " between
  const char *title;   // of the first mention's report
  const char *published;
  const char *outlet;
  const char *uri;
  json_t *actors;     // list of {id, name, name_en, kind, country, sector, known_id}
  json_t *recipients; // the same
  double killed;      // best figure of those killed in it
  double killed_low;
  double killed_high;
  double killed_civilians;
  double wounded;
  double detained;
  const char *counted_by; // who counted the dead, "; " between
  int64_t start;          // code points of the trigger in the text of the first mention's report
  int64_t end;
} kh_occurrence;

typedef kh_status (*kh_occurrence_fn)(kh_exporting *x, const kh_occurrence *o);

/// Calls `take` for each that the selection allows, in the order of days; `actual` leaves out what
/// is only demanded, planned, possible, conditional or denied.
kh_status kh_occurrences(kh_exporting *x, bool actual, kh_occurrence_fn take);

/// A text of a party; "" where it has none.
const char *kh_party_text(const json_t *party, const char *key);
/// Does it bear arms: an armed group, or of the sectors MIL REB COP SPY?
bool kh_party_is_armed(const json_t *party);

#endif
