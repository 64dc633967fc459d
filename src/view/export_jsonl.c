// SPDX-License-Identifier: Apache-2.0
// Reports with their claims, in the form that khutwa read writes. Decisions are applied; claims
// that were rejected are left out, and so is what refers to them.
#include "view/export.h"

#include "base/error.h"
#include "store/json_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static bool put(void *context, const char *bytes, size_t len) {
  kh_writer *out = context;
  kh_put(out, bytes, len);
  return !out->failed;
}

// ------------------------------------------------------------------ reports with decisions

typedef struct text {
  char *at;
  size_t len;
  size_t room;
} text;

static bool gather(void *context, const char *bytes, size_t len) {
  text *t = context;
  if (t->room - t->len < len) {
    const size_t room = 2 * t->room + len;
    char *wider = realloc(t->at, room);
    if (!wider) return false;
    t->at = wider;
    t->room = room;
  }
  memcpy(t->at + t->len, bytes, len);
  t->len += len;
  return true;
}

static const char *const states =
    "SELECT 's' || n, state FROM statement WHERE doc = ?1 AND state <> 'machine' UNION ALL "
    "SELECT 'v' || n, state FROM event WHERE doc = ?1 AND state <> 'machine' UNION ALL "
    "SELECT 'f' || n, state FROM figure WHERE doc = ?1 AND state <> 'machine' UNION ALL "
    "SELECT 'p' || n, state FROM step WHERE doc = ?1 AND state <> 'machine'";

// {"s3": "rejected", ...}: the claims that persons decided on. NULL (and status told) on failure.
static json_t *decided_of(kh_exporting *x, int64_t doc, kh_status *status) {
  kh_select s;
  json_t *decided = json_object();
  kh_select_begin(&s, x->store, x->error);
  kh_select_int(&s, states, doc);
  while ((*status = kh_select_next(&s)) == KH_OK)
    json_object_set_new(decided, kh_select_column(&s, 0), json_string(kh_select_column(&s, 1)));
  kh_select_end(&s);
  if (*status == KH_END) *status = KH_OK;
  return decided;
}

static bool is_rejected(const json_t *decided, const json_t *id) {
  const char *name = json_string_value(id);
  const char *state = name ? json_string_value(json_object_get(decided, name)) : NULL;
  return state && strcmp(state, "rejected") == 0;
}

static void mark_layer(json_t *claims, const json_t *decided) {
  static const char *const links[] = {"statement", "inside", "part_of", "restates", "same_as"};
  for (size_t i = json_array_size(claims); i-- > 0;) {
    json_t *claim = json_array_get(claims, i);
    const json_t *id = json_object_get(claim, "id");
    if (is_rejected(decided, id)) {
      json_array_remove(claims, i);
      continue;
    }
    json_t *state = json_string_value(id) ? json_object_get(decided, json_string_value(id)) : NULL;
    if (state) json_object_set(claim, "state", state);
    for (size_t k = 0; k < sizeof links / sizeof *links; k++)
      if (is_rejected(decided, json_object_get(claim, links[k])))
        json_object_set_new(claim, links[k], json_null());
  }
}

static kh_status put_decided(kh_exporting *x, const kh_document *document, const json_t *decided) {
  static const char *const layers[] = {"statements", "events", "figures", "steps"};
  text whole = {0};
  kh_status status = kh_view_json(document, gather, &whole, x->error);
  json_t *record = status == KH_OK ? json_loadb(whole.at, whole.len, 0, NULL) : NULL;
  for (size_t i = 0; record && i < sizeof layers / sizeof *layers; i++)
    mark_layer(json_object_get(record, layers[i]), decided);
  char *line = record ? kh_json_text(record, JSON_COMPACT) : NULL;
  if (line) {
    kh_puts(&x->out, line);
    kh_putc(&x->out, '\n');
  } else {
    status = kh_fail(x->error, KH_ERROR_MEMORY, KH_STAGE_VIEW, "out of memory");
  }
  free(line);
  json_decref(record);
  free(whole.at);
  return status;
}

// ------------------------------------------------------------------ all

static kh_status put_report(kh_exporting *x, int64_t doc) {
  kh_document *document = NULL;
  kh_status status;
  json_t *decided = decided_of(x, doc, &status);
  if (status == KH_OK)
    status = kh_store_document(&document, x->store, doc, KH_STORE_EFFECTIVE, x->error);
  if (status == KH_OK && json_object_size(decided))
    status = put_decided(x, document, decided);
  else if (status == KH_OK)
    status = kh_view_json(document, put, &x->out, x->error);
  kh_document_close(document);
  json_decref(decided);
  x->rows++;
  return status == KH_OK ? kh_export_check(x) : status;
}

kh_status kh_export_jsonl(kh_exporting *x) {
  kh_select s;
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, "SELECT doc FROM temp.chosen ORDER BY doc");
  kh_status status;
  while ((status = kh_select_next(&s)) == KH_OK) {
    status = put_report(x, kh_select_number(&s, 0));
    if (status != KH_OK) break;
  }
  kh_select_end(&s);
  return status == KH_END ? KH_OK : status;
}
