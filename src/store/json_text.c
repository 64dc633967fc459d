// SPDX-License-Identifier: Apache-2.0
#include "store/json_text.h"

char *kh_json_text(const json_t *value, size_t flags) {
  const size_t size = json_dumpb(value, NULL, 0, flags); // 0: it has no text, or memory is out
  json_malloc_t give;
  json_free_t take;
  json_get_alloc_funcs(&give, &take);
  char *text = size ? give(size + 1) : NULL;
  if (!text) return NULL;
  if (json_dumpb(value, text, size, flags) != size) {
    take(text);
    return NULL;
  }
  text[size] = '\0';
  return text;
}
