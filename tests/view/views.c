// SPDX-License-Identifier: Apache-2.0
// A record made by hand, as JSON and for people.
#include "record/record.h"
#include "tests.h"
#include "text/text.h"
#include "view/labels.h"

static sink out;

// Bytes: "ق" 2, "\"" 1, dove 4, LF 1, NUL 1, "حلب" 6, RLO 3, DEL 1
static const char TEXT[] = "ق\"\xF0\x9F\x95\x8A\n\0حلب\xE2\x80\xAE\x7F";

typedef struct made {
  kh_document document;
  kh_text_layer text;
  kh_record record;
  uint32_t marks[1];
} made;

static made empty(void) {
  made m;
  memset(&m, 0, sizeof m);
  m.text.bytes = TEXT;
  m.text.len = sizeof TEXT - 1;
  memcpy(m.text.lang, "ar", 3);
  memcpy(m.text.raw_sha256, "r", 2);
  memcpy(m.text.text_sha256, "t", 2);
  return m;
}

static const kh_document *wired(made *m) {
  m->document.text = &m->text;
  m->document.record = &m->record;
  m->record.marks = m->marks;
  return &m->document;
}

static const char *as_json(made *m) {
  memset(&out, 0, sizeof out);
  assert_int_equal(kh_view_json(wired(m), sink_write, &out, NULL), KH_OK);
  return out.at;
}

static const char *as_text(made *m, const kh_view_text_options *options) {
  memset(&out, 0, sizeof out);
  assert_int_equal(kh_view_text(wired(m), options, sink_write, &out, NULL), KH_OK);
  return out.at;
}

static void nothing_found(void **state) {
  (void)state;
  made m = empty();
  assert_string_equal(
      as_json(&m),
      "{\"khutwa\":\"1\",\"document\":{\"id\":null,\"source\":null,\"title\":null,\"published\":"
      "null,"
      "\"published_from\":null,\"text\":\"ق\\\"\xF0\x9F\x95\x8A\\n\\u0000حلب\xE2\x80\xAE\\u007f\","
      "\"raw_sha256\":\"r\",\"text_sha256\":\"t\",\"lang\":\"ar\"},\"entities\":[],\"times\":[],"
      "\"figures\":[],\"statements\":[],\"events\":[],\"steps\":[]}\n");
  assert_non_null(strstr(as_text(&m, NULL), "Nothing was found"));
  memcpy(m.text.lang, "en", 3);
  m.text.id = "a";
  assert_non_null(strstr(as_text(&m, NULL), "not in Arabic"));
}

