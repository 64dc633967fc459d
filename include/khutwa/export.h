// SPDX-License-Identifier: Apache-2.0
/// \file
/// A record, or a part of it, in the formats of others. docs/exports.md says what stands in each,
/// and what each loses.
#ifndef KHUTWA_EXPORT_H
#define KHUTWA_EXPORT_H

#include <khutwa/ask.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum kh_export_format {
  KH_EXPORT_JSONL,      ///< Reports with all their claims, one a line: the form of khutwa read.
  KH_EXPORT_CSV,        ///< One layer as a table.
  KH_EXPORT_ACLED,      ///< Happenings in the columns of ACLED.
  KH_EXPORT_GED,        ///< Deadly happenings in the columns of UCDP GED.
  KH_EXPORT_PLOVER,     ///< Happenings as PLOVER records, one a line.
  KH_EXPORT_CAMEO,      ///< Happenings as CAMEO dyads, tab-separated.
  KH_EXPORT_GEOJSON,    ///< Happenings that have a place, as points.
  KH_EXPORT_HXL,        ///< Series of figures, tagged with HXL.
  KH_EXPORT_GRAPHML,    ///< Who did what to whom, as a graph.
  KH_EXPORT_ANNOTATION, ///< Claims as annotations of the W3C's model, JSON-LD.
  KH_EXPORT_PROV,       ///< Reports, claims and decisions with their provenance, PROV-O in Turtle.
  KH_EXPORT_FORMATS     // how many there are
} kh_export_format;

/// What a format is called, and what it cannot hold. Static.
typedef struct kh_export_about {
  const char *id;        ///< "acled"; what --format takes.
  const char *name;      ///< "ACLED-like CSV"
  const char *extension; ///< Without a dot.
  const char *type;      ///< Media type.
  const char *loses;     ///< A sentence or a few.
} kh_export_about;

/// NULL for what is no value of the enum.
const kh_export_about *kh_export_describe(kh_export_format format);
/// By `id`; false: there is none.
bool kh_export_find(const char *id, kh_export_format *format);

typedef struct kh_export_options {
  kh_export_format format;
  /// What is exported: `text` (words, as in a search), `id` (one report: D12), `actor`, `type`,
  /// `place`, `from`, `to`, `outlet`. NULL: everything.
  const kh_selection *selection;
  const char *layer; ///< Of CSV: documents entities statements events figures steps.
  bool bom;          ///< Of CSV: begin with a byte order mark, as Excel wants it.
  const char *to;    ///< Where it goes, for the audit. NULL: "stream".
} kh_export_options;

/// Writes an export, and enters it in the audit chain: the store must be signed and writable. The
/// record stays as it is from beginning to end. `rows` (may be NULL) gets how many there were.
/// Where anything fails nothing is entered, and what was written is worth nothing. Errors as of
/// kh_ask; KH_ERROR_IO when `write` stopped it.
kh_status kh_export(kh_store *store, const kh_export_options *options, kh_write_fn write,
                    void *context, uint64_t *rows, kh_error *error);

#ifdef __cplusplus
}
#endif
#endif
