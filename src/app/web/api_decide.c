// SPDX-License-Identifier: Apache-2.0
// Decisions of persons: made, taken back, made again, listed. Where somebody else was faster, the
// answer is theirs, and nothing is changed.
#include "app/web/api.h"

#include "app/web/filter.h"
#include "app/web/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OTHERS = 200 };

// ---- as JSON

static json_t *parsed(const char *text) {
  json_t *value = text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
  return value ? value : json_null();
}

json_t *kh_decision_json(const kh_decision *decision) {
  json_t *others = json_array();
  for (size_t i = 0; i < decision->other_count; i++)
    (void)json_array_append_new(others, json_string(decision->others[i]));
  const char *target = decision->target ? decision->target : "";
  const bool in_report = target[0] == 'D';
  char document[32] = "";
  if (in_report)
    (void)snprintf(document, sizeof document, "%.*s", (int)strcspn(target, "."), target);
  return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s?, s:s?, s:o, s:o, s:o, s:s?, s:b, s:b}", "id",
                   (json_int_t)decision->id, "at", decision->at, "user", decision->user, "action",
                   decision->action, "layer", decision->layer, "document",
                   in_report ? document : NULL, "claim", decision->target, "others", others,
                   "before", parsed(decision->before), "after", parsed(decision->after), "note",
                   decision->note, "undone", decision->undone, "attached", decision->attached);
}

// ---- what has changed

static const char *const keys[] = {"statements", "events", "figures", "steps"};
enum { KEYS = sizeof keys / sizeof *keys };

// Ids of the claims of a report, as the keys of an object.
static json_t *claim_ids(const json_t *report) {
  json_t *ids = json_object();
  for (size_t k = 0; k < KEYS; k++) {
    const json_t *claims = json_object_get(report, keys[k]);
    for (size_t i = 0; i < json_array_size(claims); i++) {
      const char *id = json_string_value(json_object_get(json_array_get(claims, i), "id"));
      if (id) (void)json_object_set(ids, id, json_array_get(claims, i));
    }
  }
  return ids;
}

// Whether somebody decided on the claim after the version that was seen (negative: unknown).
static bool decided_since(const json_t *claim, int64_t seen) {
  const json_t *last = json_object_get(json_object_get(claim, "decided"), "id");
  return seen >= 0 && last && json_integer_value(last) > seen;
}

// The claims that are not as they were before or as the client saw them, whole, and those that
// are gone.
static json_t *difference(const json_t *before, const json_t *after, int64_t seen) {
  json_t *old = claim_ids(before);
  json_t *changed = json_object();
  for (size_t k = 0; k < KEYS; k++) {
    json_t *list = json_array();
    const json_t *claims = json_object_get(after, keys[k]);
    for (size_t i = 0; i < json_array_size(claims); i++) {
      json_t *claim = json_array_get(claims, i);
      const char *id = json_string_value(json_object_get(claim, "id"));
      if (!id || (json_equal(json_object_get(old, id), claim) && !decided_since(claim, seen)))
        continue;
      (void)json_array_append(list, claim);
    }
    (void)json_object_set_new(changed, keys[k], list);
  }
  json_t *now = claim_ids(after);
  json_t *gone = json_array();
  const char *id = NULL;
  json_t *claim = NULL;
  json_object_foreach(old, id, claim) {
    if (!json_object_get(now, id)) (void)json_array_append_new(gone, json_string(id));
  }
  (void)json_object_set_new(changed, "gone", gone);
  json_decref(now);
  json_decref(old);
  return changed;
}

// The claims on which the last word is this decision.
static json_t *decided_by(const json_t *report, int64_t decision) {
  json_t *changed = json_object();
  for (size_t k = 0; k < KEYS; k++) {
    json_t *list = json_array();
    const json_t *claims = json_object_get(report, keys[k]);
    for (size_t i = 0; i < json_array_size(claims); i++) {
      json_t *claim = json_array_get(claims, i);
      const json_t *last = json_object_get(json_object_get(claim, "decided"), "id");
      if (last && json_integer_value(last) == decision) (void)json_array_append(list, claim);
    }
    (void)json_object_set_new(changed, keys[k], list);
  }
  return changed;
}

// ---- deciding

// A change to be made while the record is ours.
typedef kh_status (*change_fn)(kh_store *store, void *context, kh_decided *decided,
                               kh_error *error);

static bool take_one(void *context, const kh_decision *decision) {
  json_t **found = context;
  *found = kh_decision_json(decision);
  return false;
}

static json_t *find_decision(kh_store *store, int64_t id) {
  json_t *found = NULL;
  kh_error error;
  const kh_decision_filter filter = {.id = id};
  (void)kh_store_decisions(store, &filter, take_one, &found, &error);
  return found;
}

