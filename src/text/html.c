// SPDX-License-Identifier: Apache-2.0
#include "text/html.h"

#include <string.h>

bool kh_is_html(const char *bytes, size_t len) {
  (void)bytes;
  (void)len;
  return false;
}

kh_charset kh_html_charset(const char *bytes, size_t len) {
  (void)bytes;
  (void)len;
  return KH_CHARSET_UNKNOWN;
}

kh_status kh_html_read(kh_arena *arena, const char *html, size_t len, kh_page *page,
                       kh_error *error) {
  (void)arena;
  (void)error;
  page->text = html;
  page->text_len = len;
  return KH_OK;
}
