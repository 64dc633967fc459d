// SPDX-License-Identifier: Apache-2.0
#include "store/cluster.h"

/// What an agreement is worth; see docs/merging.md, where the same numbers stand.
enum {
  PLACE_SAME = 40,
  PLACE_SAME_DIVISION = 25,
  PLACE_SAME_COUNTRY = 5,
  PLACE_NEAR = 30,
  PLACE_INSIDE = 15,
  PLACE_WIDE = 5,
  PLACE_UNSURE = -15,
  DAY_SAME = 25,
  DAY_FRESH = 20,
  DAY_MAY = 12,
  DAY_NEXT = -5,
  ACTORS_SHARED = 20,
  ACTORS_ALIKE = 12,
  ACTORS_KIN = 4,
  ACTORS_RIVAL = -25,
  PERSON_SHARED = 35,
  RECIPIENTS_SHARED = 15,
  RECIPIENTS_RIVAL = -20,
  TOLL_SAME = 25,
  TOLL_SAME_SMALL = 10,
  TOLL_LIKE = 5,
  TOLL_UNLIKE = -25,
  MODE_OTHER = -12,
};

/// A named taker of a part: «مسلحون» (gunmen) may be anybody.
static bool named(const kh_merge_entity *e) { return e->kind != KH_KIND_ACTOR; }

/// What two takers of a part are to each other.
static kh_kinship compare(const kh_merge_record *record, uint32_t x, uint32_t y) {
  const kh_merge_entity *p = &record->entities.at[x], *q = &record->entities.at[y];
  if (x == y && named(p)) return KH_PARTS_SHARED;
  const bool one_state = p->country && p->country == q->country;
  if (one_state && p->name == q->name) return KH_PARTS_ALIKE;
  if (!named(p) || !named(q)) return KH_PARTS_OPEN;
  return one_state ? KH_PARTS_KIN : KH_PARTS_RIVAL;
}

kh_kinship kh_parts_compare(const kh_merge_record *record, const uint32_t *a, uint32_t a_count,
                            const uint32_t *b, uint32_t b_count) {
  // The nearest kinship of any two; the enum tells them in this order.
  kh_kinship best = KH_PARTS_OPEN;
  for (uint32_t i = 0; i < a_count; i++)
    for (uint32_t k = 0; k < b_count; k++) {
      const kh_kinship kin = compare(record, kh_one(record, a[i]), kh_one(record, b[k]));
      if (kin == KH_PARTS_SHARED) return kin;
      if (kin != KH_PARTS_OPEN && (best == KH_PARTS_OPEN || kin < best)) best = kin;
    }
  return best;
}

bool kh_parts_other_persons(const kh_merge_record *record, const uint32_t *a, uint32_t a_count,
                            const uint32_t *b, uint32_t b_count) {
  bool in_a = false, in_b = false;
  for (uint32_t i = 0; i < a_count; i++) {
    const uint32_t x = kh_one(record, a[i]);
    if (record->entities.at[x].kind != KH_KIND_PERSON) continue;
    in_a = true;
    for (uint32_t j = 0; j < b_count; j++)
      if (kh_one(record, b[j]) == x) return false;
  }
  for (uint32_t j = 0; j < b_count; j++)
    if (record->entities.at[kh_one(record, b[j])].kind == KH_KIND_PERSON) in_b = true;
  return in_a && in_b;
}

static bool shares_person(const kh_merge_record *record, const kh_profile *a, const kh_profile *b) {
  for (uint32_t i = 0; i < a->recipient_count; i++)
    for (uint32_t j = 0; j < b->recipient_count; j++) {
      const uint32_t x = kh_one(record, a->recipients[i]);
      if (x == kh_one(record, b->recipients[j]) && record->entities.at[x].kind == KH_KIND_PERSON)
        return true;
    }
  return false;
}

static int place_score(const kh_merge_record *record, const kh_profile *a, const kh_profile *b) {
  switch (kh_places(record, a->place, b->place)) {
  case KH_PLACES_SAME: {
    const uint8_t width = record->entities.at[kh_one(record, a->place)].width;
    return width == KH_WIDTH_COUNTRY                            ? PLACE_SAME_COUNTRY
           : width == KH_WIDTH_REGION || width == KH_WIDTH_SEAT ? PLACE_SAME_DIVISION
                                                                : PLACE_SAME;
  }
  case KH_PLACES_NEAR:
    return PLACE_NEAR;
  case KH_PLACES_INSIDE:
    return PLACE_INSIDE;
  case KH_PLACES_WIDE:
    return PLACE_WIDE;
  case KH_PLACES_UNSURE:
    return PLACE_UNSURE;
  case KH_PLACES_APART:
    return KH_VETO;
  default:
    return 0;
  }
}

static int day_score(const kh_profile *a, const kh_profile *b) {
  if (a->lo == KH_NO_DAY || b->lo == KH_NO_DAY) return KH_VETO;
  const bool exact_a = a->told && a->lo == a->hi, exact_b = b->told && b->lo == b->hi;
  if (a->hi < b->lo || b->hi < a->lo) {
    // A night between two days is told as either.
    const int32_t gap = a->hi < b->lo ? b->lo - a->hi : a->lo - b->hi;
    return exact_a && exact_b && gap == 1 ? DAY_NEXT : KH_VETO;
  }
  if (exact_a && exact_b) return DAY_SAME;
  // News without a day is of the day of its report, or of the day before.
  const int32_t gap = a->hi > b->hi ? a->hi - b->hi : b->hi - a->hi;
  return gap <= 1 && (exact_a || !a->told) && (exact_b || !b->told) ? DAY_FRESH : DAY_MAY;
}

