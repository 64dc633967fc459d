// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reports read by several threads, results taken in the order given.
#ifndef KHUTWA_APP_INGEST_POOL_H
#define KHUTWA_APP_INGEST_POOL_H

#include <khutwa/reader.h>

/// A growable buffer of the C library's memory.
typedef struct kh_buffer {
  char *at;
  size_t len;
  size_t room;
} kh_buffer;

/// Appends; false when memory is out. Has the form of a kh_write_fn.
bool kh_buffer_write(void *buffer, const char *bytes, size_t len);

/// One report on its way through: what came in, and what came of it.
typedef struct kh_job {
  kh_buffer in;      // the report's bytes, its item as it came, then its strings
  const char *bytes; // the report's bytes
  size_t len;
  kh_source source; // points into `in`
  const char *name; // of the input, for messages
  void *about;      // the giver's
  unsigned line;    // of the input, or 0
  size_t number;    // among the items of the input
  kh_status status; // of reading it
  kh_error error;
  size_t weight;         // of it all, as the pool counts
  size_t withheld;       // see kh_document_withheld
  kh_buffer out;         // its record as written
  kh_document *document; // where nothing renders it: the taker's to look at, not to keep
  int state;             // pool.c
} kh_job;

/// Writes a document's record into a job's buffer.
typedef kh_status (*kh_render_fn)(const kh_document *document, kh_buffer *out, void *context,
                                  kh_error *error);
/// Takes a finished job; false stops everything.
typedef bool (*kh_take_fn)(kh_job *job, void *context);

typedef struct kh_pool kh_pool;

/// `workers` threads (1: none, the work is done while jobs are given). NULL when that cannot be.
/// `render` NULL: the taker gets the document itself.
kh_pool *kh_pool_open(const kh_engine *engine, unsigned workers, kh_render_fn render,
                      kh_take_fn take, void *context);

/// Gives a report; what `item` points to is copied, `name` and `about` stand in the job. Or, where
/// `status` is no success, a report that could not be read, whose error is to be taken in its turn;
/// KH_END is such a status, too, for who wants to see the ends of inputs in their turn. False when
/// a taker stopped, or when memory is out.
bool kh_pool_give(kh_pool *pool, const char *name, void *about, const kh_item *item,
                  kh_status status, const kh_error *error);

/// Takes what is still under way (unless a taker stopped) and frees the pool.
/// False when a taker stopped at any time.
bool kh_pool_close(kh_pool *pool);

#endif
