// SPDX-License-Identifier: Apache-2.0
/// \file
/// Digests of documents and refusals as the chain proves them.
#ifndef KHUTWA_STORE_DIGEST_H
#define KHUTWA_STORE_DIGEST_H

#include "store/audit.h"

/// Reads the rows of document `doc`: its metadata, text, packed record and raw bytes, and the
/// entities, spellings, roles and rules that it brought in. What can be made from these (claims,
/// the days of roles, everything derived) is not in the digest; khutwa verify makes it again.
/// KH_END: no such document.
kh_status kh_document_digest(kh_store *store, int64_t doc, unsigned char digest[KH_DIGEST],
                             kh_error *error);

/// Of an item that could not be read: where it stood, and why. KH_END: there is no such row.
kh_status kh_refusal_digest(kh_store *store, int64_t refusal, unsigned char digest[KH_DIGEST],
                            kh_error *error);

/// Adds all columns of all rows that `sql` gives for `number`, and how many there are. KH_END:
/// none.
kh_status kh_digest_rows(kh_store *store, const char *sql, int64_t number, kh_digest *d,
                         kh_error *error);

#endif
