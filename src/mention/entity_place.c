// SPDX-License-Identifier: Apache-2.0
// Which of the places of one name is meant; the country that a report is about.
#include "mention/entity.h"

#include <string.h>

enum { MAX_CANDIDATES = 16 };

/// How well a place fits the report, but for its size: what is written with the shadda that the
/// text has («عمّان»), then what lies in the country that the report speaks of, then a state, then
/// a capital.
int kh_place_fitness(const kh_document *document, const kh_known *line, bool shadda) {
  const char *country = document->mentions->country;
  const bool here = country[0] && strcmp(line->country, country) == 0;
  const bool written =
      shadda && strstr(kh_tables_text(document->engine->tables, line->ar), "\xD9\x91");
  return (written ? 8 : 0) + (here ? 4 : 0) + (line->flags & KH_KNOWN_STATE ? 2 : 0) +
         (line->flags & KH_KNOWN_CAPITAL ? 1 : 0);
}

/// Sets coordinates and codes from a line; the text of its place is "admin1|admin2".
static void locate(kh_document *document, kh_draft *draft, const kh_known *known) {
  const kh_tables *tables = document->engine->tables;
  if (*kh_tables_text(tables, known->note)) draft->place_code = kh_tables_text(tables, known->note);
  const char *admin = kh_tables_text(tables, known->place);
  const char *bar = strchr(admin, '|');
  if (bar && bar > admin)
    draft->admin1 = kh_arena_copy(&document->arena, admin, (size_t)(bar - admin));
  if (bar && bar[1]) draft->admin2 = bar + 1;
  if (known->latitude == INT32_MIN || known->longitude == INT32_MIN) return;
  draft->located = true;
  draft->latitude = known->latitude / 1e6;
  draft->longitude = known->longitude / 1e6;
}

/// Is the chosen line the only place of its name that can be meant: the only one at all, a state
/// or capital, the only one in the country of the report, or by far the best known?
static bool is_decided(const kh_document *document, const kh_known_hit *hit,
                       const kh_known *chosen) {
  const kh_known *known = document->engine->names->known;
  const char *country = document->mentions->country;
  uint32_t places = 0;
  uint32_t here = 0;
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (line->kind != KH_KNOWN_PLACE) continue;
    places++;
    here += country[0] && strcmp(line->country, country) == 0;
  }
  if (places <= 1 || (chosen->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL))) return true;
  if (here == 1 && strcmp(chosen->country, country) == 0) return true;
  return here == 0 && strstr(kh_tables_text(document->engine->tables, chosen->classes), "usual");
}

void kh_place_resolve(kh_document *document, kh_draft *draft, const kh_known *chosen,
                      const kh_name *name) {
  const kh_features *features = document->mentions->features;
  const int32_t at = features->hit_at[name->last - 1];
  if (at < 0 || is_decided(document, &features->hits.at[at], chosen)) {
    locate(document, draft, chosen);
    return;
  }
  const kh_known_hit *hit = &features->hits.at[at];
  const kh_known *known = document->engine->names->known;
  draft->known_id = NULL;
  for (uint32_t e = 0; e < hit->count && draft->candidates.count < MAX_CANDIDATES; e++) {
    const kh_known *line = &known[hit->entries[e]];
    const char *code = kh_tables_text(document->engine->tables, line->note);
    if (line->kind != KH_KNOWN_PLACE) continue;
    // undecided between countries: the report's own is likelier than any of them
    if (strcmp(line->country, draft->country) != 0)
      memcpy(draft->country, document->mentions->country, 4);
    if (!*code) continue;
    const char **candidate = KH_ADD(&document->arena, &draft->candidates);
    *candidate = code;
  }
}

// ---- the country of the report

/// Counts of countries; a report names few.
typedef struct country_count {
  char code[4];
  uint32_t count;
} country_count;

enum { MAX_COUNTRIES = 64 };

static void count_country(country_count *counts, uint32_t *used, const char *code) {
  if (!code[0] || strcmp(code, "UNO") == 0 || strcmp(code, "IGO") == 0) return;
  uint32_t i = 0;
  while (i < *used && strcmp(counts[i].code, code) != 0) i++;
  if (i == MAX_COUNTRIES) return;
  if (i == *used) {
    memcpy(counts[i].code, code, 4);
    (*used)++;
  }
  counts[i].count++;
}

void kh_country_of_report(kh_document *document) {
  const kh_features *features = document->mentions->features;
  const kh_known *known = document->engine->names->known;
  country_count counts[MAX_COUNTRIES] = {0};
  uint32_t used = 0;
  uint32_t all = 0;
  for (uint32_t h = 0; h < features->hits.count; h++) {
    const kh_known_hit *hit = &features->hits.at[h];
    const kh_known *line = &known[hit->entries[0]];
    const bool sure = hit->count == 1 || (line->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL)) ||
                      line->kind == KH_KNOWN_NISBA;
    if (hit->state) {
      line = hit->state;
    } else if (!sure || (line->flags & (KH_KNOWN_WORD | KH_KNOWN_DUPLICATE)) ||
               (line->kind != KH_KNOWN_PLACE && line->kind != KH_KNOWN_NISBA)) {
      continue;
    }
    all++;
    count_country(counts, &used, line->country);
  }
  uint32_t best = 0;
  for (uint32_t i = 1; i < used; i++)
    if (counts[i].count > counts[best].count) best = i;
  if (used && counts[best].count >= 2 && counts[best].count * 4 >= all)
    memcpy(document->mentions->country, counts[best].code, 4);
}
