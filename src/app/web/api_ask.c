// SPDX-License-Identifier: Apache-2.0
// Questions that the library answers (ask.h), as pages of JSON.
#include "app/web/api.h"

#include "app/web/filter.h"
#include "app/web/route.h"

#include <stdio.h>
#include <string.h>

typedef struct rows {
  kh_bytes text;
  bool first;
} rows;

static bool take_row(void *context, const char *json, size_t len) {
  rows *taken = context;
  if (!taken->first && !kh_bytes_text(&taken->text, ",")) return false;
  taken->first = false;
  return kh_bytes_put(&taken->text, json, len);
}

static bool is_true(const kh_request *request, const char *name) {
  const char *value = kh_arg(request, name);
  return value && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0);
}

static bool read_selection(const kh_request *request, kh_selection *selection, kh_reply *reply) {
  memset(selection, 0, sizeof *selection);
  kh_filter filter; // checks what is common
  if (!kh_filter_read(request, &filter, reply)) return false;
  selection->actor = kh_arg(request, "actor");
  selection->place = kh_arg(request, "place");
  selection->type = kh_arg(request, "type");
  selection->from = filter.from;
  selection->to = filter.to;
  selection->outlet = filter.outlet;
  selection->limit = (unsigned)filter.limit;
  selection->offset = (unsigned)filter.offset;
  return true;
}

kh_reply kh_ask_page(kh_core *core, kh_question question, const kh_selection *selection) {
  kh_error error;
  kh_store *store = kh_core_lend(core, &error);
  if (!store) return kh_reply_failure(&error);
  rows taken = {.first = true};
  kh_answer answer;
  memset(&answer, 0, sizeof answer);
  (void)kh_bytes_text(&taken.text, "{\"items\":[");
  const kh_status status = kh_ask(store, question, selection, take_row, &taken, &answer, &error);
  kh_core_give_back(core, store);
  if (status != KH_OK) {
    free(taken.text.bytes);
    return kh_reply_failure(&error);
  }
  char end[128];
  const long long next = (long long)selection->offset + answer.rows;
  const bool counted = answer.total >= 0;
  (void)snprintf(end, sizeof end,
                 "],\"total\":%lld,\"at_least\":%s,\"next\":", counted ? answer.total : next,
                 !counted && answer.more ? "true" : "false");
  (void)kh_bytes_text(&taken.text, end);
  if (answer.more)
    (void)snprintf(end, sizeof end, "\"%lld\"}", next);
  else
    (void)snprintf(end, sizeof end, "null}");
  (void)kh_bytes_text(&taken.text, end);
  return kh_reply_buffer(200, NULL, &taken.text);
}

static kh_reply ask_one(kh_core *core, const char *id) {
  kh_error error;
  kh_store *store = kh_core_lend(core, &error);
  if (!store) return kh_reply_failure(&error);
  rows taken = {.first = true};
  const kh_selection selection = {.id = id};
  const kh_status status = kh_ask(store, KH_ASK_SHOW, &selection, take_row, &taken, NULL, &error);
  kh_core_give_back(core, store);
  if (status == KH_OK && taken.text.len) return kh_reply_buffer(200, NULL, &taken.text);
  free(taken.text.bytes);
  if (status == KH_OK || status == KH_ERROR_ARGUMENT)
    return kh_reply_error(404, "not_found", "nothing in this record has this id");
  return kh_reply_failure(&error);
}

static kh_reply search(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_selection selection;
  kh_reply reply;
  if (!read_selection(request, &selection, &reply)) return reply;
  selection.text = kh_arg(request, "q");
  if (!selection.text) return kh_reply_error(400, "bad_request", "q: words to look for are wanted");
  return kh_ask_page(core, KH_ASK_SEARCH, &selection);
}

static kh_reply series(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_selection selection;
  kh_reply reply;
  if (!read_selection(request, &selection, &reply)) return reply;
  selection.type = kh_arg(request, "what");
  selection.counted = kh_arg(request, "counted");
  selection.disputed = is_true(request, "disputed");
  selection.brief = !is_true(request, "figures");
  return kh_ask_page(core, KH_ASK_FIGURES, &selection);
}

static kh_reply steps(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_selection selection;
  kh_reply reply;
  if (!read_selection(request, &selection, &reply)) return reply;
  selection.type = kh_arg(request, "kind");
  selection.by = kh_arg(request, "by");
  selection.asked_by = kh_arg(request, "asked_by");
  selection.status = kh_arg(request, "status");
  selection.process = kh_arg(request, "process");
  selection.blocks = kh_arg(request, "blocks");
  selection.unkept = is_true(request, "unkept");
  selection.open = is_true(request, "open");
  selection.disputed = is_true(request, "disputed");
  selection.brief = !is_true(request, "history");
  return kh_ask_page(core, KH_ASK_STEPS, &selection);
}

static kh_reply changes(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_selection selection;
  kh_reply reply;
  if (!read_selection(request, &selection, &reply)) return reply;
  selection.from = kh_arg(request, "since");
  if (!selection.from)
    return kh_reply_error(400, "bad_request", "since: a day is wanted, as 2019-05-30");
  return kh_ask_page(core, KH_ASK_CHANGES, &selection);
}

static kh_reply actors(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_selection selection;
  kh_reply reply;
  if (!read_selection(request, &selection, &reply)) return reply;
  selection.text = kh_arg(request, "q");
  selection.type = kh_arg(request, "kind");
  selection.country = kh_arg(request, "country");
  selection.sector = kh_arg(request, "sector");
  return kh_ask_page(core, KH_ASK_ACTORS, &selection);
}

static kh_reply show(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)request;
  return ask_one(core, parameters->at[0]);
}

const kh_route kh_routes_ask[] = {
    {"GET", "/api/search", search},     {"GET", "/api/series", series},
    {"GET", "/api/series/:", show},     {"GET", "/api/steps", steps},
    {"GET", "/api/steps/:", show},      {"GET", "/api/changes", changes},
    {"GET", "/api/actors", actors},     {"GET", "/api/actors/:", show},
    {"GET", "/api/happenings/:", show}, {NULL, NULL, NULL},
};
