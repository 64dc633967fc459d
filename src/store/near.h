// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which reports repeat which: fingerprints of all documents in memory, and a comparison of texts
/// with the few that share much of theirs. Made from the file when it is first asked, and anew
/// after kh_near_forget.
#ifndef KHUTWA_STORE_NEAR_H
#define KHUTWA_STORE_NEAR_H

#include "store/store.h"

/// Within a change: finds the earliest document that document `doc`, whose rows are written,
/// repeats, and writes its fingerprint and what was found (columns print and copy_of).
kh_status kh_near_note(kh_store *store, int64_t doc, const kh_document *document, kh_error *error);

/// Forgets what is in memory.
void kh_near_forget(kh_store *store);

#endif