// One of each, each field filled.
static made full(void) {
  static const kh_mention mentions[] = {{{9, 15}, KH_FORM_NAME, "شمالي"},
                                        {{0, 2}, KH_FORM_PRONOUN, NULL}};
  static const kh_role roles[] = {{{0, 2}}, {{9, 11}}};
  static const char *const candidates[] = {"geonames:1", "geonames:2"};
  static kh_entity entities[2];
  static kh_time times[1];
  static kh_figure figures[2];
  static kh_statement statements[1];
  static kh_event events[1];
  static kh_step steps[1];
  static const int32_t both[] = {0, 1};
  entities[0] = (kh_entity){.kind = KH_KIND_PLACE,
                            .name = "حلب",
                            .name_en = "Aleppo",
                            .name_en_transliterated = true,
                            .known_id = "Q41183",
                            .country = "SYR",
                            .sector = KH_SECTOR_GOV,
                            .roles = roles,
                            .role_count = 2,
                            .mentions = mentions,
                            .mention_count = 2,
                            .located = true,
                            .latitude = 36.2,
                            .longitude = -37.15,
                            .place_code = "geonames:170063",
                            .admin1 = "SY02",
                            .admin2 = "x",
                            .candidates = candidates,
                            .candidate_count = 2,
                            .relation = "ريف",
                            .origin = {"place.known", 0.9F}};
  entities[1] =
      (kh_entity){.name = "ق", .mentions = mentions + 1, .mention_count = 1, .origin = {"x", -1}};
  times[0] = (kh_time){.span = {0, 2},
                       .type = KH_TIME_DURATION,
                       .value = "P8Y",
                       .begin = "2019-05-29",
                       .until = "2019-05-30",
                       .inferred = true,
                       .conflict = true,
                       .origin = {"t", -1}};
  figures[0] = (kh_figure){.span = {9, 15},
                           .value = 20,
                           .high = 30,
                           .bound = KH_BOUND_AT_LEAST,
                           .counted = KH_COUNTED_CHILDREN,
                           .what = KH_HARM_SHOT_DOWN,
                           .part_of = 1,
                           .restates = 1,
                           .place = 0,
                           .source = 1,
                           .since = "2019",
                           .until = "2020",
                           .origin = {"f", -1}};
  figures[1] = (kh_figure){.span = {9, 15},
                           .value = 1,
                           .high = -1,
                           .part_of = KH_NONE,
                           .restates = KH_NONE,
                           .place = KH_NONE,
                           .source = KH_NONE,
                           .origin = {"f", -1}};
  statements[0] = (kh_statement){.cue = {0, 2},
                                 .speaker = 1,
                                 .with = {both, 2},
                                 .speaker_span = {0, 2},
                                 .content = {3, 15},
                                 .to = {both, 1},
                                 .via = 0,
                                 .time = 0,
                                 .inside = 0,
                                 .origin = {"s", -1}};
  events[0] = (kh_event){.trigger = {9, 15},
                         .type = KH_EVENT_ASSAULT,
                         .mode = "aerial",
                         .actors = {both, 2},
                         .recipients = {both + 1, 1},
                         .reality = KH_REALITY_FUTURE,
                         .negated = false,
                         .place = 0,
                         .time = 0,
                         .statement = 0,
                         .origin = {"v", -1}};
  steps[0] = (kh_step){.what = {9, 15},
                       .kind = KH_STEP_CEASEFIRE,
                       .by = {both, 1},
                       .asked_by = {both, 2},
                       .condition_for = {0, 2},
                       .place = 0,
                       .status = KH_STATUS_NOT_MET,
                       .according_to = 1,
                       .statement = 0,
                       .as_of = "2019-05-29",
                       .same_as = KH_NONE,
                       .origin = {"p", -1}};
  made m = empty();
  m.text.title = "عنوان";
  m.text.id = "a";
  m.text.outlet = "صوت";
  memcpy(m.text.published, "2019-05-30", 11);
  m.text.published_from = KH_PUBLISHED_OPTION;
  m.record =
      (kh_record){entities, times, figures, statements, events, steps, 2, 1, 2, 1, 1, 1, 0, NULL};
  return m;
}

