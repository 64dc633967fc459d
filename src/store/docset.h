// SPDX-License-Identifier: Apache-2.0
/// \file
/// Sets of documents: a bit each, so that answers of any size can be counted and combined.
#ifndef KHUTWA_STORE_DOCSET_H
#define KHUTWA_STORE_DOCSET_H

#include "store/select.h"

typedef struct kh_docset {
  uint8_t *bits;
  size_t room; // bytes; documents 1 to 8 * room - 1 may be in it
} kh_docset;

/// An empty set for documents up to `last`. KH_ERROR_MEMORY, or KH_OK and kh_docset_close is due.
kh_status kh_docset_open(kh_docset *set, kh_store *store, int64_t last, kh_error *error);
void kh_docset_close(kh_docset *set, kh_store *store);

/// Adds the documents that a SELECT gives in its first column.
kh_status kh_docset_add(kh_docset *set, kh_select *s);
/// Keeps what is in `other`, too; both have the same room.
void kh_docset_keep(kh_docset *set, const kh_docset *other);
size_t kh_docset_count(const kh_docset *set);
/// The first document after `doc` that is in the set, or 0.
int64_t kh_docset_next(const kh_docset *set, int64_t doc);

static inline bool kh_docset_has(const kh_docset *set, int64_t doc) {
  return doc > 0 && (uint64_t)doc / 8 < set->room && (set->bits[doc / 8] >> (doc % 8) & 1);
}

#endif
