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

kh_status kh_stream_more(kh_reader *reader, size_t most, kh_error *error) {
  if (reader->ended) return KH_END;
  if (reader->to - reader->from > most) return KH_ERROR_LIMIT;
  const kh_status status = make_room(reader, most, error);
  if (status != KH_OK) return status;
  const ptrdiff_t got =
      reader->read(reader->context, reader->buffer + reader->to, reader->room - reader->to);
  if (got < 0 || (size_t)got > reader->room - reader->to) {
    reader->finished = true;
    return kh_fail(error, KH_ERROR_IO, KH_STAGE_READ, "cannot be read");
  }
  if (got == 0) {
    reader->ended = true;
    return KH_END;
  }
  reader->to += (size_t)got;
  return KH_OK;
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

// Settles how the stream is to be read.
static kh_status choose(kh_reader *reader, kh_error *error) {
  if (reader->options.container == KH_CONTAINER_AUTO) {
    while (reader->to < LOOK) {
      const kh_status status = kh_stream_more(reader, LOOK, error);
      if (status == KH_END) break;
      if (status != KH_OK) return status;
    }
    if (is_jsonl(reader->buffer, reader->to))
      reader->options.container = KH_CONTAINER_JSONL;
    else if (kh_is_html(reader->buffer, reader->to))
      reader->options.container = KH_CONTAINER_HTML;
    else
      reader->options.container = KH_CONTAINER_TEXT;
  }
  reader->next = reader->options.container == KH_CONTAINER_JSONL ? kh_jsonl_next : kh_whole_next;
  return KH_OK;
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
  if (!reader->next) {
    const kh_status status = choose(reader, error);
    if (status != KH_OK) return status;
  }
  const kh_status status = reader->next(reader, item, error);
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
  if (reader->buffer) allocator.resize(allocator.context, reader->buffer, reader->room, 0);
  allocator.resize(allocator.context, reader, sizeof *reader, 0);
}
