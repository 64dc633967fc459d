// SPDX-License-Identifier: Apache-2.0
/// \file
/// The digest of a document as the chain proves it.
#ifndef KHUTWA_STORE_DIGEST_H
#define KHUTWA_STORE_DIGEST_H

#include "store/audit.h"

/// Reads the rows of document `doc`: its metadata, text, packed record and raw bytes, who its
/// entities are, and the entities that it brought in. What can be made from these (claims, names,
/// everything derived) is not in the digest; khutwa verify makes it again. KH_END: no such
/// document.
kh_status kh_document_digest(kh_store *store, int64_t doc, unsigned char digest[KH_DIGEST],
                             kh_error *error);

/// Adds all columns of all rows that `sql` gives for `number`, and how many there are. KH_END:
/// none.
kh_status kh_digest_rows(kh_store *store, const char *sql, int64_t number, kh_digest *d,
                         kh_error *error);

#endif
