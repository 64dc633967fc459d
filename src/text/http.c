// SPDX-License-Identifier: Apache-2.0
#include "text/http.h"

#include "base/error.h"

#include <string.h>

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static kh_slice trimmed(kh_slice s) {
  while (s.len && is_blank(s.at[0])) s = (kh_slice){s.at + 1, s.len - 1};
  while (s.len && is_blank(s.at[s.len - 1])) s.len--;
  return s;
}

// ------------------------------------------------------------------ heads

size_t kh_head_length(const char *bytes, size_t len) {
  for (size_t at = 0; at < len;) {
    const char *end = memchr(bytes + at, '\n', len - at);
    if (!end) return 0;
    const size_t next = (size_t)(end - bytes) + 1;
    const size_t line = next - at;
    if (at && (line == 1 || (line == 2 && bytes[at] == '\r'))) return next;
    at = next;
  }
  return 0;
}

kh_slice kh_head_field(kh_slice head, const char *name) {
  const size_t name_len = strlen(name);
  for (size_t at = 0; at < head.len;) {
    const char *end = memchr(head.at + at, '\n', head.len - at);
    const size_t line = (end ? (size_t)(end - head.at) : head.len) - at;
    const bool named = line > name_len && head.at[at + name_len] == ':' &&
                       kh_slice_is((kh_slice){head.at + at, name_len}, name);
    if (named) return trimmed((kh_slice){head.at + at + name_len + 1, line - name_len - 1});
    at += line + 1;
  }
  return (kh_slice){NULL, 0};
}

// A media type without what follows it ("text/html; charset=utf-8").
static kh_slice bare_type(kh_slice type) {
  const char *end = type.len ? memchr(type.at, ';', type.len) : NULL;
  if (end) type.len = (size_t)(end - type.at);
  return trimmed(type);
}

bool kh_media_is_page(kh_slice type) {
  type = bare_type(type);
  return kh_slice_is(type, "text/html") || kh_slice_is(type, "application/xhtml+xml");
}

bool kh_media_is_text(kh_slice type) { return kh_slice_is(bare_type(type), "text/plain"); }

kh_slice kh_media_charset(kh_slice type) {
  static const char key[] = "charset=";
  const size_t len = sizeof key - 1;
  for (size_t i = 0; i + len <= type.len; i++) {
    if (!kh_slice_is((kh_slice){type.at + i, len}, key)) continue;
    kh_slice value = {type.at + i + len, type.len - i - len};
    size_t end = 0;
    while (end < value.len && value.at[end] != ';') end++;
    value.len = end;
    value = trimmed(value);
    if (value.len >= 2 && (value.at[0] == '"' || value.at[0] == '\''))
      value = (kh_slice){value.at + 1, value.len - 2};
    return value;
  }
  return (kh_slice){NULL, 0};
}

unsigned kh_http_status(kh_slice head) {
  // "HTTP/1.1 200 OK"
  if (head.len < 12 || memcmp(head.at, "HTTP/", 5) != 0) return 0;
  size_t i = 5;
  while (i < head.len && !is_blank(head.at[i])) i++;
  while (i < head.len && head.at[i] == ' ') i++;
  unsigned status = 0;
  for (int n = 0; n < 3; n++, i++) {
    if (i >= head.len || head.at[i] < '0' || head.at[i] > '9') return 0;
    status = status * 10 + (unsigned)(head.at[i] - '0');
  }
  return status;
}

// ------------------------------------------------------------------ codings

