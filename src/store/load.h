// SPDX-License-Identifier: Apache-2.0
/// \file
/// Documents out of the record, with what the store needs beside them.
#ifndef KHUTWA_STORE_LOAD_H
#define KHUTWA_STORE_LOAD_H

#include "store/rows.h"

#include "base/layers.h"

#include <jansson.h>

typedef struct kh_loaded {
  kh_store *store;
  int64_t doc;
  kh_document *document; // owns all below but `json`
  int64_t *entities;     // rows of its entities, one each
  int64_t *read_as;      // ... as the machine had them, before decisions
  // of figures, statements, events, steps: how many the machine read, and what decisions made of
  // each item that there is now (NULL: nothing)
  uint32_t machine[KH_LAYERS];
  uint32_t machine_entities;
  const char **states[KH_LAYERS];
  int64_t strict; // the decision that must fit; earlier ones that no longer do are passed over
  json_t *json;   // held while it is being read; let go if memory runs out meanwhile
} kh_loaded;

/// Loads document `doc`. KH_END: there is none. Close loaded->document in the end, unless the load
/// failed.
kh_status kh_load(kh_loaded *loaded, kh_store *store, int64_t doc, kh_store_reading reading,
                  kh_error *error);

/// Applies the decisions on it that are not undone, in their order. Under the arena's guard.
kh_status kh_apply_decisions(kh_loaded *loaded, kh_error *error);

/// How many items a layer has.
uint32_t kh_layer_count(const kh_record *record, int layer);
/// One of them.
void *kh_layer_item(const kh_record *record, int layer, uint32_t index);
/// What stands for it in the text: cue, trigger, number, step.
kh_span kh_layer_span(const kh_record *record, int layer, uint32_t index);
/// What kind it is: ASSAULT, ceasefire, killed; the mode of a statement.
const char *kh_layer_type(const kh_record *record, int layer, uint32_t index);
kh_origin *kh_layer_origin(kh_record *record, int layer, uint32_t index);
/// 'f' 's' 'v' 'p' to a layer, or -1; and back.
int kh_layer_of(char letter);
char kh_layer_letter(int layer);

/// Runs `run` with the arena of loaded->document guarded: when memory is out, statements are reset,
/// loaded->json is let go, and KH_ERROR_MEMORY comes back.
kh_status kh_guarded(kh_loaded *loaded, kh_status (*run)(kh_loaded *, void *, kh_error *),
                     void *context, kh_error *error);

#endif
