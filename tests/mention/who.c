// SPDX-License-Identifier: Apache-2.0
// Who holds an office on a day, what a role or the words around a name tell, where a place is.
#include "who.h"

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mention/engine.h"

static kh_document *read_on(void **state, const char *day, const char *text) {
  kh_document *document;
  const kh_source source = {.published = day};
  assert_int_equal(kh_document_read(&document, *state, text, strlen(text), &source, NULL), KH_OK);
  return document;
}

/// The mention that reads exactly `words`, and its entity; NULL when there is none.
static const kh_entity *entity_of(const kh_document *document, const char *words,
                                  const kh_mention **mention) {
  const char *text = kh_document_text(document, NULL);
  size_t count;
  const kh_entity *entities = kh_document_entities(document, &count);
  for (size_t e = 0; e < count; e++)
    for (uint32_t m = 0; m < entities[e].mention_count; m++) {
      const kh_span span = entities[e].mentions[m].span;
      if (span.end - span.start != strlen(words) ||
          memcmp(text + span.start, words, strlen(words)) != 0)
        continue;
      if (mention) *mention = &entities[e].mentions[m];
      return &entities[e];
    }
  return NULL;
}

// ---- offices

typedef struct office_case {
  const char *day;
  const char *office;
  const char *person; // NULL: nobody known
} office_case;

static const office_case office_cases[] = {
    {"2018-06-01", "وزير الخارجية الأمريكي", "p-pompeo"},
    {"2022-06-01", "وزير الخارجية الأمريكي", "p-blinken"},
    {"2018-04-10", "وزير الخارجية الأمريكي", NULL}, // between two terms
    {"2017-01-20", "الرئيس الأمريكي", NULL},        // the day of a change
    {NULL, "الرئيس الأمريكي", NULL},                // no day
    {"2099-01-01", "الرئيس الأمريكي", NULL},        // after the last check
    {"2019-03-01", "رئيس الوزراء العراقي", "p-abdul-mahdi"},
    {"2018-12-01", "المبعوث الأممي إلى سوريا", "p-de-mistura"},
    {"2019-02-01", "المبعوث الأممي إلى سوريا", "p-pedersen"},
    {"2020-05-05", "الأمين العام للأمم المتحدة", "p-guterres"},
    {"2018-06-01", "وزير الخارجية الأمريكي السابق", NULL},
    {"2018-06-01", "نائب وزير الخارجية الأمريكي", NULL},
};

static void offices_are_held_for_a_time(void **state) {
  for (size_t i = 0; i < sizeof office_cases / sizeof *office_cases; i++) {
    const office_case *c = &office_cases[i];
    char text[256];
    strcpy(text, "قال ");
    strcat(text, c->office);
    strcat(text, " إن المحادثات ستبدأ قريبا.\n");
    kh_document *document = read_on(state, c->day, text);
    const kh_entity *holder = entity_of(document, c->office, NULL);
    if (!holder) {
      fail_msg("%s is nobody", c->office);
      return;
    }
    if (!c->person && holder->known_id) fail_msg("%s is %s", c->office, holder->known_id);
    if (c->person && (!holder->known_id || strcmp(holder->known_id, c->person) != 0))
      fail_msg("%s on %s is %s", c->office, c->day, holder->known_id ? holder->known_id : "nobody");
    kh_document_close(document);
  }
}

static void holders_who_are_named_are_found(void **state) {
  kh_document *document = read_on(state, "2018-07-01",
                                  "زار بومبيو بغداد أمس واجتمع مع مسؤولين.\n"
                                  "وقال وزير الخارجية الأمريكي إن الاتفاق قريب.\n");
  const kh_entity *person = entity_of(document, "بومبيو", NULL);
  assert_non_null(person);
  assert_ptr_equal(person, entity_of(document, "وزير الخارجية الأمريكي", NULL));
  kh_document_close(document);
}

// ---- sectors

typedef struct sector_case {
  const char *text;
  const char *name;
  kh_sector sector;
} sector_case;

