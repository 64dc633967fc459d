// SPDX-License-Identifier: Apache-2.0
#include "view/gold.h"

#include "base/error.h"

#include <string.h>

const uint32_t *kh_code_points(kh_arena *arena, const json_t *string, int32_t *count) {
  const unsigned char *s = (const unsigned char *)json_string_value(string);
  const size_t len = json_string_length(string);
  uint32_t *out = kh_arena_alloc(arena, (len + 1) * sizeof *out);
  int32_t n = 0;
  for (size_t i = 0; i < len;) {
    uint32_t c = s[i];
    size_t more = 0;
    if (c >= 0xF0) {
      c &= 0x07U;
      more = 3;
    } else if (c >= 0xE0) {
      c &= 0x0FU;
      more = 2;
    } else if (c >= 0xC0) {
      c &= 0x1FU;
      more = 1;
    }
    i++;
    for (; more && i < len; more--, i++) c = c << 6 | (s[i] & 0x3FU);
    out[n++] = c;
  }
  *count = n;
  return out;
}

static bool has_title(const json_t *gold) {
  return json_string_length(json_object_get(gold, "title")) > 0;
}

kh_gold_text kh_gold_text_of(kh_arena *arena, const json_t *gold) {
  const json_t *paragraphs = json_object_get(gold, "paragraphs");
  const json_t *title = json_object_get(gold, "title");
  const bool titled = has_title(gold);
  const size_t parts = json_array_size(paragraphs) + titled;
  size_t room = titled ? json_string_length(title) + 2 : 0;
  for (size_t i = 0; i < json_array_size(paragraphs); i++)
    room += json_string_length(json_array_get(paragraphs, i)) + 2;
  uint32_t *text = kh_arena_alloc(arena, (room + 1) * sizeof *text);
  kh_stretch *part = kh_arena_zero(arena, (parts + 1) * sizeof *part);
  int32_t count = 0;
  for (size_t i = 0; i < parts; i++) {
    int32_t len = 0;
    const json_t *string = titled && i == 0 ? title : json_array_get(paragraphs, i - titled);
    const uint32_t *points = kh_code_points(arena, string, &len);
    if (i) {
      text[count++] = '\n';
      text[count++] = '\n';
    }
    part[i] = (kh_stretch){count, count + len};
    memcpy(text + count, points, (size_t)len * sizeof *text);
    count += len;
  }
  return (kh_gold_text){text, count, titled, (int32_t)parts, part};
}

bool kh_gold_locate(kh_arena *arena, const kh_gold_text *text, const json_t *reference,
                    kh_stretch *out) {
  const json_t *paragraph = json_array_get(reference, 0);
  const json_t *substring = json_array_get(reference, 1);
  const json_t *occurrence = json_array_get(reference, 2);
  if (!json_is_integer(paragraph) || !json_is_string(substring)) return false;
  if (occurrence && !json_is_integer(occurrence)) return false;
  const json_int_t p = json_integer_value(paragraph) - (text->title ? 0 : 1);
  json_int_t wanted = occurrence ? json_integer_value(occurrence) : 1;
  if (p < 0 || p >= text->parts || wanted < 1) return false;
  int32_t len = 0;
  const uint32_t *sub = kh_code_points(arena, substring, &len);
  if (len == 0) return false;
  const kh_stretch part = text->part[p];
  for (int32_t at = part.start; at + len <= part.end; at++) {
    if (memcmp(text->at + at, sub, (size_t)len * sizeof *sub) != 0 || --wanted) continue;
    *out = (kh_stretch){at, at + len};
    return true;
  }
  return false;
}

// ------------------------------------------------------------------ checking

typedef struct check {
  kh_arena *arena;
  const json_t *gold;
  kh_gold_text text;
  kh_error *error;
  const char *layer;
  size_t item;
  bool bad;
} check;

static void complain(check *c, const char *field, const char *what) {
  if (c->bad) return;
  c->bad = true;
  kh_fail(c->error, KH_ERROR_FORMAT, KH_STAGE_VIEW, "%s %zu: \"%s\" %s", c->layer, c->item, field,
          what);
}

static void want_string(check *c, const json_t *item, const char *field) {
  if (!json_is_string(json_object_get(item, field))) complain(c, field, "is missing or no string");
}

static void allow_string(check *c, const json_t *item, const char *field) {
  const json_t *value = json_object_get(item, field);
  if (value && !json_is_null(value) && !json_is_string(value))
    complain(c, field, "is neither a string nor null");
}

static void check_ref(check *c, const json_t *reference, const char *field) {
  kh_stretch at;
  if (!kh_gold_locate(c->arena, &c->text, reference, &at))
    complain(c, field, "stands nowhere in the text");
}

static void want_ref(check *c, const json_t *item, const char *field) {
  check_ref(c, json_object_get(item, field), field);
}

static void allow_ref(check *c, const json_t *item, const char *field) {
  const json_t *value = json_object_get(item, field);
  if (value && !json_is_null(value)) check_ref(c, value, field);
}

