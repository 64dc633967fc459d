// SPDX-License-Identifier: Apache-2.0
// Names and their kinds.
#include "mention/names.h"

kh_status kh_names_open(kh_engine *engine, kh_error *error) {
  (void)engine;
  (void)error;
  return KH_OK;
}

void kh_names(kh_document *document) { (void)document; }
