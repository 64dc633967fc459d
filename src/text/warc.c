// SPDX-License-Identifier: Apache-2.0
// WARC and WET: records of web pages, or of their texts. What is no page that was there (pictures,
// requests, redirections, errors) is passed over without a word.
#include "base/error.h"
#include "text/day.h"
#include "text/http.h"

#include <string.h>

enum {
  MOST_HEAD = 64 * 1024, // bytes of a record's head, or of a response's
  MOST_URI = 4096,
};

// What a record's head says, the strings in reader->strings.
typedef struct record {
  uint64_t length;
  bool response; // an HTTP response; else the page or text itself
  bool page;
  bool conversion;
  bool plain;
  size_t id; // places in reader->strings, 0 for none
  size_t uri;
  size_t fetched;
  size_t charset;
} record;

static kh_status damaged(kh_reader *reader, const char *what, kh_error *error) {
  reader->finished = true;
  return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
                 "the archive is damaged (%s); the records before were read", what);
}

// The stream may not end here.
static kh_status cut(kh_reader *reader, kh_status status, kh_error *error) {
  return status == KH_END ? damaged(reader, "it ends inside a record", error) : status;
}

static bool add_string(kh_reader *reader, kh_slice s, size_t *at) {
  *at = 0;
  if (!s.len || memchr(s.at, '\0', s.len)) return true;
  *at = reader->strings.len;
  return kh_room_add(reader, &reader->strings, s.at, s.len) &&
         kh_room_add(reader, &reader->strings, "", 1);
}

static const char *string_at(const kh_reader *reader, size_t at, const char *none) {
  return at ? reader->strings.at + at : none;
}

// ------------------------------------------------------------------ heads

static bool read_length(kh_slice value, uint64_t *length) {
  enum { MOST_DIGITS = 18 };
  *length = 0;
  for (size_t i = 0; i < value.len; i++) {
    if (value.at[i] < '0' || value.at[i] > '9' || i == MOST_DIGITS) return false;
    *length = *length * 10 + (uint64_t)(value.at[i] - '0');
  }
  return value.len > 0;
}

// Some write <> around ids and addresses.
static kh_slice without_brackets(kh_slice s) {
  const bool both = s.len >= 2 && s.at[0] == '<' && s.at[s.len - 1] == '>';
  return both ? (kh_slice){s.at + 1, s.len - 2} : s;
}

static bool note_names(kh_reader *reader, kh_slice head, record *r) {
  kh_slice uri = without_brackets(kh_head_field(head, "warc-target-uri"));
  if (uri.len > MOST_URI || kh_utf8_valid(uri.at, uri.len) < uri.len) uri.len = 0;
  kh_slice id = without_brackets(kh_head_field(head, "warc-record-id"));
  if (id.len > MOST_URI || kh_utf8_valid(id.at, id.len) < id.len) id.len = 0;
  kh_slice date = kh_head_field(head, "warc-date");
  char iso[40];
  char day[11];
  if (date.len >= sizeof iso) date.len = 0;
  if (date.len) memcpy(iso, date.at, date.len);
  iso[date.len] = '\0';
  if (!kh_day_read(iso, day)) date.len = 0;
  reader->strings.len = 0;
  return kh_room_add(reader, &reader->strings, "", 1) && // no string stands at 0
         add_string(reader, id, &r->id) && add_string(reader, uri, &r->uri) &&
         add_string(reader, date, &r->fetched);
}

static bool is_wanted(kh_slice head, record *r) {
  const kh_slice type = kh_head_field(head, "warc-type");
  const kh_slice media = kh_head_field(head, "content-type");
  r->response = kh_slice_is(type, "response");
  r->conversion = kh_slice_is(type, "conversion");
  if (r->response) return kh_slice_has(media, "application/http");
  if (!r->conversion && !kh_slice_is(type, "resource")) return false;
  r->page = kh_media_is_page(media);
  r->plain = kh_media_is_text(media);
  return r->page || r->plain;
}

// Reads on to a head's end; gives its length in *len. KH_END where the stream ends before it.
static kh_status fill_head(kh_reader *reader, size_t most, size_t *len, kh_error *error) {
  size_t seen = 0;
  for (;;) {
    const size_t there = reader->to - reader->from;
    const size_t look = there < most ? there : most;
    if (look > seen) *len = kh_head_length(reader->buffer + reader->from, look);
    if (look > seen && *len) return KH_OK;
    if (look == most) return KH_ERROR_LIMIT;
    seen = look;
    const kh_status status = kh_stream_more(reader, most, error);
    if (status != KH_OK) return status;
  }
}

// Passes over the empty lines between records. KH_END where the archive ends.
static kh_status to_record(kh_reader *reader, kh_error *error) {
  for (;;) {
    while (reader->from < reader->to &&
           (reader->buffer[reader->from] == '\r' || reader->buffer[reader->from] == '\n'))
      reader->from++;
    if (reader->from < reader->to) return KH_OK;
    const kh_status status = kh_stream_more(reader, MOST_HEAD, error);
    if (status != KH_OK) return status;
  }
}

