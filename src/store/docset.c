// SPDX-License-Identifier: Apache-2.0
#include "store/docset.h"

#include "base/error.h"

#include <string.h>

kh_status kh_docset_open(kh_docset *set, kh_store *store, int64_t last, kh_error *error) {
  const kh_allocator *a = &store->allocator;
  set->room = (size_t)last / 8 + 1;
  set->bits = a->resize(a->context, NULL, 0, set->room);
  if (!set->bits) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  memset(set->bits, 0, set->room);
  return KH_OK;
}

void kh_docset_close(kh_docset *set, kh_store *store) {
  const kh_allocator *a = &store->allocator;
  if (set->bits) (void)a->resize(a->context, set->bits, set->room, 0);
  set->bits = NULL;
}

kh_status kh_docset_add(kh_docset *set, kh_select *s) {
  kh_status status;
  while ((status = kh_select_next(s)) == KH_OK) {
    const int64_t doc = kh_select_number(s, 0);
    if (doc > 0 && (uint64_t)doc / 8 < set->room) set->bits[doc / 8] |= (uint8_t)(1U << (doc % 8));
  }
  return status == KH_END ? KH_OK : status;
}

void kh_docset_keep(kh_docset *set, const kh_docset *other) {
  for (size_t i = 0; i < set->room; i++) set->bits[i] &= other->bits[i];
}

size_t kh_docset_count(const kh_docset *set) {
  size_t count = 0;
  for (size_t i = 0; i < set->room; i++) {
    for (unsigned bits = set->bits[i]; bits; bits &= bits - 1) count++;
  }
  return count;
}

int64_t kh_docset_next(const kh_docset *set, int64_t doc) {
  for (size_t at = (size_t)(doc + 1); at < set->room * 8; at++) {
    if (!set->bits[at / 8]) {
      at |= 7; // the loop goes on with the next byte
      continue;
    }
    if (set->bits[at / 8] >> (at % 8) & 1) return (int64_t)at;
  }
  return 0;
}