static int toll_score(const kh_profile *a, const kh_profile *b) {
  int score = 0;
  for (int i = 0; i < KH_TOLLS; i++) {
    if (a->toll_low[i] < 0 || b->toll_low[i] < 0) continue;
    const float low = b->toll_low[i], high = b->toll_high[i];
    if (a->toll_high[i] >= low && a->toll_low[i] <= high) {
      const int worth = low >= 4 ? TOLL_SAME : TOLL_SAME_SMALL;
      score = score < worth ? worth : score;
      continue;
    }
    const float less = a->toll_high[i] < low ? a->toll_high[i] : high;
    const float more = a->toll_high[i] < low ? low : a->toll_low[i];
    if (more > 10 * less + 20) return KH_VETO;
    if (more > 3 * less && more > less + 5)
      score += TOLL_UNLIKE;
    else if (score <= 0)
      score += TOLL_LIKE;
  }
  return score;
}

static int parts_score(const kh_merge_record *record, const kh_profile *a, const kh_profile *b) {
  int score = 0;
  const kh_kinship actors =
      kh_parts_compare(record, a->actors, a->actor_count, b->actors, b->actor_count);
  if (actors == KH_PARTS_SHARED) score += ACTORS_SHARED;
  if (actors == KH_PARTS_ALIKE) score += ACTORS_ALIKE;
  if (actors == KH_PARTS_KIN) score += ACTORS_KIN;
  if (actors == KH_PARTS_RIVAL) score += ACTORS_RIVAL;
  // Who speaks, meets or asks is the happening itself.
  const bool by_actor = a->type != KH_EVENT_ASSAULT && a->type != KH_EVENT_COERCE;
  if (by_actor && actors == KH_PARTS_RIVAL) return KH_VETO;
  if (kh_parts_other_persons(record, a->recipients, a->recipient_count, b->recipients,
                             b->recipient_count))
    return KH_VETO;
  if (shares_person(record, a, b)) return score + PERSON_SHARED;
  const kh_kinship recipients = kh_parts_compare(record, a->recipients, a->recipient_count,
                                                 b->recipients, b->recipient_count);
  if (recipients == KH_PARTS_SHARED) score += RECIPIENTS_SHARED;
  if (recipients == KH_PARTS_RIVAL) score += RECIPIENTS_RIVAL;
  return score;
}

int kh_profile_alike(const kh_merge_record *record, const kh_profile *a, const kh_profile *b) {
  int score = day_score(a, b);
  if (score == KH_VETO) return KH_VETO;
  const int place = place_score(record, a, b);
  if (place == KH_VETO) return KH_VETO;
  if (!kh_modes_agree(a->mode, b->mode)) return KH_VETO;
  if (a->mode && b->mode && a->mode != b->mode) score += MODE_OTHER;
  const int toll = toll_score(a, b);
  if (toll == KH_VETO) return KH_VETO;
  const int parts = parts_score(record, a, b);
  return parts == KH_VETO ? KH_VETO : score + place + toll + parts;
}

static void add_parts(const kh_merge_record *record, uint32_t *to, uint8_t *count,
                      const uint32_t *from, uint32_t from_count) {
  for (uint32_t i = 0; i < from_count && *count < KH_SIDE_PARTS; i++) {
    const uint32_t one = kh_one(record, from[i]);
    bool there = false;
    for (uint32_t j = 0; j < *count; j++) there |= to[j] == one;
    if (!there) to[(*count)++] = one;
  }
}

void kh_profile_of(const kh_merge_record *record, const kh_node *node, kh_profile *profile) {
  *profile = (kh_profile){.lo = node->lo,
                          .hi = node->lo == KH_NO_DAY ? KH_NO_DAY : node->lo + node->days,
                          .place = kh_one(record, node->place),
                          .type = node->type,
                          .mode = node->mode,
                          .told = node->told};
  for (int i = 0; i < KH_TOLLS; i++)
    profile->toll_low[i] = profile->toll_high[i] =
        node->toll[i] == KH_NO_TOLL ? -1 : (float)node->toll[i];
  if (node->actor_count)
    add_parts(record, profile->actors, &profile->actor_count, record->parts.at + node->actors,
              node->actor_count);
  if (node->recipient_count)
    add_parts(record, profile->recipients, &profile->recipient_count,
              record->parts.at + node->recipients, node->recipient_count);
}

static void add_day(kh_profile *to, const kh_profile *from) {
  if (from->told && !to->told) {
    to->lo = from->lo;
    to->hi = from->hi;
    to->told = true;
  } else if (from->told == to->told && from->hi >= to->lo && from->lo <= to->hi) {
    if (from->lo > to->lo) to->lo = from->lo;
    if (from->hi < to->hi) to->hi = from->hi;
  }
}

void kh_profile_add(const kh_merge_record *record, kh_profile *to, const kh_profile *from) {
  if (to->lo == KH_NO_DAY)
    to->lo = from->lo, to->hi = from->hi, to->told = from->told;
  else if (from->lo != KH_NO_DAY)
    add_day(to, from);
  if (kh_place_narrower(record, from->place, to->place)) to->place = from->place;
  if (!to->mode) to->mode = from->mode;
  for (int i = 0; i < KH_TOLLS; i++) {
    if (from->toll_low[i] < 0) continue;
    if (to->toll_low[i] < 0 || from->toll_low[i] < to->toll_low[i])
      to->toll_low[i] = from->toll_low[i];
    if (from->toll_high[i] > to->toll_high[i]) to->toll_high[i] = from->toll_high[i];
  }
  add_parts(record, to->actors, &to->actor_count, from->actors, from->actor_count);
  add_parts(record, to->recipients, &to->recipient_count, from->recipients, from->recipient_count);
}
