// SPDX-License-Identifier: Apache-2.0
/// \file
/// Formats out: a document's record as JSON for programs, as text for people.
#ifndef KHUTWA_VIEW_H
#define KHUTWA_VIEW_H

#include <khutwa/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Takes `len` bytes of output. Returns false to stop (a full disk, a closed pipe).
typedef bool (*kh_write_fn)(void *context, const char *bytes, size_t len);

/// Writes the record as one line of JSON and a line feed. Spans are in Unicode code points.
/// Returns KH_ERROR_IO when `write` stopped it.
kh_status kh_view_json(const kh_document *document, kh_write_fn write, void *context,
                       kh_error *error);

typedef enum kh_view_language { KH_VIEW_ENGLISH = 0, KH_VIEW_ARABIC } kh_view_language;

typedef struct kh_view_text_options {
  kh_view_language language;
  bool colour; ///< ANSI colours.
  bool why;    ///< Name the rule behind each item.
} kh_view_text_options;

/// Writes the record for a person to read; every value of mixed direction is isolated (U+2068 ...
/// U+2069). `options` may be NULL.
kh_status kh_view_text(const kh_document *document, const kh_view_text_options *options,
                       kh_write_fn write, void *context, kh_error *error);

#ifdef __cplusplus
}
#endif
#endif
