// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decisions from inside: what they are about, and their effect on the rows.
#ifndef KHUTWA_STORE_DECISION_H
#define KHUTWA_STORE_DECISION_H

#include "store/load.h"

enum { KH_ID_BYTES = 48 };

/// What a public id names: a claim (D12.v3), an entity of a report (D12.e3), a report (D12: n 0),
/// an entity over all (E77: doc 0), or a happening, series or ledger entry by a claim of it (H12.3,
/// R12.3, L12.3).
typedef struct kh_target {
  char layer; // of the decision: f s v p e E h r l; D for a report
  char claim; // of the claim: f s v p, or as `layer`
  int64_t doc;
  int64_t n;
} kh_target;

/// Reads a public id; false where it is none.
bool kh_target_read(const char *id, kh_target *target);
/// Writes one: `layer` as of the claim.
void kh_target_write(char layer, int64_t doc, int64_t n, char id[KH_ID_BYTES]);
/// "E77" to 77; 0 for anything else, NULL too.
int64_t kh_entity_id(const char *id);

/// Makes the rows of document `doc` again from what the machine read and what persons decided.
/// `strict`: see kh_loaded. Within a change.
kh_status kh_document_rebuild(kh_store *store, int64_t doc, int64_t strict, kh_error *error);

/// The same with a document that was loaded with its decisions.
kh_status kh_loaded_rebuild(const kh_loaded *loaded, kh_error *error);

/// Joins entities anew as decisions say. Within a change.
kh_status kh_entities_rejoin(kh_store *store, kh_error *error);

/// The digest of a decision as the chain proves it: all that never changes. KH_END: there is none.
kh_status kh_decision_digest(kh_store *store, int64_t decision, unsigned char digest[KH_DIGEST],
                             kh_error *error);

#endif
