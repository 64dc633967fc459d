// SPDX-License-Identifier: Apache-2.0
/// \file
/// What persons change of a claim, as JSON with the record's own fields.
///
/// A person may write references as the record has them: "e3", "t2", "s1". These shift when the
/// document is read again; so they are settled, before anything is kept, into what does not:
/// entities over all reports ("E77"), times and claims by their words. Spans are
/// {"start", "end"} in code points of the text, which never changes.
#ifndef KHUTWA_STORE_PATCH_H
#define KHUTWA_STORE_PATCH_H

#include "store/load.h"

/// Settles `patch` in place. KH_ERROR_ARGUMENT names the field that is wrong. Under the guard.
kh_status kh_patch_settle(kh_loaded *loaded, int layer, json_t *patch, kh_error *error);

/// Applies a settled patch to an item of the loaded record. Under the guard. KH_ERROR_ARGUMENT: it
/// does not fit this text.
kh_status kh_patch_apply(kh_loaded *loaded, int layer, void *item, const json_t *patch,
                         kh_error *error);

/// The fields that `patch` changes as they are in `item`, settled. NULL when memory is out. The
/// object is the caller's.
json_t *kh_patch_before(const kh_loaded *loaded, int layer, const void *item, const json_t *patch);

/// A claim of that layer that says nothing yet.
void kh_patch_blank(int layer, void *item);
/// Whether an item says what every claim of its layer must: its words, and who speaks.
kh_status kh_patch_complete(int layer, const void *item, kh_error *error);
/// Bytes of an item.
size_t kh_patch_size(int layer);

/// Adds entity `row` of the store to the loaded record, unless it is there; gives its index.
kh_status kh_loaded_entity(kh_loaded *loaded, int64_t row, int32_t *index, kh_error *error);

/// Whether reading the JSON of `text` failed for want of memory. jansson tells this by telling
/// nothing, or takes the word that it had no room for for an invalid one; then SQLite is asked.
bool kh_json_out_of_memory(kh_store *store, const json_error_t *why, const char *text);

#endif
