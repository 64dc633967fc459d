// SPDX-License-Identifier: Apache-2.0
#include "app/web/imports.h"

#include "app/ingest/ingest.h"
#include "app/web/api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { IMPORTS = 256, ERRORS = 100, DOCUMENTS = 100, BATCH = 64, WORKERS = 2 };

typedef enum state { WAITING, READING, DONE, FAILED } state;

typedef struct job {
  char *name;
  char *published;
  char *outlet;
  char *user;
  int fd;
  state state;
  char started[32];
  char finished[32];
  int64_t bytes;
  int64_t bytes_read;
  int64_t read;
  int64_t added;
  int64_t known;
  int64_t refused;
  kh_container container;
  json_t *documents;
  json_t *errors;
} job;

struct kh_imports {
  kh_core *core;
  pthread_t thread;
  pthread_mutex_t lock; // of the jobs
  pthread_cond_t news;
  bool end;
  volatile sig_atomic_t cancel; // the same for who reads a file
  unsigned count;
  unsigned next; // to be read
  job jobs[IMPORTS];
};

// ---- as JSON

static const char *mend_of(kh_status code) {
  switch (code) {
  case KH_ERROR_ENCODING:
    return "tell its encoding with khutwa add --charset, or save it as UTF-8";
  case KH_ERROR_LIMIT:
    return "cut it into smaller reports, or add it with khutwa add --max-size";
  case KH_ERROR_FORMAT:
    return "open it at this place and mend it, then drop it here again";
  default:
    return NULL;
  }
}

static json_t *job_json(const job *one, unsigned number) {
  static const char *const names[] = {"waiting", "reading", "done", "failed"};
  char id[16];
  (void)snprintf(id, sizeof id, "I%u", number + 1);
  return json_pack("{s:s, s:s, s:s?, s:s, s:s?, s:s?, s:I, s:I, s:I, s:I, s:I, s:I, s:O?, s:O?}",
                   "id", id, "name", one->name, "kind",
                   one->container ? kh_container_name(one->container) : NULL, "state",
                   names[one->state], "started", one->started[0] ? one->started : NULL, "finished",
                   one->finished[0] ? one->finished : NULL, "bytes", (json_int_t)one->bytes,
                   "bytes_read", (json_int_t)one->bytes_read, "read", (json_int_t)one->read,
                   "added", (json_int_t)one->added, "duplicates", (json_int_t)one->known, "refused",
                   (json_int_t)one->refused, "documents", one->documents, "errors", one->errors);
}

// The counts change while a job is read, so that its JSON is made under the lock.
static json_t *snapshot(kh_imports *imports, unsigned number) {
  json_t *copy = json_deep_copy(imports->jobs[number].documents);
  json_t *value = job_json(&imports->jobs[number], number);
  json_t *deep = json_deep_copy(value);
  json_decref(copy);
  json_decref(value);
  return deep;
}

json_t *kh_imports_list(kh_imports *imports) {
  json_t *list = json_array();
  (void)pthread_mutex_lock(&imports->lock);
  for (unsigned i = imports->count; i > 0; i--)
    (void)json_array_append_new(list, snapshot(imports, i - 1));
  (void)pthread_mutex_unlock(&imports->lock);
  return list;
}

json_t *kh_imports_one(kh_imports *imports, const char *id) {
  char *end = NULL;
  const unsigned long number = id[0] == 'I' ? strtoul(id + 1, &end, 10) : 0;
  json_t *found = NULL;
  (void)pthread_mutex_lock(&imports->lock);
  if (number && end && !*end && number <= imports->count)
    found = snapshot(imports, (unsigned)number - 1);
  (void)pthread_mutex_unlock(&imports->lock);
  return found;
}

// ---- reading one file, as khutwa add does

typedef struct work {
  kh_imports *imports;
  job *job;
  bool broken; // the system failed, not the file
} work;

