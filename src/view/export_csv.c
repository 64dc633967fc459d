// SPDX-License-Identifier: Apache-2.0
// Tables: cells that no spreadsheet takes for a formula, and the layers of a record.
#include "view/export.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

// ------------------------------------------------------------------ cells

static void begin_cell(kh_exporting *x) {
  if (x->in_row) kh_putc(&x->out, ',');
  x->in_row = true;
}

static bool is_dangerous(char first) { return first && strchr("=+-@\t\r\n'", first); }

void kh_csv_text(kh_exporting *x, const char *text) {
  begin_cell(x);
  const bool escaped = is_dangerous(*text);
  if (!escaped && !strpbrk(text, ",\"\r\n")) {
    kh_puts(&x->out, text);
    return;
  }
  kh_putc(&x->out, '"');
  if (escaped) kh_putc(&x->out, '\'');
  for (const char *at = text; *at; at++) {
    if (*at == '"') kh_putc(&x->out, '"');
    kh_putc(&x->out, *at);
  }
  kh_putc(&x->out, '"');
}

void kh_csv_number(kh_exporting *x, double value) {
  begin_cell(x);
  if (isfinite(value)) kh_put_double(&x->out, value);
}

void kh_csv_int(kh_exporting *x, int64_t value) { kh_csv_number(x, (double)value); }

void kh_csv_empty(kh_exporting *x) { begin_cell(x); }

void kh_csv_column(kh_exporting *x, kh_select *s, int column) {
  switch (sqlite3_column_type(s->statement, column)) {
  case SQLITE_NULL:
    kh_csv_empty(x);
    return;
  case SQLITE_INTEGER:
  case SQLITE_FLOAT:
    kh_csv_number(x, sqlite3_column_double(s->statement, column));
    return;
  default:
    kh_csv_text(x, kh_select_column(s, column));
    return;
  }
}

void kh_csv_end(kh_exporting *x) {
  kh_puts(&x->out, "\r\n");
  x->in_row = false;
  x->rows++;
}

void kh_csv_header(kh_exporting *x, const char *columns) {
  if (x->options->bom) kh_puts(&x->out, "\xEF\xBB\xBF");
  kh_puts(&x->out, columns);
  kh_puts(&x->out, "\r\n");
}

// ------------------------------------------------------------------ layers

#define NAMES(layer, role)                                                                         \
  "(SELECT group_concat(name, '; ') FROM (SELECT DISTINCT e2.name FROM part q "                    \
  "JOIN entity e1 ON e1.entity = q.entity JOIN entity e2 "                                         \
  "ON e2.entity = coalesce(e1.merged_into, e1.entity) WHERE q.layer = '" layer "' "                \
  "AND q.doc = c.doc AND q.n = c.n AND q.role = '" role "'))"
#define IDS(layer, role)                                                                           \
  "(SELECT group_concat(id, ';') FROM (SELECT DISTINCT 'E' || coalesce(e1.merged_into, "           \
  "e1.entity) "                                                                                    \
  "AS id FROM part q JOIN entity e1 ON e1.entity = q.entity WHERE q.layer = '" layer "' "          \
  "AND q.doc = c.doc AND q.n = c.n AND q.role = '" role "'))"
#define SPAN(start, end)                                                                           \
  "CAST(substr(CAST(b.text AS BLOB), " start " + 1, " end " - " start ") AS TEXT)"
#define NAME(e)                                                                                    \
  "(SELECT e2.name FROM entity e1 JOIN entity e2 ON e2.entity = coalesce(e1.merged_into, "         \
  "e1.entity) WHERE e1.entity = " e ")"
#define ID(e)                                                                                      \
  "(SELECT 'E' || coalesce(e1.merged_into, e1.entity) FROM entity e1 WHERE e1.entity = " e ")"
#define CLAIM(letter) "'D' || c.doc || '." letter "' || c.n, 'D' || c.doc, d.published, o.name, "
#define FROM_CLAIM(table)                                                                          \
  " FROM " table " c JOIN document d ON d.doc = c.doc JOIN body b ON b.doc = c.doc "               \
  "LEFT JOIN outlet o ON o.outlet = d.outlet JOIN rule r ON r.rule = c.rule "                      \
  "WHERE c.doc IN (SELECT doc FROM temp.chosen) AND c.state <> 'rejected'"
#define ORIGIN "c.start, c.end, r.name, c.confidence, c.state"

