// SPDX-License-Identifier: Apache-2.0
// Who is who, and what persons decided.
#include "merge/tests.h"

static void person(sqlite3 *db, int id, const char *name, const char *country) {
  run(db,
      "INSERT INTO entity(entity, kind, named, name, country, doc) VALUES(%d, 'person', 1, %Q, %Q, "
      "1)",
      id, name, country);
}

static int64_t joined_to(sqlite3 *db, int entity) {
  return ask(db, "SELECT merged_into FROM entity WHERE entity = %d", entity);
}

static void short_names(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  person(db, 101, "الحريري", "SYR"); // one bearer of the state
  person(db, 102, "الحداد", "");     // one bearer, but whose state?
  person(db, 103, "فتحي الزنتاني", "LBY");
  person(db, 104, "طارق الزنتاني", "LBY");
  person(db, 105, "الزنتاني", "LBY");            // one of two
  person(db, 106, "فتحي الزنتاني", "TUN");       // the same name of another state
  person(db, 107, "سالم محمد الحداد", "SYR");    // the middle name told
  person(db, 108, "الحداد", "YEM");              // a namesake elsewhere
  person(db, 109, "أ ب ت ث ج ح خ د ذ ر", "SYR"); // long
  person(db, 110, "", "SYR");
  merge(db);
  assert_int_equal(joined_to(db, 101), DOCTOR);
  assert_int_equal(joined_to(db, 102), -1);
  assert_int_equal(joined_to(db, 105), -1);
  assert_int_equal(joined_to(db, 106), -1);
  assert_int_equal(joined_to(db, MINISTER), 107);
  assert_int_equal(joined_to(db, 108), -1);
  assert_int_equal(ask(db, "SELECT count(*) FROM proposal WHERE b = 102 OR a = 102"), 2);
  assert_int_equal(ask(db, "SELECT count(*) FROM proposal WHERE a = 103 AND b = 106"), 1);
  assert_int_equal(ask(db, "SELECT count(*) FROM proposal WHERE 105 IN (a, b)"), 2);
  // a second bearer comes: what was joined is taken back and proposed
  person(db, 111, "رفيق الحريري", "SYR");
  merge(db);
  assert_int_equal(joined_to(db, 101), -1);
  assert_int_equal(ask(db, "SELECT count(*) FROM proposal WHERE 101 IN (a, b)"), 2);
  sqlite3_close(db);
}

static void too_many_namesakes(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  char name[64];
  for (int i = 0; i < 80; i++) {
    snprintf(name, sizeof name, "محمد%d الأحمد", i);
    person(db, 200 + i, name, "SYR");
    if (i >= 10) continue;
    snprintf(name, sizeof name, "علي%d الصالح", i);
    person(db, 400 + i, name, "SYR");
  }
  person(db, 300, "الأحمد", "SYR");
  person(db, 301, "الصالح", "SYR");
  merge(db);
  assert_int_equal(joined_to(db, 300), -1);
  assert_int_equal(ask(db, "SELECT count(*) FROM proposal"), 0);
  sqlite3_close(db);
}

static void bodies_described_and_named(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  run(db,
      "INSERT INTO entity(entity, kind, named, name, country, doc) VALUES"
      "(101, 'org', 1, 'الشرطة السورية', 'SYR', 1), (102, 'org', 1, 'الشرطة السورية', 'IRQ', 1), "
      "(103, 'actor', 0, 'الشرطة السورية', 'SYR', 1), (104, 'actor', 0, 'متحدث', 'SYR', 1), "
      "(105, 'actor', 0, 'متحدث', 'SYR', 1), (106, 'actor', 0, 'متحدث', '', 1)");
  merge(db);
  assert_int_equal(joined_to(db, POLICE), 101);
  assert_int_equal(joined_to(db, 103), 101);
  assert_int_equal(joined_to(db, 102), -1);
  assert_int_equal(joined_to(db, 105), 104);
  assert_int_equal(joined_to(db, 106), -1);
  sqlite3_close(db);
}

