// SPDX-License-Identifier: Apache-2.0
/// \file
/// A document's record as a few hundred bytes, without its text and without what the row of an
/// entity says already; and back. The form is described in docs/record-file.md.
#ifndef KHUTWA_STORE_PACK_H
#define KHUTWA_STORE_PACK_H

#include "store/entity.h"

#include "record/record.h"

enum { KH_PACK_VERSION = 1 };

/// Packs `record` into store->bytes; `entities` are its entities' resolutions. Gives the length.
/// Within a change (rules may be entered).
kh_status kh_record_pack(kh_store *store, const kh_record *record, const char *text,
                         const kh_resolved *entities, size_t *len, kh_error *error);

/// Reads the `len` bytes at `packed` into document->record; document->text must be there.
/// `entities` (may be NULL) gets the rows of its entities, in the arena. Called under the arena's
/// guard. KH_ERROR_STORE: they are no record of this text.
kh_status kh_record_unpack(kh_store *store, kh_document *document, const unsigned char *packed,
                           size_t len, int64_t **entities, kh_error *error);

#endif