static ptrdiff_t read_some(void *context, char *into, size_t room) {
  work *now = context;
  const ssize_t got = read(now->job->fd, into, room);
  (void)pthread_mutex_lock(&now->imports->lock);
  if (got > 0) now->job->bytes_read += got;
  (void)pthread_mutex_unlock(&now->imports->lock);
  return got;
}

static void note_kind(const char *name, kh_container kind, void *context) {
  (void)name;
  work *now = context;
  (void)pthread_mutex_lock(&now->imports->lock);
  now->job->container = kind;
  (void)pthread_mutex_unlock(&now->imports->lock);
}

static void note_error(const char *name, size_t number, const kh_error *error, void *context) {
  (void)name;
  work *now = context;
  const char *mend = mend_of(error->code);
  if (error->code == KH_ERROR_IO || error->code == KH_ERROR_MEMORY) now->broken = true;
  (void)pthread_mutex_lock(&now->imports->lock);
  now->job->refused++;
  if (json_array_size(now->job->errors) < ERRORS)
    (void)json_array_append_new(now->job->errors,
                                json_pack("{s:I, s:I, s:s, s:s, s:s?}", "item", (json_int_t)number,
                                          "line", (json_int_t)error->line, "code",
                                          kh_status_name(error->code), "message", error->message,
                                          "mend", mend));
  (void)pthread_mutex_unlock(&now->imports->lock);
}

static void note_added(const kh_store_added *added, void *context) {
  work *now = context;
  (void)pthread_mutex_lock(&now->imports->lock);
  now->job->read++;
  if (added->known)
    now->job->known++;
  else
    now->job->added++;
  if (json_array_size(now->job->documents) < DOCUMENTS)
    (void)json_array_append_new(now->job->documents, json_sprintf("D%lld", (long long)added->doc));
  (void)pthread_mutex_unlock(&now->imports->lock);
}

// Between batches the record is free for decisions.
static kh_status take_writer(void *context, kh_error *error) {
  const work *now = context;
  kh_core *core = now->imports->core;
  char at[32];
  kh_core_now(at);
  (void)pthread_mutex_lock(&core->write_lock);
  const kh_status status = kh_store_sign(core->writer, now->job->user, at, error);
  if (status != KH_OK) (void)pthread_mutex_unlock(&core->write_lock);
  return status;
}

static void give_writer_back(void *context) {
  const work *now = context;
  (void)pthread_mutex_unlock(&now->imports->core->write_lock);
}

// KH_END: the server ends; what was read until then is in the record.
static kh_status read_file(work *now, kh_error *error) {
  const kh_core *core = now->imports->core;
  const job *one = now->job;
  const kh_ingest_options options = {
      .engine = core->engine,
      .store = core->writer,
      .workers = WORKERS,
      .reader = {.defaults = {.published = one->published, .outlet = one->outlet}},
      .entered = note_kind,
      .taken = note_added,
      .refused = note_error,
      .before = take_writer,
      .after = give_writer_back,
      .batch = BATCH,
      .context = now,
      .cancel = &now->imports->cancel};
  kh_ingest *ingest = kh_ingest_open(&options, error);
  if (!ingest) return KH_ERROR_MEMORY;
  const kh_ingest_stream stream = {.path = one->name,
                                   .size = one->bytes,
                                   .mtime = -1,
                                   .fresh = true, // another file may have the same name
                                   .read = read_some,
                                   .context = now};
  const kh_status taken = kh_ingest_take(ingest, &stream, error);
  const kh_status closed = kh_ingest_close(ingest, NULL, error);
  return closed == KH_OK ? taken : closed;
}

static void read_job(kh_imports *imports, job *one) {
  work now = {.imports = imports, .job = one};
  kh_error error;
  memset(&error, 0, sizeof error);
  kh_status status = read_file(&now, &error);
  if (status == KH_OK) status = kh_core_derive(imports->core, one->user, &error);
  if (status != KH_OK && status != KH_END) note_error(one->name, 0, &error, &now);
  (void)pthread_mutex_lock(&imports->lock);
  one->state = status == KH_OK && !now.broken ? DONE : FAILED;
  kh_core_now(one->finished);
  (void)pthread_mutex_unlock(&imports->lock);
  (void)close(one->fd);
  one->fd = -1;
}

