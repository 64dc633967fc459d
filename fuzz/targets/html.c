// SPDX-License-Identifier: Apache-2.0
// A page, told to be one.
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const kh_source source = {.id = "f", .format = KH_FORMAT_HTML};
  fuzz_document(fuzz_engine(), data, size, &source);
  return 0;
}
