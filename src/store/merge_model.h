// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the merging of a record works on: compact arrays, free of the database.
///
/// Documents and entities are numbered from 0 in the order of their ids; `KH_NOBODY` is none.
/// Claims come a document at a time (kh_report). Days are counted from 0000-03-01, `KH_NO_DAY` is
/// an unknown one. The rules themselves are told in docs/merging.md.
#ifndef KHUTWA_STORE_MERGE_MODEL_H
#define KHUTWA_STORE_MERGE_MODEL_H

#include "store/merge_heap.h"
#include <khutwa/claim.h>

#define KH_NOBODY UINT32_MAX
#define KH_NO_DAY INT32_MIN

/// How narrow a place is.
typedef enum kh_width {
  KH_WIDTH_UNKNOWN, ///< A name without coordinates or code.
  KH_WIDTH_COUNTRY,
  KH_WIDTH_REGION, ///< «قطاع غزة» (the Gaza Strip), «دارفور».
  KH_WIDTH_SEAT,   ///< A town whose name also stands for its first-level division: «إدلب».
  KH_WIDTH_TOWN,
} kh_width;

/// Somebody or something, as the database knows it.
typedef struct kh_merge_entity {
  int64_t id;
  uint32_t one;     ///< The entity that this one is (itself, mostly).
  uint32_t country; ///< Its three letters; 0 when unknown.
  uint32_t admin1;  ///< Country and first-level division, hashed; 0 when unknown.
  uint32_t name;    ///< The name as the search folds it, hashed.
  float latitude;
  float longitude;
  uint8_t kind;  ///< kh_entity_kind
  uint8_t width; ///< kh_width, of places.
  bool located;
} kh_merge_entity;

/// A document.
typedef struct kh_merge_document {
  int64_t id;
  int32_t day;     ///< Of publication.
  uint32_t source; ///< Equal for documents that count as one source.
} kh_merge_document;

/// A list of entities: `count` of them from `first` in kh_merge_record.parts; more are left out.
typedef struct kh_parts {
  uint32_t first;
  uint32_t count;
} kh_parts;

enum { KH_PARTS_MOST = 255 };

typedef struct kh_merge_event {
  uint32_t n;     // stays first: claims are looked up by it
  uint32_t start; ///< Byte of the text.
  uint32_t place;
  int32_t day, until; ///< As told; KH_NO_DAY where the report tells no time.
  kh_parts actors, recipients;
  uint8_t type; ///< kh_event_type
  uint8_t mode; ///< See kh_mode_number.
  bool negated;
} kh_merge_event;

typedef struct kh_merge_figure {
  double value, high; ///< `high` is `value` where there is no range.
  uint32_t n;
  uint32_t start;
  uint32_t place, source;
  int32_t since, until;
  bool part;       ///< Part of another figure.
  bool restates;   ///< Another figure again.
  uint8_t bound;   ///< kh_bound
  uint8_t counted; ///< kh_counted
  uint8_t what;    ///< kh_harm
} kh_merge_figure;

typedef struct kh_merge_step {
  uint32_t n; // stays first, too
  uint32_t start, end;
  uint32_t for_start, for_end; ///< Both 0 when it is a condition of nothing.
  uint32_t place, according_to;
  uint32_t same_as; ///< Another step's n, or KH_NOBODY.
  int32_t day;
  kh_parts by, asked_by;
  uint8_t kind;   ///< kh_step_kind
  uint8_t status; ///< kh_step_status
} kh_merge_step;

/// A place that a document names, and how often.
typedef struct kh_merge_place {
  uint32_t entity;
  uint32_t mentions;
} kh_merge_place;

/// All claims of one document. The arrays are used again for the next one.
typedef struct kh_report {
  uint32_t document;
  KH_LIST(kh_merge_event) events;
  KH_LIST(kh_merge_figure) figures;
  KH_LIST(kh_merge_step) steps;
  KH_LIST(kh_merge_place) places; ///< All that the document names.
} kh_report;

/// What all stages of a merging share.
typedef struct kh_merge_record {
  kh_heap heap;
  KH_LIST(kh_merge_document) documents;
  KH_LIST(kh_merge_entity) entities;
  KH_LIST(uint32_t) parts;
} kh_merge_record;

/// Frees the arrays.
void kh_merge_record_free(kh_merge_record *record);

/// The entity that `entity` is; KH_NOBODY for none.
static inline uint32_t kh_one(const kh_merge_record *record, uint32_t entity) {
  return entity == KH_NOBODY ? KH_NOBODY : record->entities.at[entity].one;
}

/// Sorts numbers, ascending.
void kh_sort_pairs(uint64_t *pairs, uint32_t count);

/// Days from 0000-03-01; KH_NO_DAY for NULL and what is no date. A time of day after it is left
/// out.
int32_t kh_day_number(const char *iso);
/// The other way round.
void kh_day_write(int32_t day, char iso[11]);

/// Whether a place's code is that of a town which gives its first-level division the name.
bool kh_is_seat(const char *place_code);

/// How two places stand to each other.
typedef enum kh_relation {
  KH_PLACES_OPEN,   ///< One is unknown.
  KH_PLACES_UNSURE, ///< Two names, one of them without a place on the map: nothing tells.
  KH_PLACES_SAME,   ///< One place.
  KH_PLACES_NEAR,   ///< A part of a town and the town, or hardly apart on the map.
  KH_PLACES_INSIDE, ///< One may lie in the other, which is a division, a region.
  KH_PLACES_WIDE,   ///< The same, but the wider one is a country.
  KH_PLACES_APART,
} kh_relation;

/// `a` and `b` are entities of kind place, or KH_NOBODY.
kh_relation kh_places(const kh_merge_record *record, uint32_t a, uint32_t b);
/// The only town that a report names, wider places around it left out; KH_NOBODY.
uint32_t kh_only_town(const kh_merge_record *record, const kh_merge_place *places, uint32_t count);
/// True where `a` says more about where than `b`.
bool kh_place_narrower(const kh_merge_record *record, uint32_t a, uint32_t b);

/// A mode's number, 0 for none; equal for equal names.
uint8_t kh_mode_number(const char *mode);
/// The name of a number; NULL for 0.
const char *kh_mode_name(uint8_t mode);
/// Whether one deed can be told with either mode.
bool kh_modes_agree(uint8_t a, uint8_t b);

#endif
