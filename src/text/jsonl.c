// SPDX-License-Identifier: Apache-2.0
// JSON Lines: one object with "id", "source", "published", "title" and "text" a line.
#include "base/error.h"
#include "text/json_line.h"
#include "text/stream.h"

#include <string.h>

enum {
  // Escapes («\u0627») make a line up to three times as long as its text.
  LINE_FACTOR = 3,
  LINE_EXTRA = 64 * 1024,
};

static kh_status at_line(kh_reader *reader, kh_error *error, kh_status status) {
  if (error) error->line = reader->line;
  return status;
}

// Reads on to the end of a line that is too long, keeping none of it.
static kh_status skip_line(kh_reader *reader, kh_error *error) {
  for (;;) {
    const char *at = reader->buffer + reader->from;
    const char *end = memchr(at, '\n', reader->to - reader->from);
    if (end) {
      reader->from += (size_t)(end - at) + 1;
      return KH_OK;
    }
    reader->from = reader->to;
    const kh_status status = kh_stream_more(reader, reader->room, error);
    if (status == KH_END) return KH_OK;
    if (status != KH_OK) return status;
  }
}

static kh_status too_long(kh_reader *reader, size_t most, kh_error *error) {
  const kh_status status = skip_line(reader, error);
  if (status != KH_OK) return status;
  kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_READ,
          "the line is longer than %zu bytes; raise the limit, or split the report", most);
  return at_line(reader, error, KH_ERROR_LIMIT);
}

// The next line, its line feed left out. KH_END when there is none.
static kh_status next_line(kh_reader *reader, char **line, size_t *len, kh_error *error) {
  const size_t most = reader->options.max_document * LINE_FACTOR + LINE_EXTRA;
  size_t seen = 0; // bytes after `from` without a line feed
  for (;;) {
    char *at = reader->buffer ? reader->buffer + reader->from : NULL;
    const size_t there = reader->to - reader->from;
    char *end = at && there > seen ? memchr(at + seen, '\n', there - seen) : NULL;
    if (end) {
      *line = at;
      *len = (size_t)(end - at);
      reader->from += *len + 1;
      reader->line++;
      return KH_OK;
    }
    seen = there;
    const kh_status status = kh_stream_more(reader, most, error);
    if (status == KH_OK) continue;
    if (status == KH_ERROR_LIMIT) {
      reader->line++;
      return too_long(reader, most, error);
    }
    if (status != KH_END || there == 0) return status;
    *line = reader->buffer + reader->from;
    *len = there;
    reader->from = reader->to;
    reader->line++;
    return KH_OK;
  }
}

static bool is_empty(const char *line, size_t len) {
  for (size_t i = 0; i < len; i++) {
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') return false;
  }
  return true;
}

// A document of JSON spread over lines: each of them would be an error; one is enough.
static bool opens_document(const char *line, size_t len) {
  size_t marks = 0;
  for (size_t i = 0; i < len; i++) {
    if (line[i] == ' ' || line[i] == '\t' || line[i] == '\r') continue;
    if (line[i] != '{' && line[i] != '[') return false;
    marks++;
  }
  return marks == 1;
}

enum { ID, SOURCE, PUBLISHED, TITLE, BODY, URI, URL, FETCHED, FIELDS };

static kh_status wrong_field(kh_reader *reader, const kh_json_field *field, const char *what,
                             kh_error *error) {
  kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ, "\"%s\" %s", field->name, what);
  return at_line(reader, error, KH_ERROR_FORMAT);
}

// A field of text without NUL; absent and null leave `*value` as it was.
static kh_status take(kh_reader *reader, const kh_json_field *field, const char **value,
                      kh_error *error) {
  if (field->kind == KH_JSON_MISSING || field->kind == KH_JSON_NULL) return KH_OK;
  if (field->kind != KH_JSON_STRING) return wrong_field(reader, field, "is no string", error);
  if (memchr(field->at, '\0', field->len)) return wrong_field(reader, field, "holds a NUL", error);
  *value = field->at;
  return KH_OK;
}

// An id may be a whole number; its digits are then the id.
static void id_as_string(kh_json_field *id) {
  if (id->kind == KH_JSON_NUMBER && strspn(id->at, "-0123456789") == id->len)
    id->kind = KH_JSON_STRING;
}

static kh_status fill(kh_reader *reader, kh_json_field *fields, kh_item *item, kh_error *error) {
  kh_source *source = &item->source;
  *source = reader->options.defaults;
  source->title = NULL;
  source->charset = "utf-8"; // JSON is nothing else
  source->format = KH_FORMAT_TEXT;
  const char *published = NULL;
  id_as_string(&fields[ID]);
  kh_status status = take(reader, &fields[ID], &source->id, error);
  if (status == KH_OK) status = take(reader, &fields[SOURCE], &source->outlet, error);
  if (status == KH_OK) status = take(reader, &fields[TITLE], &source->title, error);
  if (status == KH_OK) status = take(reader, &fields[PUBLISHED], &published, error);
  if (status == KH_OK) status = take(reader, &fields[URL], &source->uri, error);
  if (status == KH_OK) status = take(reader, &fields[URI], &source->uri, error);
  if (status == KH_OK) status = take(reader, &fields[FETCHED], &source->fetched, error);
  if (status != KH_OK) return status;
  if (published && *published) {
    source->published = published;
    source->published_from = KH_PUBLISHED_INPUT;
  }
  if (fields[BODY].kind != KH_JSON_STRING)
    return wrong_field(reader, &fields[BODY], "is missing or no string", error);
  item->bytes = fields[BODY].at;
  item->len = fields[BODY].len;
  return KH_OK;
}

kh_status kh_jsonl_next(kh_reader *reader, kh_item *item, kh_error *error) {
  char *line = NULL;
  size_t len = 0;
  do {
    const kh_status status = next_line(reader, &line, &len, error);
    if (status != KH_OK) return status;
    if (reader->line == 1 && len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
      line += 3;
      len -= 3;
    }
  } while (is_empty(line, len));
  item->line = reader->line;
  if (reader->count == 0 && opens_document(line, len)) {
    reader->finished = true;
    kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
            "JSON spread over several lines; give one report a line, as jq -c does");
    return at_line(reader, error, KH_ERROR_FORMAT);
  }
  kh_json_field fields[FIELDS] = {[ID] = {.name = "id"},
                                  [SOURCE] = {.name = "source"},
                                  [PUBLISHED] = {.name = "published"},
                                  [TITLE] = {.name = "title"},
                                  [BODY] = {.name = "text"},
                                  [URI] = {.name = "uri"},
                                  [URL] = {.name = "url"},
                                  [FETCHED] = {.name = "fetched"}};
  // the line stays as it is: its digest is that of the item
  reader->decoded.len = 0;
  if (!kh_room_make(reader, &reader->decoded, len + 1)) {
    reader->finished = true;
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  }
  char *copy = memcpy(reader->decoded.at, line, len);
  kh_json_fault fault;
  if (!kh_json_line(copy, len, fields, FIELDS, &fault)) {
    kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
            "not a JSON object on one line (%s at byte %zu); give one report a line", fault.what,
            fault.at);
    return at_line(reader, error, KH_ERROR_FORMAT);
  }
  const kh_status status = fill(reader, fields, item, error);
  item->source.raw = line;
  item->source.raw_len = len && line[len - 1] == '\r' ? len - 1 : len;
  return status;
}
