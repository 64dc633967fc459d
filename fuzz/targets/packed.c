// SPDX-License-Identifier: Apache-2.0
// Whatever arrives in pieces, told by its content; much of the corpus is compressed.
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_stream(KH_CONTAINER_AUTO, data, size);
  return 0;
}
