// SPDX-License-Identifier: Apache-2.0
// Who did what to whom, as a graph: entities, and an edge for each type of event between two.
#include "view/export.h"

#include <string.h>

static const char *const head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
                                "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                                "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
                                "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";

static const char *const keys =
    "<key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
    "<key id=\"name_en\" for=\"node\" attr.name=\"name_en\" attr.type=\"string\"/>\n"
    "<key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
    "<key id=\"country\" for=\"node\" attr.name=\"country\" attr.type=\"string\"/>\n"
    "<key id=\"sector\" for=\"node\" attr.name=\"sector\" attr.type=\"string\"/>\n"
    "<key id=\"type\" for=\"edge\" attr.name=\"type\" attr.type=\"string\"/>\n"
    "<key id=\"together\" for=\"edge\" attr.name=\"together\" attr.type=\"boolean\"/>\n"
    "<key id=\"count\" for=\"edge\" attr.name=\"count\" attr.type=\"int\"/>\n"
    "<key id=\"first_day\" for=\"edge\" attr.name=\"first_day\" attr.type=\"string\"/>\n"
    "<key id=\"last_day\" for=\"edge\" attr.name=\"last_day\" attr.type=\"string\"/>\n";

// Each happening counts once for two; an event that belongs to none counts as a happening.
#define EDGES                                                                                      \
  "WITH one AS MATERIALIZED (SELECT coalesce(-m.happening, v.doc * 1048576 + v.n) AS thing, "      \
  "v.type, v.day, q.role, coalesce(e.merged_into, e.entity) AS entity FROM event v "               \
  "JOIN part q ON q.doc = v.doc AND q.layer = 'v' AND q.n = v.n "                                  \
  "JOIN entity e ON e.entity = q.entity "                                                          \
  "LEFT JOIN happening_event m ON m.doc = v.doc AND m.n = v.n "                                    \
  "WHERE v.state <> 'rejected' AND v.reality = 'actual' AND NOT v.negated "                        \
  "AND v.doc IN (SELECT doc FROM temp.chosen)"

#define EDGES_END                                                                                  \
  "), edge AS MATERIALIZED (SELECT a.entity AS a, b.entity AS b, a.type AS type, 0 AS together, "  \
  "count(DISTINCT a.thing) AS count, min(a.day) AS first_day, max(a.day) AS last_day FROM one a "  \
  "JOIN one b ON b.thing = a.thing AND a.role = 'actor' AND b.role = 'recipient' "                 \
  "AND a.entity <> b.entity GROUP BY 1, 2, 3 UNION ALL "                                           \
  "SELECT a.entity, b.entity, a.type, 1, count(DISTINCT a.thing), min(a.day), max(a.day) "         \
  "FROM one a JOIN one b ON b.thing = a.thing AND a.role = 'actor' AND b.role = 'actor' "          \
  "AND a.entity < b.entity GROUP BY 1, 2, 3) "

static void put_xml(kh_exporting *x, const char *text) {
  for (; *text; text++) {
    switch (*text) {
    case '<':
      kh_puts(&x->out, "&lt;");
      break;
    case '>':
      kh_puts(&x->out, "&gt;");
      break;
    case '&':
      kh_puts(&x->out, "&amp;");
      break;
    case '"':
      kh_puts(&x->out, "&quot;");
      break;
    case '\xEF': // U+FFFE and U+FFFF are no characters of XML
      if (text[1] == '\xBF' && (unsigned char)text[2] >= 0xBE) {
        text += 2;
        break;
      }
      kh_putc(&x->out, *text);
      break;
    default: // nor are control characters
      kh_putc(&x->out, (unsigned char)*text < ' ' ? ' ' : *text);
    }
  }
}

static void put_data(kh_exporting *x, const char *key, const char *text) {
  if (!*text) return;
  kh_puts(&x->out, "<data key=\"");
  kh_puts(&x->out, key);
  kh_puts(&x->out, "\">");
  put_xml(x, text);
  kh_puts(&x->out, "</data>");
}

