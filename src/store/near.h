// SPDX-License-Identifier: Apache-2.0
/// \file
/// Near-duplicates: outlets print what agencies send, with another headline, a line of their own,
/// the last paragraphs cut off, other spellings. Documents that share much of a fingerprint are
/// compared word by word.
#ifndef KHUTWA_STORE_NEAR_H
#define KHUTWA_STORE_NEAR_H

#include "store/near_text.h"
#include "store/store.h"

/// A document's fingerprint, and the earlier document that it repeats.
typedef struct kh_near_found {
  uint32_t print[KH_NEAR_PRINT];
  size_t count;                       ///< Numbers of the fingerprint; 0: too short for one.
  unsigned char bytes[KH_NEAR_BYTES]; ///< The same as the row keeps it: four bytes a number.
  int64_t original;                   ///< 0: it repeats none.
} kh_near_found;

/// Takes the fingerprint of `document`, which is not in the record yet, and looks for what it
/// repeats. Within a change.
kh_status kh_near_find(kh_store *store, const kh_document *document, kh_near_found *found,
                       kh_error *error);
/// Remembers it for those that come after it, once it is document `doc`.
kh_status kh_near_enter(kh_store *store, const kh_near_found *found, int64_t doc, kh_error *error);
/// Forgets what is remembered of fingerprints, and frees their memory.
void kh_near_forget(kh_store *store);

#endif