static const sector_case sector_cases[] = {
    // a state that acts, and one that is only a place
    {"اتفقت تركيا مع روسيا على هدنة. ووصفت تركيا الاتفاق بالجيد.", "تركيا", KH_SECTOR_GOV},
    {"سوريا: مقتل سبعة مدنيين في قصف جوي.\n\nوقع القصف في جنوب سوريا ليلا.", "سوريا",
     KH_SECTOR_NONE},
    {"أغلق الجيش المعبر على الحدود مع العراق.", "العراق", KH_SECTOR_NONE},
    {"عقد اللقاء في جنيف وفيينا بحضور الوفدين.", "فيينا", KH_SECTOR_NONE},
    // roles after a name, in several words, and titles
    {"وقال حامد الخيالي عميد بلدية سبها إن الطريق مفتوح.", "حامد الخيالي", KH_SECTOR_GOV},
    {"وأكد النائب العام المصري نبيل صادق فتح تحقيق.", "نبيل صادق", KH_SECTOR_JUD},
    {"وقال اللواء سمير البزاز إن قواته تقدمت.", "سمير البزاز", KH_SECTOR_MIL},
    {"وقال المبعوث الأممي الجديد يوسف بركات إن الحوار ممكن.", "يوسف بركات", KH_SECTOR_IGO},
    // a rank waits for what says more; «أمام» is no «إمام»
    {"وقال العميد سمير البزاز مدير شرطة النجف إن الوضع هادئ.", "سمير البزاز", KH_SECTOR_COP},
    {"ووقف أمام المقر زميله سمير البزاز صامتا.", "سمير البزاز", KH_SECTOR_NONE},
    {"وقال سمير البزاز، وهو مسعف، إن الطريق مقطوع.", "سمير البزاز", KH_SECTOR_HLH},
    // whose a body is, and the head of a row
    {"وأعلنت وزارة الصحة التابعة للحوثيين الحصيلة.", "وزارة الصحة", KH_SECTOR_REB},
};

static void sectors_come_from_what_stands_around(void **state) {
  for (size_t i = 0; i < sizeof sector_cases / sizeof *sector_cases; i++) {
    const sector_case *c = &sector_cases[i];
    kh_document *document = read_on(state, "2019-05-30", c->text);
    const kh_entity *entity = entity_of(document, c->name, NULL);
    if (!entity) {
      fail_msg("%s is not found in: %s", c->name, c->text);
      return;
    }
    if (entity->sector != c->sector)
      fail_msg("%s: sector %d, not %d", c->name, (int)entity->sector, (int)c->sector);
    kh_document_close(document);
  }
}

// ---- names joined by marks, and countries

typedef struct who_case {
  const char *text;
  const char *name;
  const char *country;
} who_case;

static const who_case who_cases[] = {
    {"وصل كيم جونغ-أون إلى سنغافورة صباحا.", "كيم جونغ-أون", "PRK"},
    {"أجرت #كوريا_الشمالية تجربة صاروخية جديدة.", "كوريا_الشمالية", "PRK"},
    {"قالت وزارة الخارجية في بيونغ يانغ إن الحوار تعثر. وأعلنت إيران موقفها، ورحبت إيران بالقرار.",
     "وزارة الخارجية", "PRK"},
    {"قتل عامل في بغداد، واتهم العراق زوجته السورية سميرة البزاز. وقال العراق إنه يحقق.",
     "سميرة البزاز", "SYR"},
};

static void countries_come_from_what_stands_nearest(void **state) {
  for (size_t i = 0; i < sizeof who_cases / sizeof *who_cases; i++) {
    const who_case *c = &who_cases[i];
    kh_document *document = read_on(state, "2019-05-30", c->text);
    const kh_entity *entity = entity_of(document, c->name, NULL);
    if (!entity) {
      fail_msg("%s is not found in: %s", c->name, c->text);
      return;
    }
    if (strcmp(entity->country, c->country) != 0)
      fail_msg("%s: %s, not %s", c->name, entity->country, c->country);
    kh_document_close(document);
  }
}

static void names_joined_by_waw_are_two(void **state) {
  kh_document *document =
      read_on(state, "2019-05-30", "وقال الوزير إن المتهمين هما محمد بزي وعبد الله صفي الدين.");
  const kh_entity *first = entity_of(document, "محمد بزي", NULL);
  assert_non_null(first);
  assert_non_null(entity_of(document, "عبد الله صفي الدين", NULL));
  assert_ptr_not_equal(first, entity_of(document, "عبد الله صفي الدين", NULL));
  kh_document_close(document);
}

// ---- places

static void facilities_are_not_their_towns(void **state) {
  kh_document *document =
      read_on(state, "2019-05-30", "وقع الانفجار قرب مطار القاهرة، ثم عاد الهدوء إلى القاهرة.");
  const kh_entity *airport = entity_of(document, "مطار القاهرة", NULL);
  assert_non_null(airport);
  assert_ptr_not_equal(airport, entity_of(document, "القاهرة", NULL));
  kh_document_close(document);
}

static void heads_and_neighbours_choose_a_place(void **state) {
  kh_document *document =
      read_on(state, NULL, "شهدت طرابلس شمالي لبنان تظاهرة، وانتقل الجيش اللبناني إلى المدينة.");
  const kh_entity *place = entity_of(document, "طرابلس", NULL);
  assert_non_null(place);
  assert_string_equal(place->country, "LBN");
  assert_true(place->located && place->latitude > 34.3 && place->latitude < 34.6);
  kh_document_close(document);
  document = read_on(state, NULL, "سقطت قذائف على طرابلس، وقالت الحكومة الليبية إن ليبيا آمنة.");
  place = entity_of(document, "طرابلس", NULL);
  assert_non_null(place);
  assert_string_equal(place->country, "LBY");
  kh_document_close(document);
}

