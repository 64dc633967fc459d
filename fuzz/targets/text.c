// SPDX-License-Identifier: Apache-2.0
// Plain text: the first byte chooses the declared encoding, the rest is the file.
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const charsets[] = {NULL, NULL, NULL, "utf-8", "windows-1256", "utf-16", "x"};
  kh_source source = {.id = "f", .title = "t", .published = "2019-05-30", .format = KH_FORMAT_TEXT};
  if (size) {
    source.charset = charsets[data[0] % (sizeof charsets / sizeof *charsets)];
    data++, size--;
  }
  fuzz_document(fuzz_engine(), data, size, &source);
  return 0;
}
