// SPDX-License-Identifier: Apache-2.0
#include "app/web/filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool kh_is_day(const char *text) {
  static const char shape[] = "dddd-dd-dd";
  if (strlen(text) != sizeof shape - 1) return false;
  for (size_t i = 0; i < sizeof shape - 1; i++) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !digit : text[i] != shape[i]) return false;
  }
  return true;
}

static bool read_digits(const char **text, int64_t *number) {
  const char *at = *text;
  int64_t value = 0;
  unsigned digits = 0;
  for (; *at >= '0' && *at <= '9'; at++, digits++) {
    if (digits == 15) return false;
    value = value * 10 + (*at - '0');
  }
  *text = at;
  *number = value;
  return digits > 0;
}

bool kh_id_number(const char *id, char letter, int64_t *number) {
  if (id[0] != letter) return false;
  id++;
  return read_digits(&id, number) && *id == 0;
}

bool kh_id_pair(const char *id, char letter, int64_t *doc, int64_t *n) {
  if (id[0] != letter) return false;
  id++;
  if (!read_digits(&id, doc) || *id++ != '.') return false;
  return read_digits(&id, n) && *id == 0;
}

bool kh_id_claim(const char *id, int64_t *doc, char *layer, int64_t *n) {
  if (id[0] != 'D') return false;
  id++;
  if (!read_digits(&id, doc) || *id++ != '.') return false;
  *layer = *id++;
  if (!strchr("svfp", *layer) || !*layer) return false;
  return read_digits(&id, n) && *id == 0;
}

static bool wrong(kh_reply *reply, const char *message) {
  *reply = kh_reply_error(400, "bad_request", message);
  return false;
}

static bool read_types(const char *text, kh_filter *filter) {
  while (text && *text) {
    const size_t len = strcspn(text, ",");
    if (len == 0 || len >= sizeof filter->types[0] || filter->type_count == KH_FILTER_TYPES)
      return false;
    memcpy(filter->types[filter->type_count], text, len);
    filter->types[filter->type_count++][len] = 0;
    text += len;
    if (*text) text++;
  }
  return true;
}

bool kh_filter_read(const kh_request *request, kh_filter *filter, kh_reply *reply) {
  memset(filter, 0, sizeof *filter);
  filter->from = kh_arg(request, "from");
  filter->to = kh_arg(request, "to");
  filter->outlet = kh_arg(request, "outlet");
  if (filter->from && !kh_is_day(filter->from))
    return wrong(reply, "from: a day is wanted, as 2019-05-30");
  if (filter->to && !kh_is_day(filter->to))
    return wrong(reply, "to: a day is wanted, as 2019-05-30");
  const char *actor = kh_arg(request, "actor");
  if (actor && !kh_id_number(actor, 'E', &filter->actor))
    return wrong(reply, "actor: the id of an entity is wanted, as E77");
  const char *place = kh_arg(request, "place");
  if (place && !kh_id_number(place, 'E', &filter->place))
    return wrong(reply, "place: the id of a place is wanted, as E77");
  if (!read_types(kh_arg(request, "type"), filter))
    return wrong(reply, "type: types of event are wanted, with commas, as ASSAULT,COERCE");
  if (!kh_arg_number(request, "limit", 1, KH_PAGE_MAX, KH_PAGE, &filter->limit))
    return wrong(reply, "limit: a number from 1 to 500 is wanted");
  if (!kh_arg_number(request, "cursor", 0, 1L << 40, 0, &filter->offset))
    return wrong(reply, "cursor: the value of \"next\" of an earlier page is wanted");
  return true;
}

static void between(kh_pick *pick, const kh_filter *filter, const char *column, const char *from,
                    const char *to) {
  if (filter->from) {
    kh_pick_add(pick, " AND ");
    kh_pick_add(pick, column);
    kh_pick_text(pick, from, filter->from);
  }
  if (filter->to) {
    kh_pick_add(pick, " AND ");
    kh_pick_add(pick, column);
    kh_pick_text(pick, to, filter->to);
  }
}

bool kh_filter_narrows(const kh_filter *filter) {
  return filter->from || filter->to || filter->outlet || filter->actor || filter->place;
}

void kh_filter_days(kh_pick *pick, const kh_filter *filter, const char *column) {
  between(pick, filter, column, " >= ?", " <= ?");
}

void kh_filter_day_numbers(kh_pick *pick, const kh_filter *filter, const char *column) {
  between(pick, filter, column, " >= unixepoch(?) / 86400", " <= unixepoch(?) / 86400");
}

void kh_filter_place(kh_pick *pick, const kh_filter *filter, const char *column) {
  if (!filter->place) return;
  kh_pick_add(pick, " AND ");
  kh_pick_add(pick, column);
  // itself, what it is written in as a district, a governorate or a country
  kh_pick_number(
      pick,
      " IN (SELECT i.entity FROM entity o JOIN entity i ON i.kind = 'place' AND (i.entity = "
      "o.entity OR i.merged_into = o.entity OR (o.place_code IS NULL AND o.country <> '' AND "
      "i.country = o.country) OR i.admin1 = o.name OR i.admin2 = o.name) WHERE o.entity = ?)",
      filter->place);
}

void kh_filter_types(kh_pick *pick, const kh_filter *filter, const char *column) {
  if (!filter->type_count) return;
  kh_pick_add(pick, " AND ");
  kh_pick_add(pick, column);
  kh_pick_add(pick, " IN (");
  for (unsigned i = 0; i < filter->type_count; i++)
    kh_pick_text(pick, i ? ", ?" : "?", filter->types[i]);
  kh_pick_add(pick, ")");
}

void kh_filter_page(kh_pick *pick, const kh_filter *filter) {
  kh_pick_number(pick, " LIMIT ?", filter->limit + 1);
  kh_pick_number(pick, " OFFSET ?", filter->offset);
}

kh_reply kh_page_reply(const kh_filter *filter, json_t *rows, int64_t total) {
  return kh_page_reply_most(filter, rows, total, INT64_MAX);
}

kh_reply kh_page_reply_most(const kh_filter *filter, json_t *rows, int64_t total, int64_t most) {
  if (!rows)
    return kh_reply_error(500, "io",
                          "the record could not be read; khutwa verify tells whether it is whole");
  const int64_t seen = (int64_t)json_array_size(rows);
  const bool more = seen > filter->limit;
  if (more) (void)json_array_remove(rows, (size_t)filter->limit);
  if (total < 0) total = filter->offset + seen;
  char next[32];
  (void)snprintf(next, sizeof next, "%ld", filter->offset + filter->limit);
  return kh_reply_json(200,
                       json_pack("{s:o, s:I, s:b, s:s?}", "items", rows, "total", (json_int_t)total,
                                 "at_least", total >= most && more, "next", more ? next : NULL));
}