static kh_status no_memory(kh_error *error) {
  return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The size that begins at body.at[*at]; moves behind its line. False when there is none.
static bool chunk_size(kh_slice body, size_t *at, size_t *size) {
  size_t i = *at;
  const size_t from = i;
  for (*size = 0; i < body.len && hex_digit(body.at[i]) >= 0; i++) {
    if (i - from == 8) return false;
    *size = *size * 16 + (size_t)hex_digit(body.at[i]);
  }
  if (i == from) return false;
  const char *end = memchr(body.at + i, '\n', body.len - i);
  if (!end) return false;
  *at = (size_t)(end - body.at) + 1;
  return true;
}

// Where a body is told to come in chunks and does not (archivers take them off), it is left as it
// is.
static kh_status join_chunks(kh_reader *reader, kh_slice *body, kh_error *error) {
  size_t at = 0;
  size_t size = 0;
  if (!chunk_size(*body, &at, &size)) return KH_OK;
  reader->decoded.len = 0;
  for (;;) {
    if (size > body->len - at) size = body->len - at; // cut short: what is there is read
    if (!kh_room_add(reader, &reader->decoded, body->at + at, size)) return no_memory(error);
    at += size;
    while (at < body->len && (body->at[at] == '\r' || body->at[at] == '\n')) at++;
    if (!size || !chunk_size(*body, &at, &size)) break;
  }
  *body = (kh_slice){reader->decoded.at, reader->decoded.len};
  return KH_OK;
}

typedef struct memory {
  kh_slice left;
} memory;

static ptrdiff_t from_memory(void *context, char *into, size_t room) {
  memory *m = context;
  const size_t len = m->left.len < room ? m->left.len : room;
  if (len) memcpy(into, m->left.at, len);
  m->left = (kh_slice){m->left.at + len, m->left.len - len};
  return (ptrdiff_t)len;
}

static kh_status unpack_all(kh_reader *reader, kh_unpack *unpack, kh_room *out, kh_error *error) {
  enum { PIECE = 64 * 1024 };
  for (;;) {
    size_t got = 0;
    if (!kh_room_make(reader, out, PIECE)) return no_memory(error);
    const kh_status status = kh_unpack_read(unpack, out->at + out->len, PIECE, &got, error);
    if (status != KH_OK || !got) return status;
    out->len += got;
    if (out->len > reader->options.max_document)
      return kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_READ,
                     "larger than the limit of %zu bytes; raise the limit",
                     reader->options.max_document);
  }
}

static kh_status unpack_body(kh_reader *reader, kh_packing packing, kh_slice *body,
                             kh_error *error) {
  enum { PEEK = 2 }; // which form of deflate it is
  memory m = {*body};
  const size_t first = body->len < PEEK ? body->len : PEEK;
  m.left = (kh_slice){body->at + first, body->len - first};
  kh_unpack *unpack = kh_unpack_open(packing, body->at, first, from_memory, &m, &reader->allocator);
  if (!unpack) return no_memory(error);
  kh_room out = {0}; // the body may stand in reader->decoded
  const kh_status status = unpack_all(reader, unpack, &out, error);
  kh_unpack_close(unpack);
  const kh_room old = reader->decoded;
  reader->decoded = out;
  if (old.at) reader->allocator.resize(reader->allocator.context, old.at, old.room, 0);
  *body = (kh_slice){reader->decoded.at, reader->decoded.len};
  return status;
}

kh_status kh_http_decode(kh_reader *reader, kh_slice head, kh_slice *body, kh_error *error) {
  kh_status status = KH_OK;
  if (kh_slice_has(kh_head_field(head, "transfer-encoding"), "chunked"))
    status = join_chunks(reader, body, error);
  if (status != KH_OK) return status;
  const kh_slice coding = kh_head_field(head, "content-encoding");
  if (!coding.len || kh_slice_is(coding, "identity")) return KH_OK;
  const bool gzip = kh_slice_is(coding, "gzip") || kh_slice_is(coding, "x-gzip");
  const bool zstd = kh_slice_is(coding, "zstd");
  if (!gzip && !zstd && !kh_slice_is(coding, "deflate")) {
    // archivers often store the decoded page under the old head: then it begins as a page does
    if (kh_is_html(body->at, body->len)) return KH_OK;
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                   "the page is coded as \"%.*s\", which khutwa does not know; fetch it again "
                   "without compression",
                   (int)(coding.len < 40 ? coding.len : 40), coding.at);
  }
  const kh_packing there = kh_packing_of(body->at, body->len);
  if ((gzip && there != KH_PACKING_GZIP) || (zstd && there != KH_PACKING_ZSTD)) return KH_OK;
  status = unpack_body(reader,
                       gzip   ? KH_PACKING_GZIP
                       : zstd ? KH_PACKING_ZSTD
                              : KH_PACKING_DEFLATE,
                       body, error);
  if (status == KH_OK && kh_packing_of(body->at, body->len) != KH_PACKING_NONE)
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                   "compressed twice; unpack it once, and give what is inside");
  return status;
}
