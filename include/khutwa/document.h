// SPDX-License-Identifier: Apache-2.0
/// \file
/// One report, read: its text and everything that was found in it.
#ifndef KHUTWA_DOCUMENT_H
#define KHUTWA_DOCUMENT_H

#include <khutwa/claim.h>
#include <khutwa/engine.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kh_document kh_document;

/// How bytes are to be understood.
typedef enum kh_format {
  KH_FORMAT_AUTO = 0, ///< Told apart by content.
  KH_FORMAT_TEXT,
  KH_FORMAT_HTML,
  KH_FORMAT_FRAGMENT, ///< Markup without a page around it, as feeds carry it: all of it is report.
} kh_format;

/// Where the date of publication came from.
typedef enum kh_published_from {
  KH_PUBLISHED_NONE = 0,
  KH_PUBLISHED_INPUT,  ///< A field of the input (JSON Lines, a feed).
  KH_PUBLISHED_OPTION, ///< Told by the user.
  KH_PUBLISHED_PAGE,   ///< Metadata of a page.
  KH_PUBLISHED_TEXT,   ///< A dateline in the text.
} kh_published_from;

/// What is known of a report beside its bytes. Strings are UTF-8, NUL-terminated, copied by
/// kh_document_read; any may be NULL.
typedef struct kh_source {
  const char *id;        ///< Identifies the document in the record.
  const char *outlet;    ///< Who published it ("source" in the record).
  const char *title;     ///< Set before the text with one blank line between.
  const char *published; ///< "YYYY-MM-DD", or longer ISO 8601 of which the day is used.
  kh_published_from published_from;
  const char *charset; ///< Declared encoding ("windows-1256"); NULL: detected.
  kh_format format;
  const char *uri;     ///< Where it was published.
  const char *fetched; ///< When it was fetched, ISO 8601.
  /// The item of its container as it came (a line of JSON Lines, say), where the report's bytes
  /// are only a part of it. kh_document_raw_sha256 is then the digest of these. Not copied.
  const char *raw;
  size_t raw_len;
} kh_source;

/// Reads one report. Copies `bytes`; `*out` owns all that is reached from it and is yours to
/// close. `error` may be NULL. Text that is not Arabic gives a document with `lang` told and no
/// claims, which is no error. Errors: KH_ERROR_LIMIT, KH_ERROR_ENCODING (span: the offending
/// bytes), KH_ERROR_FORMAT, KH_ERROR_MEMORY, KH_ERROR_ARGUMENT (`published` is no date).
/// Safe to call from several threads with one engine.
kh_status kh_document_read(kh_document **out, const kh_engine *engine, const char *bytes,
                           size_t len, const kh_source *source, kh_error *error);

/// Frees the document and all that was borrowed from it. NULL is allowed.
void kh_document_close(kh_document *document);

/// The text that all spans point into: UTF-8, NUL-terminated. `len` (may be NULL) gets its bytes.
const char *kh_document_text(const kh_document *document, size_t *len);

/// Metadata; NULL where unknown. Borrowed.
const char *kh_document_id(const kh_document *document);
const char *kh_document_outlet(const kh_document *document);
const char *kh_document_title(const kh_document *document);
/// "YYYY-MM-DD", or NULL.
const char *kh_document_published(const kh_document *document);
kh_published_from kh_document_published_from(const kh_document *document);
/// Where it was published, and when it was fetched (ISO 8601).
const char *kh_document_uri(const kh_document *document);
const char *kh_document_fetched(const kh_document *document);
/// ISO 639-1 ("ar", "fa", "ur", "ckb", "en"), or "und". Never NULL.
const char *kh_document_lang(const kh_document *document);
/// Hexadecimal SHA-256 of the bytes as they came, and of the text.
const char *kh_document_raw_sha256(const kh_document *document);
const char *kh_document_text_sha256(const kh_document *document);

/// The record. Arrays are borrowed; `count` gets their lengths. Order: as in the text.
const kh_entity *kh_document_entities(const kh_document *document, size_t *count);
const kh_time *kh_document_times(const kh_document *document, size_t *count);
const kh_figure *kh_document_figures(const kh_document *document, size_t *count);
const kh_statement *kh_document_statements(const kh_document *document, size_t *count);
const kh_event *kh_document_events(const kh_document *document, size_t *count);
const kh_step *kh_document_steps(const kh_document *document, size_t *count);

/// How many items broke a promise of the record (a span outside the text, say) and were left out.
/// Anything but 0 is a defect of khutwa.
size_t kh_document_withheld(const kh_document *document);

#ifdef __cplusplus
}
#endif
#endif
