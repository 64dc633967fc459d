// SPDX-License-Identifier: Apache-2.0
// The columns of ACLED's data, as they have been since 2023.
#include "view/occurrence.h"
#include "view/state.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const columns =
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp";

typedef struct kind {
  const char *type;
  const char *mode; // "": any other
  const char *event;
  const char *sub_event;
} kind;

#define BATTLES "Battles"
#define REMOTE "Explosions/Remote violence"
#define CIVILIANS "Violence against civilians"
#define PROTESTS "Protests"
#define RIOTS "Riots"
#define STRATEGIC "Strategic developments"

// The last line of a type is for every mode that has none.
static const kind kinds[] = {
    {"ASSAULT", "aerial", REMOTE, "Air/drone strike"},
    {"ASSAULT", "drone", REMOTE, "Air/drone strike"},
    {"ASSAULT", "heavy-weapons", REMOTE, "Shelling/artillery/missile attack"},
    {"ASSAULT", "explosives", REMOTE, "Remote explosive/landmine/IED"},
    {"ASSAULT", "suicide-attack", REMOTE, "Suicide bomb"},
    {"ASSAULT", "unconventional", REMOTE, "Chemical weapon"},
    {"ASSAULT", "abduct", CIVILIANS, "Abduction/forced disappearance"},
    {"ASSAULT", "sexual", CIVILIANS, "Sexual violence"},
    {"ASSAULT", "destroy", STRATEGIC, "Looting/property destruction"},
    {"ASSAULT", "crowd-control", PROTESTS, "Excessive force against protesters"},
    {"ASSAULT", "", CIVILIANS, "Attack"}, // between armed sides: a battle
    {"PROTEST", "riot", RIOTS, "Violent demonstration"},
    {"PROTEST", "", PROTESTS, "Peaceful protest"},
    {"COERCE", "arrest", STRATEGIC, "Arrests"},
    {"COERCE", "seize", STRATEGIC, "Non-violent transfer of territory"},
    {"COERCE", "", STRATEGIC, "Other"},
    {"RETREAT", "withdraw", STRATEGIC, "Non-violent transfer of territory"},
    {"RETREAT", "ceasefire", STRATEGIC, "Agreement"},
    {"RETREAT", "disarm", STRATEGIC, "Disrupted weapons use"},
    {"RETREAT", "", STRATEGIC, "Other"},
    {"AGREE", "", STRATEGIC, "Agreement"},
    {"MOBILIZE", "", STRATEGIC, "Change to group/activity"},
};

static const kind *kind_of(const kh_occurrence *o) {
  static const kind clash = {"ASSAULT", "", BATTLES, "Armed clash"};
  const kind *found = NULL;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !found; i++) {
    const kind *k = &kinds[i];
    if (strcmp(k->type, o->type) == 0 && (!*k->mode || strcmp(k->mode, o->mode) == 0)) found = k;
  }
  if (!found || strcmp(found->sub_event, "Attack") != 0) return found;
  const json_t *other = json_array_get(json_array_size(o->recipients) ? o->recipients : o->actors,
                                       json_array_size(o->recipients) ? 0 : 1);
  const json_t *first = json_array_get(o->actors, 0);
  return first && other && kh_party_is_armed(first) && kh_party_is_armed(other) ? &clash : found;
}

static const char *disorder_of(const kind *k) {
  if (strcmp(k->event, STRATEGIC) == 0) return STRATEGIC;
  if (strcmp(k->sub_event, "Excessive force against protesters") == 0)
    return "Political violence; Demonstrations";
  if (strcmp(k->event, PROTESTS) == 0 || strcmp(k->event, RIOTS) == 0) return "Demonstrations";
  return "Political violence";
}

enum { NOBODY, STATE, REBELS, MILITIA, IDENTITY, RIOTERS, PROTESTERS, CIVIL, OTHERS };

// ACLED's numbers of kinds of actors.
static int inter_of(const json_t *party, const kind *k) {
  static const struct {
    const char *sector;
    int inter;
  } sectors[] = {
      {"MIL", STATE},  {"COP", STATE},   {"GOV", STATE},   {"SPY", STATE},  {"JUD", STATE},
      {"REB", REBELS}, {"OPP", MILITIA}, {"PTY", MILITIA}, {"IGO", OTHERS}, {"NGO", OTHERS},
      {"CVL", CIVIL},  {"REF", CIVIL},   {"JRN", CIVIL},   {"HLH", CIVIL},  {"EDU", CIVIL},
      {"LAB", CIVIL},  {"REL", CIVIL},   {"BUS", CIVIL},
  };
  if (!party) return NOBODY;
  const char *sector = kh_party_text(party, "sector");
  for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
    if (strcmp(sectors[i].sector, sector) == 0 && sectors[i].inter != CIVIL)
      return sectors[i].inter;
  if (strcmp(k->event, PROTESTS) == 0) return PROTESTERS;
  if (strcmp(k->event, RIOTS) == 0) return RIOTERS;
  if (strcmp(kh_party_text(party, "kind"), "armed") == 0) return REBELS;
  for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
    if (strcmp(sectors[i].sector, sector) == 0) return sectors[i].inter;
  const char *what = kh_party_text(party, "kind");
  return strcmp(what, "person") == 0 || strcmp(what, "people") == 0 ? CIVIL : OTHERS;
}

