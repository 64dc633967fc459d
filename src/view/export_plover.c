// SPDX-License-Identifier: Apache-2.0
// PLOVER's records, one JSON object a line.
#include "base/error.h"
#include "store/json_text.h"
#include "view/occurrence.h"
#include "view/plover.h"

#include <khutwa/engine.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set(json_t *object, const char *key, const char *value) {
  if (value && *value) json_object_set_new(object, key, json_string(value));
}

static void set_number(json_t *object, const char *key, double value) {
  if (!isfinite(value)) return;
  const bool whole = value == floor(value) && fabs(value) < 9e15;
  json_object_set_new(object, key, whole ? json_integer((json_int_t)value) : json_real(value));
}

// PLOVER calls the media JRN and health MED; a code is a country and a sector.
static json_t *party_of(const json_t *party) {
  const char *sector = kh_party_text(party, "sector");
  const char *country = kh_party_text(party, "country");
  if (strcmp(sector, "HLH") == 0) sector = "MED";
  char code[16];
  (void)snprintf(code, sizeof code, "%.3s%.3s", country, sector);
  json_t *out = json_object();
  set(out, "code", *code ? code : "UNK");
  json_object_set_new(out, "sector", json_pack("[s]", *sector ? sector : "UNK"));
  set(out, "country", country);
  set(out, "entity_text", kh_party_text(party, "name"));
  set(out, "identifier_id", kh_party_text(party, "known_id"));
  set(out, "identifier_text", kh_party_text(party, "name_en"));
  return out;
}

static json_t *parties_of(const json_t *list) {
  json_t *out = json_array();
  size_t i;
  json_t *party;
  json_array_foreach(list, i, party) json_array_append_new(out, party_of(party));
  return out;
}

// PLOVER's auxiliary modes say what is no plain fact.
static json_t *modes_of(const kh_occurrence *o) {
  json_t *modes = json_array();
  if (*o->mode) json_array_append_new(modes, json_string(o->mode));
  if (strcmp(o->reality, "future") == 0) json_array_append_new(modes, json_string("future"));
  if (strcmp(o->reality, "possible") == 0 || strcmp(o->reality, "conditional") == 0 ||
      strcmp(o->reality, "demanded") == 0)
    json_array_append_new(modes, json_string("hypothetical"));
  if (o->negated) json_array_append_new(modes, json_string("negation"));
  return modes;
}

static json_t *place_of(const kh_occurrence *o) {
  json_t *place = json_object();
  set(place, "extracted_place", o->place);
  set(place, "resolved_place", o->place_en);
  if (strncmp(o->place_code, "geonames:", 9) == 0) set(place, "geonameid", o->place_code + 9);
  set_number(place, "lat", o->latitude);
  set_number(place, "lon", o->longitude);
  set(place, "district", o->admin2);
  set(place, "province", o->admin1);
  set(place, "country", o->country_en);
  set(place, "country_code", o->country);
  return place;
}

static json_t *record_of(const kh_occurrence *o, const kh_plover *p) {
  json_t *r = json_object();
  set(r, "id", o->id);
  set(r, "date", o->day);
  set(r, "enddate", o->until);
  json_object_set_new(r, "event", json_pack("[s]", o->type));
  json_object_set_new(r, "mode", modes_of(o));
  json_object_set_new(r, "actor", parties_of(o->actors));
  json_object_set_new(r, "recipient", parties_of(o->recipients));
  json_object_set_new(r, "quad_code", json_integer(p->quad));
  json_object_set_new(r, "event_scale", json_real(p->score));
  json_object_set_new(r, "event_text", json_pack("[s]", o->trigger));
  if (*o->place) json_object_set_new(r, "event_loc", place_of(o));
  json_object_set_new(r, "text_info",
                      json_pack("{s:s,s:I,s:I}", "text", o->sentence, "start", (json_int_t)o->start,
                                "end", (json_int_t)o->end));
  json_t *cited = json_object();
  set(cited, "citation", o->claim);
  set(cited, "title", o->title);
  set(cited, "url", o->uri);
  set(cited, "publication", o->outlet);
  set(cited, "language", "ara");
  set(cited, "coder", "khutwa");
  set(cited, "version", kh_version());
  set(cited, "codebook", "PLOVER 2024-02");
  json_object_set_new(r, "cite_info", cited);
  json_t *size = json_object();
  set_number(size, "dead", o->killed);
  set_number(size, "injured", o->wounded);
  set_number(size, "arrested", o->detained);
  if (json_object_size(size))
    json_object_set_new(r, "size", size);
  else
    json_decref(size);
  return r;
}

static kh_status take(kh_exporting *x, const kh_occurrence *o) {
  const kh_plover *p = kh_plover_find(o->type, o->mode);
  if (!p || !*o->day) return KH_OK; // a record of PLOVER has a date
  json_t *record = record_of(o, p);
  char *line = kh_json_text(record, JSON_COMPACT | JSON_REAL_PRECISION(9));
  json_decref(record);
  if (!line) return kh_fail(x->error, KH_ERROR_MEMORY, KH_STAGE_VIEW, "out of memory");
  kh_puts(&x->out, line);
  kh_putc(&x->out, '\n');
  free(line);
  x->rows++;
  return KH_OK;
}

kh_status kh_export_plover(kh_exporting *x) { return kh_occurrences(x, false, take); }
