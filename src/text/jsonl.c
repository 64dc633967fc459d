// SPDX-License-Identifier: Apache-2.0
// JSON Lines: one object with "id", "source", "published", "title" and "text" a line.
#include "base/error.h"
#include "text/jsonl_flat.h"
#include "text/stream.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum {
  // Escapes («\u0627») make a line up to three times as long as its text.
  LINE_FACTOR = 3,
  LINE_EXTRA = 64 * 1024,
};

static void drop(void *item) { json_decref(item); }

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

static kh_status broken(kh_reader *reader, const json_error_t *why, kh_error *error) {
  kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
          "not a JSON object on one line (%.120s at byte %d); give one report a line", why->text,
          why->position);
  return at_line(reader, error, KH_ERROR_FORMAT);
}

static kh_status wrong_field(kh_reader *reader, const char *name, const char *what,
                             kh_error *error) {
  kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ, "\"%s\" %s", name, what);
  return at_line(reader, error, KH_ERROR_FORMAT);
}

// A field of text without NUL; absent and null leave `*value` as it was.
static kh_status take(kh_reader *reader, const json_t *object, const char *name, const char **value,
                      kh_error *error) {
  const json_t *field = json_object_get(object, name);
  if (!field || json_is_null(field)) return KH_OK;
  if (!json_is_string(field)) return wrong_field(reader, name, "is no string", error);
  const char *text = json_string_value(field);
  if (strlen(text) != json_string_length(field))
    return wrong_field(reader, name, "holds a NUL", error);
  *value = text;
  return KH_OK;
}

// An id may be a number; it is then written out as a string.
static void id_as_string(json_t *object) {
  const json_t *id = json_object_get(object, "id");
  if (!json_is_integer(id)) return;
  char digits[24];
  (void)snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(id));
  json_object_set_new(object, "id", json_string(digits));
}

static void set_defaults(const kh_reader *reader, kh_source *source) {
  *source = reader->options.defaults;
  source->title = NULL;
  source->charset = "utf-8"; // JSON is nothing else
  source->format = KH_FORMAT_TEXT;
}

static void set_published(kh_source *source, const char *published) {
  if (!published || !*published) return;
  source->published = published;
  source->published_from = KH_PUBLISHED_INPUT;
}

// A report whose line kh_flat_object has taken apart. Of a member given twice the last holds.
static kh_status fill_flat(kh_reader *reader, const kh_flat_member *members, size_t count,
                           kh_item *item, kh_error *error) {
  enum { ID, SOURCE, TITLE, PUBLISHED, TEXT, FIELDS };
  static const char *const names[FIELDS] = {"id", "source", "title", "published", "text"};
  const kh_flat_member *fields[FIELDS] = {NULL};
  for (size_t i = 0; i < count; i++)
    for (int f = 0; f < FIELDS; f++)
      if (strcmp(members[i].name, names[f]) == 0) fields[f] = &members[i];
  const char *values[FIELDS] = {NULL};
  for (int f = 0; f < TEXT; f++) {
    if (!fields[f] || fields[f]->kind == 'n') continue;
    if (fields[f]->kind != '"' && !(f == ID && fields[f]->kind == '0'))
      return wrong_field(reader, names[f], "is no string", error);
    values[f] = fields[f]->value;
  }
  kh_source *source = &item->source;
  set_defaults(reader, source);
  if (values[ID]) source->id = values[ID];
  if (values[SOURCE]) source->outlet = values[SOURCE];
  if (values[TITLE]) source->title = values[TITLE];
  set_published(source, values[PUBLISHED]);
  if (!fields[TEXT] || fields[TEXT]->kind != '"')
    return wrong_field(reader, "text", "is missing or no string", error);
  item->bytes = fields[TEXT]->value;
  item->len = fields[TEXT]->value_len;
  return KH_OK;
}

static kh_status fill(kh_reader *reader, json_t *object, kh_item *item, kh_error *error) {
  kh_source *source = &item->source;
  set_defaults(reader, source);
  id_as_string(object);
  const char *published = NULL;
  kh_status status = take(reader, object, "id", &source->id, error);
  if (status == KH_OK) status = take(reader, object, "source", &source->outlet, error);
  if (status == KH_OK) status = take(reader, object, "title", &source->title, error);
  if (status == KH_OK) status = take(reader, object, "published", &published, error);
  if (status != KH_OK) return status;
  set_published(source, published);
  const json_t *text = json_object_get(object, "text");
  if (!json_is_string(text)) return wrong_field(reader, "text", "is missing or no string", error);
  item->bytes = json_string_value(text);
  item->len = json_string_length(text);
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
  kh_flat_member members[KH_FLAT_MEMBERS];
  size_t count;
  if (kh_flat_object(line, len, members, &count))
    return fill_flat(reader, members, count, item, error);
  json_error_t why;
  json_t *object = json_loadb(line, len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &why);
  if (!object) return broken(reader, &why, error);
  reader->item = object;
  reader->drop_item = drop;
  if (!json_is_object(object)) {
    kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ, "not a JSON object; give one report a line");
    return at_line(reader, error, KH_ERROR_FORMAT);
  }
  return fill(reader, object, item, error);
}
