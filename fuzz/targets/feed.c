// SPDX-License-Identifier: Apache-2.0
// RSS and Atom that arrive in pieces.
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_stream(KH_CONTAINER_RSS, data, size);
  return 0;
}
