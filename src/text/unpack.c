// SPDX-License-Identifier: Apache-2.0
#include "text/unpack.h"

#include "base/error.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
  INPUT_ROOM = 64 * 1024,
  FREE_OUTPUT = 1 << 20,   // bytes that may come of anything
  MOST_RATIO = 100,        // ... and beyond them of one byte
  MOST_MEMBER = 256 << 20, // bytes of one member
  MOST_WINDOW = 25,        // log2 of the bytes that a zstd frame may refer back to
  GZIP_WINDOW = MAX_WBITS + 16,
};

struct kh_unpack {
  kh_packing packing;
  kh_read_fn read;
  void *context;
  kh_allocator allocator;
  z_stream zlib;
  ZSTD_DStream *zstd;
  uint64_t total_in; // bytes of all members
  uint64_t total_out;
  uint64_t member_in; // ... and of the one at hand
  uint64_t member_out;
  bool inside; // a member has begun and not ended
  bool ended;  // the stream below gives no more
  size_t at;   // input [at, len) is not yet used
  size_t len;
  char input[INPUT_ROOM];
};

static bool begins(const char *bytes, size_t len, const char *mark, size_t mark_len) {
  return len >= mark_len && memcmp(bytes, mark, mark_len) == 0;
}

kh_packing kh_packing_of(const char *bytes, size_t len) {
  if (begins(bytes, len, "\x1F\x8B\x08", 3)) return KH_PACKING_GZIP;
  if (begins(bytes, len, "\x28\xB5\x2F\xFD", 4)) return KH_PACKING_ZSTD;
  // a frame that is to be passed over: archives of the web begin with their dictionary so
  const bool skippable = len >= 4 && ((unsigned char)bytes[0] & 0xF0) == 0x50 &&
                         memcmp(bytes + 1, "\x2A\x4D\x18", 3) == 0;
  return skippable ? KH_PACKING_ZSTD : KH_PACKING_NONE;
}

// ------------------------------------------------------------------ opening

static bool open_zlib(kh_unpack *u) {
  if (u->packing == KH_PACKING_GZIP) return inflateInit2(&u->zlib, GZIP_WINDOW) == Z_OK;
  // servers mean zlib's form by "deflate", and some send it bare: the first bytes tell
  const unsigned first =
      u->len > 1 ? (unsigned)(unsigned char)u->input[0] << 8 | (unsigned char)u->input[1] : 0;
  const bool wrapped = (first & 0x0F00) == 0x0800 && first % 31 == 0;
  return inflateInit2(&u->zlib, wrapped ? MAX_WBITS : -MAX_WBITS) == Z_OK;
}

static bool open_zstd(kh_unpack *u) {
  u->zstd = ZSTD_createDStream();
  return u->zstd &&
         !ZSTD_isError(ZSTD_DCtx_setParameter(u->zstd, ZSTD_d_windowLogMax, MOST_WINDOW));
}

kh_unpack *kh_unpack_open(kh_packing packing, const char *first, size_t len, kh_read_fn read,
                          void *context, const kh_allocator *allocator) {
  if (len > INPUT_ROOM) return NULL;
  kh_unpack *u = allocator->resize(allocator->context, NULL, 0, sizeof *u);
  if (!u) return NULL;
  memset(u, 0, offsetof(kh_unpack, input));
  u->packing = packing;
  u->read = read;
  u->context = context;
  u->allocator = *allocator;
  u->len = len;
  if (len) memcpy(u->input, first, len);
  if (packing == KH_PACKING_ZSTD ? open_zstd(u) : open_zlib(u)) return u;
  kh_unpack_close(u);
  return NULL;
}

void kh_unpack_close(kh_unpack *u) {
  if (!u) return;
  const kh_allocator allocator = u->allocator;
  if (u->packing == KH_PACKING_ZSTD)
    ZSTD_freeDStream(u->zstd);
  else
    inflateEnd(&u->zlib);
  allocator.resize(allocator.context, u, sizeof *u, 0);
}

// ------------------------------------------------------------------ reading

// More input, where all of it is used. KH_END when there is none.
static kh_status more_input(kh_unpack *u, kh_error *error) {
  if (u->at < u->len) return KH_OK;
  if (u->ended) return KH_END;
  const ptrdiff_t got = u->read(u->context, u->input, INPUT_ROOM);
  if (got < 0 || got > INPUT_ROOM)
    return kh_fail(error, KH_ERROR_IO, KH_STAGE_READ, "cannot be read");
  u->at = 0;
  u->len = (size_t)got;
  u->ended = got == 0;
  return got ? KH_OK : KH_END;
}