typedef struct layer {
  const char *name;
  const char *header;
  const char *sql;
  const char *order;
  const char *letter; // of claims; NULL: the layer has none
  const char *type;   // columns that filters look at; NULL: none
  const char *day;
  const char *actor; // a reference beside the parts
} layer;

static const layer layers[] = {
    {"documents",
     "id,input_id,title,outlet,published,published_from,uri,fetched,lang,bytes,copy_of,container,"
     "position,raw_sha256,text_sha256",
     "SELECT 'D' || d.doc, d.id, d.title, o.name, d.published, d.published_from, d.uri, d.fetched, "
     "d.lang, d.length, 'D' || d.copy_of, k.path, d.position, lower(hex(d.raw_sha256)), "
     "lower(hex(d.text_sha256)) FROM document d JOIN container k ON k.container = d.container "
     "LEFT JOIN outlet o ON o.outlet = d.outlet WHERE d.doc IN (SELECT doc FROM temp.chosen)",
     " ORDER BY d.doc", NULL, NULL, NULL, NULL},
    {"entities",
     "id,kind,name,name_en,transliterated,known_id,country,sector,latitude,longitude,place_code,"
     "admin1,admin2,documents",
     "SELECT 'E' || c.entity, c.kind, c.name, c.name_en, c.name_en_transliterated, c.known_id, "
     "nullif(c.country, ''), c.sector, c.latitude, c.longitude, c.place_code, c.admin1, c.admin2, "
     "count(DISTINCT t.doc) FROM document_entity t JOIN entity e ON e.entity = t.entity "
     "JOIN entity c ON c.entity = coalesce(e.merged_into, e.entity) "
     "WHERE t.doc IN (SELECT doc FROM temp.chosen)",
     " GROUP BY c.entity ORDER BY c.entity", NULL, NULL, NULL, NULL},
    {"statements",
     "id,document,published,outlet,speaker_id,speaker,with,to,via,mode,day,cue,content,start,end,"
     "rule,confidence,state",
     "SELECT " CLAIM("s") ID("c.speaker") ", " NAME("c.speaker") ", " NAMES("s", "with") ", " NAMES(
         "s",
         "to") ", " NAME("c.via") ", c.mode, c.day, " SPAN("c.cue_start",
                                                           "c.cue_end") ", " SPAN("c.start",
                                                                                  "c."
                                                                                  "end") ", " ORIGIN
         FROM_CLAIM("statement"),
     " ORDER BY c.doc, c.n", "s", "c.mode", "c.day", "c.speaker"},
    {"events",
     "id,document,published,outlet,type,mode,reality,negated,actor_ids,actors,recipient_ids,"
     "recipients,place_id,place,latitude,longitude,day,until,day_from,statement,trigger,start,end,"
     "rule,confidence,state",
     "SELECT " CLAIM("v") "c.type, c.mode, c.reality, c.negated, " IDS("v", "actor") ", " NAMES("v", "actor") ", " IDS(
         "v",
         "recipient") ", " NAMES("v",
                                 "recipient") ", " ID("c.place") ", " NAME("c.place") ", (SELECT "
                                                                                      "latitude "
                                                                                      "FROM entity "
                                                                                      "WHERE "
                                                                                      "entity = "
                                                                                      "c.place), "
                                                                                      "(SELECT "
                                                                                      "longitude "
                                                                                      "FROM entity "
                                                                                      "WHERE "
                                                                                      "entity = "
                                                                                      "c.place), "
                                                                                      "c.day, "
                                                                                      "coalesce(c."
                                                                                      "until, "
                                                                                      "c.day), "
                                                                                      "iif(c.day "
                                                                                      "IS NULL, "
                                                                                      "NULL, "
                                                                                      "coalesce(c."
                                                                                      "day_from, "
                                                                                      "'published')"
                                                                                      "), "
                                                                                      "'D' || "
                                                                                      "c.doc || "
                                                                                      "'.s' || "
                                                                                      "c.statement,"
                                                                                      " " SPAN(
                                                                                          "c.start",
                                                                                          "c.end") ", " ORIGIN
                                                                                          FROM_CLAIM(
                                                                                              "even"
                                                                                              "t"),
     " ORDER BY c.doc, c.n", "v", "c.type", "c.day", NULL},
    {"figures",
     "id,document,published,outlet,value,high,bound,counted,what,part_of,restates,place_id,place,"
     "source_id,source,since,until,quote,start,end,rule,confidence,state",
     "SELECT " CLAIM(
         "f") "c.value, c.high, c.bound, c.counted, c.what, "
              "'D' || c.doc || '.f' || c.part_of, 'D' || c.doc || '.f' || "
              "c.restates, " ID("c.place") ", " NAME("c.place") ", " ID("c.source") ", " NAME(
                  "c.source") ", c.since, c.until, " SPAN("c."
                                                          "start",
                                                          "c.end") ", " ORIGIN FROM_CLAIM("figure"),
     " ORDER BY c.doc, c.n", "f", "c.what", "d.published", "c.source"},
    {"steps",
     "id,document,published,outlet,kind,status,by_ids,by,asked_by_ids,asked_by,for,place_id,place,"
     "according_to_id,according_to,as_of,statement,what,start,end,rule,confidence,state",
     "SELECT " CLAIM("p") "c.kind, c.status, " IDS("p", "by") ", " NAMES("p", "by") ", " IDS("p", "asked_by") ", " NAMES("p", "asked_by") ", " SPAN(
         "c.for_start",
         "c.for_end") ", " ID("c.place") ", " NAME("c.place") ", " ID("c."
                                                                      "accord"
                                                                      "ing_"
                                                                      "to") ", " NAME("c.according_"
                                                                                      "to") ", "
                                                                                            "c.as_"
                                                                                            "of, "
                                                                                            "'D' "
                                                                                            "|| "
                                                                                            "c.doc "
                                                                                            "|| "
                                                                                            "'.s' "
                                                                                            "|| "
                                                                                            "c."
                                                                                            "statem"
                                                                                            "ent,"
                                                                                            " " SPAN(
                                                                                                "c."
                                                                                                "st"
                                                                                                "ar"
                                                                                                "t",
                                                                                                "c."
                                                                                                "en"
                                                                                                "d") ", " ORIGIN
                                                                                                FROM_CLAIM(
                                                                                                    "step"),
     " ORDER BY c.doc, c.n", "p", "c.kind", "c.as_of", "c.according_to"},
};