static void add_edges(const kh_exporting *x, kh_select *s) {
  const kh_selection *w = x->selection;
  kh_select_add(s, EDGES);
  kh_select_words(s, "v.type", w->type);
  if (kh_told(w->from)) kh_select_text(s, " AND v.day >= ?", w->from);
  if (kh_told(w->to)) kh_select_text(s, " AND v.day <= ?", w->to);
  if (x->meant->place.count)
    kh_select_text(s, " AND v.place IN (SELECT value FROM json_each(?))", x->meant->place.json);
  if (x->meant->actor.count)
    kh_select_text(s,
                   " AND EXISTS (SELECT 1 FROM part p WHERE p.doc = v.doc AND p.layer = 'v' "
                   "AND p.n = v.n AND p.entity IN (SELECT value FROM json_each(?)))",
                   x->meant->actor.json);
  kh_select_add(s, EDGES_END);
}

static kh_status put_nodes(kh_exporting *x) {
  static const char *const names[] = {"name", "name_en", "kind", "country", "sector"};
  kh_select s;
  kh_select_begin(&s, x->store, x->error);
  add_edges(x, &s);
  kh_select_add(&s, "SELECT 'E' || c.entity, c.name, c.name_en, c.kind, c.country, c.sector "
                    "FROM entity c WHERE c.entity IN (SELECT a FROM edge UNION SELECT b FROM edge) "
                    "ORDER BY c.entity");
  kh_status status;
  while ((status = kh_select_next(&s)) == KH_OK && (status = kh_export_check(x)) == KH_OK) {
    kh_puts(&x->out, "<node id=\"");
    kh_puts(&x->out, kh_select_column(&s, 0));
    kh_puts(&x->out, "\">");
    for (int i = 0; i < 5; i++) put_data(x, names[i], kh_select_column(&s, 1 + i));
    kh_puts(&x->out, "</node>\n");
  }
  kh_select_end(&s);
  return status == KH_END ? KH_OK : status;
}

static kh_status put_edges(kh_exporting *x) {
  kh_select s;
  kh_select_begin(&s, x->store, x->error);
  add_edges(x, &s);
  kh_select_add(&s, "SELECT a, b, type, together, count, first_day, last_day FROM edge "
                    "ORDER BY a, b, type, together");
  kh_status status;
  while ((status = kh_select_next(&s)) == KH_OK && (status = kh_export_check(x)) == KH_OK) {
    const bool together = kh_select_number(&s, 3) != 0;
    kh_puts(&x->out, "<edge id=\"e");
    kh_put_uint(&x->out, ++x->rows);
    kh_puts(&x->out, "\" source=\"E");
    kh_puts(&x->out, kh_select_column(&s, 0));
    kh_puts(&x->out, "\" target=\"E");
    kh_puts(&x->out, kh_select_column(&s, 1));
    kh_puts(&x->out, "\">");
    put_data(x, "type", kh_select_column(&s, 2));
    put_data(x, "together", together ? "true" : "false");
    put_data(x, "count", kh_select_column(&s, 4));
    put_data(x, "first_day", kh_select_column(&s, 5));
    put_data(x, "last_day", kh_select_column(&s, 6));
    kh_puts(&x->out, "</edge>\n");
  }
  kh_select_end(&s);
  return status == KH_END ? KH_OK : status;
}

kh_status kh_export_graphml(kh_exporting *x) {
  kh_puts(&x->out, head);
  kh_puts(&x->out, "<desc>");
  put_xml(x, kh_export_describe(KH_EXPORT_GRAPHML)->loses);
  kh_puts(&x->out, "</desc>\n");
  kh_puts(&x->out, keys);
  kh_puts(&x->out, "<graph id=\"khutwa\" edgedefault=\"directed\">\n");
  kh_status status = put_nodes(x);
  if (status == KH_OK) status = put_edges(x);
  kh_puts(&x->out, "</graph>\n</graphml>\n");
  return status;
}
