// SPDX-License-Identifier: Apache-2.0
/// \file
/// Who a document's entities are over all reports.
#ifndef KHUTWA_STORE_ENTITY_H
#define KHUTWA_STORE_ENTITY_H

#include "store/store.h"

enum { KH_FOLDED_BYTES = 512 };

typedef struct kh_resolved {
  int64_t entity; // row of the table `entity`
  bool as_row;    // all that describes it in the document stands in that row, too
} kh_resolved;

/// Finds the entity that `entity` of document `doc` is, or enters it: by its known id, by the code
/// of its place, else by its exact folded name, kind and country. Within a change.
kh_status kh_entity_resolve(kh_store *store, const kh_entity *entity, int64_t doc,
                            kh_resolved *resolved, kh_error *error);

/// Reports name few entities again and again: those of late are remembered by all that describes
/// them (entity_met.c). Gives what is remembered of `entity`; false where there is nothing.
bool kh_entity_met(kh_store *store, const kh_entity *entity, bool named, kh_resolved *resolved);
/// Remembers what kh_entity_met just did not find.
void kh_entity_meet(kh_store *store, const kh_resolved *resolved);
/// Forgets them, and frees their memory.
void kh_entities_forget(kh_store *store);

/// The values of kh_entity_kind_name and kh_sector_name (NULL: none) back; false for other words.
bool kh_kind_named(const char *name, kh_entity_kind *kind);
bool kh_sector_named(const char *name, kh_sector *sector);

/// Fills what describes `entity` (all but its mentions, lists and origin; its name only where it
/// has none) from row `row`. Called under the arena's guard. KH_END: there is no such row.
kh_status kh_entity_fill(kh_store *store, int64_t row, kh_entity *entity, kh_arena *arena,
                         kh_error *error);

/// A name as it is compared: letters folded as everywhere, and ta marbuta, alef maqsura and hamza
/// on a seat as they are often written. NUL-terminated, cut to fit.
void kh_name_fold(const char *name, char folded[KH_FOLDED_BYTES]);

/// Whether a mention names it, rather than describes it.
bool kh_entity_is_named(const kh_entity *entity);

/// The number of a rule's name, entered where it is new.
kh_status kh_rule_number(kh_store *store, const char *name, int64_t *rule, kh_error *error);
/// The rule's name, in the arena. Called under its guard.
kh_status kh_rule_name(kh_store *store, int64_t rule, const char **name, kh_arena *arena,
                       kh_error *error);
/// Forgets the numbers that are remembered, and frees their memory.
void kh_rules_forget(kh_store *store);

#endif
