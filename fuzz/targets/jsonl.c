// SPDX-License-Identifier: Apache-2.0
// JSON Lines that arrive in pieces.
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_stream(KH_CONTAINER_JSONL, data, size);
  return 0;
}
