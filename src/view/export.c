// SPDX-License-Identifier: Apache-2.0
// Exports: which formats there are, what each loses, and their place in the audit chain.
#include "view/export.h"

#include "base/error.h"
#include "store/audit.h"
#include "store/json_text.h"
#include "store/search.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define SPREADSHEET                                                                                \
  " Cells of text that begin with = + - @, a tab, a line's end or an apostrophe have an "          \
  "apostrophe "                                                                                    \
  "in front; take one away to have the text."
#define NO_ATTRIBUTION                                                                             \
  "Who said it and in which words, what is only demanded, planned or denied, conditions, steps, "  \
  "and "                                                                                           \
  "figures that the sources give differently, and happenings without a day"

typedef struct format {
  kh_export_about about;
  kh_status (*write)(kh_exporting *x);
  bool of_reports; // filters hold for reports, not for single claims
} format;

static const format formats[KH_EXPORT_FORMATS] = {
    [KH_EXPORT_JSONL] =
        {{"jsonl", "Reports with their claims, JSON Lines", "jsonl", "application/jsonl",
          "What goes beyond one report: happenings, series, the ledger, who is who over reports. "
          "Decisions are applied, and rejected claims left out; who decided, and when, is not "
          "told."},
         kh_export_jsonl,
         true},
    [KH_EXPORT_CSV] =
        {{"csv", "One layer as a table, CSV", "csv", "text/csv",
          "One table has one layer: the links between layers are ids. Mentions of entities and the "
          "texts of reports are left out; of several actors one cell has all, with "
          "semicolons." SPREADSHEET},
         kh_export_csv,
         false},
    [KH_EXPORT_ACLED] =
        {{"acled", "Happenings in ACLED's columns, CSV", "csv", "text/csv",
          NO_ATTRIBUTION
          " are lost; so is every actor after the second and its associates, and all "
          "that ACLED does not count as an event (statements, talks, aid, threats). Types are "
          "mapped "
          "from PLOVER's and are not coded by ACLED's rules; iso and region are those of the "
          "country; unknown "
          "fatalities are empty, not 0." SPREADSHEET},
         kh_export_acled,
         false},
    [KH_EXPORT_GED] =
        {{"ged", "Deadly happenings in UCDP GED's columns, CSV", "csv", "text/csv",
          NO_ATTRIBUTION
          " are lost, and every happening without a figure of killed. Conflict and "
          "dyad are not UCDP's: their ids are empty. Deaths that are not known to be civilians' "
          "are in deaths_unknown, since reports seldom say whose side they were on." SPREADSHEET},
         kh_export_ged,
         false},
    [KH_EXPORT_PLOVER] =
        {{"plover", "PLOVER records, JSON Lines", "jsonl", "application/jsonl",
          "Attribution (who said it), conditions, the status of steps, breakdowns and differing "
          "figures have no place in PLOVER. What is planned, possible, demanded or denied has "
          "PLOVER's auxiliary modes. Contexts are not told; happenings without a day are left "
          "out."},
         kh_export_plover,
         false},
    [KH_EXPORT_CAMEO] =
        {{"cameo", "CAMEO dyads, tab-separated", "tsv", "text/tab-separated-values",
          NO_ATTRIBUTION
          " are lost. Each pair of actor and recipient is a line of its own, so that "
          "one happening may be several; codes are mapped from PLOVER's types and modes, most of "
          "them to a root or a code of three digits. Tabs and line ends in texts are blanks."},
         kh_export_cameo,
         false},
    [KH_EXPORT_GEOJSON] =
        {{"geojson", "Happenings on the map, GeoJSON", "geojson", "application/geo+json",
          NO_ATTRIBUTION
          " are lost, and every happening whose place has no coordinates. A point "
          "stands for a place of any size: a village or a governorate's chief town."},
         kh_export_geojson,
         false},
    [KH_EXPORT_HXL] = {{"hxl", "Series of figures, HXL-tagged CSV", "csv", "text/csv",
                        "The single figures behind a series, the words they were read from, and "
                        "bounds (at least, "
                        "about) are lost: low, best and high remain. Series of things rather than "
                        "people are left "
                        "out." SPREADSHEET},
                       kh_export_hxl,
                       false},
    [KH_EXPORT_GRAPHML] =
        {{"graphml", "Who did what to whom, GraphML", "graphml", "application/graphml+xml",
          "Days, places, words and sources of single happenings are lost: an edge counts those of "
          "one type between two, with its first and last day. Happenings with no actor or no "
          "recipient have no edge, but for those of several actors together, whose edges have "
          "together = true and no direction, though every reader will give them one."},
         kh_export_graphml,
         false},
    [KH_EXPORT_ANNOTATION] =
        {{"annotation", "Claims as W3C Web Annotations, JSON-LD", "jsonld", "application/ld+json",
          "The texts of reports are not in it, only their addresses and digests; what goes beyond "
          "one report is lost."},
         kh_export_annotation,
         false},
    [KH_EXPORT_PROV] =
        {{"prov", "Provenance of reports and claims, PROV-O in Turtle", "ttl", "text/turtle",
          "The contents of claims are their words and type alone; spans are bytes of the report's "
          "text. Figures' values and steps' statuses are in, their links to one another are not."},
         kh_export_prov,
         false},
};