static void every_field_as_json(void **state) {
  (void)state;
  made m = full();
  const char *json = as_json(&m);
  static const char *const parts[] = {
      "\"id\":\"a\",\"source\":\"صوت\",\"title\":\"عنوان\",\"published\":\"2019-05-30\","
      "\"published_from\":\"option\"",
      "{\"id\":\"e1\",\"kind\":\"place\",\"name\":\"حلب\",\"name_en\":\"Aleppo\","
      "\"name_en_transliterated\":true,\"known_id\":\"Q41183\",\"country\":\"SYR\",\"sector\":"
      "\"GOV\","
      "\"roles\":[{\"title\":\"ق\",\"start\":0,\"end\":1},{\"title\":\"ح\",\"start\":5,\"end\":6}],"
      "\"lat\":36.2,\"lon\":-37.15,\"place_code\":\"geonames:170063\",\"admin1\":\"SY02\","
      "\"admin2\":\"x\",\"candidates\":[\"geonames:1\",\"geonames:2\"],\"relation\":\"ريف\","
      "\"mentions\":[{\"start\":5,\"end\":8,\"text\":\"حلب\",\"form\":\"name\",\"relation\":"
      "\"شمالي\"},{\"start\":0,"
      "\"end\":1,"
      "\"text\":\"ق\",\"form\":\"pronoun\"}],\"confidence\":0.9,\"rule\":\"place.known\"}",
      "{\"id\":\"e2\",\"kind\":\"person\",\"name\":\"ق\",\"name_en\":null,\"country\":null,"
      "\"sector\":null,\"roles\":[],\"lat\":null,\"lon\":null,\"place_code\":null,",
      "\"times\":[{\"id\":\"t1\",\"start\":0,\"end\":1,\"text\":\"ق\",\"type\":\"DURATION\","
      "\"value\":\"P8Y\",\"begin\":\"2019-05-29\",\"until\":\"2019-05-30\",\"inferred\":true,"
      "\"conflict\":true,\"rule\":\"t\"}]",
      "\"figures\":[{\"id\":\"f1\",\"start\":5,\"end\":8,\"text\":\"حلب\",\"value\":20,\"high\":30,"
      "\"bound\":\"at_least\",\"counted\":\"children\",\"what\":\"shot_down\",\"part_of\":\"f2\","
      "\"restates\":\"f2\",\"place\":\"e1\",\"since\":\"2019\",\"until\":\"2020\",\"source\":"
      "\"e2\","
      "\"rule\":\"f\"},{\"id\":\"f2\"",
      "\"statements\":[{\"id\":\"s1\",\"cue\":{\"start\":0,\"end\":1,\"text\":\"ق\"},\"speaker\":"
      "\"e2\","
      "\"with\":[\"e1\",\"e2\"],\"speaker_span\":{\"start\":0,\"end\":1,\"text\":\"ق\"},"
      "\"mode\":\"direct\",\"content\":{\"start\":2,\"end\":8,\"text\":"
      "\"\xF0\x9F\x95\x8A\\n\\u0000حلب\"},"
      "\"to\":[\"e1\"],\"via\":\"e1\",\"time\":\"t1\",\"inside\":\"s1\",\"rule\":\"s\"}]",
      "\"events\":[{\"id\":\"v1\",\"trigger\":{\"start\":5,\"end\":8,\"text\":\"حلب\"},"
      "\"type\":\"ASSAULT\",\"mode\":\"aerial\",\"actors\":[\"e1\",\"e2\"],\"recipients\":[\"e2\"],"
      "\"reality\":\"future\",\"negated\":false,\"place\":\"e1\",\"time\":\"t1\",\"statement\":"
      "\"s1\","
      "\"rule\":\"v\"}]",
      "\"steps\":[{\"id\":\"p1\",\"what\":{\"start\":5,\"end\":8,\"text\":\"حلب\"},"
      "\"kind\":\"ceasefire\",\"by\":[\"e1\"],\"asked_by\":[\"e1\",\"e2\"],\"for\":{\"start\":0,"
      "\"end\":1,\"text\":\"ق\"},\"place\":\"e1\",\"status\":\"not_met\",\"according_to\":\"e2\","
      "\"statement\":\"s1\",\"as_of\":\"2019-05-29\",\"same_as\":null,\"rule\":\"p\"}]}\n"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (!strstr(json, parts[i])) fail_msg("%s\nis not in\n%s", parts[i], json);
}

static void every_field_for_people(void **state) {
  (void)state;
  static const kh_view_text_options every[] = {{KH_VIEW_ENGLISH, false, false},
                                               {KH_VIEW_ARABIC, false, true},
                                               {KH_VIEW_ENGLISH, true, true}};
  made m = full();
  for (size_t i = 0; i < sizeof every / sizeof *every; i++) {
    const char *text = as_text(&m, &every[i]);
    assert_int_equal(strchr(text, '\x1b') != NULL, every[i].colour);
    assert_null(strstr(text, "\xE2\x80\xAE")); // the override is shown, not obeyed
    int depth = 0;
    for (const char *c = text; *c; c++) {
      if (strncmp(c, "\xE2\x81\xA8", 3) == 0) depth++;
      if (strncmp(c, "\xE2\x81\xA9", 3) == 0) depth--;
      if (*c == '\n') assert_int_equal(depth, 0);
    }
  }
  const char *text = as_text(&m, &every[0]);
  assert_non_null(strstr(text, "at least 20\xE2\x80\x93"
                               "30 children"));
  assert_non_null(strstr(text, "ceasefire \xE2\x80\x93 not met"));
  assert_non_null(strstr(text, "\xE2\x9F\xA6U+0000\xE2\x9F\xA7"));
  assert_null(strstr(text, "place.known"));
  text = as_text(&m, &every[1]);
  assert_non_null(strstr(text, "الأقوال (1)"));
  assert_non_null(strstr(text, "place.known"));
  m.record.events[0].negated = true;
  assert_non_null(strstr(as_text(&m, &every[0]), "did not happen"));
}

static void marks_are_shown(void **state) {
  (void)state;
  made m = empty();
  m.text.title = "a\xE2\x80\xAE\x1b[31m\xC2\x9B\xE2\x81\xA9\x7F\xEF\xBB\xBF\xE2\x80\xA8z\r\n";
  const char *text = as_text(&m, NULL);
  static const char shown[] = "\xE2\x81\xA8"
                              "a⟦RLO⟧⟦U+001B⟧[31m⟦U+009B⟧⟦PDI⟧⟦U+007F⟧⟦BOM⟧ z  \xE2\x81\xA9\n";
  assert_memory_equal(text, shown, sizeof shown - 1);
}

static void every_word_has_a_label(void **state) {
  (void)state;
  for (int i = 0; i < KH_LABEL_COUNT; i++) {
    assert_non_null(kh_label_text((kh_label)i, KH_VIEW_ENGLISH));
    assert_non_null(kh_label_text((kh_label)i, KH_VIEW_ARABIC));
  }
#define EACH(type, last, name)                                                                     \
  for (int i = 0; i <= (last); i++) {                                                              \
    const char *word = name((type)i);                                                              \
    if (kh_label_term(word, KH_VIEW_ARABIC) == word) fail_msg("no label for %s", word);            \
  }
  EACH(kh_entity_kind, KH_KIND_ACTOR, kh_entity_kind_name)
  EACH(kh_bound, KH_BOUND_AT_MOST, kh_bound_name)
  EACH(kh_counted, KH_COUNTED_OTHER, kh_counted_name)
  EACH(kh_harm, KH_HARM_OTHER, kh_harm_name)
  EACH(kh_statement_mode, KH_MODE_MIXED, kh_statement_mode_name)
  EACH(kh_event_type, KH_EVENT_ASSAULT, kh_event_type_name)
  EACH(kh_reality, KH_REALITY_CONDITIONAL, kh_reality_name)
  EACH(kh_step_kind, KH_STEP_OTHER, kh_step_kind_name)
  EACH(kh_step_status, KH_STATUS_SUSPENDED, kh_step_status_name)
  assert_string_equal(kh_label_term("new_word", KH_VIEW_ARABIC), "new_word");
}

static void takers_that_stop(void **state) {
  (void)state;
  made m = full();
  kh_error error;
  memset(&out, 0, sizeof out);
  out.takes = 1;
  assert_int_equal(kh_view_json(wired(&m), sink_write, &out, &error), KH_ERROR_IO);
  assert_int_equal(kh_view_text(wired(&m), NULL, sink_write, &out, &error), KH_ERROR_IO);
}

int run_record_views(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_found),          cmocka_unit_test(every_field_as_json),
      cmocka_unit_test(every_field_for_people), cmocka_unit_test(marks_are_shown),
      cmocka_unit_test(every_word_has_a_label), cmocka_unit_test(takers_that_stop)};
  return cmocka_run_group_tests_name("views", tests, NULL, NULL);
}
