// SPDX-License-Identifier: Apache-2.0
// A ring of jobs. The giver fills them at the tail and takes them at the head; workers run those
// between. All fields of a job belong to the giver, but while it is running to its worker.
#include "app/ingest/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
  FREE,
  READY,
  RUNNING,
  DONE,
  JOBS_PER_WORKER = 32, // so that nobody waits while a batch is committed
  KEPT_WEIGHT = 8,
  KEEP_ROOM = 256 * 1024,           // bytes of a buffer that are kept from job to job
  MOST_UNDER_WAY = 24 * 1024 * 1024 // bytes of reports that wait or run
};

struct kh_pool {
  const kh_engine *engine;
  kh_render_fn render;
  kh_take_fn take;
  void *context;
  bool stopped; // a taker wants no more, or memory is out
  kh_job *jobs; // a ring
  size_t room;
  size_t head; // counts of jobs ever taken, started and given
  size_t start;
  size_t tail;
  size_t under_way; // bytes
  pthread_t *threads;
  unsigned workers;
  bool closing;
  pthread_mutex_t lock;
  pthread_cond_t given;
  pthread_cond_t done;
};

bool kh_buffer_write(void *buffer, const char *bytes, size_t len) {
  kh_buffer *b = buffer;
  if (len > b->room - b->len) {
    size_t room = b->room ? b->room : 4096;
    while (room - b->len < len) room *= 2;
    char *wider = realloc(b->at, room);
    if (!wider) return false;
    b->at = wider;
    b->room = room;
  }
  if (len) memcpy(b->at + b->len, bytes, len);
  b->len += len;
  return true;
}

static void buffer_clear(kh_buffer *b) {
  b->len = 0;
  if (b->room <= KEEP_ROOM) return;
  free(b->at);
  *b = (kh_buffer){0};
}

static void run_job(const kh_pool *pool, kh_job *job) {
  kh_document *document = NULL;
  job->status =
      kh_document_read(&document, pool->engine, job->bytes, job->len, &job->source, &job->error);
  if (job->status == KH_OK) {
    job->withheld = kh_document_withheld(document);
    if (!pool->render) {
      job->document = document;
      return;
    }
    job->status = pool->render(document, &job->out, pool->context, &job->error);
  }
  if (job->status != KH_OK && !job->error.line) job->error.line = job->line;
  kh_document_close(document);
}

static void *work(void *context) {
  kh_pool *pool = context;
  pthread_mutex_lock(&pool->lock);
  for (;;) {
    while (!pool->closing && pool->start == pool->tail)
      pthread_cond_wait(&pool->given, &pool->lock);
    if (pool->start == pool->tail) break;
    kh_job *job = &pool->jobs[pool->start++ % pool->room];
    if (job->state != READY) continue; // an error that waits for its turn
    job->state = RUNNING;
    pthread_mutex_unlock(&pool->lock);
    run_job(pool, job);
    pthread_mutex_lock(&pool->lock);
    job->state = DONE;
    pthread_cond_signal(&pool->done);
  }
  pthread_mutex_unlock(&pool->lock);
  return NULL;
}

kh_pool *kh_pool_open(const kh_engine *engine, unsigned workers, kh_render_fn render,
                      kh_take_fn take, void *context) {
  kh_pool *pool = calloc(1, sizeof *pool);
  if (!pool) return NULL;
  pool->engine = engine;
  pool->render = render;
  pool->take = take;
  pool->context = context;
  pool->room = workers > 1 ? (size_t)workers * JOBS_PER_WORKER : 1;
  pool->jobs = calloc(pool->room, sizeof *pool->jobs);
  pool->threads = calloc(workers, sizeof *pool->threads);
  pthread_mutex_init(&pool->lock, NULL);
  pthread_cond_init(&pool->given, NULL);
  pthread_cond_init(&pool->done, NULL);
  for (unsigned i = 0; pool->jobs && pool->threads && workers > 1 && i < workers; i++) {
    if (pthread_create(&pool->threads[i], NULL, work, pool) != 0) break;
    pool->workers++;
  }
  const bool enough = pool->jobs && pool->threads && (workers <= 1 || pool->workers > 0);
  if (enough) return pool;
  kh_pool_close(pool);
  return NULL;
}

// Hands a finished job to the taker and empties it.
static void take_job(kh_pool *pool, kh_job *job) {
  if (!pool->stopped && !pool->take(job, pool->context)) pool->stopped = true;
  kh_document_close(job->document);
  job->document = NULL;
  buffer_clear(&job->in);
  buffer_clear(&job->out);
  job->withheld = 0;
  job->state = FREE;
}