static kh_status damaged(const kh_unpack *u, kh_error *error) {
  return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                 "the compressed data are damaged after %llu bytes; what came before was read",
                 (unsigned long long)u->total_in);
}

// What one step used and made.
static kh_status count(kh_unpack *u, size_t used, size_t made, kh_error *error) {
  u->at += used;
  u->total_in += used;
  u->member_in += used;
  u->total_out += made;
  u->member_out += made;
  const bool steep = (u->member_out > FREE_OUTPUT && u->member_out > MOST_RATIO * u->member_in) ||
                     (u->total_out > FREE_OUTPUT && u->total_out > MOST_RATIO * u->total_in);
  if (steep)
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                   "the compressed data expand more than %d times; unpack them yourself if you "
                   "trust them",
                   MOST_RATIO);
  if (u->member_out > MOST_MEMBER)
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                   "more than %d MiB in one compressed member; unpack the file first",
                   MOST_MEMBER >> 20);
  return KH_OK;
}

static void end_member(kh_unpack *u) {
  u->inside = false;
  u->member_in = 0;
  u->member_out = 0;
}

static kh_status step_zlib(kh_unpack *u, char *into, size_t room, size_t *made, kh_error *error) {
  if (!u->inside && inflateReset(&u->zlib) != Z_OK) return damaged(u, error);
  u->inside = true;
  const size_t left = u->len - u->at;
  u->zlib.next_in = (unsigned char *)u->input + u->at;
  u->zlib.avail_in = (unsigned)left;
  u->zlib.next_out = (unsigned char *)into;
  u->zlib.avail_out = (unsigned)room;
  const int result = inflate(&u->zlib, Z_NO_FLUSH);
  *made = room - u->zlib.avail_out;
  if (result == Z_MEM_ERROR) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return damaged(u, error);
  const kh_status status = count(u, left - u->zlib.avail_in, *made, error);
  if (result == Z_STREAM_END) end_member(u);
  return status;
}

static kh_status step_zstd(kh_unpack *u, char *into, size_t room, size_t *made, kh_error *error) {
  ZSTD_inBuffer in = {u->input + u->at, u->len - u->at, 0};
  ZSTD_outBuffer out = {into, room, 0};
  u->inside = true;
  const size_t result = ZSTD_decompressStream(u->zstd, &out, &in);
  *made = out.pos;
  if (ZSTD_isError(result)) {
    const ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
    if (code == ZSTD_error_memory_allocation)
      return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
    if (code == ZSTD_error_frameParameter_windowTooLarge)
      return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                     "unpacking would take more than %d MiB; compress it anew with zstd -19",
                     1 << (MOST_WINDOW - 20));
    return damaged(u, error);
  }
  const kh_status status = count(u, in.pos, out.pos, error);
  if (result == 0) end_member(u);
  return status;
}

// Behind a gzip member only another one counts; what else stands there (tapes are filled up with
// zeros) is passed over, as gzip does.
static bool is_padding(const kh_unpack *u) {
  return u->packing != KH_PACKING_ZSTD && !u->inside && u->total_in &&
         (u->packing == KH_PACKING_DEFLATE || u->input[u->at] != '\x1F');
}

kh_status kh_unpack_read(kh_unpack *u, char *into, size_t room, size_t *got, kh_error *error) {
  if (room > 1U << 30) room = 1U << 30; // zlib counts in 32 bits
  *got = 0;
  while (*got == 0) {
    const kh_status fed = more_input(u, error);
    if (fed == KH_END && !u->inside) return KH_OK;
    if (fed != KH_OK && fed != KH_END) return fed;
    if (fed == KH_OK && is_padding(u)) {
      u->at = u->len;
      continue;
    }
    const kh_status status = u->packing == KH_PACKING_ZSTD ? step_zstd(u, into, room, got, error)
                                                           : step_zlib(u, into, room, got, error);
    if (status != KH_OK) return status;
    // without more input what is still inside comes out, or nothing does
    if (fed == KH_END && *got == 0 && u->inside)
      return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                     "the compressed data end too early; what came before was read");
  }
  return KH_OK;
}
