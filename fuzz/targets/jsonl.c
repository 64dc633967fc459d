// SPDX-License-Identifier: Apache-2.0
// JSON Lines that arrive in pieces; the first byte chooses their size.
#include "fuzz.h"

#include <string.h>

enum { MOST_REPORTS = 200 };

typedef struct pieces {
  const uint8_t *at;
  size_t left;
  size_t size;
} pieces;

static ptrdiff_t give(void *context, char *into, size_t room) {
  pieces *p = context;
  size_t len = p->size < room ? p->size : room;
  if (len > p->left) len = p->left;
  if (len) memcpy(into, p->at, len);
  p->at += len;
  p->left -= len;
  return (ptrdiff_t)len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  pieces p = {data + 1, size - 1, (size_t)data[0] + 1};
  const kh_reader_options options = {
      .container = KH_CONTAINER_JSONL,
      .max_document = 65536,
      .defaults = {.outlet = "o"},
  };
  kh_reader *reader = NULL;
  kh_error error = {0};
  if (kh_reader_open(&reader, give, &p, &options, &error) != KH_OK) return 0;
  for (int i = 0; i < MOST_REPORTS; i++) {
    kh_item item = {0};
    const kh_status status = kh_reader_next(reader, &item, &error);
    if (status == KH_END) break;
    if (status == KH_OK)
      fuzz_document(fuzz_engine(), (const uint8_t *)item.bytes, item.len, &item.source);
  }
  kh_reader_close(reader);
  return 0;
}