static void what_cannot_be_decided_stays_open(void **state) {
  kh_document *document = read_on(state, NULL, "قال شهود إن حريقا اندلع في قرية الطيبة مساء أمس.");
  const kh_entity *place = entity_of(document, "الطيبة", NULL);
  if (place) {
    assert_false(place->located);
    assert_true(place->candidate_count > 1);
  }
  kh_document_close(document);
}

static void governorates_have_codes_of_their_own(void **state) {
  kh_document *document = read_on(state, NULL, "نزحت عائلات من محافظة إدلب بعد قصف.");
  const kh_entity *place = entity_of(document, "إدلب", NULL);
  assert_non_null(place);
  assert_string_equal(place->place_code, "SY07");
  kh_document_close(document);
  document = read_on(state, NULL, "نزحت عائلات من مدينة إدلب بعد قصف.");
  place = entity_of(document, "إدلب", NULL);
  assert_non_null(place);
  assert_memory_equal(place->place_code, "geonames:", 9);
  kh_document_close(document);
}

typedef struct relation_case {
  const char *text;
  const char *name;
  const char *relation;
} relation_case;

static const relation_case relation_cases[] = {
    {"وقعت الغارة شمالي إدلب فجرا.", "إدلب", "شمالي"},
    {"تقدم الجيش في ريف حماة الشمالي بعد قصف.", "حماة", "ريف … الشمالي"},
    {"وقع الهجوم على بعد 120 كلم شمال بغداد ليلا.", "بغداد", "على بعد 120 كلم شمال"},
    {"سمع دوي انفجار بالقرب من دمشق.", "دمشق", "القرب"},
    {"وصل الوفد إلى دمشق مساء.", "دمشق", NULL},
};

static void relations_stand_beside_mentions(void **state) {
  for (size_t i = 0; i < sizeof relation_cases / sizeof *relation_cases; i++) {
    const relation_case *c = &relation_cases[i];
    kh_document *document = read_on(state, NULL, c->text);
    const kh_mention *mention = NULL;
    const kh_entity *place = entity_of(document, c->name, &mention);
    if (!place || !mention) {
      fail_msg("%s is not found in: %s", c->name, c->text);
      return;
    }
    if (!c->relation) {
      assert_null(mention->relation);
      assert_null(place->relation);
    } else {
      assert_non_null(mention->relation);
      assert_string_equal(mention->relation, c->relation);
      assert_string_equal(place->relation, c->relation);
    }
    kh_document_close(document);
  }
}

static void unknown_names_are_transliterated(void **state) {
  kh_document *document = read_on(state, NULL, "قال الوزير السوري سليم الحوراني إن الطريق مفتوح.");
  const kh_entity *person = entity_of(document, "سليم الحوراني", NULL);
  assert_non_null(person);
  assert_true(person->name_en_transliterated);
  assert_string_equal(person->name_en, "Salim al-Hawrani");
  kh_document_close(document);
  document = read_on(state, NULL, "انسحب حزب الفرسان من الائتلاف، وقال حزب الفرسان إنه باق.");
  const kh_entity *party = entity_of(document, "حزب الفرسان", NULL);
  if (party) assert_string_equal(party->name_en, "Al-Fursan Party");
  kh_document_close(document);
  document = read_on(state, NULL, "قال أنطونيو غوتيريش إن الوضع صعب.");
  person = entity_of(document, "أنطونيو غوتيريش", NULL);
  assert_non_null(person);
  assert_false(person->name_en_transliterated);
  assert_string_equal(person->name_en, "António Guterres");
  kh_document_close(document);
}

int who_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(offices_are_held_for_a_time),
      cmocka_unit_test(holders_who_are_named_are_found),
      cmocka_unit_test(sectors_come_from_what_stands_around),
      cmocka_unit_test(countries_come_from_what_stands_nearest),
      cmocka_unit_test(names_joined_by_waw_are_two),
      cmocka_unit_test(facilities_are_not_their_towns),
      cmocka_unit_test(heads_and_neighbours_choose_a_place),
      cmocka_unit_test(what_cannot_be_decided_stays_open),
      cmocka_unit_test(governorates_have_codes_of_their_own),
      cmocka_unit_test(unknown_names_are_transliterated),
      cmocka_unit_test(relations_stand_beside_mentions),
  };
  return cmocka_run_group_tests_name("who", tests, open_engine, close_engine);
}
