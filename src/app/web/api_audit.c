// SPDX-License-Identifier: Apache-2.0
// The chain of what was done, whether it holds, and what leaves the record.
#include "app/web/api.h"

#include "app/web/filter.h"
#include "app/web/route.h"

#include <khutwa/export.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// ---- the chain

static void narrow(kh_pick *pick, const kh_request *request, const kh_filter *filter) {
  if (filter->from) kh_pick_text(pick, " AND at >= ?", filter->from);
  if (filter->to) kh_pick_text(pick, " AND substr(at, 1, 10) <= ?", filter->to);
  const char *user = kh_arg(request, "user");
  if (user) kh_pick_text(pick, " AND user = ?", user);
  const char *action = kh_arg(request, "action");
  if (action) kh_pick_text(pick, " AND action = ?", action);
}

static kh_reply audit(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT seq, at, user, action, subject, detail AS \"detail$\", "
                     "lower(hex(hash)) AS hash FROM audit WHERE TRUE");
  narrow(&pick, request, &filter);
  kh_pick_add(&pick, " ORDER BY seq DESC");
  kh_filter_page(&pick, &filter);
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  kh_pick_add(&pick, "SELECT count(*) FROM audit WHERE TRUE");
  narrow(&pick, request, &filter);
  const int64_t total = kh_pick_int(db, &pick, 0);
  kh_pick_free(&pick);
  kh_pool_give_back(core->pool, db);
  return kh_page_reply(&filter, rows, total);
}

static double seconds_now(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static json_t *verified_json(const kh_verified *found, double seconds) {
  json_t *bad = found->sound ? json_null()
                             : json_pack("{s:I, s:s, s:s}", "seq", (json_int_t)found->line,
                                         "subject", found->subject, "message", found->what);
  return json_pack("{s:b, s:I, s:I, s:I, s:s, s:f, s:o}", "ok", found->sound, "entries",
                   (json_int_t)found->lines, "documents", (json_int_t)found->documents, "decisions",
                   (json_int_t)found->decisions, "head", found->seal, "seconds", seconds, "bad",
                   bad);
}

static kh_reply verify(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  json_t *body = request->body_len ? json_loadb(request->body, request->body_len, 0, NULL) : NULL;
  const char *head = json_string_value(json_object_get(body, "head"));
  kh_error error;
  kh_verified found;
  memset(&found, 0, sizeof found);
  kh_store *store = kh_core_lend(core, &error);
  kh_status status = KH_ERROR_IO;
  const double begun = seconds_now();
  if (store) status = kh_store_verify(store, head && head[0] ? head : NULL, &found, &error);
  const double took = seconds_now() - begun;
  kh_core_give_back(core, store);
  json_decref(body);
  if (status != KH_OK) return kh_reply_failure(&error);
  return kh_reply_json(200, verified_json(&found, took));
}

// ---- exports

static kh_reply formats(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)core;
  (void)request;
  (void)parameters;
  json_t *list = json_array();
  for (int i = 0; i < KH_EXPORT_FORMATS; i++) {
    const kh_export_about *about = kh_export_describe((kh_export_format)i);
    if (about)
      (void)json_array_append_new(list,
                                  json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", about->id, "name",
                                            about->name, "extension", about->extension, "type",
                                            about->type, "loses", about->loses));
  }
  return kh_reply_json(200, json_pack("{s:o}", "items", list));
}

static bool write_file(void *context, const char *bytes, size_t len) {
  return fwrite(bytes, 1, len, context) == len;
}

// The whole export is made before any of it is sent, so that one that fails is never half there.
static kh_reply export_to_file(kh_core *core, const kh_request *request,
                               const kh_export_options *options, const kh_export_about *about) {
  FILE *file = tmpfile();
  if (!file) return kh_reply_error(500, "io", "a temporary file could not be made");
  char at[32];
  kh_core_now(at);
  kh_error error;
  (void)pthread_mutex_lock(&core->write_lock);
  kh_status status =
      kh_store_sign(core->writer, request->user ? request->user : core->user, at, &error);
  if (status == KH_OK) status = kh_export(core->writer, options, write_file, file, NULL, &error);
  (void)pthread_mutex_unlock(&core->write_lock);
  kh_reply reply = kh_reply_empty();
  if (status != KH_OK) {
    reply = kh_reply_failure(&error);
  } else if (fflush(file) != 0 || (reply.fd = dup(fileno(file))) < 0) {
    reply = kh_reply_error(500, "io", "the export could not be kept; free some space");
  } else {
    reply.status = 200;
    reply.type = about->type;
    (void)snprintf(reply.download, sizeof reply.download, "khutwa-%s%s%s.%s", about->id,
                   options->layer ? "-" : "", options->layer ? options->layer : "",
                   about->extension);
  }
  (void)fclose(file);
  return reply;
}

static const char *known_layer(const char *layer) {
  static const char *const layers[] = {"documents", "entities", "statements",
                                       "events",    "figures",  "steps"};
  for (size_t i = 0; layer && i < sizeof layers / sizeof *layers; i++) {
    if (strcmp(layers[i], layer) == 0) return layers[i];
  }
  return NULL;
}

static kh_reply export(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  const char *id = kh_arg(request, "format");
  kh_export_options options = {.to = "browser"};
  if (!id || !kh_export_find(id, &options.format))
    return kh_reply_error(400, "bad_request", "format: one of /api/formats is wanted");
  const char *layer = kh_arg(request, "layer");
  options.layer = known_layer(layer);
  if (layer && !options.layer)
    return kh_reply_error(400, "bad_request",
                          "layer: documents, entities, statements, events, figures or steps");
  const char *bom = kh_arg(request, "bom");
  options.bom = bom && (strcmp(bom, "true") == 0 || strcmp(bom, "1") == 0);
  const kh_selection selection = {.id = kh_arg(request, "document"),
                                  .text = kh_arg(request, "q"),
                                  .actor = kh_arg(request, "actor"),
                                  .place = kh_arg(request, "place"),
                                  .type = kh_arg(request, "type"),
                                  .from = filter.from,
                                  .to = filter.to,
                                  .outlet = filter.outlet};
  options.selection = &selection;
  return export_to_file(core, request, &options, kh_export_describe(options.format));
}

const kh_route kh_routes_audit[] = {
    {"GET", "/api/audit", audit},
    {"POST", "/api/verify", verify},
    {"GET", "/api/formats", formats},
    {"GET", "/api/export", export},
    {NULL, NULL, NULL},
};