static void persons_decide_who_is_who(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  person(db, 101, "الحريري", "SYR");
  person(db, 102, "الحداد", "SYR");
  run(db, "UPDATE entity SET merged_by = 1 WHERE entity = 101"); // stands alone
  run(db, "UPDATE entity SET merged_by = 2, merged_into = %d WHERE entity = %d", DOCTOR, ENVOY);
  run(db, "UPDATE entity SET merged_by = 3, merged_into = 999 WHERE entity = 102"); // who is that?
  merge(db);
  assert_int_equal(joined_to(db, 101), -1);
  assert_int_equal(joined_to(db, ENVOY), DOCTOR);
  document(db, 1, 1, "2021-03-03");
  document(db, 2, 2, "2021-03-03");
  event(db, 1, 1,
        (told){.mode = "abduct", .day = "2021-03-03", .place = IDLIB, .recipient = DOCTOR});
  event(db, 2, 1,
        (told){.mode = "abduct", .day = "2021-03-03", .place = IDLIB, .recipient = ENVOY});
  merge(db);
  assert_int_equal(happening_of(db, 1, 1), happening_of(db, 2, 1));
  sqlite3_close(db);
}

static void odd_names(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  person(db, 101, " نادر  السعيد ", ""); // blanks that are too many
  person(db, 102, "السعيد", "");         // both of no state: perhaps
  person(db, 103, "لؤي السعيد", "X");    // a state that is none
  person(db, 104, "خالد نجم العلي", "SYR");
  person(db, 105, "نجم العلي", "SYR"); // of which this is a part
  person(db, 106, "العلي", "SYR");     // and this of both
  run(db, "INSERT INTO entity(entity, kind, named, name, country, doc) VALUES"
          "(110, 'org', 1, 'هيئة الماء', 'SYR', 1), (111, 'actor', 0, 'هيئة الماء', 'SYR', 1), "
          "(112, 'actor', 0, 'هيئة الماء', 'SYR', 1), (113, 'org', 1, 'هيئة أخرى', 'SYR', 1)");
  // joined by a person to one that the rules join to another
  run(db, "UPDATE entity SET merged_by = 1, merged_into = 111 WHERE entity = 113");
  // places with a part of what is usually known
  run(db, "INSERT INTO entity(entity, kind, named, name, country, place_code, admin1, doc) VALUES"
          "(120, 'place', 1, 'قرية', 'SYR', 'P1', NULL, 1), (121, 'place', 1, 'ضيعة', 'SYR', NULL, "
          "'12', 1)");
  document(db, 1, 1, "2021-03-03");
  event(db, 1, 1, (told){.place = 120});
  event(db, 1, 2, (told){.place = 121});
  merge(db);
  assert_int_equal(joined_to(db, 102), -1);
  assert_int_equal(joined_to(db, 105), 104);
  assert_int_equal(joined_to(db, 106), -1);
  assert_int_equal(joined_to(db, 111), 110);
  assert_int_equal(joined_to(db, 113), 110);
  assert_int_equal(ask(db, "SELECT count(*) FROM proposal WHERE 102 IN (a, b)"), 2);
  assert_int_equal(ask(db, "SELECT count(*) FROM proposal WHERE 106 IN (a, b)"), 2);
  sqlite3_close(db);
}

// ---- decisions on what was merged

static void decide(sqlite3 *db, int number, const char *action, const char *layer, int count,
                   const int (*claims)[2]) {
  run(db,
      "INSERT INTO decision(decision, at, user, action, layer, changed) "
      "VALUES(%d, '2021', 'anna', %Q, %Q, %d)",
      number, action, layer, number);
  for (int i = 0; i < count; i++)
    run(db,
        "INSERT INTO decision_target(decision, number, layer, doc, n, start, end, type) "
        "VALUES(%d, %d, 'v', %d, %d, 0, 0, '')",
        number, i, claims[i][0], claims[i][1]);
}

/// Four reports of one shelling, each with a headline, a count and a step.
static sqlite3 *four_reports(void) {
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 4; doc++) {
    document(db, doc, doc, "2021-03-03");
    event(db, doc, 1, (told){.place = SARAQIB, .day = "2021-03-03", .start = 10});
    event(db, doc, 2, (told){.place = SARAQIB, .day = "2021-03-03", .start = 50});
    figure(db, doc, 1, (figure_told){.value = 5, .start = 60});
    step(db, doc, 1, (step_told){.place = IDLIB, .by = ARMY});
  }
  event(db, 4, 3, (told){.place = ALEPPO, .day = "2021-03-03", .start = 900});
  figure(db, 4, 2, (figure_told){.value = 9, .start = 910});
  step(db, 4, 2, (step_told){.kind = "talks", .place = ALEPPO, .by = HOUTHIS});
  merge(db);
  return db;
}

