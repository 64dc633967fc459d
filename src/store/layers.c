// SPDX-License-Identifier: Apache-2.0
// The four layers of claims, seen alike.
#include "store/load.h"

#include <string.h>

static const char letters[KH_LAYERS + 1] = "fsvp";

int kh_layer_of(char letter) {
  const char *at = letter ? strchr(letters, letter) : NULL;
  return at ? (int)(at - letters) : -1;
}

char kh_layer_letter(int layer) { return letters[layer]; }

uint32_t kh_layer_count(const kh_record *record, int layer) {
  switch (layer) {
  case KH_LAYER_FIGURE:
    return record->figure_count;
  case KH_LAYER_STATEMENT:
    return record->statement_count;
  case KH_LAYER_EVENT:
    return record->event_count;
  default:
    return record->step_count;
  }
}

void *kh_layer_item(const kh_record *record, int layer, uint32_t index) {
  switch (layer) {
  case KH_LAYER_FIGURE:
    return &record->figures[index];
  case KH_LAYER_STATEMENT:
    return &record->statements[index];
  case KH_LAYER_EVENT:
    return &record->events[index];
  default:
    return &record->steps[index];
  }
}

kh_span kh_layer_span(const kh_record *record, int layer, uint32_t index) {
  switch (layer) {
  case KH_LAYER_FIGURE:
    return record->figures[index].span;
  case KH_LAYER_STATEMENT:
    return record->statements[index].cue;
  case KH_LAYER_EVENT:
    return record->events[index].trigger;
  default:
    return record->steps[index].what;
  }
}

const char *kh_layer_type(const kh_record *record, int layer, uint32_t index) {
  switch (layer) {
  case KH_LAYER_FIGURE:
    return kh_harm_name(record->figures[index].what);
  case KH_LAYER_STATEMENT:
    return kh_statement_mode_name(record->statements[index].mode);
  case KH_LAYER_EVENT:
    return kh_event_type_name(record->events[index].type);
  default:
    return kh_step_kind_name(record->steps[index].kind);
  }
}

kh_origin *kh_layer_origin(kh_record *record, int layer, uint32_t index) {
  switch (layer) {
  case KH_LAYER_FIGURE:
    return &record->figures[index].origin;
  case KH_LAYER_STATEMENT:
    return &record->statements[index].origin;
  case KH_LAYER_EVENT:
    return &record->events[index].origin;
  default:
    return &record->steps[index].origin;
  }
}
