// SPDX-License-Identifier: Apache-2.0
// The weights of the model of readings (models/pos.bin, made by tools/train_pos).
#include "khc.h"
#include "morph/model.h"

#include <stdio.h>

int khc_pos(const khc_rules *rules, khc_out *out) {
  if (!rules->models) return 0;
  const khc_row row = {khc_print(rules, "%s/pos.bin", rules->models), 0, NULL};
  FILE *file = fopen(row.file, "rb");
  if (!file) return 0; // rules decide alone
  enum { SIZE = 2 * KH_TAG_WEIGHTS };
  uint8_t *bytes = kh_arena_alloc(rules->arena, SIZE + 1);
  const size_t got = fread(bytes, 1, SIZE + 1, file);
  fclose(file);
  if (got != SIZE)
    khc_fault(rules, &row, "has %zu bytes where the model has %d; train it again", got, (int)SIZE);
  else
    khc_put_bytes(khc_section(out, "POSM"), bytes, SIZE);
  return 0;
}