static void wait_a_second(kh_imports *imports) {
  struct timespec until;
  (void)clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec++;
  (void)pthread_cond_timedwait(&imports->news, &imports->lock, &until);
}

static void *run(void *context) {
  kh_imports *imports = context;
  kh_record_warm(imports->core);
  kh_documents_warm(imports->core);
  (void)pthread_mutex_lock(&imports->lock);
  while (!imports->end) {
    if (imports->next == imports->count) {
      wait_a_second(imports);
      (void)pthread_mutex_unlock(&imports->lock);
      kh_core_catch_up(imports->core);
      (void)pthread_mutex_lock(&imports->lock);
      continue;
    }
    job *one = &imports->jobs[imports->next++];
    one->state = READING;
    kh_core_now(one->started);
    (void)pthread_mutex_unlock(&imports->lock);
    read_job(imports, one);
    (void)pthread_mutex_lock(&imports->lock);
  }
  (void)pthread_mutex_unlock(&imports->lock);
  return NULL;
}

// ---- from outside

kh_status kh_imports_open(kh_imports **out, kh_core *core, kh_error *error) {
  kh_imports *imports = calloc(1, sizeof *imports);
  if (imports) {
    imports->core = core;
    (void)pthread_mutex_init(&imports->lock, NULL);
    (void)pthread_cond_init(&imports->news, NULL);
    if (pthread_create(&imports->thread, NULL, run, imports) == 0) {
      *out = imports;
      return KH_OK;
    }
    (void)pthread_cond_destroy(&imports->news);
    (void)pthread_mutex_destroy(&imports->lock);
    free(imports);
  }
  *error = (kh_error){.code = KH_ERROR_MEMORY, .message = "there is not enough memory"};
  return KH_ERROR_MEMORY;
}

static void free_job(job *one) {
  if (one->fd >= 0) (void)close(one->fd);
  free(one->name);
  free(one->published);
  free(one->outlet);
  free(one->user);
  json_decref(one->documents);
  json_decref(one->errors);
}

void kh_imports_close(kh_imports *imports) {
  if (!imports) return;
  (void)pthread_mutex_lock(&imports->lock);
  imports->end = true;
  imports->cancel = 1;
  (void)pthread_cond_signal(&imports->news);
  (void)pthread_mutex_unlock(&imports->lock);
  (void)pthread_join(imports->thread, NULL);
  for (unsigned i = 0; i < imports->count; i++) free_job(&imports->jobs[i]);
  (void)pthread_cond_destroy(&imports->news);
  (void)pthread_mutex_destroy(&imports->lock);
  free(imports);
}

json_t *kh_imports_add(kh_imports *imports, const kh_import_file *file) {
  struct stat about;
  job one = {.fd = dup(file->fd),
             .name = strdup(file->name),
             .published = file->published ? strdup(file->published) : NULL,
             .outlet = file->outlet ? strdup(file->outlet) : NULL,
             .user = strdup(file->user),
             .documents = json_array(),
             .errors = json_array()};
  one.bytes = one.fd >= 0 && fstat(one.fd, &about) == 0 ? (int64_t)about.st_size : 0;
  json_t *value = NULL;
  (void)pthread_mutex_lock(&imports->lock);
  if (imports->count < IMPORTS && one.fd >= 0 && one.name && one.user && one.documents &&
      one.errors) {
    imports->jobs[imports->count] = one;
    value = snapshot(imports, imports->count++);
    (void)pthread_cond_signal(&imports->news);
  }
  (void)pthread_mutex_unlock(&imports->lock);
  if (!value) free_job(&one);
  return value;
}
