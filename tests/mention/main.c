// SPDX-License-Identifier: Apache-2.0
// Names, who is who, whom a phrase points to; a damaged model.
#include "mention/names.h"
#include "text/text.h"
#include "who.h"

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mention/engine.h"

static kh_document *read_text(void **state, const char *text) {
  kh_document *document;
  assert_int_equal(kh_document_read(&document, *state, text, strlen(text), NULL, NULL), KH_OK);
  return document;
}

/// The entity of which a mention reads exactly `text`; -1.
static int entity_named(const kh_document *document, const char *text) {
  const char *bytes = kh_document_text(document, NULL);
  size_t count;
  const kh_entity *entities = kh_document_entities(document, &count);
  for (size_t e = 0; e < count; e++)
    for (uint32_t m = 0; m < entities[e].mention_count; m++) {
      const kh_span span = entities[e].mentions[m].span;
      if (span.end - span.start == strlen(text) &&
          memcmp(bytes + span.start, text, strlen(text)) == 0)
        return (int)e;
    }
  return -1;
}

static const kh_entity *entity_at(const kh_document *document, int index) {
  size_t count;
  const kh_entity *entities = kh_document_entities(document, &count);
  assert_in_range(index, 0, (int)count - 1);
  return &entities[index];
}

/// A sentence and a name that must be found in it, without its proclitics.
typedef struct name_case {
  const char *text;
  const char *name;
  kh_entity_kind kind;
  const char *country; // NULL: any
} name_case;

static const name_case name_cases[] = {
    {"وصل الوفد إلى دمشق ثم غادر نحو بيروت.", "دمشق", KH_KIND_PLACE, "SYR"},
    {"اندلعت معارك عنيفة بإدلب بعد هدوء قصير.", "إدلب", KH_KIND_PLACE, "SYR"},
    {"دعت تركيا وروسيا إلى وقف المعارك.", "روسيا", KH_KIND_PLACE, "RUS"},
    {"شكر المبعوث للأمم المتحدة جهودها.", "لأمم المتحدة", KH_KIND_ORG, "UNO"},
    {"قال الجيش السوداني إنه استعاد الجسر.", "الجيش السوداني", KH_KIND_ARMED, "SDN"},
    {"ذكرت وكالة رويترز أن الاجتماع تأجل.", "رويترز", KH_KIND_MEDIA, "GBR"},
    {"قال وزير الخارجية الروسي سيرغي لافروف إن بلاده مستعدة.", "سيرغي لافروف", KH_KIND_PERSON,
     "RUS"},
    {"قال بيدرسون إن الوضع صعب.", "بيدرسون", KH_KIND_PERSON, NULL},
    {"وأكد توني كيلام أن الاتفاق فشل. وقال كيلام إنه باق.", "كيلام", KH_KIND_PERSON, NULL},
    {"قال الوزير سالم العتيبي؛ إن الشبكة عادت.", "سالم العتيبي", KH_KIND_PERSON, NULL},
    {"وأكد محمود #عباس أن المجلس سيجتمع.", "محمود #عباس", KH_KIND_PERSON, "PSE"},
    {"وصل الوفد إلى #رام_الله مساء الأحد.", "رام_الله", KH_KIND_PLACE, "PSE"},
    {"ذكرت فرانس 24 أن الميناء أغلق.", "فرانس 24", KH_KIND_MEDIA, "FRA"},
    {"انتشرت قوات حفظ السلام حول المطار.", "قوات حفظ السلام", KH_KIND_ARMED, "UNO"},
};

static void names_are_found(void **state) {
  for (size_t i = 0; i < sizeof name_cases / sizeof *name_cases; i++) {
    const name_case *c = &name_cases[i];
    kh_document *document = read_text(state, c->text);
    const int index = entity_named(document, c->name);
    if (index < 0) fail_msg("%s: %s is not found", c->text, c->name);
    const kh_entity *entity = entity_at(document, index);
    if (entity->kind != c->kind)
      fail_msg("%s: %s is a %s", c->text, c->name, kh_entity_kind_name(entity->kind));
    if (c->country && strcmp(entity->country, c->country) != 0)
      fail_msg("%s: %s belongs to %s", c->text, c->name, entity->country);
    kh_document_close(document);
  }
}