static bool is_entity(const check *c, const json_t *id) {
  const json_t *entities = json_object_get(c->gold, "entities");
  for (size_t i = 0; json_is_string(id) && i < json_array_size(entities); i++) {
    if (json_equal(json_object_get(json_array_get(entities, i), "e"), id)) return true;
  }
  return false;
}

static void allow_entity(check *c, const json_t *item, const char *field) {
  const json_t *value = json_object_get(item, field);
  if (value && !json_is_null(value) && !is_entity(c, value))
    complain(c, field, "is no entity of the file");
}

static void check_entities_of(check *c, const json_t *item, const char *field, bool wanted) {
  const json_t *list = json_object_get(item, field);
  if (!list && !wanted) return;
  if (!json_is_array(list)) complain(c, field, "is missing or no list");
  for (size_t i = 0; i < json_array_size(list); i++) {
    if (!is_entity(c, json_array_get(list, i))) complain(c, field, "names no entity of the file");
  }
}

static void check_entity(check *c, const json_t *item) {
  want_string(c, item, "e");
  want_string(c, item, "kind");
  allow_string(c, item, "name");
  allow_string(c, item, "country");
  allow_string(c, item, "sector");
  const json_t *mentions = json_object_get(item, "mentions");
  if (!json_array_size(mentions)) complain(c, "mentions", "is missing or empty");
  for (size_t i = 0; i < json_array_size(mentions); i++)
    check_ref(c, json_array_get(mentions, i), "mentions");
}

static void check_time(check *c, const json_t *item) {
  want_ref(c, item, "at");
  want_string(c, item, "type");
  want_string(c, item, "value");
}

static void check_figure(check *c, const json_t *item) {
  want_ref(c, item, "at");
  if (!json_is_number(json_object_get(item, "value")))
    complain(c, "value", "is missing or no number");
  want_string(c, item, "counted");
  want_string(c, item, "what");
  want_string(c, item, "bound");
  static const char *const others[] = {"part_of", "restates"};
  const json_int_t count = (json_int_t)json_array_size(json_object_get(c->gold, "figures"));
  for (size_t i = 0; i < 2; i++) {
    const json_t *other = json_object_get(item, others[i]);
    if (!other || json_is_null(other)) continue;
    const json_int_t index = json_is_integer(other) ? json_integer_value(other) : -1;
    if (index < 0 || index >= count || index == (json_int_t)c->item)
      complain(c, others[i], "is no other figure of the file");
  }
  allow_ref(c, item, "place");
  allow_entity(c, item, "source");
  allow_string(c, item, "since");
}

static void check_statement(check *c, const json_t *item) {
  want_ref(c, item, "cue");
  want_ref(c, item, "content");
  want_string(c, item, "speaker");
  allow_entity(c, item, "speaker");
  want_string(c, item, "mode");
  check_entities_of(c, item, "also", false);
  check_entities_of(c, item, "to", false);
  allow_entity(c, item, "via");
  allow_ref(c, item, "time");
}

static void check_event(check *c, const json_t *item) {
  want_ref(c, item, "trigger");
  want_string(c, item, "type");
  want_string(c, item, "reality");
  check_entities_of(c, item, "actors", true);
  check_entities_of(c, item, "recipients", true);
  if (!json_is_boolean(json_object_get(item, "negated")))
    complain(c, "negated", "is missing or neither true nor false");
  allow_ref(c, item, "place");
  allow_ref(c, item, "time");
}

static void check_step(check *c, const json_t *item) {
  want_ref(c, item, "what");
  want_string(c, item, "kind");
  want_string(c, item, "status");
  check_entities_of(c, item, "by", true);
  check_entities_of(c, item, "asked_by", true);
  allow_ref(c, item, "for");
  allow_ref(c, item, "place");
  allow_entity(c, item, "according_to");
}

static bool strings_only(const json_t *list) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    if (!json_is_string(json_array_get(list, i))) return false;
  }
  return json_is_array(list);
}

kh_status kh_gold_check(kh_arena *arena, const json_t *gold, kh_error *error) {
  static const struct {
    const char *layer;
    void (*one)(check *, const json_t *);
  } layers[] = {{"entities", check_entity},      {"times", check_time},   {"figures", check_figure},
                {"statements", check_statement}, {"events", check_event}, {"steps", check_step}};
  const json_t *title = json_object_get(gold, "title");
  if (!json_is_string(json_object_get(gold, "id")))
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_VIEW, "no gold file: \"id\" is missing");
  if (!strings_only(json_object_get(gold, "paragraphs")) ||
      (title && !json_is_null(title) && !json_is_string(title)))
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_VIEW,
                   "no gold file: \"title\" or \"paragraphs\" are no strings");
  check c = {.arena = arena, .gold = gold, .error = error};
  c.text = kh_gold_text_of(arena, gold);
  for (size_t k = 0; k < sizeof layers / sizeof *layers; k++) {
    const json_t *list = json_object_get(gold, layers[k].layer);
    c.layer = layers[k].layer;
    c.item = 0;
    if (!json_is_array(list)) complain(&c, c.layer, "is missing or no list");
    for (c.item = 0; c.item < json_array_size(list); c.item++)
      layers[k].one(&c, json_array_get(list, c.item));
  }
  return c.bad ? KH_ERROR_FORMAT : KH_OK;
}