static void add_actor(const kh_exporting *x, kh_select *s, const layer *l) {
  kh_select_add(s, " AND (EXISTS (SELECT 1 FROM part q WHERE q.doc = c.doc AND q.n = c.n "
                   "AND q.layer = '");
  kh_select_add(s, l->letter);
  kh_select_text(s, "' AND q.entity IN (SELECT value FROM json_each(?)))", x->meant->actor.json);
  if (l->actor) {
    kh_select_add(s, " OR ");
    kh_select_add(s, l->actor);
    kh_select_text(s, " IN (SELECT value FROM json_each(?))", x->meant->actor.json);
  }
  kh_select_add(s, ")");
}

static void add_filters(const kh_exporting *x, kh_select *s, const layer *l) {
  const kh_selection *w = x->selection;
  const bool placed = strchr("vfp", *l->letter) != NULL;
  kh_select_words(s, l->type, w->type);
  const char *const days[] = {w->from, w->to};
  for (int i = 0; i < 2; i++) {
    if (!kh_told(days[i])) continue;
    kh_select_add(s, " AND substr(");
    kh_select_add(s, l->day);
    kh_select_text(s, i ? ", 1, 10) <= ?" : ", 1, 10) >= ?", days[i]);
  }
  if (x->meant->actor.count) add_actor(x, s, l);
  if (x->meant->place.count && placed)
    kh_select_text(s, " AND c.place IN (SELECT value FROM json_each(?))", x->meant->place.json);
  else if (x->meant->place.count)
    kh_select_text(s,
                   " AND c.doc IN (SELECT doc FROM document_entity WHERE entity IN "
                   "(SELECT value FROM json_each(?)))",
                   x->meant->place.json);
}

static const layer *find_layer(const char *name) {
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
    if (name && strcmp(layers[i].name, name) == 0) return &layers[i];
  return NULL;
}

kh_status kh_export_csv(kh_exporting *x) {
  const layer *l = find_layer(x->options->layer);
  if (!l)
    return kh_fail(x->error, KH_ERROR_ARGUMENT, KH_STAGE_VIEW,
                   "say which layer: documents, entities, statements, events, figures or steps");
  kh_select s;
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, l->sql);
  if (l->letter) add_filters(x, &s, l);
  kh_select_add(&s, l->order);
  kh_csv_header(x, l->header);
  kh_status status;
  while ((status = kh_select_next(&s)) == KH_OK && (status = kh_export_check(x)) == KH_OK) {
    const int columns = sqlite3_column_count(s.statement);
    for (int i = 0; i < columns; i++) kh_csv_column(x, &s, i);
    kh_csv_end(x);
  }
  kh_select_end(&s);
  return status == KH_END ? KH_OK : status;
}
