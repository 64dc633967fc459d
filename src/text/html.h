// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report in a web page: its headline, date, outlet and paragraphs, without what stands
/// around them. One pass over the bytes with a bounded stack; no tree is built.
#ifndef KHUTWA_TEXT_HTML_H
#define KHUTWA_TEXT_HTML_H

#include "base/arena.h"
#include "text/decode.h"

/// What a page says; `fragment` is set by the caller. Strings live in the arena, not NUL-terminated
/// unless said.
typedef struct kh_page {
  const char *text; ///< Paragraphs with one blank line between. UTF-8.
  size_t text_len;
  const char *title; ///< Empty when there is none.
  size_t title_len;
  const char *outlet;
  size_t outlet_len;
  char published[11]; ///< "YYYY-MM-DD", or "".
  bool fragment;      ///< There is no page around the report: nothing but links is left out.
} kh_page;

/// Do the bytes look like a page, in whatever charset?
bool kh_is_html(const char *bytes, size_t len);

/// The charset that a page declares in its first 4 KiB, or KH_CHARSET_UNKNOWN.
kh_charset kh_html_charset(const char *bytes, size_t len);

/// Reads a page of valid UTF-8. Error: KH_ERROR_FORMAT where elements are nested too deeply.
kh_status kh_html_read(kh_arena *arena, const char *html, size_t len, kh_page *page,
                       kh_error *error);

#endif
