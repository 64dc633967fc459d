// SPDX-License-Identifier: Apache-2.0
#include "store/merge_model.h"

/// Kilometres within which two points are one place and its parts.
#define NEAR_KM 4.0F

/// One degree of latitude; of longitude at the equator.
#define KM_A_DEGREE 111.2F

/// Whether two located places are hardly apart. The earth is flat over so short a way.
static bool near(const kh_merge_entity *a, const kh_merge_entity *b) {
  const float north = (a->latitude - b->latitude) * KM_A_DEGREE;
  if (north > NEAR_KM || north < -NEAR_KM) return false;
  // The cosine by its first terms: wrong by 0.3 % at 40 degrees.
  const float radians = a->latitude * 0.017453293F;
  const float square = radians * radians;
  const float east =
      (a->longitude - b->longitude) * KM_A_DEGREE * (1 - square / 2 + square * square / 24);
  return north * north + east * east <= NEAR_KM * NEAR_KM;
}

kh_relation kh_places(const kh_merge_record *record, uint32_t a, uint32_t b) {
  if (a == KH_NOBODY || b == KH_NOBODY) return KH_PLACES_OPEN;
  a = kh_one(record, a);
  b = kh_one(record, b);
  if (a == b) return KH_PLACES_SAME;
  const kh_merge_entity *x = &record->entities.at[a];
  const kh_merge_entity *y = &record->entities.at[b];
  const bool unknown = x->width == KH_WIDTH_UNKNOWN || y->width == KH_WIDTH_UNKNOWN;
  // A name without a place on the map has its state by guess alone.
  if (unknown && x->name == y->name) return KH_PLACES_NEAR;
  if (x->country && y->country && x->country != y->country) return KH_PLACES_APART;
  if (x->width == KH_WIDTH_COUNTRY || y->width == KH_WIDTH_COUNTRY)
    return x->country == y->country && x->width != y->width ? KH_PLACES_WIDE : KH_PLACES_APART;
  if (x->width == KH_WIDTH_REGION || y->width == KH_WIDTH_REGION)
    return x->width == y->width ? KH_PLACES_APART : unknown ? KH_PLACES_UNSURE : KH_PLACES_WIDE;
  if (x->located && y->located && near(x, y)) return KH_PLACES_NEAR;
  if (x->admin1 && y->admin1) {
    if (x->admin1 != y->admin1) return KH_PLACES_APART;
    return x->width == KH_WIDTH_SEAT || y->width == KH_WIDTH_SEAT ? KH_PLACES_INSIDE
                                                                  : KH_PLACES_APART;
  }
  return KH_PLACES_UNSURE;
}

uint32_t kh_only_town(const kh_merge_record *record, const kh_merge_place *places, uint32_t count) {
  uint32_t town = KH_NOBODY;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t place = kh_one(record, places[i].entity);
    const uint8_t width = record->entities.at[place].width;
    if (width == KH_WIDTH_COUNTRY || width == KH_WIDTH_REGION) continue;
    if (town == KH_NOBODY) {
      town = place;
      continue;
    }
    switch (kh_places(record, town, place)) {
    case KH_PLACES_SAME:
    case KH_PLACES_NEAR:
    case KH_PLACES_INSIDE:
      if (kh_place_narrower(record, place, town)) town = place;
      break;
    default:
      return KH_NOBODY;
    }
  }
  return town;
}

bool kh_place_narrower(const kh_merge_record *record, uint32_t a, uint32_t b) {
  if (a == KH_NOBODY) return false;
  if (b == KH_NOBODY) return true;
  static const uint8_t rank[] = {[KH_WIDTH_COUNTRY] = 0,
                                 [KH_WIDTH_REGION] = 1,
                                 [KH_WIDTH_UNKNOWN] = 2,
                                 [KH_WIDTH_SEAT] = 3,
                                 [KH_WIDTH_TOWN] = 4};
  return rank[record->entities.at[kh_one(record, a)].width] >
         rank[record->entities.at[kh_one(record, b)].width];
}
