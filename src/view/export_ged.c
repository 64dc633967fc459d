// SPDX-License-Identifier: Apache-2.0
// The columns of UCDP's Georeferenced Event Dataset.
#include "view/occurrence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const columns =
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
    "adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,"
    "event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,"
    "deaths_unknown,best,high,low,gwnoa,gwnob";

static void empty(kh_exporting *x, int count) {
  while (count-- > 0) kh_csv_empty(x);
}

static const char *name_of(const json_t *party) {
  const char *english = party ? kh_party_text(party, "name_en") : "";
  return *english || !party ? english : kh_party_text(party, "name");
}

static bool is_state(const json_t *party) {
  const char *sector = party ? kh_party_text(party, "sector") : "";
  return strcmp(sector, "MIL") == 0 || strcmp(sector, "GOV") == 0 || strcmp(sector, "COP") == 0;
}

enum { STATE_BASED = 1, NON_STATE = 2, ONE_SIDED = 3 };

static int violence_of(const json_t *a, const json_t *b) {
  if (!b || !kh_party_is_armed(b)) return ONE_SIDED;
  return is_state(a) || is_state(b) ? STATE_BASED : NON_STATE;
}

static void put_sides(kh_exporting *x, const json_t *a, const json_t *b) {
  char dyad[512];
  const char *other = b ? name_of(b) : "Civilians";
  (void)snprintf(dyad, sizeof dyad, "%.240s - %.240s", name_of(a), other);
  empty(x, 2); // conflict ids
  kh_csv_empty(x);
  empty(x, 2); // dyad ids
  kh_csv_text(x, dyad);
  empty(x, 2);
  kh_csv_text(x, name_of(a));
  empty(x, 2);
  kh_csv_text(x, other);
}

static void put_where(kh_exporting *x, const kh_occurrence *o) {
  const bool located = isfinite(o->latitude) && isfinite(o->longitude);
  char point[64] = "";
  kh_csv_int(x, located ? 1 : *o->admin2 ? 3 : *o->admin1 ? 4 : 6);
  kh_csv_text(x, *o->place_en ? o->place_en : o->place);
  kh_csv_text(x, o->place);
  kh_csv_text(x, o->admin1);
  kh_csv_text(x, o->admin2);
  kh_csv_number(x, o->latitude);
  kh_csv_number(x, o->longitude);
  if (located) {
    (void)snprintf(point, sizeof point, "POINT (%.6f %.6f)", o->longitude, o->latitude);
    for (char *c = point; *c; c++) // the host's locale may have made the point a comma
      if (*c == ',') *c = '.';
  }
  kh_csv_text(x, point);
  if (located) // cells of half a degree, from the south-west corner of the world
    kh_csv_int(x, (int64_t)floor((o->latitude + 90) * 2) * 720 +
                      (int64_t)floor((o->longitude + 180) * 2) + 1);
  else
    kh_csv_empty(x);
  kh_csv_text(x, *o->country_en ? o->country_en : o->country);
  empty(x, 2); // country_id, region
}

// 1: the day itself, 2: two to six days, 3: a week, 4: a month, 5: more.
static int date_precision(const kh_occurrence *o) {
  if (strcmp(o->day_from, "published") == 0) return 2;
  if (!*o->until || strcmp(o->day, o->until) == 0) return 1;
  if (strncmp(o->day, o->until, 7) == 0) return 3;
  return strncmp(o->day, o->until, 4) == 0 ? 4 : 5;
}

static void put_deaths(kh_exporting *x, const kh_occurrence *o) {
  const double civilians = isfinite(o->killed_civilians) ? o->killed_civilians : 0;
  const double best = o->killed > civilians ? o->killed : civilians;
  empty(x, 2); // deaths_a, deaths_b
  kh_csv_number(x, civilians);
  kh_csv_number(x, best - civilians);
  kh_csv_number(x, best);
  kh_csv_number(x, o->killed_high > best ? o->killed_high : best);
  kh_csv_number(x, o->killed_low < best ? o->killed_low : best);
  empty(x, 2); // gwnoa, gwnob
}

static kh_status take(kh_exporting *x, const kh_occurrence *o) {
  if (!(o->killed > 0) || strcmp(o->type, "ASSAULT") != 0 || !*o->day) return KH_OK;
  const json_t *a = json_array_get(o->actors, 0);
  const bool mutual = json_array_size(o->recipients) == 0;
  const json_t *b = mutual ? json_array_get(o->actors, 1) : json_array_get(o->recipients, 0);
  char year[5];
  (void)snprintf(year, sizeof year, "%.4s", o->day);
  kh_csv_text(x, o->id);
  kh_csv_text(x, o->claim);
  kh_csv_text(x, year);
  empty(x, 2); // active_year, code_status
  kh_csv_int(x, violence_of(a, b));
  put_sides(x, a, b);
  kh_csv_int(x, o->sources);
  kh_csv_text(x, o->sentence);
  kh_csv_text(x, o->outlets);
  kh_csv_text(x, o->published);
  kh_csv_text(x, o->title);
  kh_csv_text(x, o->counted_by);
  put_where(x, o);
  kh_csv_int(x, 1); // event_clarity: one event, not a sum
  kh_csv_int(x, date_precision(o));
  kh_csv_text(x, o->day);
  kh_csv_text(x, *o->until ? o->until : o->day);
  put_deaths(x, o);
  kh_csv_end(x);
  return KH_OK;
}

kh_status kh_export_ged(kh_exporting *x) {
  kh_csv_header(x, columns);
  return kh_occurrences(x, true, take);
}
