// SPDX-License-Identifier: Apache-2.0
#include "app/ingest/ingest.h"

#include "app/ingest/pool.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 2000 }; // reports that come into the record together, where nothing else is said

// A stream whose reports are under way; freed when its end is taken.
typedef struct container {
  struct container *next; // all that are under way
  char *path;
  kh_store_progress progress;
  bool broken; // the system failed, not the stream: what follows is to be read another time
} container;

struct kh_ingest {
  kh_ingest_options options;
  kh_pool *pool;
  kh_ingest_count count;
  container *containers;
  container *taking; // the one whose reports were taken last
  unsigned in_batch;
  bool batch;       // one is open
  kh_status failed; // the record's failure, and what it was
  kh_error failure;
};

static bool cancelled(const kh_ingest *in) { return in->options.cancel && *in->options.cancel; }

// Keeps the first failure; gives whether all is well.
static bool well(kh_ingest *in, kh_status status, const kh_error *error) {
  if (status == KH_OK) return true;
  if (in->failed == KH_OK) {
    in->failed = status;
    in->failure = *error;
  }
  return false;
}

static bool note_progress(kh_ingest *in, const container *c) {
  kh_error error;
  return well(in, kh_store_set_progress(in->options.store, &c->progress, &error), &error);
}

static void after_batch(const kh_ingest *in) {
  if (in->options.after) in->options.after(in->options.context);
}

static bool begin_batch(kh_ingest *in) {
  kh_error error;
  if (in->batch) return true;
  if (in->options.before && !well(in, in->options.before(in->options.context, &error), &error))
    return false;
  in->batch = well(in, kh_store_begin(in->options.store, &error), &error);
  in->in_batch = 0;
  if (!in->batch) after_batch(in);
  return in->batch;
}

static bool end_batch(kh_ingest *in) {
  kh_error error;
  if (!in->batch) return true;
  if (in->taking && !note_progress(in, in->taking)) return false;
  in->batch = false;
  const bool written = well(in, kh_store_commit(in->options.store, &error), &error);
  after_batch(in);
  return written;
}

// ------------------------------------------------------------------ taking

static void forget(kh_ingest *in, container *c) {
  for (container **at = &in->containers; *at; at = &(*at)->next) {
    if (*at != c) continue;
    *at = c->next;
    break;
  }
  if (in->taking == c) in->taking = NULL;
  free(c->path);
  free(c);
}

static bool take_document(kh_ingest *in, const container *c, const kh_job *job) {
  kh_error error;
  kh_store_added added;
  const kh_store_item item = {.document = job->document,
                              .container = c->progress.container,
                              .position = job->number,
                              .line = job->line,
                              .raw = job->source.raw ? job->source.raw : job->bytes,
                              .raw_len = job->source.raw ? job->source.raw_len : job->len};
  if (!well(in, kh_store_add(in->options.store, &item, &added, &error), &error)) return false;
  if (added.known)
    in->count.known++;
  else
    in->count.added++;
  if (in->options.taken) in->options.taken(&added, in->options.context);
  return true;
}

static bool take_refusal(kh_ingest *in, container *c, const kh_job *job) {
  kh_error error;
  if (in->options.refused)
    in->options.refused(c->path, job->number, &job->error, in->options.context);
  in->count.refused++;
  c->progress.refused++;
  const kh_status status =
      kh_store_refuse(in->options.store, c->progress.container, job->number, &job->error, &error);
  return well(in, status, &error);
}

static bool take(kh_job *job, void *context) {
  kh_ingest *in = context;
  container *c = job->about;
  if (!begin_batch(in)) return false;
  in->taking = c;
  if (job->status == KH_END) {
    c->progress.done = !c->broken;
    const bool noted = note_progress(in, c);
    forget(in, c);
    return noted;
  }
  if (job->status == KH_OK ? !take_document(in, c, job) : !take_refusal(in, c, job)) return false;
  if (job->status == KH_ERROR_IO || job->status == KH_ERROR_MEMORY) c->broken = true;
  if (!c->broken) c->progress.items = job->number + 1;
  if (in->options.progress) in->options.progress(&in->count, in->options.context);
  const unsigned most = in->options.batch ? in->options.batch : BATCH;
  return ++in->in_batch < most || end_batch(in);
}

// ------------------------------------------------------------------ giving

typedef struct counted {
  kh_ingest *ingest;
  const kh_ingest_stream *stream;
} counted;

// Reading that counts, and that ends when it is cancelled.
static ptrdiff_t read_counted(void *context, char *into, size_t room) {
  const counted *c = context;
  if (cancelled(c->ingest)) return -1;
  const ptrdiff_t got = c->stream->read(c->stream->context, into, room);
  if (got > 0) c->ingest->count.bytes += (uint64_t)got;
  return got;
}

