// SPDX-License-Identifier: Apache-2.0
/// \file
/// The finished record of a document: what the layers drafted, checked and put in order.
#ifndef KHUTWA_RECORD_RECORD_H
#define KHUTWA_RECORD_RECORD_H

#include "claim/claim_layer.h"

/// Every span lies in the text at character boundaries and is not empty (but {0, 0} for "none"),
/// every reference names an item of this record, every item has a rule. Arrays are in the order
/// of the text.
typedef struct kh_record {
  kh_entity *entities;
  kh_time *times;
  kh_figure *figures;
  kh_statement *statements;
  kh_event *events;
  kh_step *steps;
  uint32_t entity_count;
  uint32_t time_count;
  uint32_t figure_count;
  uint32_t statement_count;
  uint32_t event_count;
  uint32_t step_count;
  uint32_t withheld; ///< Drafts that broke a promise and were left out.
  uint32_t *marks;   ///< Code points before every KH_MARK_BYTES-th byte of the text.
} kh_record;

enum { KH_MARK_BYTES = 32 };

/// Fills document->record from the layers (any of which may be NULL).
void kh_record_stage(kh_document *document);

/// Fills document->record->marks. Called under the arena's guard.
void kh_record_marks(kh_document *document);

/// Code points before byte `at` of the document's text, in constant time.
uint32_t kh_record_code_points(const kh_document *document, uint32_t at);

#endif
