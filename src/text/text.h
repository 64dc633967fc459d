// SPDX-License-Identifier: Apache-2.0
/// \file
/// From bytes to the text that all spans point into, and what is known of its source.
#ifndef KHUTWA_TEXT_TEXT_H
#define KHUTWA_TEXT_TEXT_H

#include "base/layers.h"

typedef struct kh_text_layer {
  const char *bytes; // UTF-8, NUL-terminated; exactly the record's document.text
  uint32_t len;
  uint32_t title_len; // bytes of the title at the start of `bytes`; 0 when there is none
  const char *id;
  const char *outlet;
  const char *title;
  const char *uri;
  const char *fetched;
  char published[11]; // "YYYY-MM-DD" or ""
  kh_published_from published_from;
  char lang[8]; // "ar", "fa", "ur", "ckb", "en", "und"
  bool arabic;  // mostly Arabic: the later stages run
  char raw_sha256[65];
  char text_sha256[65];
} kh_text_layer;

/// Decodes, finds the main text of a page, sets the title before it, and fills document->text.
/// Holds no arena memory across calls into other libraries.
kh_status kh_text_stage(kh_document *document, const char *bytes, size_t len,
                        const kh_source *source, kh_error *error);

#endif
