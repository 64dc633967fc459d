// SPDX-License-Identifier: Apache-2.0
/// \file
/// How far do records agree with records made by hand (gold)? The form of gold files, and what
/// each figure means, is in docs/gold.md.
#ifndef KHUTWA_SCORE_H
#define KHUTWA_SCORE_H

#include <khutwa/view.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Gold files and records, gathered to be compared. Not for several threads at once.
typedef struct kh_score kh_score;

/// `error` may be NULL. `*out` is yours to close.
kh_status kh_score_open(kh_score **out, kh_error *error);

/// NULL is allowed.
void kh_score_close(kh_score *score);

/// Adds a gold file (JSON, copied). KH_ERROR_FORMAT tells what is wrong with it; it is then not
/// counted.
kh_status kh_score_add_gold(kh_score *score, const char *json, size_t len, kh_error *error);

/// Adds a record as kh_view_json writes it (one JSON object, copied). Of several with one id the
/// last counts. KH_ERROR_FORMAT when it is none.
kh_status kh_score_add_record(kh_score *score, const char *json, size_t len, kh_error *error);

/// Reads the report of every gold file with the engine, and adds its record.
kh_status kh_score_read(kh_score *score, const kh_engine *engine, kh_error *error);

/// How many gold files there are.
size_t kh_score_gold_count(const kh_score *score);

typedef struct kh_score_options {
  bool json;          ///< Figures as one JSON object instead of a table.
  const char *errors; ///< Name of a layer: list what was missed (-) and what was spurious (+).
} kh_score_options;

/// Is it the name of a layer that errors can be listed of?
bool kh_score_layer(const char *name);

/// Compares and writes the result. `options` may be NULL. KH_ERROR_FORMAT where a record's text is
/// not the gold's; KH_ERROR_IO when `write` stopped it.
kh_status kh_score_report(kh_score *score, const kh_score_options *options, kh_write_fn write,
                          void *context, kh_error *error);

#ifdef __cplusplus
}
#endif
#endif