static container *new_container(kh_ingest *in, const char *path) {
  container *c = calloc(1, sizeof *c);
  char *copy = malloc(strlen(path) + 1);
  if (!c || !copy) {
    free(c);
    free(copy);
    kh_error error = {.code = KH_ERROR_MEMORY, .message = "out of memory"};
    (void)well(in, KH_ERROR_MEMORY, &error);
    return NULL;
  }
  memcpy(copy, path, strlen(path) + 1);
  c->path = copy;
  c->next = in->containers;
  in->containers = c;
  return c;
}

// Enters the stream once its first report has told what it is.
static container *enter(kh_ingest *in, const kh_ingest_stream *stream, kh_container kind) {
  const char *name = kh_container_name(kind);
  const kh_store_container about = {.path = stream->path,
                                    .kind = strcmp(name, "auto") == 0 ? "text" : name,
                                    .size = stream->size,
                                    .mtime = stream->mtime};
  container *c = new_container(in, stream->path);
  kh_error error;
  if (!c || !begin_batch(in)) return NULL;
  if (!well(in, kh_store_open_container(in->options.store, &about, &c->progress, &error), &error))
    return NULL;
  if (stream->fresh || strcmp(stream->path, "-") == 0) { // never the same again
    c->progress.items = 0;
    c->progress.done = false;
    if (stream->fresh) c->progress.refused = 0;
  }
  return c;
}

static bool give(kh_ingest *in, container *c, const kh_item *item, kh_status status,
                 const kh_error *error) {
  return kh_pool_give(in->pool, c->path, c, item, status, error);
}

// All reports of an open reader from where the record has them.
static bool give_all(kh_ingest *in, const kh_ingest_stream *stream, kh_reader *reader) {
  const uint64_t before = in->count.bytes;
  container *c = NULL;
  kh_item item = {0};
  kh_error error;
  for (;;) {
    const kh_status status = kh_reader_next(reader, &item, &error);
    if (cancelled(in)) return true;
    if (!c) {
      if (!(c = enter(in, stream, kh_reader_container(reader)))) return false;
      if (in->options.entered)
        in->options.entered(c->path, kh_reader_container(reader), in->options.context);
    }
    if (c->progress.done) { // known from an earlier time, to its end
      if (stream->size > 0) in->count.bytes = before + (uint64_t)stream->size;
      forget(in, c);
      return true;
    }
    if (status == KH_END || item.number >= c->progress.items) {
      if (!give(in, c, &item, status, &error)) return false;
      if (status == KH_END) return true;
    } else if (in->options.progress) {
      in->options.progress(&in->count, in->options.context);
    }
  }
}

static kh_status outcome(kh_ingest *in, kh_error *error) {
  if (in->failed == KH_OK) return cancelled(in) ? KH_END : KH_OK;
  if (error) *error = in->failure;
  return in->failed;
}

kh_status kh_ingest_take(kh_ingest *in, const kh_ingest_stream *stream, kh_error *error) {
  counted context = {in, stream};
  kh_reader_options options = in->options.reader;
  if (options.container == KH_CONTAINER_AUTO) options.container = stream->container;
  if (strcmp(stream->path, "-") != 0) options.defaults.id = stream->path;
  kh_reader *reader = NULL;
  kh_error why;
  if (well(in, kh_reader_open(&reader, read_counted, &context, &options, &why), &why) &&
      !give_all(in, stream, reader) && in->failed == KH_OK) {
    why = (kh_error){.code = KH_ERROR_MEMORY, .message = "out of memory"};
    (void)well(in, KH_ERROR_MEMORY, &why);
  }
  kh_reader_close(reader);
  return outcome(in, error);
}

kh_status kh_ingest_refuse(kh_ingest *in, const char *path, const kh_error *why, kh_error *error) {
  const kh_ingest_stream stream = {.path = path, .size = -1, .mtime = -1};
  container *c = enter(in, &stream, KH_CONTAINER_TEXT);
  const kh_item item = {0};
  // entered once; it is not done, since the next time it may be there
  if (c && c->progress.items == 0)
    (void)give(in, c, &item, why->code, why);
  else if (c && in->options.refused)
    in->options.refused(path, 0, why, in->options.context);
  return outcome(in, error);
}

kh_ingest *kh_ingest_open(const kh_ingest_options *options, kh_error *error) {
  kh_ingest *in = calloc(1, sizeof *in);
  if (in) {
    in->options = *options;
    in->pool = kh_pool_open(options->engine, options->workers, NULL, take, in);
  }
  if (in && in->pool) return in;
  free(in);
  *error = (kh_error){.code = KH_ERROR_MEMORY, .message = "out of memory"};
  return NULL;
}

kh_status kh_ingest_close(kh_ingest *in, kh_ingest_count *count, kh_error *error) {
  if (!in) return KH_OK;
  (void)kh_pool_close(in->pool); // takes what is under way
  if (in->failed == KH_OK) (void)end_batch(in);
  if (in->failed != KH_OK && in->batch) {
    kh_store_rollback(in->options.store);
    after_batch(in);
  }
  while (in->containers) forget(in, in->containers);
  if (count) *count = in->count;
  const kh_status status = in->failed;
  if (error && status != KH_OK) *error = in->failure;
  free(in);
  return status;
}
