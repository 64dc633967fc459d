// SPDX-License-Identifier: Apache-2.0
/// \file
/// gzip and zstd streams, unpacked piece by piece. What a few bytes may become is bounded: a
/// hundred times themselves past the first MiB, and 256 MiB a member.
#ifndef KHUTWA_TEXT_UNPACK_H
#define KHUTWA_TEXT_UNPACK_H

#include <khutwa/reader.h>
#include <stdbool.h>

typedef enum kh_packing {
  KH_PACKING_NONE,
  KH_PACKING_GZIP,
  KH_PACKING_ZSTD,
  KH_PACKING_DEFLATE, // zlib's or bare, as HTTP has it: never told by its first bytes
} kh_packing;

typedef struct kh_unpack kh_unpack;

enum { KH_PACKING_LOOK = 6 }; // bytes that tell a packing

/// What the first bytes of a stream say.
kh_packing kh_packing_of(const char *bytes, size_t len);

/// Opens an unpacker over `read`, before whose bytes come the `len` at `first`, which are copied.
/// NULL when memory is out.
kh_unpack *kh_unpack_open(kh_packing packing, const char *first, size_t len, kh_read_fn read,
                          void *context, const kh_allocator *allocator);

/// Has the meaning of kh_stream_more's reading: fills up to `room` bytes, gives how many in `*got`,
/// 0 at the end. Errors: KH_ERROR_IO; KH_ERROR_FORMAT for damage and for what expands too far;
/// KH_ERROR_MEMORY.
kh_status kh_unpack_read(kh_unpack *unpack, char *into, size_t room, size_t *got, kh_error *error);

/// NULL is allowed.
void kh_unpack_close(kh_unpack *unpack);

#endif
