// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "base/error.h"
#include "text/html.h"
#include "text/stream.h"

#include <string.h>

enum { DEFAULT_MAX_DOCUMENT = 16 << 20, FIRST_ROOM = 64 * 1024, LOOK = 4096 };

static bool resize(kh_reader *reader, size_t room) {
  char *wider =
      reader->allocator.resize(reader->allocator.context, reader->buffer, reader->room, room);
  if (!wider) return false;
  reader->buffer = wider;
  reader->room = room;
  return true;
}

static kh_status make_room(kh_reader *reader, size_t most, kh_error *error) {
  if (reader->from) { // what was used goes
    memmove(reader->buffer, reader->buffer + reader->from, reader->to - reader->from);
    reader->to -= reader->from;
    reader->from = 0;
  }
  if (reader->to < reader->room) return KH_OK;
  if (reader->room > most) return KH_ERROR_LIMIT;
  size_t room = reader->room ? reader->room * 2 : FIRST_ROOM;
  if (room > most + 1) room = most + 1 > FIRST_ROOM ? most + 1 : FIRST_ROOM;
  if (resize(reader, room)) return KH_OK;
  reader->finished = true;
  return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
}

// Bytes of the stream, unpacked where it is compressed; 0 at its end.
static kh_status take_bytes(kh_reader *reader, char *into, size_t room, size_t *got,
                            kh_error *error) {
  if (reader->unpack) return kh_unpack_read(reader->unpack, into, room, got, error);
  const ptrdiff_t read = reader->read(reader->context, into, room);
  if (read < 0 || (size_t)read > room)
    return kh_fail(error, KH_ERROR_IO, KH_STAGE_READ, "cannot be read");
  *got = (size_t)read;
  return KH_OK;
}

kh_status kh_stream_more(kh_reader *reader, size_t most, kh_error *error) {
  if (reader->ended) return KH_END;
  if (reader->to - reader->from > most) return KH_ERROR_LIMIT;
  const kh_status status = make_room(reader, most, error);
  if (status != KH_OK) return status;
  size_t got = 0;
  const kh_status read =
      take_bytes(reader, reader->buffer + reader->to, reader->room - reader->to, &got, error);
  if (read != KH_OK) {
    reader->finished = true;
    return read;
  }
  if (got == 0) {
    reader->ended = true;
    return KH_END;
  }
  reader->to += got;
  return KH_OK;
}

kh_status kh_stream_fill(kh_reader *reader, size_t len, kh_error *error) {
  while (reader->to - reader->from < len) {
    const kh_status status = kh_stream_more(reader, len, error);
    if (status != KH_OK) return status;
  }
  return KH_OK;
}

kh_status kh_stream_skip(kh_reader *reader, uint64_t len, kh_error *error) {
  for (;;) {
    const size_t there = reader->to - reader->from;
    if (len <= there) {
      reader->from += (size_t)len;
      return KH_OK;
    }
    len -= there;
    reader->from = reader->to;
    const kh_status status = kh_stream_more(reader, reader->room, error);
    if (status != KH_OK) return status;
  }
}

bool kh_room_make(kh_reader *reader, kh_room *room, size_t len) {
  if (len <= room->room - room->len) return true;
  size_t wider = room->room ? room->room : 4096;
  while (wider - room->len < len) wider *= 2;
  char *at = reader->allocator.resize(reader->allocator.context, room->at, room->room, wider);
  if (!at) return false;
  room->at = at;
  room->room = wider;
  return true;
}

bool kh_room_add(kh_reader *reader, kh_room *room, const char *bytes, size_t len) {
  if (!kh_room_make(reader, room, len)) return false;
  if (len) memcpy(room->at + room->len, bytes, len);
  room->len += len;
  return true;
}

static void free_room(const kh_reader *reader, kh_room *room) {
  if (room->at) reader->allocator.resize(reader->allocator.context, room->at, room->room, 0);
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static bool is_jsonl(const char *bytes, size_t len) {
  size_t i = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  while (i < len && is_blank(bytes[i])) i++;
  if (i == len || bytes[i] != '{') return false;
  do i++;
  while (i < len && is_blank(bytes[i]));
  return i < len && (bytes[i] == '"' || bytes[i] == '}');
}

static bool is_warc(const char *bytes, size_t len) {
  return len >= 6 && memcmp(bytes, "WARC/", 5) == 0 && bytes[5] >= '0' && bytes[5] <= '9';
}

// Lets an unpacker stand between the stream and the buffer where the first bytes ask for it.
static kh_status unpack(kh_reader *reader, kh_error *error) {
  const kh_status status = kh_stream_fill(reader, KH_PACKING_LOOK, error);
  if (status != KH_OK && status != KH_END) return status;
  const kh_packing packing = kh_packing_of(reader->buffer, reader->to);
  if (packing == KH_PACKING_NONE) return KH_OK;
  reader->unpack = kh_unpack_open(packing, reader->buffer, reader->to, reader->read,
                                  reader->context, &reader->allocator);
  if (!reader->unpack) {
    reader->finished = true;
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  }
  reader->to = 0;
  reader->ended = false;
  const kh_status inner = kh_stream_fill(reader, KH_PACKING_LOOK, error);
  if (inner != KH_OK && inner != KH_END) return inner;
  if (kh_packing_of(reader->buffer, reader->to) == KH_PACKING_NONE) return KH_OK;
  reader->finished = true;
  return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                 "compressed twice; unpack it once, and give what is inside");
}