// Takes the job at the head of the ring, waiting until it is done.
static void take_head(kh_pool *pool) {
  kh_job *job = &pool->jobs[pool->head % pool->room];
  pthread_mutex_lock(&pool->lock);
  while (job->state != DONE) pthread_cond_wait(&pool->done, &pool->lock);
  pool->head++;
  pthread_mutex_unlock(&pool->lock);
  pool->under_way -= job->weight;
  take_job(pool, job);
}

// Copies a string behind the report's bytes; gives its place, 0 for none.
static bool add_string(kh_job *job, const char *text, size_t *at) {
  *at = 0;
  if (!text) return true;
  *at = job->in.len;
  return kh_buffer_write(&job->in, text, strlen(text) + 1);
}

static bool copy_item(kh_job *job, const kh_item *item) {
  enum { STRINGS = 7 };
  const kh_source *from = &item->source;
  kh_source *to = &job->source;
  const char *const strings[STRINGS] = {from->id,      from->outlet, from->title,  from->published,
                                        from->charset, from->uri,    from->fetched};
  const char **const places[STRINGS] = {&to->id,      &to->outlet, &to->title,  &to->published,
                                        &to->charset, &to->uri,    &to->fetched};
  size_t at[STRINGS];
  bool copied =
      kh_buffer_write(&job->in, item->bytes, item->len) && kh_buffer_write(&job->in, "", 1);
  // the report is often the item itself
  const bool same = from->raw == item->bytes && from->raw_len == item->len;
  const size_t raw_at = same ? 0 : job->in.len;
  if (from->raw && !same) copied = copied && kh_buffer_write(&job->in, from->raw, from->raw_len);
  for (size_t i = 0; i < STRINGS; i++) copied = copied && add_string(job, strings[i], &at[i]);
  if (!copied) return false;
  *to = *from;
  job->bytes = job->in.at;
  if (from->raw) to->raw = job->in.at + raw_at;
  for (size_t i = 0; i < STRINGS; i++) *places[i] = at[i] ? job->in.at + at[i] : NULL;
  return true;
}

// Without threads: read, render and take at once, nothing copied.
static bool give_inline(kh_pool *pool, kh_job *job, const kh_item *item) {
  if (job->state != DONE) {
    job->source = item->source;
    job->bytes = item->bytes;
    run_job(pool, job);
  }
  take_job(pool, job);
  return !pool->stopped;
}

bool kh_pool_give(kh_pool *pool, const char *name, void *about, const kh_item *item,
                  kh_status status, const kh_error *error) {
  // a document is several times as large as its text
  const size_t weight =
      status == KH_OK ? (item->len + item->source.raw_len) * (pool->render ? 1 : KEPT_WEIGHT) : 0;
  while (pool->workers && pool->tail > pool->head &&
         (pool->tail - pool->head == pool->room || pool->under_way + weight > MOST_UNDER_WAY))
    take_head(pool);
  if (pool->stopped) return false;
  kh_job *job = &pool->jobs[pool->tail % pool->room];
  job->name = name;
  job->about = about;
  job->line = item->line;
  job->number = item->number;
  job->len = status == KH_OK ? item->len : 0;
  job->weight = weight;
  job->status = status;
  job->state = status == KH_OK ? READY : DONE;
  if (status != KH_OK && error) job->error = *error;
  if (!pool->workers) return give_inline(pool, job, item);
  if (status == KH_OK && !copy_item(job, item)) {
    job->state = FREE;
    pool->stopped = true;
    return false;
  }
  pool->under_way += job->weight;
  pthread_mutex_lock(&pool->lock);
  pool->tail++;
  pthread_cond_signal(&pool->given);
  pthread_mutex_unlock(&pool->lock);
  return true;
}

bool kh_pool_close(kh_pool *pool) {
  if (pool->workers) {
    while (pool->head < pool->tail) take_head(pool);
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->given);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->workers; i++) pthread_join(pool->threads[i], NULL);
  }
  const bool stopped = pool->stopped;
  for (size_t i = 0; pool->jobs && i < pool->room; i++) {
    free(pool->jobs[i].in.at);
    free(pool->jobs[i].out.at);
  }
  pthread_cond_destroy(&pool->done);
  pthread_cond_destroy(&pool->given);
  pthread_mutex_destroy(&pool->lock);
  free(pool->jobs);
  free(pool->threads);
  free(pool);
  return !stopped;
}
