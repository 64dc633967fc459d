// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inside of a reader: buffered bytes of a stream, and what a container's reader must offer.
/// A new container is one file with one kh_container_next, named in reader.c.
#ifndef KHUTWA_TEXT_STREAM_H
#define KHUTWA_TEXT_STREAM_H

#include <khutwa/reader.h>

struct kh_reader {
  kh_read_fn read;
  void *context;
  kh_reader_options options; // max_document set, allocator copied below
  kh_allocator allocator;
  kh_status (*next)(kh_reader *reader, kh_item *item, kh_error *error); // the container's
  char *buffer; // bytes [from, to) are read but not yet used
  size_t room;
  size_t from;
  size_t to;
  bool ended;    // the stream gives no more
  bool finished; // kh_reader_next gives KH_END from now on
  size_t count;
  unsigned line; // lines used so far
};

/// Reads on, so that more than before stand in the buffer. KH_END at the end of the stream;
/// KH_ERROR_LIMIT when more than `most` bytes would stand there; KH_ERROR_IO, KH_ERROR_MEMORY.
kh_status kh_stream_more(kh_reader *reader, size_t most, kh_error *error);

/// The containers.
kh_status kh_whole_next(kh_reader *reader, kh_item *item, kh_error *error);
kh_status kh_jsonl_next(kh_reader *reader, kh_item *item, kh_error *error);

#endif
