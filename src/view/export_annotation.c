// SPDX-License-Identifier: Apache-2.0
// Claims as annotations of the W3C's Web Annotation Data Model: one page of a collection, whose
// targets are stretches of the reports' texts, by position (code points) and by quotation.
#include "view/export.h"

#include "base/error.h"
#include "store/json_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(from, to) "CAST(substr(CAST(b.text AS BLOB), " from " + 1, " to " - " from ") AS TEXT)"
#define NAMES(layer, role)                                                                         \
  "(SELECT json_group_array(name) FROM (SELECT DISTINCT e2.name FROM part q "                      \
  "JOIN entity e1 ON e1.entity = q.entity JOIN entity e2 "                                         \
  "ON e2.entity = coalesce(e1.merged_into, e1.entity) WHERE q.layer = '" layer "' "                \
  "AND q.doc = c.doc AND q.n = c.n AND q.role = '" role "'))"
#define NAME(e)                                                                                    \
  "(SELECT e2.name FROM entity e1 JOIN entity e2 ON e2.entity = coalesce(e1.merged_into, "         \
  "e1.entity) WHERE e1.entity = " e ")"

// The text before is cut to the last code points in C; `start` and `end` are bytes.
#define CLAIMS(letter, table, type, body)                                                          \
  "SELECT 'D' || c.doc || '." letter "' || c.n, " type ", json_object(" body "), "                 \
  "length(CAST(substr(CAST(b.text AS BLOB), 1, c.start) AS TEXT)), "                               \
  "length(" TEXT("c.start", "c.end") "), " TEXT(                                                   \
      "c.start", "c.end") ", "                                                                     \
                          "substr(CAST(substr(CAST(b.text AS BLOB), 1, c.start) AS TEXT), -32), "  \
                          "substr(CAST(substr(CAST(b.text AS BLOB), c.end + 1) AS TEXT), 1, 32), " \
                          "lower(hex(d.text_sha256)), d.uri, c.state, d.doc FROM " table " c "     \
                          "JOIN document d ON d.doc = c.doc JOIN body b ON b.doc = c.doc "         \
                          "WHERE c.state <> 'rejected' AND c.doc IN (SELECT doc FROM temp.chosen)"

typedef struct claims {
  const char *sql;
  const char *type; // columns for filters
  const char *day;
  const char *letter;
} claims;

static const claims layers[] = {
    {CLAIMS("s", "statement", "'statement'",
            "'speaker', " NAME("c.speaker") ", 'mode', c.mode, 'to', json(" NAMES(
                "s", "to") "), "
                           "'day', c.day"),
     "c.mode", "c.day", "s"},
    {CLAIMS("v", "event", "c.type",
            "'type', c.type, 'mode', c.mode, 'reality', c.reality, 'negated', c.negated, "
            "'actors', json(" NAMES("v", "actor") "), 'recipients', json(" NAMES(
                "v", "recipient") "), "
                                  "'place', " NAME("c.place") ", 'day', c.day"),
     "c.type", "c.day", "v"},
    {CLAIMS("f", "figure", "c.what",
            "'value', c.value, 'high', c.high, 'bound', c.bound, 'counted', c.counted, "
            "'what', c.what, 'place', " NAME("c.place") ", 'source', " NAME("c.source")),
     "c.what", "d.published", "f"},
    {CLAIMS("p", "step", "c.kind",
            "'kind', c.kind, 'status', c.status, 'by', json(" NAMES(
                "p", "by") "), "
                           "'asked_by', json(" NAMES("p", "asked_by") "), 'according_to', " NAME(
                               "c.according_to") ", "
                                                 "'as_of', c.as_of"),
     "c.kind", "c.as_of", "p"},
};

enum { ID, TYPE, BODY, START, LENGTH, EXACT, PREFIX, SUFFIX, DIGEST, URI, STATE };