static bool take_all(void *context, const kh_decision *decision) {
  return json_array_append_new(context, kh_decision_json(decision)) == 0;
}

// Decisions on the report later than the version that was seen, but for the one just made.
static json_t *decisions_since(kh_store *store, int64_t doc, int64_t seen, int64_t but) {
  json_t *list = json_array();
  kh_error error;
  const kh_decision_filter filter = {.doc = doc, .after = seen};
  if (doc && seen >= 0) (void)kh_store_decisions(store, &filter, take_all, list, &error);
  for (size_t i = json_array_size(list); i > 0; i--) {
    if (json_integer_value(json_object_get(json_array_get(list, i - 1), "id")) == but)
      (void)json_array_remove(list, i - 1);
  }
  return list;
}

// Makes the change and tells what came of it. `doc` is the report that it concerns, or 0.
static kh_reply make_change(kh_core *core, const kh_request *request, int64_t doc, int64_t seen,
                            change_fn change, void *context) {
  kh_reply reply;
  json_t *before = doc ? kh_report_json(core, doc, &reply) : json_object();
  if (!before) return reply;
  char at[32];
  kh_core_now(at);
  kh_error error;
  kh_decided decided = {0};
  (void)pthread_mutex_lock(&core->write_lock);
  kh_status status =
      kh_store_sign(core->writer, request->user ? request->user : core->user, at, &error);
  if (status == KH_OK) status = change(core->writer, context, &decided, &error);
  json_t *decision = status == KH_OK || status == KH_ERROR_CONFLICT
                         ? find_decision(core->writer, decided.decision)
                         : NULL;
  json_t *since =
      status == KH_OK ? decisions_since(core->writer, doc, seen, decided.decision) : NULL;
  if (status == KH_OK) kh_core_changed(core);
  (void)pthread_mutex_unlock(&core->write_lock);
  if (status != KH_OK && status != KH_ERROR_CONFLICT) {
    json_decref(before);
    json_decref(decision);
    return kh_reply_failure(&error);
  }
  json_t *after = doc ? kh_report_json(core, doc, &reply) : json_object();
  if (!after) {
    json_decref(before);
    json_decref(decision);
    json_decref(since);
    return reply;
  }
  json_t *changed =
      status == KH_OK ? difference(before, after, seen) : decided_by(after, decided.decision);
  if (status == KH_ERROR_CONFLICT)
    decided.version = json_integer_value(json_object_get(after, "version"));
  json_decref(before);
  json_decref(after);
  if (status == KH_OK)
    return kh_reply_json(200,
                         json_pack("{s:I, s:o?, s:o, s:o?}", "version", (json_int_t)decided.version,
                                   "decision", decision, "changed", changed, "since", since));
  json_t *theirs = json_array();
  if (decision) (void)json_array_append_new(theirs, decision);
  return kh_reply_json(409,
                       json_pack("{s:{s:s, s:s}, s:I, s:o, s:o}", "error", "code", "conflict",
                                 "message", error.message, "version", (json_int_t)decided.version,
                                 "theirs", theirs, "changed", changed));
}

static int64_t document_of(const char *id) {
  int64_t doc = 0;
  if (!id || id[0] != 'D') return 0;
  char head[32];
  (void)snprintf(head, sizeof head, "%.*s", (int)strcspn(id, "."), id);
  return kh_id_number(head, 'D', &doc) ? doc : 0;
}

static json_t *body_of(const kh_request *request, kh_reply *reply) {
  json_error_t why;
  json_t *body = request->body_len
                     ? json_loadb(request->body, request->body_len, JSON_REJECT_DUPLICATES, &why)
                     : json_object();
  if (json_is_object(body)) return body;
  json_decref(body);
  *reply = kh_reply_error(400, "bad_request", "the body: an object of JSON is wanted");
  return NULL;
}

static int64_t version_seen(const json_t *body) {
  const json_t *version = json_object_get(body, "version");
  return json_is_integer(version) ? json_integer_value(version) : -1;
}

static kh_status decide_it(kh_store *store, void *context, kh_decided *decided, kh_error *error) {
  return kh_store_decide(store, context, decided, error);
}

