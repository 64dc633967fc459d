// SPDX-License-Identifier: Apache-2.0
/// \file
/// What khutwa read in a document, into its rows.
#ifndef KHUTWA_STORE_READING_H
#define KHUTWA_STORE_READING_H

#include "store/rows.h"

typedef enum kh_reading {
  KH_READING_FIRST, // body and claims come into being
  KH_READING_AGAIN, // the packed record and document_entity are replaced; claims are left to
                    // kh_document_rebuild, which knows the decisions
} kh_reading;

/// Writes the roles that the report gives its entity `e`, row `entity`, with the days of the first
/// and the last report to do so. Within a change.
kh_status kh_roles_write(kh_store *store, const kh_document *document, int64_t doc,
                         const kh_entity *e, int64_t entity, kh_error *error);

/// Within a change.
kh_status kh_reading_write(kh_store *store, const kh_document *document, int64_t doc,
                           kh_reading reading, kh_error *error);

#endif
