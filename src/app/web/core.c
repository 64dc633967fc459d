// SPDX-License-Identifier: Apache-2.0
#include "app/web/core.h"

#include "app/web/api.h"
#include "app/web/imports.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

kh_reply kh_unreadable(void) {
  return kh_reply_error(500, "io",
                        "the record could not be read; khutwa verify tells whether it is whole");
}

void kh_core_now(char at[32]) {
  const time_t now = time(NULL);
  struct tm utc;
  (void)gmtime_r(&now, &utc);
  (void)strftime(at, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

kh_status kh_core_open(kh_core **out, const char *path, const char *user, kh_error *error) {
  *out = NULL;
  kh_core *core = calloc(1, sizeof *core);
  if (!core) {
    *error = (kh_error){.code = KH_ERROR_MEMORY, .message = "there is not enough memory"};
    return KH_ERROR_MEMORY;
  }
  (void)pthread_mutex_init(&core->lock, NULL);
  (void)pthread_mutex_init(&core->write_lock, NULL);
  core->path = strdup(path);
  core->user = strdup(user);
  core->pool = kh_pool_new(path);
  char at[32];
  kh_core_now(at);
  const kh_store_options options = {.existing = true, .user = user, .at = at};
  kh_status status = core->path && core->user && core->pool ? KH_OK : KH_ERROR_MEMORY;
  if (status != KH_OK) *error = (kh_error){.code = status, .message = "there is not enough memory"};
  if (status == KH_OK) status = kh_store_open(&core->writer, path, &options, error);
  if (status == KH_OK) status = kh_engine_open(&core->engine, NULL, error);
  if (status == KH_OK) status = kh_imports_open(&core->imports, core, error);
  if (status != KH_OK) {
    kh_core_close(core);
    return status;
  }
  *out = core;
  return KH_OK;
}

void kh_core_close(kh_core *core) {
  if (!core) return;
  kh_imports_close(core->imports);
  kh_error error;
  if (core->changed_s && core->writer) (void)kh_core_derive(core, core->user, &error);
  for (unsigned i = 0; i < core->reader_count; i++) (void)kh_store_close(core->readers[i], NULL);
  json_decref(core->offered);
  kh_pool_free(core->pool);
  (void)kh_store_close(core->writer, NULL); // last, so that it leaves one file
  kh_engine_close(core->engine);
  (void)pthread_mutex_destroy(&core->write_lock);
  (void)pthread_mutex_destroy(&core->lock);
  free(core->path);
  free(core->user);
  free(core);
}

kh_store *kh_core_lend(kh_core *core, kh_error *error) {
  kh_store *reader = NULL;
  (void)pthread_mutex_lock(&core->lock);
  if (core->reader_count) reader = core->readers[--core->reader_count];
  (void)pthread_mutex_unlock(&core->lock);
  if (reader) return reader;
  const kh_store_options options = {.read_only = true, .existing = true, .cache_kb = 8192};
  (void)kh_store_open(&reader, core->path, &options, error);
  return reader;
}

void kh_core_give_back(kh_core *core, kh_store *reader) {
  if (!reader) return;
  (void)pthread_mutex_lock(&core->lock);
  const bool keep = core->reader_count < KH_CORE_READERS;
  if (keep) core->readers[core->reader_count++] = reader;
  (void)pthread_mutex_unlock(&core->lock);
  if (!keep) (void)kh_store_close(reader, NULL);
}

kh_status kh_core_derive(kh_core *core, const char *user, kh_error *error) {
  char at[32];
  kh_core_now(at);
  (void)pthread_mutex_lock(&core->write_lock);
  kh_status status = kh_store_sign(core->writer, user, at, error);
  if (status == KH_OK) status = kh_store_merge(core->writer, error);
  if (status == KH_OK) status = kh_store_index(core->writer, error);
  (void)pthread_mutex_unlock(&core->write_lock);
  return status;
}

enum { PAUSE_S = 5 };

void kh_core_changed(kh_core *core) { core->changed_s = (int64_t)time(NULL); }

void kh_core_catch_up(kh_core *core) {
  (void)pthread_mutex_lock(&core->write_lock);
  const bool due = core->changed_s && (int64_t)time(NULL) - core->changed_s >= PAUSE_S;
  if (due) core->changed_s = 0;
  (void)pthread_mutex_unlock(&core->write_lock);
  kh_error error;
  if (due) (void)kh_core_derive(core, core->user, &error); // a failure shows at the next import
}
