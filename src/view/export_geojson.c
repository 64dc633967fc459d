// SPDX-License-Identifier: Apache-2.0
// Happenings with coordinates as points (RFC 7946).
#include "view/occurrence.h"

#include <math.h>
#include <string.h>

static void put_member(kh_exporting *x, const char *lead, const char *text) {
  kh_puts(&x->out, lead);
  if (*text)
    kh_put_json(&x->out, text, strlen(text));
  else
    kh_puts(&x->out, "null");
}

static void put_number(kh_exporting *x, const char *lead, double value) {
  kh_puts(&x->out, lead);
  kh_put_double(&x->out, value); // null where unknown
}

static void put_names(kh_exporting *x, const char *lead, const json_t *list) {
  kh_puts(&x->out, lead);
  for (size_t i = 0; i < json_array_size(list); i++) {
    const char *name = kh_party_text(json_array_get(list, i), "name");
    if (i) kh_putc(&x->out, ',');
    kh_put_json(&x->out, name, strlen(name));
  }
  kh_putc(&x->out, ']');
}

static kh_status take(kh_exporting *x, const kh_occurrence *o) {
  if (!isfinite(o->latitude) || !isfinite(o->longitude)) return KH_OK;
  if (x->rows) kh_putc(&x->out, ',');
  put_member(x, "\n{\"type\":\"Feature\",\"id\":", o->id);
  put_number(x, ",\"geometry\":{\"type\":\"Point\",\"coordinates\":[", o->longitude);
  put_number(x, ",", o->latitude);
  put_member(x, "]},\"properties\":{\"event_type\":", o->type);
  put_member(x, ",\"mode\":", o->mode);
  put_member(x, ",\"day\":", o->day);
  put_member(x, ",\"until\":", o->until);
  put_member(x, ",\"place\":", o->place);
  put_member(x, ",\"place_en\":", o->place_en);
  put_member(x, ",\"place_code\":", o->place_code);
  put_member(x, ",\"country\":", o->country);
  put_names(x, ",\"actors\":[", o->actors);
  put_names(x, ",\"recipients\":[", o->recipients);
  put_number(x, ",\"killed\":", o->killed);
  put_number(x, ",\"wounded\":", o->wounded);
  put_number(x, ",\"mentions\":", (double)o->mentions);
  put_number(x, ",\"sources\":", (double)o->sources);
  put_member(x, ",\"outlets\":", o->outlets);
  put_member(x, ",\"text\":", o->sentence);
  put_member(x, ",\"claim\":", o->claim);
  kh_puts(&x->out, "}}");
  x->rows++;
  return KH_OK;
}

kh_status kh_export_geojson(kh_exporting *x) {
  const char *loses = kh_export_describe(KH_EXPORT_GEOJSON)->loses;
  kh_puts(&x->out, "{\"type\":\"FeatureCollection\",\"note\":");
  kh_put_json(&x->out, loses, strlen(loses));
  kh_puts(&x->out, ",\"features\":[");
  const kh_status status = kh_occurrences(x, true, take);
  kh_puts(&x->out, "\n]}\n");
  return status;
}
