// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inside of the feed reader: what the elements of a feed mean, told apart from how they are read.
#ifndef KHUTWA_TEXT_FEED_ITEM_H
#define KHUTWA_TEXT_FEED_ITEM_H

#include "text/stream.h"

/// What an element says of its item (or, outside of items, of the feed).
typedef enum kh_feed_field {
  KH_FEED_NOTHING,
  KH_FEED_TITLE,
  KH_FEED_LINK,
  KH_FEED_ID,
  KH_FEED_DATE,    // of publication
  KH_FEED_UPDATED, // second best
  KH_FEED_SUMMARY,
  KH_FEED_CONTENT,
  KH_FEED_OUTLET, // the item is another outlet's
  KH_FEED_FIELDS,
} kh_feed_field;

/// An item under way or waiting: where its fields stand in reader->strings (0: nowhere).
typedef struct kh_feed_item {
  size_t at[KH_FEED_FIELDS];
  size_t len[KH_FEED_FIELDS];
  uint64_t start; // of its element in the stream, and its end
  uint64_t end;
  unsigned line;
  bool permalink; // its id is an address
  bool dropped;   // larger than the limit
} kh_feed_item;

/// The field of an element by its local name; `own` tells that it is in the item's own namespace,
/// `space` is its namespace's name or NULL.
kh_feed_field kh_feed_field_of(const char *name, const char *space, bool own);

/// The namespace that a prefix usually stands for ("dc", "content"); NULL for others.
const char *kh_feed_space(const char *prefix);

/// Makes a reader's item of a feed's; strings that have to be made anew go to reader->decoded.
/// KH_ERROR_MEMORY when memory is out.
kh_status kh_feed_give(kh_reader *reader, const kh_feed_item *entry, const char *outlet,
                       kh_item *item, kh_error *error);

#endif