const kh_export_about *kh_export_describe(kh_export_format which) {
  return (unsigned)which < KH_EXPORT_FORMATS ? &formats[which].about : NULL;
}

bool kh_export_find(const char *id, kh_export_format *which) {
  for (unsigned i = 0; id && i < KH_EXPORT_FORMATS; i++) {
    if (strcmp(formats[i].about.id, id) != 0) continue;
    *which = (kh_export_format)i;
    return true;
  }
  return false;
}

// ------------------------------------------------------------------ the way out

// Hands on what is written, and digests it.
typedef struct taker {
  kh_write_fn write;
  void *context;
  kh_digest digest;
} taker;

static bool take(void *context, const char *bytes, size_t len) {
  taker *t = context;
  (void)crypto_hash_sha256_update(&t->digest, (const unsigned char *)bytes, len);
  return t->write(t->context, bytes, len);
}

kh_status kh_export_check(kh_exporting *x) {
  if (!x->out.failed) return KH_OK;
  return kh_fail(x->error, KH_ERROR_IO, KH_STAGE_VIEW, "the output could not be written");
}

// ------------------------------------------------------------------ the audit

static void note(json_t *detail, const char *key, const char *value) {
  if (value && *value) json_object_set_new(detail, key, json_string(value));
}

static char *detail_of(const kh_exporting *x) {
  const kh_selection *w = x->selection;
  json_t *detail = json_pack("{s:s,s:I}", "format", formats[x->options->format].about.id, "rows",
                             (json_int_t)x->rows);
  note(detail, "layer", x->options->layer);
  note(detail, "text", w->text);
  note(detail, "id", w->id);
  note(detail, "actor", w->actor);
  note(detail, "type", w->type);
  note(detail, "place", w->place);
  note(detail, "from", w->from);
  note(detail, "to", w->to);
  note(detail, "outlet", w->outlet);
  char *text = kh_json_text(detail, JSON_COMPACT);
  json_decref(detail);
  return text;
}

static kh_status enter(kh_exporting *x, taker *t) {
  unsigned char digest[KH_DIGEST];
  (void)crypto_hash_sha256_final(&t->digest, digest);
  char *detail = detail_of(x);
  if (!detail) return kh_fail(x->error, KH_ERROR_MEMORY, KH_STAGE_VIEW, "out of memory");
  const kh_audit_line line = {.action = "export",
                              .subject = x->options->to ? x->options->to : "stream",
                              .detail = detail,
                              .digest = digest};
  const kh_status status = kh_audit_add(x->store, &line, NULL, x->error);
  free(detail);
  return status;
}

// ------------------------------------------------------------------ the whole

// Filters of single claims are not for the choice of reports, but where reports are what is chosen.
static kh_status choose(kh_exporting *x) {
  kh_selection reports = *x->selection;
  const char *layer = x->options->layer;
  const bool of_reports =
      formats[x->options->format].of_reports ||
      (layer && (strcmp(layer, "documents") == 0 || strcmp(layer, "entities") == 0));
  if (!of_reports) {
    reports.actor = reports.type = reports.place = NULL;
    reports.from = reports.to = NULL;
  }
  kh_asking a = {.store = x->store, .selection = &reports, .error = x->error};
  kh_status status = kh_asking_days(&(kh_asking){.selection = x->selection, .error = x->error});
  return status == KH_OK ? kh_search_choose(&a) : status;
}

static kh_status write_all(kh_exporting *x, taker *t) {
  kh_asking a = {.store = x->store, .selection = x->selection, .error = x->error};
  kh_meant *meant = NULL;
  kh_status status = kh_meant_open(&a, &meant);
  x->meant = meant;
  if (status == KH_OK) status = choose(x);
  if (status == KH_OK) status = formats[x->options->format].write(x);
  if (status == KH_OK) status = kh_writer_end(&x->out, x->error);
  kh_meant_close(&a, meant);
  return status == KH_OK ? enter(x, t) : status;
}

kh_status kh_export(kh_store *store, const kh_export_options *options, kh_write_fn write,
                    void *context, uint64_t *rows, kh_error *error) {
  static const kh_selection everything = {0};
  if (!store || !options || !write || (unsigned)options->format >= KH_EXPORT_FORMATS)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_VIEW, "a null pointer was given");
  kh_exporting x = {.store = store,
                    .options = options,
                    .selection = options->selection ? options->selection : &everything,
                    .error = error};
  taker t = {.write = write, .context = context};
  (void)crypto_hash_sha256_init(&t.digest);
  kh_writer_begin(&x.out, take, &t);
  kh_status status = kh_change_begin(store, error);
  if (status == KH_OK) status = kh_change_end(store, write_all(&x, &t), error);
  if (status == KH_OK && rows) *rows = x.rows;
  return status;
}
