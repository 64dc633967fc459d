// SPDX-License-Identifier: Apache-2.0
#include "app/web/watch.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { BYTES_A_SECOND = 16 * 1024 };

struct kh_watched {
  bool taken;
  int fd;
  int64_t deadline_ms; // 0: none
};

struct kh_watch {
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t ended;
  bool end;
  int64_t patience_ms;
  unsigned capacity;
  kh_watched places[];
};

static int64_t now_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void end_late_ones(kh_watch *watch) {
  const int64_t now = now_ms();
  for (unsigned i = 0; i < watch->capacity; i++) {
    kh_watched *place = &watch->places[i];
    if (!place->taken || !place->deadline_ms || place->deadline_ms > now) continue;
    // the server sees the end of the stream and closes in its own thread
    (void)shutdown(place->fd, SHUT_RDWR);
    place->deadline_ms = 0;
  }
}

static void *run(void *context) {
  kh_watch *watch = context;
  (void)pthread_mutex_lock(&watch->lock);
  while (!watch->end) {
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 250 * 1000 * 1000;
    if (until.tv_nsec >= 1000000000) {
      until.tv_nsec -= 1000000000;
      until.tv_sec++;
    }
    if (pthread_cond_timedwait(&watch->ended, &watch->lock, &until) == ETIMEDOUT)
      end_late_ones(watch);
  }
  (void)pthread_mutex_unlock(&watch->lock);
  return NULL;
}

kh_watch *kh_watch_start(unsigned capacity, unsigned patience_s) {
  kh_watch *watch = calloc(1, sizeof *watch + capacity * sizeof *watch->places);
  if (!watch) return NULL;
  watch->capacity = capacity;
  watch->patience_ms = (int64_t)patience_s * 1000;
  (void)pthread_mutex_init(&watch->lock, NULL);
  (void)pthread_cond_init(&watch->ended, NULL);
  if (pthread_create(&watch->thread, NULL, run, watch) == 0) return watch;
  (void)pthread_cond_destroy(&watch->ended);
  (void)pthread_mutex_destroy(&watch->lock);
  free(watch);
  return NULL;
}

void kh_watch_stop(kh_watch *watch) {
  if (!watch) return;
  (void)pthread_mutex_lock(&watch->lock);
  watch->end = true;
  (void)pthread_cond_signal(&watch->ended);
  (void)pthread_mutex_unlock(&watch->lock);
  (void)pthread_join(watch->thread, NULL);
  (void)pthread_cond_destroy(&watch->ended);
  (void)pthread_mutex_destroy(&watch->lock);
  free(watch);
}

kh_watched *kh_watch_open(kh_watch *watch, int fd) {
  kh_watched *found = NULL;
  (void)pthread_mutex_lock(&watch->lock);
  for (unsigned i = 0; i < watch->capacity && !found; i++) {
    if (!watch->places[i].taken) found = &watch->places[i];
  }
  if (found) *found = (kh_watched){true, fd, now_ms() + watch->patience_ms};
  (void)pthread_mutex_unlock(&watch->lock);
  return found;
}

void kh_watch_close(kh_watch *watch, kh_watched *place) {
  if (!place) return;
  (void)pthread_mutex_lock(&watch->lock);
  place->taken = false;
  (void)pthread_mutex_unlock(&watch->lock);
}

static void set_deadline(kh_watch *watch, kh_watched *place, int64_t deadline) {
  if (!place) return;
  (void)pthread_mutex_lock(&watch->lock);
  place->deadline_ms = deadline;
  (void)pthread_mutex_unlock(&watch->lock);
}

void kh_watch_wait(kh_watch *watch, kh_watched *place) {
  set_deadline(watch, place, now_ms() + watch->patience_ms);
}

void kh_watch_rest(kh_watch *watch, kh_watched *place) { set_deadline(watch, place, 0); }

void kh_watch_progress(kh_watch *watch, kh_watched *place, uint64_t bytes) {
  if (!place) return;
  (void)pthread_mutex_lock(&watch->lock);
  // what has come in time earns time for what is still to come, up to the patience ahead
  const int64_t latest = now_ms() + watch->patience_ms;
  int64_t deadline = place->deadline_ms + (int64_t)(bytes * 1000 / BYTES_A_SECOND);
  if (deadline > latest) deadline = latest;
  if (place->deadline_ms) place->deadline_ms = deadline;
  (void)pthread_mutex_unlock(&watch->lock);
}
