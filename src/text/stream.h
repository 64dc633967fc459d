// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inside of a reader: buffered bytes of a stream, and what a container's reader must offer.
/// A new container is one file with one kh_container_next, named in reader.c.
#ifndef KHUTWA_TEXT_STREAM_H
#define KHUTWA_TEXT_STREAM_H

#include "text/unpack.h"

#include <stdint.h>

/// Memory that grows and is used again and again.
typedef struct kh_room {
  char *at;
  size_t len;
  size_t room;
} kh_room;

struct kh_reader {
  kh_read_fn read;
  void *context;
  kh_reader_options options; // max_document set, allocator copied below
  kh_allocator allocator;
  kh_status (*next)(kh_reader *reader, kh_item *item, kh_error *error); // the container's
  kh_unpack *unpack; // where the stream is compressed
  char *buffer;      // bytes [from, to) are read but not yet used
  size_t room;
  size_t from;
  size_t to;
  bool ended;    // the stream gives no more
  bool finished; // kh_reader_next gives KH_END from now on
  size_t count;
  unsigned line;        // lines used so far
  kh_room decoded;      // an item's bytes where they are not those of the buffer
  kh_room strings;      // an item's strings, likewise
  struct kh_feed *feed; // of feeds alone
};

/// Reads on, so that more than before stand in the buffer. KH_END at the end of the stream;
/// KH_ERROR_LIMIT when more than `most` bytes would stand there; KH_ERROR_IO, KH_ERROR_MEMORY; and
/// KH_ERROR_FORMAT where compressed bytes are damaged or expand too far.
kh_status kh_stream_more(kh_reader *reader, size_t most, kh_error *error);

/// Reads on until `len` bytes stand in the buffer. KH_END where the stream has fewer.
kh_status kh_stream_fill(kh_reader *reader, size_t len, kh_error *error);

/// Passes over `len` bytes, keeping none. KH_END where the stream has fewer.
kh_status kh_stream_skip(kh_reader *reader, uint64_t len, kh_error *error);

/// Room for `len` bytes behind those of `room`; false when memory is out. Bytes may move.
bool kh_room_make(kh_reader *reader, kh_room *room, size_t len);

/// Adds bytes; false when memory is out.
bool kh_room_add(kh_reader *reader, kh_room *room, const char *bytes, size_t len);

/// The containers.
kh_status kh_whole_next(kh_reader *reader, kh_item *item, kh_error *error);
kh_status kh_jsonl_next(kh_reader *reader, kh_item *item, kh_error *error);
kh_status kh_warc_next(kh_reader *reader, kh_item *item, kh_error *error);
kh_status kh_feed_next(kh_reader *reader, kh_item *item, kh_error *error);

/// Is it a feed (KH_CONTAINER_RSS or KH_CONTAINER_ATOM), by its first bytes? KH_CONTAINER_AUTO: no.
kh_container kh_feed_of(const char *bytes, size_t len);
void kh_feed_close(kh_reader *reader);

#endif