static const char *name_of(const json_t *party) {
  const char *english = party ? kh_party_text(party, "name_en") : "";
  return *english || !party ? english : kh_party_text(party, "name");
}

// Those after the first on one side, with semicolons.
static void put_associates(kh_exporting *x, const json_t *side, size_t from) {
  char names[1024];
  size_t used = 0;
  names[0] = '\0';
  for (size_t i = from; i < json_array_size(side); i++) {
    const int len = snprintf(names + used, sizeof names - used, "%s%s", used ? "; " : "",
                             name_of(json_array_get(side, i)));
    if (len < 0 || (size_t)len >= sizeof names - used) break;
    used += (size_t)len;
  }
  names[used] = '\0';
  kh_csv_text(x, names);
}

static void put_inter(kh_exporting *x, int inter) {
  if (inter)
    kh_csv_int(x, inter);
  else
    kh_csv_empty(x);
}

// Who did it and to whom; of several doers without anybody it was done to, the second stands there.
static void put_actors(kh_exporting *x, const kh_occurrence *o, const kind *k) {
  const bool mutual = json_array_size(o->recipients) == 0;
  const json_t *first = json_array_get(o->actors, 0);
  const json_t *second = mutual ? json_array_get(o->actors, 1) : json_array_get(o->recipients, 0);
  const int inter1 = inter_of(first, k);
  const int inter2 = inter_of(second, k);
  kh_csv_text(x, name_of(first));
  put_associates(x, mutual ? NULL : o->actors, 1);
  put_inter(x, inter1);
  kh_csv_text(x, name_of(second));
  put_associates(x, mutual ? o->actors : o->recipients, mutual ? 2 : 1);
  put_inter(x, inter2);
  const int low = inter1 < inter2 && inter1 ? inter1 : inter2 ? inter2 : inter1;
  put_inter(x, low ? low * 10 + (inter1 + inter2 - low) : 0);
  kh_csv_text(x, inter2 == CIVIL && strcmp(k->event, STRATEGIC) != 0 ? "Civilian targeting" : "");
}

static int time_precision(const kh_occurrence *o) {
  if (strcmp(o->day_from, "published") == 0) return 2;
  return *o->until && strcmp(o->until, o->day) != 0 ? 2 : 1;
}

// 1: the place itself, 2: somewhere near its district's chief town, 3: a governorate or more.
static int geo_precision(const kh_occurrence *o) {
  if (isfinite(o->latitude)) return 1;
  return *o->admin2 ? 2 : 3;
}

static kh_status take(kh_exporting *x, const kh_occurrence *o) {
  const kind *k = kind_of(o);
  if (!k || !*o->day) return KH_OK; // ACLED has no such events
  char id[64];
  char year[5] = "";
  (void)snprintf(id, sizeof id, "%s%s", *o->country ? o->country : "XXX", o->id);
  (void)snprintf(year, sizeof year, "%.4s", o->day);
  kh_csv_text(x, id);
  kh_csv_text(x, o->day);
  kh_csv_text(x, year);
  kh_csv_int(x, time_precision(o));
  kh_csv_text(x, disorder_of(k));
  kh_csv_text(x, k->event);
  kh_csv_text(x, k->sub_event);
  put_actors(x, o, k);
  const int number = kh_state_number(o->country);
  if (number)
    kh_csv_int(x, number);
  else
    kh_csv_empty(x);
  kh_csv_text(x, kh_state_region(o->country));
  kh_csv_text(x, *o->country_en ? o->country_en : o->country);
  kh_csv_text(x, o->admin1);
  kh_csv_text(x, o->admin2);
  kh_csv_empty(x); // admin3
  kh_csv_text(x, *o->place_en ? o->place_en : o->place);
  kh_csv_number(x, o->latitude);
  kh_csv_number(x, o->longitude);
  kh_csv_int(x, geo_precision(o));
  kh_csv_text(x, o->outlets);
  kh_csv_empty(x); // source_scale
  kh_csv_text(x, o->sentence);
  kh_csv_number(x, o->killed);
  kh_csv_empty(x); // tags
  kh_csv_empty(x); // timestamp
  kh_csv_end(x);
  return KH_OK;
}

kh_status kh_export_acled(kh_exporting *x) {
  kh_csv_header(x, columns);
  return kh_occurrences(x, true, take);
}