static kh_reply decide(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_reply reply;
  json_t *body = body_of(request, &reply);
  if (!body) return reply;
  const char *claim = json_string_value(json_object_get(body, "claim"));
  const char *document = json_string_value(json_object_get(body, "document"));
  const json_t *list = json_object_get(body, "others");
  const json_t *after = json_object_get(body, "parts");
  if (!after) after = json_object_get(body, "after");
  char *text = after ? json_dumps(after, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
  const char *others[OTHERS];
  kh_decision_request wanted = {
      .action = json_string_value(json_object_get(body, "action")),
      .target = claim ? claim : document,
      .layer = json_string_value(json_object_get(body, "layer")),
      .others = others,
      .after = text,
      .note = json_string_value(json_object_get(body, "note")),
      .seen = version_seen(body),
  };
  for (size_t i = 0; i < json_array_size(list) && wanted.other_count < OTHERS; i++) {
    const char *other = json_string_value(json_array_get(list, i));
    if (other) others[wanted.other_count++] = other;
  }
  if (!wanted.action || !wanted.target)
    reply = kh_reply_error(400, "bad_request",
                           "action, and claim or document: what is decided on what is wanted");
  else
    reply = make_change(core, request, document_of(wanted.target), wanted.seen, decide_it, &wanted);
  free(text);
  json_decref(body);
  return reply;
}

// ---- taking back

typedef struct again {
  int64_t decision;
  int64_t seen;
  bool redo;
} again;

static kh_status undo_it(kh_store *store, void *context, kh_decided *decided, kh_error *error) {
  const again *now = context;
  return now->redo ? kh_store_redo(store, now->decision, now->seen, decided, error)
                   : kh_store_undo(store, now->decision, now->seen, decided, error);
}

static kh_reply undo_or_redo(kh_core *core, const kh_request *request, const char *id, bool redo) {
  kh_reply reply;
  char *end = NULL;
  again now = {strtoll(id, &end, 10), -1, redo};
  if (end == id || *end || now.decision <= 0)
    return kh_reply_error(404, "not_found", "the number of a decision is wanted");
  json_t *body = body_of(request, &reply);
  if (!body) return reply;
  now.seen = version_seen(body);
  json_decref(body);
  kh_error error;
  kh_store *store = kh_core_lend(core, &error);
  if (!store) return kh_reply_failure(&error);
  json_t *decision = find_decision(store, now.decision);
  kh_core_give_back(core, store);
  if (!decision) return kh_reply_error(404, "not_found", "there is no such decision");
  const int64_t doc = document_of(json_string_value(json_object_get(decision, "claim")));
  json_decref(decision);
  return make_change(core, request, doc, now.seen, undo_it, &now);
}

static kh_reply undo(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  return undo_or_redo(core, request, parameters->at[0], false);
}

static kh_reply redo(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  return undo_or_redo(core, request, parameters->at[0], true);
}

// ---- lists

static kh_reply list_decisions(kh_core *core, const kh_request *request, int64_t doc) {
  kh_filter page;
  kh_reply reply;
  if (!kh_filter_read(request, &page, &reply)) return reply;
  kh_error error;
  kh_store *store = kh_core_lend(core, &error);
  if (!store) return kh_reply_failure(&error);
  // the cursor is the number of the last decision of the page before
  const kh_decision_filter filter = {.doc = doc,
                                     .user = kh_arg(request, "user"),
                                     .before = page.offset,
                                     .limit = (size_t)page.limit + 1};
  json_t *rows = json_array();
  const kh_status status = kh_store_decisions(store, &filter, take_all, rows, &error);
  kh_core_give_back(core, store);
  if (status != KH_OK) {
    json_decref(rows);
    return kh_reply_failure(&error);
  }
  const size_t count = json_array_size(rows);
  char next[32] = "";
  if (count > (size_t)page.limit) {
    (void)json_array_remove(rows, count - 1);
    (void)snprintf(
        next, sizeof next, "%lld",
        (long long)json_integer_value(json_object_get(json_array_get(rows, count - 2), "id")));
  }
  sqlite3 *db = kh_pool_lend(core->pool);
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT count(*) FROM decision");
  const int64_t total = db && !doc ? kh_pick_int(db, &pick, 0) : (int64_t)json_array_size(rows);
  kh_pick_free(&pick);
  kh_pool_give_back(core->pool, db);
  return kh_reply_json(200,
                       json_pack("{s:o, s:I, s:b, s:s?}", "items", rows, "total", (json_int_t)total,
                                 "at_least", doc && next[0], "next", next[0] ? next : NULL));
}

static kh_reply all_decisions(kh_core *core, const kh_request *request,
                              const kh_parameters *parameters) {
  (void)parameters;
  return list_decisions(core, request, 0);
}

static kh_reply report_decisions(kh_core *core, const kh_request *request,
                                 const kh_parameters *parameters) {
  int64_t doc = 0;
  if (!kh_id_number(parameters->at[0], 'D', &doc) || doc == 0)
    return kh_reply_error(404, "not_found", "the id of a document is wanted, as D12");
  return list_decisions(core, request, doc);
}

const kh_route kh_routes_decide[] = {
    {"GET", "/api/decisions", all_decisions},
    {"POST", "/api/decisions", decide},
    {"GET", "/api/documents/:/decisions", report_decisions},
    {"POST", "/api/decisions/:/undo", undo},
    {"POST", "/api/decisions/:/redo", redo},
    {NULL, NULL, NULL},
};
