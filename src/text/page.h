// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inside of the page reader: elements, tags, and the blocks of text a page is made of.
#ifndef KHUTWA_TEXT_PAGE_H
#define KHUTWA_TEXT_PAGE_H

#include "text/html.h"

/// A stretch of the page's bytes.
typedef struct kh_slice {
  const char *at;
  size_t len;
} kh_slice;

/// Elements that the reader treats each in its own way.
typedef enum kh_element {
  KH_EL_INLINE, // all others: they only style text
  KH_EL_A,
  KH_EL_ARTICLE,
  KH_EL_ASIDE,
  KH_EL_BLOCK, // address, blockquote, center, ul, ... : a block without more meaning
  KH_EL_BODY,
  KH_EL_BR,
  KH_EL_CAPTION,
  KH_EL_DIV,
  KH_EL_FOOTER,
  KH_EL_H1,
  KH_EL_HEADER,
  KH_EL_HEADING, // h2 to h6
  KH_EL_LI,
  KH_EL_MAIN,
  KH_EL_META,
  KH_EL_NAV,
  KH_EL_P,
  KH_EL_RAW, // content is no markup and no text of the report: script, style, ...
  KH_EL_SCRIPT,
  KH_EL_SECTION,
  KH_EL_TD,
  KH_EL_TIME,
  KH_EL_TITLE,
  KH_EL_TR,
  KH_EL_VOID, // img, input, ...: nothing inside
} kh_element;

/// One tag; attributes are looked up when they are asked for.
typedef struct kh_tag {
  kh_element element;
  bool closing;
  kh_slice name;       // as written
  kh_slice attributes; // what stands between the name and '>'
} kh_tag;

/// Reads the tag that begins at html[*at] == '<' and moves *at behind it. False when no tag
/// begins there. Comments, declarations and the rest of a page cut in a tag are consumed with
/// `tag->name.len` 0.
bool kh_tag_read(kh_slice html, size_t *at, kh_tag *tag);

/// Where the content of a raw element ends: at its closing tag, or the end of the page.
size_t kh_raw_end(kh_slice html, size_t at, kh_slice name);

/// The value of an attribute (name in lower case); at == NULL when it is not there.
kh_slice kh_attribute(kh_slice attributes, const char *name);

/// Letters aside of ASCII case. `lower` in lower case.
bool kh_slice_is(kh_slice slice, const char *lower);
bool kh_slice_has(kh_slice slice, const char *lower);

/// Copies text with character references resolved and runs of blanks made one blank, none at the
/// ends. `out` has room for slice.len + 4 bytes. Gives the length.
size_t kh_unescape(kh_slice slice, char *out);

/// One character reference at s.at[0] == '&': its UTF-8 goes to `out` (at most 8 bytes), its length
/// there to *used. Gives the bytes of the page consumed, 0 when it is none.
size_t kh_reference(kh_slice s, char *out, size_t *used);

/// A day as pages write it: ISO 8601, 20190530, 2019/05/30, "Thu, 30 May 2019 ...".
bool kh_page_day(kh_slice value, char day[11]);

/// An element that holds blocks.
typedef struct kh_holder {
  int32_t parent; // -1 for the page
  uint8_t element;
  bool junk;     // by its tag or its class: around the report, not of it
  bool body;     // by its class: the report's text
  bool comments; // by its class: what readers wrote
  uint32_t text; // bytes of text in it, all levels
  uint32_t good; // ... of it in good paragraphs
  float score;
} kh_holder;

/// A paragraph's worth of text.
typedef struct kh_block {
  uint32_t start; // bytes of the collected text
  uint32_t end;
  uint32_t link; // bytes of it inside links
  int32_t holder;
  uint8_t element; // what began it
} kh_block;

/// What a pass over the page collects.
typedef struct kh_blocks {
  kh_arena *arena;
  const char *text;
  KH_ARRAY(kh_holder) holders;
  KH_ARRAY(kh_block) blocks;
} kh_blocks;

/// Marks the blocks of the report among all: gives one bool a block, in the arena.
const bool *kh_main_text(kh_blocks *page);

/// The same where there is no page around the report: all blocks but links and captions.
const bool *kh_fragment_text(kh_blocks *page);

#endif