// Names as they are shown: whole words, without marks of hashtags and invisible controls.
static void names_are_shown_clean(void **state) {
  static const struct {
    const char *text;
    const char *name;
  } cases[] = {
      {"قدمت المنظمة شكرها للأمم المتحدة.", "الأمم المتحدة"},
      {"قدمت المنظمة شكرها للبنان.", "لبنان"},
      {"وأكد محمود #عباس أن المجلس سيجتمع.", "محمود عباس"},
      {"وصل الوفد إلى #رام_الله مساء الأحد.", "رام الله"},
      {"وقال الوزير سالم \u202bالعتيبي إن الشبكة عادت.", "سالم العتيبي"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_document *document = read_text(state, cases[i].text);
    bool found = false;
    size_t count;
    const kh_entity *entities = kh_document_entities(document, &count);
    for (size_t e = 0; e < count; e++)
      found = found || strcmp(entities[e].name, cases[i].name) == 0;
    if (!found) fail_msg("%s: %s is not shown", cases[i].text, cases[i].name);
    kh_document_close(document);
  }
}

// Words that are names only sometimes, and are not here.
static void words_are_no_names(void **state) {
  static const struct {
    const char *text;
    const char *word;
  } cases[] = {
      {"وعاد الرئيس إلى مسقط رأسه بعد انتهاء الزيارة.", "مسقط"},
      {"وطالب الشباب في المدينة بفرص عمل جديدة.", "الشباب"},
      {"وقصفت الطائرات القاعدة العسكرية قرب المدينة.", "القاعدة"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_document *document = read_text(state, cases[i].text);
    const int index = entity_named(document, cases[i].word);
    if (index >= 0 && entity_at(document, index)->kind != KH_KIND_ACTOR)
      fail_msg("%s: %s is taken for a name", cases[i].text, cases[i].word);
    kh_document_close(document);
  }
  kh_document *document = read_text(state, "وقال شهود في مقديشو إن مسلحي الشباب انسحبوا.");
  const int index = entity_named(document, "الشباب");
  assert_true(index >= 0);
  assert_int_equal(entity_at(document, index)->kind, KH_KIND_ARMED);
  kh_document_close(document);
}

static void short_names_join_full_ones(void **state) {
  kh_document *document =
      read_text(state, "التقى وزير الخارجية المصري سامح شكري نظيره الأردني في عمان.\n"
                       "وقال شكري إن المحادثات كانت مفيدة. ورحب مجلس الأمن الدولي باللقاء.\n"
                       "ويعقد مجلس الأمن جلسة غدا.\n");
  const int full = entity_named(document, "سامح شكري");
  assert_true(full >= 0);
  assert_int_equal(full, entity_named(document, "شكري"));
  const int council = entity_named(document, "مجلس الأمن الدولي");
  assert_true(council >= 0);
  assert_int_equal(council, entity_named(document, "مجلس الأمن"));
  const kh_entity *minister = entity_at(document, full);
  assert_string_equal(minister->country, "EGY");
  assert_int_equal(minister->sector, KH_SECTOR_GOV);
  assert_true(minister->role_count > 0);
  kh_document_close(document);
}

/// The speaker of the statement whose content holds `words`.
static const kh_entity *speaker_of(const kh_document *document, const char *words) {
  const char *bytes = kh_document_text(document, NULL);
  size_t count;
  const kh_statement *statements = kh_document_statements(document, &count);
  const char *at = strstr(bytes, words);
  assert_non_null(at);
  for (size_t s = 0; s < count; s++) {
    const uint32_t where = (uint32_t)(at - bytes);
    if (statements[s].content.start <= where && where < statements[s].content.end)
      return entity_at(document, statements[s].speaker);
  }
  return NULL;
}

static void phrases_point_back(void **state) {
  kh_document *document =
      read_text(state, "أعلن المبعوث الأممي إلى ليبيا، عبد الله باتيلي، أن الحوار سيبدأ قريبا.\n"
                       "وقالت مصادر محلية إن السوق أغلق أبوابه.\n"
                       "وأكد المبعوث الأممي أن الانتخابات ضرورية.\n"
                       "وأضافت المصادر أن الطريق مقطوع.\n");
  const kh_entity *envoy = speaker_of(document, "الحوار سيبدأ");
  assert_non_null(envoy);
  assert_string_equal(envoy->name, "عبد الله باتيلي");
  assert_ptr_equal(envoy, speaker_of(document, "الانتخابات ضرورية"));
  const kh_entity *sources = speaker_of(document, "السوق أغلق");
  assert_non_null(sources);
  assert_int_equal(sources->kind, KH_KIND_ACTOR);
  assert_ptr_equal(sources, speaker_of(document, "الطريق مقطوع"));
  kh_document_close(document);
}

static void spelling_differs(void **state) {
  kh_document *document = read_text(state, "قال الوزير الجورجي غيلا بيتريدزه إن الاتفاق قريب.\n"
                                           "ورأى بيتريدزة أن الوقت مناسب.\n");
  const int first = entity_named(document, "غيلا بيتريدزه");
  if (first >= 0) assert_int_equal(first, entity_named(document, "بيتريدزة"));
  kh_document_close(document);
}

// ---- the model

enum { FACTS = 2, WORDS = 2, SPOTS = 8 };

/// A small model that is whole; `*size` gets its bytes. To be freed.
static uint8_t *small_model(size_t *size) {
  const size_t facts = 64;
  const size_t steps = 2 * KH_TAG_ROOM * KH_TAG_ROOM;
  *size = sizeof(kh_name_model_head) + facts + steps + 2 * WORDS * KH_WORD_ROW +
          2 * SPOTS * KH_TAG_ROOM;
  uint8_t *bytes = aligned_alloc(64, (*size + 63) / 64 * 64);
  assert_non_null(bytes);
  memset(bytes, 0, *size);
  const kh_name_model_head head = {.magic = {'k', 'h', 'n', 'a', 'm', 'e', 's', '1'},
                                   .fact_slots = FACTS,
                                   .word_slots = WORDS,
                                   .spot_slots = SPOTS,
                                   .features = KH_NAME_FEATURES};
  memcpy(bytes, &head, sizeof head);
  return bytes;
}

static void whole_models_open(void **state) {
  (void)state;
  size_t size;
  uint8_t *bytes = small_model(&size);
  kh_name_model model;
  assert_int_equal(kh_name_model_open(&model, bytes, size, NULL), KH_OK);
  free(bytes);
}

static void damaged_models_are_refused(void **state) {
  (void)state;
  size_t size;
  uint8_t *bytes = small_model(&size);
  kh_name_model model;
  kh_error error;
  for (size_t cut = 0; cut < size; cut++)
    assert_int_equal(kh_name_model_open(&model, bytes, cut, &error), KH_ERROR_TABLE);
  // a byte of the head changed: the magic, the sizes, the number of the features
  for (size_t at = 0; at < 24; at++) {
    bytes[at] ^= 0x41;
    assert_int_equal(kh_name_model_open(&model, bytes, size, &error), KH_ERROR_TABLE);
    bytes[at] ^= 0x41;
  }
  // a table of facts without a free slot would be searched for ever
  kh_word_fact *facts = (kh_word_fact *)(void *)(bytes + sizeof(kh_name_model_head));
  facts[0].hash = facts[1].hash = 7;
  assert_int_equal(kh_name_model_open(&model, bytes, size, &error), KH_ERROR_TABLE);
  free(bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_are_found),    cmocka_unit_test(names_are_shown_clean),
      cmocka_unit_test(words_are_no_names), cmocka_unit_test(short_names_join_full_ones),
      cmocka_unit_test(phrases_point_back), cmocka_unit_test(spelling_differs),
      cmocka_unit_test(whole_models_open),  cmocka_unit_test(damaged_models_are_refused),
  };
  const int failed = cmocka_run_group_tests_name("mention", tests, open_engine, close_engine);
  return failed + who_tests() + ready_tests() + english_tests();
}
