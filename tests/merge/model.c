// SPDX-License-Identifier: Apache-2.0
// Days, modes, places and arrays.
#include "merge/tests.h"

static void days_there_and_back(void **state) {
  (void)state;
  assert_int_equal(kh_day_number("2020-03-01") - kh_day_number("2020-02-28"), 2);
  assert_int_equal(kh_day_number("2021-03-01") - kh_day_number("2021-02-28"), 1);
  assert_int_equal(kh_day_number("2100-03-01") - kh_day_number("2100-02-28"), 1);
  assert_int_equal(kh_day_number("2000-03-01") - kh_day_number("2000-02-28"), 2);
  assert_int_equal(kh_day_number("2021-01-01T10:00:00Z"), kh_day_number("2021-01-01"));
  char iso[11];
  const int32_t first = kh_day_number("1899-12-31");
  for (int32_t day = first; day < first + 100000; day++) {
    kh_day_write(day, iso);
    assert_int_equal(kh_day_number(iso), day);
  }
  kh_day_write(first, iso);
  assert_string_equal(iso, "1899-12-31");
}

static void no_days(void **state) {
  (void)state;
  static const char *const wrong[] = {"",           "2021",       "2021-1-01",  "2021-13-01",
                                      "2021-00-01", "2021-01-00", "2021-01-32", "20x1-01-01",
                                      "2021/01/01", "2021-01/01", "2021-01-0:"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_int_equal(kh_day_number(wrong[i]), KH_NO_DAY);
  assert_int_equal(kh_day_number(NULL), KH_NO_DAY);
}

static void every_mode_has_a_number(void **state) {
  (void)state;
  assert_int_equal(kh_mode_number(NULL), 0);
  assert_int_equal(kh_mode_number("no such mode"), 0);
  assert_null(kh_mode_name(0));
  assert_null(kh_mode_name(255));
  for (uint8_t mode = 1; kh_mode_name(mode); mode++)
    assert_int_equal(kh_mode_number(kh_mode_name(mode)), mode);
}

static void modes_of_one_attack_agree(void **state) {
  (void)state;
  assert_true(kh_modes_agree(0, kh_mode_number("abduct")));
  assert_true(kh_modes_agree(kh_mode_number("abduct"), 0));
  assert_true(kh_modes_agree(kh_mode_number("heavy"), kh_mode_number("aerial")));
  assert_true(kh_modes_agree(kh_mode_number("arrest"), kh_mode_number("arrest")));
  assert_false(kh_modes_agree(kh_mode_number("heavy"), kh_mode_number("abduct")));
  assert_false(kh_modes_agree(kh_mode_number("arrest"), kh_mode_number("seize")));
}

static void seats_of_divisions(void **state) {
  (void)state;
  assert_true(kh_is_seat("geonames:169389"));  // Idlib
  assert_true(kh_is_seat("geonames:98182"));   // Baghdad
  assert_false(kh_is_seat("geonames:172994")); // Ariha
  assert_false(kh_is_seat("geonames:99999999"));
  assert_false(kh_is_seat("geonames:1"));
  assert_false(kh_is_seat("P123"));
  assert_false(kh_is_seat(NULL));
}

/// Entities as merging sees them.
static kh_merge_record record_of(sqlite3 *db) {
  kh_merge_record record = {0};
  kh_heap_init(&record.heap, NULL);
  document(db, 1, 1, "2021-03-04");
  assert_int_equal(kh_merge_read_record(db, &record, NULL), KH_OK);
  return record;
}

static void places_to_each_other(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  run(db, "INSERT INTO entity(entity, kind, named, name, country, doc) "
          "VALUES(90, 'place', 1, 'أريحا', 'JOR', 1), (91, 'place', 1, 'تل آخر', 'SYR', 1)");
  kh_merge_record r = record_of(db);
  const uint32_t namesake = r.entities.count - 2, other = r.entities.count - 1;
  static const struct {
    int a, b;
    kh_relation relation;
  } cases[] = {{SARAQIB, SARAQIB, KH_PLACES_SAME},  {SARAQIB, ARIHA, KH_PLACES_APART},
               {SARAQIB, IDLIB, KH_PLACES_INSIDE},  {IDLIB, SARAQIB, KH_PLACES_INSIDE},
               {IDLIB, ALEPPO, KH_PLACES_APART},    {SARAQIB, ALEPPO, KH_PLACES_APART},
               {IDLIB, BINNISH, KH_PLACES_NEAR},    {SARAQIB, SYRIA, KH_PLACES_WIDE},
               {SYRIA, IDLIB, KH_PLACES_WIDE},      {SARAQIB, YEMEN, KH_PLACES_APART},
               {SYRIA, YEMEN, KH_PLACES_APART},     {GAZA, SARAQIB, KH_PLACES_APART},
               {NOWHERE, SARAQIB, KH_PLACES_UNSURE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(kh_places(&r, (uint32_t)cases[i].a - 1, (uint32_t)cases[i].b - 1),
                     cases[i].relation);
  assert_int_equal(kh_places(&r, KH_NOBODY, SARAQIB - 1), KH_PLACES_OPEN);
  assert_int_equal(kh_places(&r, SARAQIB - 1, KH_NOBODY), KH_PLACES_OPEN);
  assert_int_equal(kh_places(&r, NOWHERE - 1, other), KH_PLACES_UNSURE);
  // one name, one of them not on the map: its state is a guess
  assert_int_equal(kh_places(&r, ARIHA - 1, namesake), KH_PLACES_NEAR);
  assert_true(kh_place_narrower(&r, SARAQIB - 1, IDLIB - 1));
  assert_true(kh_place_narrower(&r, SYRIA - 1, KH_NOBODY));
  assert_false(kh_place_narrower(&r, KH_NOBODY, SYRIA - 1));
  assert_false(kh_place_narrower(&r, GAZA - 1, NOWHERE - 1));
  kh_merge_record_free(&r);
  sqlite3_close(db);
}

static void the_only_town(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  kh_merge_record r = record_of(db);
  const kh_merge_place two[] = {{IDLIB - 1, 3}, {SYRIA - 1, 1}, {SARAQIB - 1, 1}};
  assert_int_equal(kh_only_town(&r, two, 3), SARAQIB - 1);
  const kh_merge_place turned[] = {{SARAQIB - 1, 1}, {IDLIB - 1, 3}, {GAZA - 1, 1}};
  assert_int_equal(kh_only_town(&r, turned, 3), SARAQIB - 1);
  const kh_merge_place apart[] = {{ARIHA - 1, 3}, {SARAQIB - 1, 1}};
  assert_int_equal(kh_only_town(&r, apart, 2), KH_NOBODY);
  assert_int_equal(kh_only_town(&r, two + 1, 1), KH_NOBODY);
  assert_int_equal(kh_only_town(&r, NULL, 0), KH_NOBODY);
  kh_merge_record_free(&r);
  sqlite3_close(db);
}

static void arrays_that_cannot_grow(void **state) {
  (void)state;
  kh_heap heap;
  kh_heap_init(&heap, NULL);
  int *at = NULL;
  uint32_t room = 0;
  assert_false(kh_heap_reserve(&heap, &at, &room, UINT32_MAX, sizeof *at));
  assert_true(heap.failed);
  assert_null(at);
  assert_int_equal(room, 0);
  kh_heap_free(&heap, at, room, sizeof *at);
}

const struct CMUnitTest model_tests[] = {
    cmocka_unit_test(days_there_and_back),     cmocka_unit_test(no_days),
    cmocka_unit_test(every_mode_has_a_number), cmocka_unit_test(modes_of_one_attack_agree),
    cmocka_unit_test(seats_of_divisions),      cmocka_unit_test(places_to_each_other),
    cmocka_unit_test(the_only_town),           cmocka_unit_test(arrays_that_cannot_grow),
};
const size_t model_test_count = sizeof model_tests / sizeof *model_tests;