static kh_container container_of(const char *bytes, size_t len) {
  if (is_warc(bytes, len)) return KH_CONTAINER_WARC;
  if (is_jsonl(bytes, len)) return KH_CONTAINER_JSONL;
  const kh_container feed = kh_feed_of(bytes, len);
  if (feed != KH_CONTAINER_AUTO) return feed;
  return kh_is_html(bytes, len) ? KH_CONTAINER_HTML : KH_CONTAINER_TEXT;
}

// Settles how the stream is to be read.
static kh_status choose(kh_reader *reader, kh_error *error) {
  const kh_status status = unpack(reader, error);
  if (status != KH_OK) return status;
  if (reader->options.container == KH_CONTAINER_AUTO) {
    const kh_status look = kh_stream_fill(reader, LOOK, error);
    if (look != KH_OK && look != KH_END) return look;
    reader->options.container = container_of(reader->buffer, reader->to);
  }
  switch (reader->options.container) {
  case KH_CONTAINER_JSONL:
    reader->next = kh_jsonl_next;
    break;
  case KH_CONTAINER_RSS:
  case KH_CONTAINER_ATOM:
    reader->next = kh_feed_next;
    break;
  case KH_CONTAINER_WARC:
  case KH_CONTAINER_WET:
    reader->next = kh_warc_next;
    break;
  default:
    reader->next = kh_whole_next;
  }
  return KH_OK;
}

kh_container kh_reader_container(const kh_reader *reader) { return reader->options.container; }

const char *kh_container_name(kh_container container) {
  static const char *const names[] = {
      [KH_CONTAINER_TEXT] = "text", [KH_CONTAINER_HTML] = "html", [KH_CONTAINER_JSONL] = "jsonl",
      [KH_CONTAINER_RSS] = "rss",   [KH_CONTAINER_ATOM] = "atom", [KH_CONTAINER_WARC] = "warc",
      [KH_CONTAINER_WET] = "wet"};
  const bool known = (unsigned)container < sizeof names / sizeof *names && names[container];
  return known ? names[container] : "auto";
}

kh_status kh_whole_next(kh_reader *reader, kh_item *item, kh_error *error) {
  const size_t most = reader->options.max_document;
  reader->finished = true;
  kh_status status = KH_OK;
  while (status == KH_OK) status = kh_stream_more(reader, most, error);
  const size_t len = reader->to - reader->from;
  if (status == KH_ERROR_LIMIT || (status == KH_END && len > most))
    return kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_READ,
                   "larger than the limit of %zu bytes; raise the limit, or split the report",
                   most);
  if (status != KH_END) return status;
  item->bytes = len ? reader->buffer + reader->from : "";
  item->len = len;
  item->source = reader->options.defaults;
  item->source.format =
      reader->options.container == KH_CONTAINER_HTML ? KH_FORMAT_HTML : KH_FORMAT_TEXT;
  item->line = 0;
  return KH_OK;
}

kh_status kh_reader_open(kh_reader **out, kh_read_fn read, void *context,
                         const kh_reader_options *options, kh_error *error) {
  static const kh_reader_options defaults = {0};
  if (!out || !read)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_READ, "a null pointer was given");
  *out = NULL;
  if (!options) options = &defaults;
  kh_arena arena; // for its choice of allocator alone
  kh_arena_init(&arena, options->allocator);
  const kh_allocator allocator = arena.allocator;
  kh_reader *reader = allocator.resize(allocator.context, NULL, 0, sizeof *reader);
  if (!reader) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  memset(reader, 0, sizeof *reader);
  reader->read = read;
  reader->context = context;
  reader->options = *options;
  reader->allocator = allocator;
  if (!reader->options.max_document) reader->options.max_document = DEFAULT_MAX_DOCUMENT;
  if (reader->options.max_document > (size_t)1 << 30)
    reader->options.max_document = (size_t)1 << 30;
  *out = reader;
  return KH_OK;
}

kh_status kh_reader_next(kh_reader *reader, kh_item *item, kh_error *error) {
  memset(item, 0, sizeof *item);
  if (reader->finished) return KH_END;
  kh_status status = KH_OK;
  if (!reader->next) status = choose(reader, error);
  if (status == KH_OK) status = reader->next(reader, item, error);
  item->number = reader->count;
  if (status == KH_END)
    reader->finished = true;
  else
    reader->count++;
  return status;
}

size_t kh_reader_count(const kh_reader *reader) { return reader->count; }

void kh_reader_close(kh_reader *reader) {
  if (!reader) return;
  const kh_allocator allocator = reader->allocator;
  kh_feed_close(reader);
  kh_unpack_close(reader->unpack);
  free_room(reader, &reader->decoded);
  free_room(reader, &reader->strings);
  if (reader->buffer) allocator.resize(allocator.context, reader->buffer, reader->room, 0);
  allocator.resize(allocator.context, reader, sizeof *reader, 0);
}
