// SPDX-License-Identifier: Apache-2.0
// Series of people killed, wounded, displaced ... with the hashtags of HXL.
#include "view/export.h"

#include <string.h>

// `what` of the record, and the hashtag of its column.
static const struct {
  const char *what;
  const char *header;
  const char *tag;
} columns[] = {
    {"killed", "Killed", "#affected+killed"},
    {"wounded", "Injured", "#affected+injured"},
    {"displaced", "Displaced", "#affected+displaced"},
    {"returned", "Returned", "#affected+returned"},
    {"missing", "Missing", "#affected+missing"},
    {"abducted", "Abducted", "#affected+abducted"},
    {"detained", "Detained", "#affected+detained"},
    {"released", "Released", "#affected+released"},
    {"evacuated", "Evacuated", "#affected+evacuated"},
    {"besieged", "Besieged", "#affected+besieged"},
    {"in_need", "In need", "#inneed"},
    {"refugees", "Refugees", "#affected+refugees"},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *const people =
    " AND r.counted IN ('persons', 'civilians', 'children', 'women', 'men', 'families', "
    "'fighters', 'soldiers', 'police', 'medics', 'rescuers', 'journalists', 'detainees', "
    "'refugees', 'students', 'workers', 'officials')";

static const char *const series =
    "SELECT r.what, r.best, r.since, r.until, l.country, l.admin1, l.admin2, l.name, l.name_en, "
    "l.place_code, l.latitude, l.longitude, r.counted, r.low, r.high, r.figures, r.sources, "
    "(SELECT group_concat(name, '; ') FROM (SELECT DISTINCT o.name FROM series_figure m "
    "JOIN document d ON d.doc = m.doc JOIN outlet o ON o.outlet = d.outlet "
    "WHERE m.series = r.series)), "
    "(SELECT 'R' || f.doc || '.' || f.n FROM series_figure f WHERE f.series = r.series "
    "ORDER BY f.doc, f.n LIMIT 1) FROM series r LEFT JOIN entity w ON w.entity = r.place "
    "LEFT JOIN entity l ON l.entity = coalesce(w.merged_into, w.entity) "
    "WHERE EXISTS (SELECT 1 FROM series_figure m WHERE m.series = r.series "
    "AND m.doc IN (SELECT doc FROM temp.chosen))";

// Figures that no series holds yet.
static const char *const loose =
    "SELECT r.what, r.value, r.since, r.until, l.country, l.admin1, l.admin2, l.name, l.name_en, "
    "l.place_code, l.latitude, l.longitude, r.counted, r.value, coalesce(r.high, r.value), 1, 1, "
    "(SELECT o.name FROM document d JOIN outlet o ON o.outlet = d.outlet WHERE d.doc = r.doc), "
    "'D' || r.doc || '.f' || r.n FROM figure r LEFT JOIN entity w ON w.entity = r.place "
    "LEFT JOIN entity l ON l.entity = coalesce(w.merged_into, w.entity) "
    "WHERE r.state <> 'rejected' AND r.doc IN (SELECT doc FROM temp.chosen) "
    "AND NOT EXISTS (SELECT 1 FROM series_figure m WHERE m.doc = r.doc AND m.n = r.n)";

enum { WHAT, BEST, SINCE, UNTIL, FIRST_REST = 4, REST = 15 };

static void add_filters(const kh_exporting *x, kh_select *s) {
  const kh_selection *w = x->selection;
  kh_select_add(s, people);
  kh_select_words(s, "r.what", w->type);
  kh_select_words(s, "r.counted", w->counted);
  if (kh_told(w->from)) kh_select_text(s, " AND coalesce(r.until, r.since) >= ?", w->from);
  if (kh_told(w->to)) kh_select_text(s, " AND coalesce(r.since, r.until) <= ?", w->to);
  if (x->meant->place.count)
    kh_select_text(s, " AND r.place IN (SELECT value FROM json_each(?))", x->meant->place.json);
}

static kh_status put_rows(kh_exporting *x, kh_select *s) {
  kh_status status;
  while ((status = kh_select_next(s)) == KH_OK && (status = kh_export_check(x)) == KH_OK) {
    const char *what = kh_select_column(s, WHAT);
    int column = 0;
    while (column < COLUMNS && strcmp(columns[column].what, what) != 0) column++;
    if (column == COLUMNS) continue;
    kh_csv_column(x, s, SINCE);
    kh_csv_column(x, s, UNTIL);
    for (int i = 0; i < REST; i++) kh_csv_column(x, s, FIRST_REST + i);
    for (int i = 0; i < COLUMNS; i++) {
      if (i == column)
        kh_csv_column(x, s, BEST);
      else
        kh_csv_empty(x);
    }
    kh_csv_end(x);
  }
  return status == KH_END ? KH_OK : status;
}

static void put_heads(kh_exporting *x) {
  kh_csv_header(x, "From,Until,Country,Governorate code,District code,Place,Place (English),"
                   "Place code,Latitude,Longitude,Who,Low,High,Figures,Sources,Outlets,Id,"
                   "Killed,Injured,Displaced,Returned,Missing,Abducted,Detained,Released,"
                   "Evacuated,Besieged,In need,Refugees");
  // the row of hashtags: they begin with #, which no spreadsheet takes for a formula
  kh_puts(&x->out, "#date+start,#date+end,#country+code,#adm1+code,#adm2+code,#loc+name+i_ar,"
                   "#loc+name+i_en,#loc+code,#geo+lat,#geo+lon,#group+counted,#value+low,"
                   "#value+high,#meta+figures+num,#meta+sources+num,#meta+source,#meta+id");
  for (int i = 0; i < COLUMNS; i++) {
    kh_putc(&x->out, ',');
    kh_puts(&x->out, columns[i].tag);
  }
  kh_puts(&x->out, "\r\n");
}

kh_status kh_export_hxl(kh_exporting *x) {
  kh_select s;
  put_heads(x);
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, series);
  add_filters(x, &s);
  kh_select_add(&s, " ORDER BY r.since, r.series");
  kh_status status = put_rows(x, &s);
  kh_select_end(&s);
  if (status != KH_OK) return status;
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, loose);
  add_filters(x, &s);
  kh_select_add(&s, " ORDER BY r.since, r.doc, r.n");
  status = put_rows(x, &s);
  kh_select_end(&s);
  return status;
}