static void several_are_one(void **state) {
  (void)state;
  sqlite3 *db = four_reports();
  char *before = derived(db);
  decide(db, 1, "merge", "h", 3, (const int[][2]){{4, 3}, {1, 1}, {77, 1}});
  decide(db, 2, "merge", "r", 2, (const int[][2]){{1, 1}, {4, 2}});
  decide(db, 3, "merge", "l", 2, (const int[][2]){{1, 1}, {4, 2}});
  decide(db, 4, "merge", "h", 2, (const int[][2]){{77, 7}, {1, 1}});
  merge(db);
  assert_int_equal(happening_of(db, 4, 3), (1 << 20) + 1); // the first mention names it
  assert_int_equal(happening_of(db, 2, 1), (1 << 20) + 1);
  assert_int_equal(series_of(db, 4, 2), (1 << 20) + 1);
  assert_int_equal(entry_of(db, 4, 2), (1 << 20) + 1);
  assert_int_equal(ask(db, "SELECT high FROM series"), 9);
  assert_int_equal(ask(db, "SELECT mentions FROM ledger"), 5);
  run(db, "UPDATE decision SET undone = 1"); // and all is as it was
  merge(db);
  char *after = derived(db);
  assert_string_equal(before, after);
  sqlite3_free(before);
  sqlite3_free(after);
  sqlite3_close(db);
}

static void some_belong_elsewhere(void **state) {
  (void)state;
  sqlite3 *db = four_reports();
  decide(db, 1, "split", "h", 4, (const int[][2]){{1, 1}, {2, 1}, {3, 1}, {3, 2}});
  decide(db, 2, "split", "r", 3, (const int[][2]){{1, 1}, {2, 1}, {3, 1}});
  decide(db, 3, "split", "l", 3, (const int[][2]){{1, 1}, {2, 1}, {3, 1}});
  merge(db);
  assert_int_equal(happening_of(db, 2, 1), (2 << 20) + 1);
  assert_int_equal(happening_of(db, 3, 1), (2 << 20) + 1);
  assert_int_equal(happening_of(db, 3, 2), (2 << 20) + 1);
  assert_int_equal(happening_of(db, 2, 2), (1 << 20) + 1); // the other mention of that report stays
  assert_int_equal(happening_of(db, 4, 1), (1 << 20) + 1);
  assert_int_equal(series_of(db, 3, 1), (2 << 20) + 1);
  assert_int_equal(entry_of(db, 3, 1), (2 << 20) + 1);
  assert_int_equal(ask(db, "SELECT count(*) FROM happening WHERE mentions = 0"), 0);
  // the count of the report that went as a whole went with it
  assert_int_equal(ask(db, "SELECT happening FROM series WHERE series = (2 << 20) + 1"),
                   (1 << 20) + 1); // its first figure is that of the report that stayed in part

  // later decisions go on from there
  decide(db, 4, "merge", "h", 2, (const int[][2]){{2, 1}, {4, 3}});
  merge(db);
  assert_int_equal(happening_of(db, 4, 3), (2 << 20) + 1);
  sqlite3_close(db);
}

static void two_are_not_one(void **state) {
  (void)state;
  sqlite3 *db = four_reports();
  decide(db, 1, "reject", "h", 3, (const int[][2]){{1, 1}, {3, 2}, {4, 3}});
  decide(db, 2, "reject", "r", 2, (const int[][2]){{1, 1}, {3, 1}});
  decide(db, 3, "reject", "l", 2, (const int[][2]){{1, 1}, {3, 1}});
  decide(db, 4, "reject", "h", 2, (const int[][2]){{77, 1}, {3, 1}});
  decide(db, 5, "reject", "h", 2, (const int[][2]){{2, 1}, {2, 2}}); // within one report
  merge(db);
  assert_int_equal(happening_of(db, 3, 1), (3 << 20) + 1); // the whole of that report goes
  assert_int_equal(happening_of(db, 3, 2), (3 << 20) + 1);
  assert_int_equal(happening_of(db, 2, 1), (1 << 20) + 1);
  assert_int_equal(happening_of(db, 2, 2), (2 << 20) + 2);
  assert_int_equal(series_of(db, 3, 1), (3 << 20) + 1);
  assert_int_equal(entry_of(db, 3, 1), (3 << 20) + 1);
  sqlite3_close(db);
}

const struct CMUnitTest who_tests[] = {
    cmocka_unit_test(short_names),
    cmocka_unit_test(too_many_namesakes),
    cmocka_unit_test(bodies_described_and_named),
    cmocka_unit_test(persons_decide_who_is_who),
    cmocka_unit_test(odd_names),
    cmocka_unit_test(several_are_one),
    cmocka_unit_test(some_belong_elsewhere),
    cmocka_unit_test(two_are_not_one),
};
const size_t who_test_count = sizeof who_tests / sizeof *who_tests;
