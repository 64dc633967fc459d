// SPDX-License-Identifier: Apache-2.0
/// \file
/// From what a person writes to rows of the record: ids, and names of actors and places.
#ifndef KHUTWA_STORE_FIND_H
#define KHUTWA_STORE_FIND_H

#include "store/store.h"

/// A public id taken apart: D12 is {'D', 0, 12, 0}, D12.v3 {'D', 'v', 12, 3}, E77 {'E', 0, 77, 0},
/// H12.3 {'H', 0, 12, 3}; R and L as H.
typedef struct kh_name_of {
  char kind;
  char layer;
  int64_t doc; // or the entity
  int64_t n;
} kh_name_of;

/// Reads an id, of any case. False: it is none.
bool kh_id_read(const char *text, kh_name_of *id);

enum { KH_FOUND_BYTES = 8192, KH_FOUND_MOST = 400 };

/// A list of entities as JSON, for json_each.
typedef struct kh_found {
  char json[KH_FOUND_BYTES];
  unsigned count;
} kh_found;

/// The entities that are meant by an id (E77) or a name in any spelling, with all that were joined
/// to them. KH_ERROR_ARGUMENT (`what` names the filter) where there is none.
kh_status kh_find_actors(kh_store *store, const char *name, const char *what, kh_found *found,
                         kh_error *error);

/// As kh_find_actors, for places: what is given by a country's name or its code (SYR) stands for
/// every place in it.
kh_status kh_find_places(kh_store *store, const char *name, const char *what, kh_found *found,
                         kh_error *error);

#endif