static kh_status read_head(kh_reader *reader, record *r, bool *wanted, kh_error *error) {
  size_t len = 0;
  kh_status status = fill_head(reader, MOST_HEAD, &len, error);
  if (status == KH_ERROR_LIMIT) return damaged(reader, "a head without an end", error);
  if (status != KH_OK) return cut(reader, status, error);
  const kh_slice head = {reader->buffer + reader->from, len};
  if (len < 5 || memcmp(head.at, "WARC/", 5) != 0)
    return damaged(reader, "no record where one must begin", error);
  if (!read_length(kh_head_field(head, "content-length"), &r->length))
    return damaged(reader, "a record without its length", error);
  *wanted = is_wanted(head, r);
  if (*wanted && !note_names(reader, head, r)) {
    reader->finished = true;
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  }
  reader->from += len;
  return KH_OK;
}

// ------------------------------------------------------------------ responses

// Reads a response's head, of which *len gets the length, and tells whether a page follows.
static kh_status read_response(kh_reader *reader, record *r, size_t *len, bool *wanted,
                               kh_error *error) {
  *wanted = false;
  const size_t most = r->length < MOST_HEAD ? (size_t)r->length : MOST_HEAD;
  const kh_status status = most ? fill_head(reader, most, len, error) : KH_ERROR_LIMIT;
  if (status == KH_ERROR_LIMIT) return KH_OK; // no head: nothing that could be told a page
  if (status != KH_OK) return cut(reader, status, error);
  const kh_slice head = {reader->buffer + reader->from, *len};
  const kh_slice media = kh_head_field(head, "content-type");
  r->page = kh_media_is_page(media);
  r->plain = kh_media_is_text(media);
  *wanted = kh_http_status(head) == 200 && (r->page || r->plain);
  const kh_slice charset = kh_media_charset(media);
  // what khutwa does not know is left to the page's own word and its bytes
  if (*wanted && kh_charset_named(charset.at, charset.len) != KH_CHARSET_UNKNOWN &&
      !add_string(reader, charset, &r->charset)) {
    reader->finished = true;
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  }
  return KH_OK;
}

static kh_status skip(kh_reader *reader, uint64_t len, kh_error *error) {
  return cut(reader, kh_stream_skip(reader, len, error), error);
}

static void describe(const kh_reader *reader, const record *r, kh_item *item) {
  item->source = reader->options.defaults;
  item->source.title = NULL;
  item->source.id = string_at(reader, r->id, NULL);
  item->source.uri = string_at(reader, r->uri, NULL);
  item->source.fetched = string_at(reader, r->fetched, item->source.fetched);
  item->source.charset = r->conversion ? "utf-8" : string_at(reader, r->charset, NULL);
  item->source.format = r->page ? KH_FORMAT_HTML : KH_FORMAT_TEXT;
}

// The block of a record that is wanted: all of it is read, and what is in it is given.
static kh_status read_block(kh_reader *reader, const record *r, size_t head_len, kh_item *item,
                            kh_error *error) {
  const size_t length = (size_t)r->length;
  kh_status status = kh_stream_fill(reader, length, error);
  if (status != KH_OK) return cut(reader, status, error);
  const kh_slice head = {reader->buffer + reader->from, head_len};
  kh_slice body = {head.at + head_len, length - head_len};
  reader->from += length; // its bytes stay where they are until more are read
  describe(reader, r, item);
  item->source.raw = body.at;
  item->source.raw_len = body.len;
  if (r->response) status = kh_http_decode(reader, head, &body, error);
  if (status == KH_ERROR_MEMORY) reader->finished = true;
  item->bytes = body.len ? body.at : "";
  item->len = body.len;
  return status;
}

static kh_status too_long(kh_reader *reader, uint64_t length, kh_error *error) {
  const kh_status status = skip(reader, length, error);
  if (status != KH_OK) return status;
  return kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_READ,
                 "a page larger than the limit of %zu bytes; raise the limit",
                 reader->options.max_document);
}

kh_status kh_warc_next(kh_reader *reader, kh_item *item, kh_error *error) {
  for (;;) {
    record r = {0};
    bool wanted = false;
    kh_status status = to_record(reader, error);
    if (status != KH_OK) return status;
    status = read_head(reader, &r, &wanted, error);
    if (status != KH_OK) return status;
    size_t head_len = 0;
    if (wanted && r.response) status = read_response(reader, &r, &head_len, &wanted, error);
    if (status != KH_OK) return status;
    if (wanted) {
      reader->options.container = r.conversion ? KH_CONTAINER_WET : KH_CONTAINER_WARC;
      if (r.length > reader->options.max_document) return too_long(reader, r.length, error);
      return read_block(reader, &r, head_len, item, error);
    }
    status = skip(reader, r.length, error);
    if (status != KH_OK) return status;
  }
}
