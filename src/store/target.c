// SPDX-License-Identifier: Apache-2.0
// Public ids.
#include "store/decision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Digits without a leading zero, up to `*end`; 0: none.
static int64_t read_number(const char *text, const char **end) {
  if (*text < '1' || *text > '9') return 0;
  char *after = NULL;
  const long long number = strtoll(text, &after, 10);
  *end = after;
  return after - text <= 15 ? number : 0;
}

// What a letter before a number means for decisions, and the layer of its claims.
static bool over_reports(char letter, kh_target *target) {
  static const char letters[] = "HRL";
  static const char layers[] = "hrl";
  static const char claims[] = "vfp";
  const char *at = letter ? strchr(letters, letter) : NULL;
  if (!at) return false;
  target->layer = layers[at - letters];
  target->claim = claims[at - letters];
  return true;
}

bool kh_target_read(const char *id, kh_target *target) {
  *target = (kh_target){0};
  if (!id || !*id) return false;
  const char *at = id;
  const int64_t first = read_number(id + 1, &at);
  if (!first) return false;
  if (*id == 'E') {
    *target = (kh_target){.layer = 'E', .claim = 'E', .n = first};
    return *at == '\0';
  }
  target->doc = first;
  if (over_reports(*id, target)) {
    if (*at++ != '.') return false;
  } else {
    if (*id != 'D') return false;
    target->layer = target->claim = 'D';
    if (*at == '\0') return true;
    if (*at++ != '.' || !*at || !strchr("fsvpe", *at)) return false;
    target->layer = target->claim = *at++;
  }
  target->n = read_number(at, &at);
  return target->n > 0 && target->n <= UINT32_MAX && *at == '\0';
}

void kh_target_write(char layer, int64_t doc, int64_t n, char id[KH_ID_BYTES]) {
  if (layer == 'E')
    (void)snprintf(id, KH_ID_BYTES, "E%lld", (long long)n);
  else
    (void)snprintf(id, KH_ID_BYTES, "D%lld.%c%lld", (long long)doc, layer, (long long)n);
}

int64_t kh_entity_id(const char *id) {
  kh_target target;
  return kh_target_read(id, &target) && target.layer == 'E' ? target.n : 0;
}
