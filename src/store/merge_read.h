// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reads what is to be merged out of the database, a document at a time.
#ifndef KHUTWA_STORE_MERGE_READ_H
#define KHUTWA_STORE_MERGE_READ_H

#include "store/merge_model.h"

#include <khutwa/status.h>
#include <sqlite3.h>

/// What a walk reads.
typedef enum kh_merge_layer {
  KH_MERGE_EVENTS,  ///< Events with who takes part, figures, and the places that are named.
  KH_MERGE_FIGURES, ///< Figures.
  KH_MERGE_STEPS,   ///< Steps with who takes part.
} kh_merge_layer;

/// One walk over all claims in the order of documents.
typedef struct kh_merge_reader {
  sqlite3 *db;
  kh_merge_record *record;
  sqlite3_stmt *events, *figures, *steps, *parts, *places;
  bool more_events, more_figures, more_steps, more_parts, more_places;
  bool broken;   ///< A walk failed.
  uint32_t next; ///< Document that comes next.
  kh_report report;
} kh_merge_reader;

/// Reads documents and entities into `record`, whose heap must have been set up. Every entity is
/// itself (kh_merge_entity.one).
kh_status kh_merge_read_record(sqlite3 *db, kh_merge_record *record, kh_error *error);

/// Begins the walk. `reader` is to be ended even after a failure.
kh_status kh_merge_reader_begin(kh_merge_reader *reader, sqlite3 *db, kh_merge_record *record,
                                kh_merge_layer layer, kh_error *error);
/// The claims of the next document that has any: KH_OK, KH_END after the last one. `*report` is
/// valid until the next call.
kh_status kh_merge_reader_next(kh_merge_reader *reader, const kh_report **report, kh_error *error);
void kh_merge_reader_end(kh_merge_reader *reader);

/// The number of an entity's or document's id; KH_NOBODY where there is none of it.
uint32_t kh_entity_number(const kh_merge_record *record, int64_t id);
uint32_t kh_document_number(const kh_merge_record *record, int64_t id);

/// What SQLite's last failure means, as an error.
kh_status kh_merge_failed(sqlite3 *db, kh_error *error);

#endif
