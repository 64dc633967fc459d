// SPDX-License-Identifier: Apache-2.0
/// \file
/// What all handlers share: the record, opened for many readers and one writer, and the imports.
#ifndef KHUTWA_APP_WEB_CORE_H
#define KHUTWA_APP_WEB_CORE_H

#include "app/web/db.h"

#include <khutwa/khutwa.h>
#include <pthread.h>

enum { KH_CORE_READERS = 16 };

typedef struct kh_imports kh_imports;

typedef struct kh_core {
  char *path;
  char *user;
  kh_engine *engine;
  kh_pool *pool; ///< For questions in SQL.
  pthread_mutex_t lock;
  kh_store *readers[KH_CORE_READERS]; ///< Idle ones, under `lock`.
  unsigned reader_count;
  json_t *offered;            ///< What filters offer, kept under `lock`; NULL: not made yet.
  int64_t offered_doc;        ///< The newest document then.
  int64_t offered_s;          ///< When it was made.
  pthread_mutex_t write_lock; ///< Held while `writer` is in use.
  kh_store *writer;
  kh_imports *imports;
  int64_t changed_s; ///< When somebody last decided, in seconds; 0: what follows is made. Under
                     ///< `write_lock`.
} kh_core;

/// Opens the record at `path`. `user` is who decides where a request does not say.
kh_status kh_core_open(kh_core **out, const char *path, const char *user, kh_error *error);
void kh_core_close(kh_core *core);

/// Lends a reader for one request. NULL (and `error` filled) when the record cannot be opened.
kh_store *kh_core_lend(kh_core *core, kh_error *error);
void kh_core_give_back(kh_core *core, kh_store *reader);

/// Makes anew what follows from claims and decisions, and the index of the search.
kh_status kh_core_derive(kh_core *core, const char *user, kh_error *error);

/// Notes that somebody decided: what follows from it is made once they pause. Hold `write_lock`.
void kh_core_changed(kh_core *core);
/// Makes it, when there was a pause. Called now and then.
void kh_core_catch_up(kh_core *core);

/// The time of day in UTC, "2019-05-30T10:00:00Z".
void kh_core_now(char at[32]);

#endif