static json_t *target_of(kh_select *s) {
  char source[128] = "urn:khutwa:text:";
  strncat(source, kh_select_column(s, DIGEST), 64);
  const json_int_t start = kh_select_number(s, START);
  json_t *target =
      json_pack("{s:s,s:[{s:s,s:I,s:I},{s:s,s:s,s:s,s:s}]}", "source", source, "selector", "type",
                "TextPositionSelector", "start", start, "end", start + kh_select_number(s, LENGTH),
                "type", "TextQuoteSelector", "exact", kh_select_column(s, EXACT), "prefix",
                kh_select_column(s, PREFIX), "suffix", kh_select_column(s, SUFFIX));
  if (target && *kh_select_column(s, URI))
    json_object_set_new(target, "canonical", json_string(kh_select_column(s, URI)));
  return target;
}

static json_t *annotation_of(kh_select *s) {
  char id[64] = "urn:khutwa:";
  strncat(id, kh_select_column(s, ID), 40);
  return json_pack("{s:s,s:s,s:s,s:[{s:s,s:s,s:s,s:s},{s:s,s:s,s:s,s:s}],s:o}", "id", id, "type",
                   "Annotation", "motivation", "classifying", "body", "type", "TextualBody",
                   "purpose", "classifying", "format", "text/plain", "value",
                   kh_select_column(s, TYPE), "type", "TextualBody", "purpose", "describing",
                   "format", "application/json", "value", kh_select_column(s, BODY), "target",
                   target_of(s));
}

static kh_status put_layer(kh_exporting *x, const claims *layer) {
  const kh_selection *w = x->selection;
  kh_select s;
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, layer->sql);
  kh_select_words(&s, layer->type, w->type);
  if (kh_told(w->from)) {
    kh_select_add(&s, " AND ");
    kh_select_add(&s, layer->day);
    kh_select_text(&s, " >= ?", w->from);
  }
  if (kh_told(w->to)) {
    kh_select_add(&s, " AND substr(");
    kh_select_add(&s, layer->day);
    kh_select_text(&s, ", 1, 10) <= ?", w->to);
  }
  if (x->meant->actor.count) {
    kh_select_add(&s, " AND EXISTS (SELECT 1 FROM part q WHERE q.doc = c.doc AND q.n = c.n "
                      "AND q.layer = '");
    kh_select_add(&s, layer->letter);
    kh_select_text(&s, "' AND q.entity IN (SELECT value FROM json_each(?)))", x->meant->actor.json);
  }
  kh_select_add(&s, " ORDER BY c.doc, c.n");
  kh_status status;
  while ((status = kh_select_next(&s)) == KH_OK && (status = kh_export_check(x)) == KH_OK) {
    json_t *annotation = annotation_of(&s);
    char *json = annotation ? kh_json_text(annotation, JSON_COMPACT) : NULL;
    json_decref(annotation);
    if (!json) {
      status = kh_fail(x->error, KH_ERROR_MEMORY, KH_STAGE_VIEW, "out of memory");
      break;
    }
    kh_puts(&x->out, x->rows++ ? ",\n" : "\n");
    kh_puts(&x->out, json);
    free(json);
  }
  kh_select_end(&s);
  return status == KH_END ? KH_OK : status;
}

kh_status kh_export_annotation(kh_exporting *x) {
  const char *loses = kh_export_describe(KH_EXPORT_ANNOTATION)->loses;
  kh_puts(&x->out,
          "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\","
          "\"id\":\"urn:khutwa:annotations\",\"type\":\"AnnotationCollection\",\"label\":");
  kh_put_json(&x->out, loses, strlen(loses));
  kh_puts(&x->out, ",\"first\":{\"id\":\"urn:khutwa:annotations:1\",\"type\":\"AnnotationPage\","
                   "\"startIndex\":0,\"items\":[");
  kh_status status = KH_OK;
  for (size_t i = 0; status == KH_OK && i < sizeof layers / sizeof *layers; i++)
    status = put_layer(x, &layers[i]);
  kh_puts(&x->out, "\n]},\"total\":");
  kh_put_uint(&x->out, x->rows);
  kh_puts(&x->out, "}\n");
  return status;
}
