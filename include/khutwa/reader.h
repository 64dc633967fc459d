// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reports out of files and streams: a whole file that is one report, JSON Lines with one report a
/// line, feeds, and archives of the web; each of them may be compressed with gzip or zstd, which is
/// told by its first bytes. Bytes come from a function, so that a reader never opens anything
/// itself.
///
/// What is compressed may expand to 256 MiB a member, and past the first MiB to a hundred times
/// what was read; more, and archives in archives, are refused with KH_ERROR_FORMAT.
#ifndef KHUTWA_READER_H
#define KHUTWA_READER_H

#include <khutwa/document.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kh_reader kh_reader;

/// What a stream holds.
typedef enum kh_container {
  KH_CONTAINER_AUTO = 0, ///< Told apart by the first bytes.
  KH_CONTAINER_TEXT,     ///< One report, plain text.
  KH_CONTAINER_HTML,     ///< One report, a page.
  /// One report a line: {"id", "source", "published", "title", "text"}, "uri" and "fetched" too.
  KH_CONTAINER_JSONL,
  KH_CONTAINER_RSS,  ///< RSS 0.9 to 2.0: a report an item.
  KH_CONTAINER_ATOM, ///< Atom: a report an entry. Either name stands for both when told to a
                     ///< reader.
  KH_CONTAINER_WARC, ///< Web pages as they were fetched: a report a record.
  KH_CONTAINER_WET,  ///< Texts of pages, in the form of WARC. Either name stands for both.
} kh_container;

/// Gives up to `room` bytes. Returns how many, 0 at the end, a negative number on failure.
typedef ptrdiff_t (*kh_read_fn)(void *context, char *into, size_t room);

typedef struct kh_reader_options {
  kh_container container;
  /// Bytes of one report. 0: 16 MiB. A line of JSON Lines may be three times as long, since that is
  /// what its escapes take.
  size_t max_document;
  const kh_allocator *allocator; ///< Copied. NULL: the C library's.
  /// What holds for reports that do not say it themselves. `title` and `charset` are for whole
  /// files alone. The strings must outlive the reader.
  kh_source defaults;
} kh_reader_options;

/// One report as it came, ready for kh_document_read.
typedef struct kh_item {
  const char *bytes;
  size_t len;
  kh_source source;
  unsigned line; ///< 1-based line of the stream where it begins; 0 for whole files and archives.
  size_t number; ///< Its place among the items of the stream, those refused included, from 0.
} kh_item;

/// Opens a reader over `read`. `options` and `error` may be NULL. `*out` is yours to close.
kh_status kh_reader_open(kh_reader **out, kh_read_fn read, void *context,
                         const kh_reader_options *options, kh_error *error);

/// The next report. What `item` points to is borrowed until the next call. KH_END: no more.
/// KH_ERROR_FORMAT and KH_ERROR_LIMIT concern one report (error->line tells the line); call again
/// for the next one. After KH_ERROR_IO and KH_ERROR_MEMORY every call gives KH_END.
kh_status kh_reader_next(kh_reader *reader, kh_item *item, kh_error *error);

/// How many reports have been given or refused so far.
size_t kh_reader_count(const kh_reader *reader);

/// What the stream holds, known once the first report was asked for; KH_CONTAINER_AUTO before.
kh_container kh_reader_container(const kh_reader *reader);

/// "text", "html", "jsonl", "rss", "atom", "warc", "wet"; "auto" for anything else. Never NULL.
const char *kh_container_name(kh_container container);

/// NULL is allowed. The stream is not closed.
void kh_reader_close(kh_reader *reader);

#ifdef __cplusplus
}
#endif
#endif
