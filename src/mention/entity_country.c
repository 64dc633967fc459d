// SPDX-License-Identifier: Apache-2.0
// The country that a report is about.
#include "mention/entity.h"

#include <string.h>

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
