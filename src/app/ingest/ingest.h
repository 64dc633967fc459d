// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reports into a record: streams are read and written by the caller's thread, the reports in them
/// by others, and they come into the record in their order, some hundreds at once. What was begun
/// and not finished goes on from where it was when the same stream is given again.
#ifndef KHUTWA_APP_INGEST_INGEST_H
#define KHUTWA_APP_INGEST_INGEST_H

#include <khutwa/reader.h>
#include <khutwa/store.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct kh_ingest kh_ingest;

/// How far an ingest has come, over all streams.
typedef struct kh_ingest_count {
  uint64_t added;
  uint64_t known;   ///< In the record already.
  uint64_t refused; ///< Could not be read; the record says why.
  uint64_t bytes;   ///< Of the streams as they lie on the disk, those passed over included.
} kh_ingest_count;

typedef struct kh_ingest_options {
  const kh_engine *engine;
  kh_store *store; ///< Signed; no batch under way.
  unsigned workers;
  kh_reader_options reader;
  /// Called now and then from the caller's thread. May be NULL.
  void (*progress)(const kh_ingest_count *count, void *context);
  /// Called once the first report of a stream has told what it is. May be NULL.
  void (*entered)(const char *name, kh_container kind, void *context);
  /// Called for each report that came into the record or was there. May be NULL.
  void (*taken)(const kh_store_added *added, void *context);
  /// Called for each report that could not be read; `number` is its place in the stream, from 0.
  /// May be NULL.
  void (*refused)(const char *name, size_t number, const kh_error *why, void *context);
  /// Called before some reports come into the record together, and after they did or failed to,
  /// where others write into it, too: the store is used between the two alone. May be NULL.
  kh_status (*before)(void *context, kh_error *error);
  void (*after)(void *context);
  unsigned batch; ///< Reports that come into the record together; 0: some thousands.
  void *context;
  /// Set (by a signal, or another thread) to stop: what was read comes into the record, the rest
  /// is left for the next time. May be NULL.
  const volatile sig_atomic_t *cancel;
} kh_ingest_options;

/// A stream of reports.
typedef struct kh_ingest_stream {
  const char *path;       ///< As the user gave it, or "-": a stream that cannot be read again.
  int64_t size;           ///< Bytes; negative: unknown.
  int64_t mtime;          ///< Seconds of the Unix epoch; negative: unknown.
  kh_container container; ///< KH_CONTAINER_AUTO: told by its content.
  bool fresh;             ///< Read from its beginning, though one of this name was read before.
  kh_read_fn read;
  void *context;
} kh_ingest_stream;

/// NULL, and `error` filled, on failure. What `options` points to must outlive the ingest.
kh_ingest *kh_ingest_open(const kh_ingest_options *options, kh_error *error);

/// Takes all reports of a stream. KH_OK although some were refused; KH_END when cancelled. Any
/// other status is a failure of the record, after which only kh_ingest_close is left.
kh_status kh_ingest_take(kh_ingest *ingest, const kh_ingest_stream *stream, kh_error *error);

/// Enters a stream that could not be opened, and why; told to `refused`, too.
kh_status kh_ingest_refuse(kh_ingest *ingest, const char *path, const kh_error *why,
                           kh_error *error);

/// Writes what is still under way and frees the ingest. `count` and `error` may be NULL. NULL is
/// allowed.
kh_status kh_ingest_close(kh_ingest *ingest, kh_ingest_count *count, kh_error *error);

#endif
