// SPDX-License-Identifier: Apache-2.0
/// \file
/// The record over many reports: one SQLite file.
///
/// A store belongs to one thread at a time. There is one writer to a file and any number of
/// readers beside it (each with a store of its own, opened read-only, in any thread or process).
/// The library reads no clock: who writes, and when, is told by kh_store_sign.
#ifndef KHUTWA_STORE_H
#define KHUTWA_STORE_H

#include <khutwa/document.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kh_store kh_store;

/// Zero-initialise, then set what you need.
typedef struct kh_store_options {
  const kh_allocator *allocator; ///< Copied; of khutwa's own memory. NULL: the C library's.
  const char *vfs;               ///< Name of a SQLite file system. NULL: the usual one.
  bool read_only;                ///< Never creates or changes the file.
  bool existing;                 ///< Fails where there is no file, rather than make one.
  bool keep_raw;                 ///< Keep the bytes as they came where they differ from the text.
  unsigned wait_ms;              ///< How long to wait for another writer. 0: five seconds.
  unsigned cache_kb;             ///< Memory for pages of the file. 0: 32 MiB.
  /// Who writes and when, see kh_store_sign. Needed to create or migrate a file.
  const char *user;
  const char *at;
} kh_store_options;

/// Opens the record at `path`, or makes it. An older one is brought to this version's form
/// (unless read_only: KH_ERROR_STORE says so). `options` and `error` may be NULL. `*out` is yours
/// to close; NULL on failure. Errors: KH_ERROR_IO, KH_ERROR_STORE (no record of khutwa's, a
/// newer one, a damaged one), KH_ERROR_BUSY, KH_ERROR_MEMORY, KH_ERROR_ARGUMENT.
kh_status kh_store_open(kh_store **out, const char *path, const kh_store_options *options,
                        kh_error *error);

/// Takes back what was begun and not committed, and closes. The file is then one file, unless
/// others still have it open. `error` may be NULL; the store is gone in any case. NULL is allowed.
kh_status kh_store_close(kh_store *store, kh_error *error);

/// Who makes the following changes, and when: ISO 8601 in UTC ("2026-11-23T16:24:00Z"). Copied.
/// KH_ERROR_ARGUMENT: `user` is empty or longer than 200 bytes, or `at` is no such time.
kh_status kh_store_sign(kh_store *store, const char *user, const char *at, kh_error *error);

/// Changes between kh_store_begin and kh_store_commit come into being together, or not at all.
/// Outside of such a pair every changing function is one of its own. After a failed change within
/// a pair only kh_store_rollback is left.
kh_status kh_store_begin(kh_store *store, kh_error *error);
kh_status kh_store_commit(kh_store *store, kh_error *error);
void kh_store_rollback(kh_store *store);

// ------------------------------------------------------------------ adding reports

/// Where reports come from: a file, or standard input.
typedef struct kh_store_container {
  const char *path; ///< As the user gave it; "-" is standard input.
  const char *kind; ///< "text", "html", "rss", "atom", "jsonl", "warc", "wet".
  int64_t size;     ///< Bytes; negative: unknown.
  int64_t mtime;    ///< Seconds of the Unix epoch; negative: unknown.
} kh_store_container;

/// How far a container has come.
typedef struct kh_store_progress {
  int64_t container; ///< Its number, for kh_store_add.
  uint64_t items;    ///< Read so far, refused ones among them: from here an ingest goes on.
  uint64_t refused;
  bool done;
} kh_store_progress;

/// Finds a container by its path, or enters it. One of another size or time than when it was
/// read is entered as new: it is read again from its beginning (items known are not added twice).
kh_status kh_store_open_container(kh_store *store, const kh_store_container *container,
                                  kh_store_progress *progress, kh_error *error);

/// Notes how far a container has come: `items`, `refused` and `done` of `progress`.
kh_status kh_store_set_progress(kh_store *store, const kh_store_progress *progress,
                                kh_error *error);

/// A report that was read, and where it came from. Zero-initialise.
typedef struct kh_store_item {
  const kh_document *document;
  int64_t container;
  uint64_t position;   ///< Its number in the container, from 0.
  unsigned line;       ///< 0: unknown.
  const char *uri;     ///< Where it was published; NULL.
  const char *fetched; ///< When it was fetched (ISO 8601); NULL.
  const char *raw;     ///< The bytes as they came, for `keep_raw`; NULL.
  size_t raw_len;
} kh_store_item;

typedef struct kh_store_added {
  int64_t doc; ///< Its number: D<doc>.
  bool known;  ///< It was in the record already (the same raw digest); nothing was added.
} kh_store_added;

/// Adds a report and what it says. `added` may be NULL.
kh_status kh_store_add(kh_store *store, const kh_store_item *item, kh_store_added *added,
                       kh_error *error);

/// Enters a report that could not be read, and why.
kh_status kh_store_refuse(kh_store *store, int64_t container, uint64_t position,
                          const kh_error *why, kh_error *error);

/// Merges what all reports say into one record: happenings, series of figures, the ledger of steps,
/// contradictions, and who is who. To be called when reports were added and after decisions. Only
/// rows that differ are written; merging twice changes nothing.
kh_status kh_store_merge(kh_store *store, kh_error *error);

// ------------------------------------------------------------------ reading

typedef enum kh_store_reading {
  KH_STORE_MACHINE,   ///< As khutwa read it.
  KH_STORE_EFFECTIVE, ///< With the decisions of persons. Rejected items keep their places.
} kh_store_reading;

/// A report out of the record, with text and claims as kh_document_read gave it: all of
/// <khutwa/document.h> and <khutwa/view.h> works on it. `*out` is yours to close, and may outlive
/// the store. KH_END: there is no such document. KH_ERROR_STORE: what is stored is damaged.
kh_status kh_store_document(kh_document **out, kh_store *store, int64_t doc,
                            kh_store_reading reading, kh_error *error);

#ifdef __cplusplus
}
#endif
#endif
