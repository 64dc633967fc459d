// SPDX-License-Identifier: Apache-2.0
#include "text/feed_item.h"

#include "base/error.h"
#include "text/page.h"

#include <string.h>

// ------------------------------------------------------------------ names

static const char DUBLIN_CORE[] = "http://purl.org/dc/";
static const char CONTENT[] = "http://purl.org/rss/1.0/modules/content/";

static bool in_space(const char *space, const char *wanted) {
  return space && strncmp(space, wanted, strlen(wanted)) == 0;
}

const char *kh_feed_space(const char *prefix) {
  if (strcmp(prefix, "content") == 0) return CONTENT;
  return strcmp(prefix, "dc") == 0 ? DUBLIN_CORE : NULL;
}

kh_feed_field kh_feed_field_of(const char *name, const char *space, bool own) {
  static const struct {
    const char *name;
    kh_feed_field field;
  } own_names[] = {{"title", KH_FEED_TITLE},      {"link", KH_FEED_LINK},
                   {"guid", KH_FEED_ID},          {"id", KH_FEED_ID},
                   {"pubDate", KH_FEED_DATE},     {"published", KH_FEED_DATE},
                   {"issued", KH_FEED_DATE},      {"updated", KH_FEED_UPDATED},
                   {"modified", KH_FEED_UPDATED}, {"description", KH_FEED_SUMMARY},
                   {"summary", KH_FEED_SUMMARY},  {"content", KH_FEED_CONTENT},
                   {"source", KH_FEED_OUTLET}};
  if (in_space(space, CONTENT) && strcmp(name, "encoded") == 0) return KH_FEED_CONTENT;
  if (in_space(space, DUBLIN_CORE)) {
    const bool date = strcmp(name, "date") == 0 || strcmp(name, "issued") == 0;
    return date ? KH_FEED_DATE : KH_FEED_NOTHING;
  }
  if (!own) return KH_FEED_NOTHING;
  for (size_t i = 0; i < sizeof own_names / sizeof *own_names; i++) {
    if (strcmp(name, own_names[i].name) == 0) return own_names[i].field;
  }
  return KH_FEED_NOTHING;
}

// ------------------------------------------------------------------ items

static kh_slice field(const kh_reader *reader, const kh_feed_item *entry, kh_feed_field f) {
  return (kh_slice){reader->strings.at + entry->at[f], entry->len[f]};
}

// A slice as a string; NULL where it is empty, or holds what a string may not. Places, since bytes
// may move while others are added.
static bool add(kh_reader *reader, kh_slice s, size_t *at) {
  *at = SIZE_MAX;
  if (!s.len || memchr(s.at, '\0', s.len)) return true;
  *at = reader->decoded.len;
  return kh_room_add(reader, &reader->decoded, s.at, s.len) &&
         kh_room_add(reader, &reader->decoded, "", 1);
}

static const char *string_at(const kh_reader *reader, size_t at) {
  return at == SIZE_MAX ? NULL : reader->decoded.at + at;
}

// The same with the references of markup resolved, blanks made one, and tags left out: many feeds
// write headlines as markup inside of markup.
static bool add_plain(kh_reader *reader, kh_slice s, size_t *at) {
  *at = SIZE_MAX;
  if (!kh_room_make(reader, &reader->decoded, s.len + 8)) return false;
  char *to = reader->decoded.at + reader->decoded.len;
  size_t used = 0;
  for (size_t i = 0; i < s.len; i++) {
    kh_tag tag;
    size_t end = i;
    if (s.at[i] == '<' && kh_tag_read(s, &end, &tag)) {
      i = end - 1;
      continue;
    }
    to[used++] = s.at[i] == '\0' ? ' ' : s.at[i];
  }
  used = kh_unescape((kh_slice){to, used}, to); // never longer than what it reads
  if (!used) return true;
  to[used] = '\0';
  *at = reader->decoded.len;
  reader->decoded.len += used + 1;
  return true;
}

static bool is_address(kh_slice s) {
  return (s.len > 7 && memcmp(s.at, "http://", 7) == 0) ||
         (s.len > 8 && memcmp(s.at, "https://", 8) == 0);
}

static kh_slice trimmed(kh_slice s) {
  while (s.len && strchr(" \t\r\n", s.at[0])) s = (kh_slice){s.at + 1, s.len - 1};
  while (s.len && strchr(" \t\r\n", s.at[s.len - 1])) s.len--;
  return s;
}

// Markup is told by a tag or a reference in it.
static bool is_markup(kh_slice s) {
  for (size_t i = 0; i + 1 < s.len; i++) {
    const char next = (char)(s.at[i + 1] | 0x20);
    if (s.at[i] == '<' &&
        ((next >= 'a' && next <= 'z') || s.at[i + 1] == '/' || s.at[i + 1] == '!'))
      return true;
    char out[8];
    size_t used = 0;
    if (s.at[i] == '&' && kh_reference((kh_slice){s.at + i, s.len - i}, out, &used)) return true;
  }
  return false;
}

// The whole text where it is there, else the summary.
static kh_slice body_of(const kh_reader *reader, const kh_feed_item *entry) {
  const kh_slice content = trimmed(field(reader, entry, KH_FEED_CONTENT));
  const kh_slice summary = trimmed(field(reader, entry, KH_FEED_SUMMARY));
  return content.len >= summary.len ? content : summary;
}

static bool day_of(const kh_reader *reader, const kh_feed_item *entry, char day[11]) {
  return kh_page_day(field(reader, entry, KH_FEED_DATE), day) ||
         kh_page_day(field(reader, entry, KH_FEED_UPDATED), day);
}

kh_status kh_feed_give(kh_reader *reader, const kh_feed_item *entry, const char *outlet,
                       kh_item *item, kh_error *error) {
  enum { TITLE, URI, ID, OUTLET, DAY, STRINGS };
  size_t at[STRINGS];
  kh_slice id = trimmed(field(reader, entry, KH_FEED_ID));
  kh_slice uri = trimmed(field(reader, entry, KH_FEED_LINK));
  if (!is_address(uri)) uri = entry->permalink && is_address(id) ? id : (kh_slice){NULL, 0};
  if (!id.len) id = uri;
  char day[11] = "";
  const bool dated = day_of(reader, entry, day);
  reader->decoded.len = 0;
  if (!add_plain(reader, field(reader, entry, KH_FEED_TITLE), &at[TITLE]) ||
      !add(reader, uri, &at[URI]) || !add(reader, id, &at[ID]) ||
      !add_plain(reader, field(reader, entry, KH_FEED_OUTLET), &at[OUTLET]) ||
      !add(reader, (kh_slice){day, dated ? sizeof day - 1 : 0}, &at[DAY])) {
    reader->finished = true;
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  }
  const kh_slice body = body_of(reader, entry);
  kh_source *source = &item->source;
  *source = reader->options.defaults;
  source->title = string_at(reader, at[TITLE]);
  source->uri = string_at(reader, at[URI]);
  source->id = string_at(reader, at[ID]);
  source->charset = "utf-8";
  source->format = is_markup(body) ? KH_FORMAT_FRAGMENT : KH_FORMAT_TEXT;
  if (at[OUTLET] != SIZE_MAX)
    source->outlet = string_at(reader, at[OUTLET]);
  else if (outlet)
    source->outlet = outlet;
  if (dated) {
    source->published = string_at(reader, at[DAY]);
    source->published_from = KH_PUBLISHED_INPUT;
  }
  item->bytes = body.len ? body.at : "";
  item->len = body.len;
  item->line = entry->line;
  return KH_OK;
}
