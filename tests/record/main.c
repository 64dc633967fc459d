// SPDX-License-Identifier: Apache-2.0
#include "record/record.h"
#include "text/text.h"

#include <khutwa/khutwa.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// ---- an allocator that counts and fails when told

typedef struct meter {
  size_t held;
  unsigned calls;
  unsigned fail_at; // 0: never
} meter;

static void *metered_resize(void *context, void *pointer, size_t old_size, size_t size) {
  meter *m = context;
  if (size == 0) {
    m->held -= pointer ? old_size : 0;
    free(pointer);
    return NULL;
  }
  if (++m->calls == m->fail_at) return NULL;
  void *moved = realloc(pointer, size);
  assert_non_null(moved);
  m->held += size - (pointer ? old_size : 0);
  return moved;
}

static const char report[] =
    "قال وزير الخارجية سالم الحداد الخميس إن خمسة مدنيين، بينهم طفلان، قتلوا في قصف نفذته الطائرات "
    "الحربية على أطراف حلب في 5 أيار/مايو 2019.\nوطالب الحداد الأمم المتحدة بوقف إطلاق النار.\n";

// ---- the day of a report

static void dateline(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *day; // NULL: none
  } cases[] = {
      {"هدوء حذر\n\nعدن – الأربعاء 6 أبريل 2022\n\nقال سكان أمس إن الطريق فتح.", "2022-04-06"},
      {"انتهت الحرب في 8 أيار 1945 بعد ست سنوات من القتال الذي دمر القارة كلها.", NULL},
      {"قال الوزير إن اللقاء جرى في 3 مارس 2020.", NULL},
      {"وصلت القافلة صباح أمس.", NULL},
  };
  kh_engine *engine = NULL;
  assert_int_equal(kh_engine_open(&engine, NULL, NULL), KH_OK);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_document *d = NULL;
    assert_int_equal(kh_document_read(&d, engine, cases[i].text, strlen(cases[i].text), NULL, NULL),
                     KH_OK);
    if (cases[i].day) {
      assert_string_equal(kh_document_published(d), cases[i].day);
      assert_int_equal(kh_document_published_from(d), KH_PUBLISHED_TEXT);
    } else {
      assert_null(kh_document_published(d));
      assert_int_equal(kh_document_published_from(d), KH_PUBLISHED_NONE);
    }
    kh_document_close(d);
  }
  const kh_source told = {.published = "2022-05-01"};
  kh_document *d = NULL;
  assert_int_equal(kh_document_read(&d, engine, cases[0].text, strlen(cases[0].text), &told, NULL),
                   KH_OK);
  assert_string_equal(kh_document_published(d), "2022-05-01");
  kh_document_close(d);
  kh_engine_close(engine);
}

// ---- memory that runs out

static void every_allocation_may_fail(void **state) {
  (void)state;
  unsigned failures = 0;
  for (unsigned fail_at = 1;; fail_at++) {
    assert_true(fail_at < 10000);
    meter m = {0, 0, fail_at};
    const kh_allocator allocator = {metered_resize, &m};
    const kh_engine_options options = {.allocator = &allocator};
    const kh_source source = {.id = "r", .title = "خبر", .published = "2019-05-30"};
    kh_engine *engine = NULL;
    kh_document *document = NULL;
    kh_error error = {0};
    kh_status status = kh_engine_open(&engine, &options, &error);
    if (status == KH_OK)
      status = kh_document_read(&document, engine, report, sizeof report - 1, &source, &error);
    else
      assert_null(engine);
    const bool done = status == KH_OK;
    if (!done) {
      failures++;
      assert_int_equal(status, KH_ERROR_MEMORY);
      assert_int_equal(error.code, KH_ERROR_MEMORY);
      assert_null(document);
    }
    kh_document_close(document);
    kh_engine_close(engine);
    assert_int_equal(m.held, 0);
    if (done) break;
  }
  print_message("# %u allocations failed in turn\n", failures);
  assert_true(failures >= 4);
}

// ---- arguments

static void engines_refuse_bad_options(void **state) {
  (void)state;
  kh_error error;
  kh_engine *engine = NULL;
  assert_int_equal(kh_engine_open(NULL, NULL, &error), KH_ERROR_ARGUMENT);
  kh_engine_options options = {.max_document = (size_t)2 << 30};
  assert_int_equal(kh_engine_open(&engine, &options, &error), KH_ERROR_ARGUMENT);
  assert_null(engine);
  static const float none[] = {-0.1F, 1.1F, NAN};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
    options = (kh_engine_options){.min_confidence = none[i]};
    assert_int_equal(kh_engine_open(&engine, &options, NULL), KH_ERROR_ARGUMENT);
  }
  options = (kh_engine_options){.tables = "/nowhere/khutwa.tables"};
  assert_int_not_equal(kh_engine_open(&engine, &options, &error), KH_OK);
  assert_true(error.message[0]);
  options = (kh_engine_options){.tables = KH_SOURCE_DIR "/README.md"};
  assert_int_equal(kh_engine_open(&engine, &options, &error), KH_ERROR_TABLE);
  assert_null(engine);
  kh_engine_close(NULL);
}

static void engines_take_tables_from_a_file(void **state) {
  (void)state;
  kh_engine *built_in;
  kh_engine *from_file;
  const kh_engine_options options = {.tables = KH_TABLES_FILE};
  assert_int_equal(kh_engine_open(&built_in, NULL, NULL), KH_OK);
  assert_int_equal(kh_engine_open(&from_file, &options, NULL), KH_OK);
  assert_string_equal(kh_engine_tables_digest(built_in), kh_engine_tables_digest(from_file));
  assert_int_equal(strlen(kh_engine_tables_digest(built_in)), 64);
  kh_engine_close(built_in);
  kh_engine_close(from_file);
}

static void documents_refuse_bad_arguments(void **state) {
  (void)state;
  kh_engine *engine;
  const kh_engine_options options = {.max_document = 20};
  assert_int_equal(kh_engine_open(&engine, &options, NULL), KH_OK);
  kh_document *document = NULL;
  kh_error error;
  assert_int_equal(kh_document_read(NULL, engine, "", 0, NULL, &error), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_document_read(&document, NULL, "", 0, NULL, &error), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_document_read(&document, engine, NULL, 1, NULL, NULL), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_document_read(&document, engine, report, 21, NULL, &error), KH_ERROR_LIMIT);
  assert_non_null(strstr(error.message, "20"));
  const kh_source wrong = {.published = "2019-02-30"};
  assert_int_equal(kh_document_read(&document, engine, "", 0, &wrong, &error), KH_ERROR_ARGUMENT);
  assert_null(document);
  assert_int_equal(kh_document_read(&document, engine, NULL, 0, NULL, NULL), KH_OK);
  size_t len = 7;
  assert_string_equal(kh_document_text(document, &len), "");
  assert_int_equal(len, 0);
  assert_string_equal(kh_document_lang(document), "und");
  assert_null(kh_document_published(document));
  assert_null(kh_document_id(document));
  assert_null(kh_document_outlet(document));
  assert_null(kh_document_title(document));
  kh_document_close(document);
  kh_document_close(NULL);
  kh_engine_close(engine);
}

static void metadata_is_kept(void **state) {
  (void)state;
  kh_engine *engine;
  kh_document *document;
  assert_int_equal(kh_engine_open(&engine, NULL, NULL), KH_OK);
  const kh_source source = {.id = "r1",
                            .outlet = "صحيفة",
                            .title = "خبر",
                            .published = "2019-05-30T10:00:00Z",
                            .published_from = KH_PUBLISHED_INPUT};
  assert_int_equal(kh_document_read(&document, engine, report, sizeof report - 1, &source, NULL),
                   KH_OK);
  assert_string_equal(kh_document_id(document), "r1");
  assert_string_equal(kh_document_outlet(document), "صحيفة");
  assert_string_equal(kh_document_title(document), "خبر");
  assert_string_equal(kh_document_published(document), "2019-05-30");
  assert_int_equal(kh_document_published_from(document), KH_PUBLISHED_INPUT);
  assert_string_equal(kh_document_lang(document), "ar");
  assert_int_equal(strlen(kh_document_raw_sha256(document)), 64);
  assert_int_equal(strlen(kh_document_text_sha256(document)), 64);
  assert_memory_equal(kh_document_text(document, NULL), "خبر\n\nقال", 14);
  assert_int_equal(kh_document_withheld(document), 0);
  kh_document_close(document);
  kh_engine_close(engine);
}

// ---- drafts that keep or break their promises

/// A document whose layers are made by hand, over a text of two-byte letters.
typedef struct bench {
  kh_engine *engine;
  kh_document *document;
  jmp_buf guard;
  kh_mention_layer mentions;
  kh_claim_layer claims;
} bench;

static const char letters[] = "ابتث جحخد ذرزس شصضط";

static void bench_open(bench *b, float min_confidence) {
  memset(b, 0, sizeof *b);
  const kh_engine_options options = {.min_confidence = min_confidence};
  assert_int_equal(kh_engine_open(&b->engine, &options, NULL), KH_OK);
  assert_int_equal(
      kh_document_read(&b->document, b->engine, letters, sizeof letters - 1, NULL, NULL), KH_OK);
  b->document->arena.guard = &b->guard;
  if (setjmp(b->guard)) fail_msg("out of memory");
}

static void bench_record(bench *b) {
  b->document->mentions = &b->mentions;
  b->document->claims = &b->claims;
  kh_record_stage(b->document);
}

static void bench_close(bench *b) {
  kh_document_close(b->document);
  kh_engine_close(b->engine);
}

#define ADD(b, array) KH_ADD(&(b)->document->arena, array)

/// An entity with one mention; its index.
static int32_t add_entity(bench *b, kh_entity_kind kind, kh_mention_form form, uint32_t start) {
  kh_draft *draft = ADD(b, &b->mentions.entities);
  draft->kind = kind;
  draft->confidence = 2.0F; // never measured
  const int32_t entity = (int32_t)b->mentions.entities.count - 1;
  kh_name *name = ADD(b, &b->mentions.others);
  *name = (kh_name){.span = {start, start + 4}, .entity = entity, .form = form};
  return entity;
}

static kh_figure good_figure(void) {
  return (kh_figure){.span = {0, 4},
                     .value = 3,
                     .high = -1,
                     .part_of = KH_NONE,
                     .restates = KH_NONE,
                     .place = KH_NONE,
                     .source = KH_NONE,
                     .origin = {"r", -1}};
}

static kh_statement good_statement(int32_t speaker) {
  return (kh_statement){.cue = {0, 4},
                        .speaker = speaker,
                        .speaker_span = {4, 6},
                        .content = {9, 13},
                        .via = KH_NONE,
                        .time = KH_NONE,
                        .inside = KH_NONE,
                        .origin = {"r", -1}};
}

static kh_event good_event(void) {
  return (kh_event){.trigger = {0, 4},
                    .place = KH_NONE,
                    .time = KH_NONE,
                    .statement = KH_NONE,
                    .origin = {"r", -1}};
}

static kh_step good_step(void) {
  return (kh_step){.what = {0, 4},
                   .place = KH_NONE,
                   .according_to = KH_NONE,
                   .statement = KH_NONE,
                   .same_as = KH_NONE,
                   .origin = {"r", -1}};
}

static const kh_span no_spans[] = {{0, 0}, {4, 4}, {6, 4}, {1, 4}, {0, 3}, {0, 500}, {500, 502}};
enum { NO_SPANS = sizeof no_spans / sizeof *no_spans };

static void broken_figures_are_withheld(void **state) {
  (void)state;
  bench b;
  bench_open(&b, 0);
  for (size_t i = 0; i < NO_SPANS; i++) {
    kh_figure *f = ADD(&b, &b.claims.figures);
    *f = good_figure();
    f->span = no_spans[i];
  }
  kh_figure wrong[5];
  for (size_t i = 0; i < 5; i++) wrong[i] = good_figure();
  wrong[0].value = INFINITY;
  wrong[1].high = NAN;
  wrong[2].bound = (kh_bound)9;
  wrong[3].counted = (kh_counted)99;
  wrong[4].what = (kh_harm)99;
  for (size_t i = 0; i < 5; i++) *(kh_figure *)ADD(&b, &b.claims.figures) = wrong[i];
  kh_figure *last = ADD(&b, &b.claims.figures);
  *last = good_figure();
  last->part_of = (int32_t)NO_SPANS + 5; // itself
  last->restates = 0;                    // withheld
  last->place = 77;                      // nobody
  last->origin = (kh_origin){NULL, 7};   // no rule, no confidence
  bench_record(&b);
  assert_int_equal(kh_document_withheld(b.document), NO_SPANS + 5);
  size_t count;
  const kh_figure *kept = kh_document_figures(b.document, &count);
  assert_int_equal(count, 1);
  assert_int_equal(kept->part_of, KH_NONE);
  assert_int_equal(kept->restates, KH_NONE);
  assert_int_equal(kept->place, KH_NONE);
  assert_non_null(kept->origin.rule);
  assert_true(kept->origin.confidence < 0);
  bench_close(&b);
}

static void broken_statements_are_withheld(void **state) {
  (void)state;
  bench b;
  bench_open(&b, 0);
  const int32_t speaker = add_entity(&b, KH_KIND_PERSON, KH_FORM_NAME, 4);
  const int32_t absent = (int32_t)b.mentions.entities.count;
  ADD(&b, &b.mentions.entities); // an entity without any mention
  for (size_t i = 0; i < NO_SPANS; i++) {
    kh_statement *s = ADD(&b, &b.claims.statements);
    *s = good_statement(speaker);
    s->cue = no_spans[i];
    s = ADD(&b, &b.claims.statements);
    *s = good_statement(speaker);
    s->content = no_spans[i];
  }
  static const int32_t nobody[] = {KH_NONE, 500, -7};
  for (size_t i = 0; i < 3; i++)
    *(kh_statement *)ADD(&b, &b.claims.statements) = good_statement(nobody[i]);
  *(kh_statement *)ADD(&b, &b.claims.statements) = good_statement(absent);
  kh_statement *s = ADD(&b, &b.claims.statements);
  *s = good_statement(speaker);
  s->mode = (kh_statement_mode)9;
  s = ADD(&b, &b.claims.statements);
  *s = good_statement(speaker);
  s->speaker_span = (kh_span){3, 5}; // in the middle of letters: forgotten, not fatal
  bench_record(&b);
  assert_int_equal(kh_document_withheld(b.document), 2 * NO_SPANS + 5);
  size_t count;
  const kh_statement *kept = kh_document_statements(b.document, &count);
  assert_int_equal(count, 1);
  assert_int_equal(kept->speaker, 0);
  assert_int_equal(kept->speaker_span.end, 0);
  bench_close(&b);
}

static void broken_events_steps_and_times_are_withheld(void **state) {
  (void)state;
  bench b;
  bench_open(&b, 0);
  for (size_t i = 0; i < NO_SPANS; i++) {
    kh_event *v = ADD(&b, &b.claims.events);
    *v = good_event();
    v->trigger = no_spans[i];
    kh_step *p = ADD(&b, &b.claims.steps);
    *p = good_step();
    p->what = no_spans[i];
    kh_time_mention *t = ADD(&b, &b.mentions.times);
    t->time = (kh_time){.span = no_spans[i], .value = "2019", .origin = {"r", -1}};
  }
  kh_event v = good_event();
  v.type = (kh_event_type)99;
  *(kh_event *)ADD(&b, &b.claims.events) = v;
  v = good_event();
  v.reality = (kh_reality)-1;
  *(kh_event *)ADD(&b, &b.claims.events) = v;
  kh_step p = good_step();
  p.kind = (kh_step_kind)99;
  *(kh_step *)ADD(&b, &b.claims.steps) = p;
  p = good_step();
  p.status = (kh_step_status)99;
  *(kh_step *)ADD(&b, &b.claims.steps) = p;
  kh_time_mention *t = ADD(&b, &b.mentions.times);
  t->time = (kh_time){.span = {0, 4}, .type = (kh_time_type)9, .value = "2019"};
  t = ADD(&b, &b.mentions.times);
  t->time = (kh_time){.span = {0, 4}, .value = NULL};
  *(kh_event *)ADD(&b, &b.claims.events) = good_event();
  p = good_step();
  p.condition_for = (kh_span){1, 3};
  *(kh_step *)ADD(&b, &b.claims.steps) = p;
  p = good_step();
  p.what = (kh_span){2, 4};
  p.condition_for = (kh_span){0, 4};
  *(kh_step *)ADD(&b, &b.claims.steps) = p;
  t = ADD(&b, &b.mentions.times);
  t->time = (kh_time){.span = {0, 4}, .value = "2019", .origin = {"r", 0.5F}};
  bench_record(&b);
  assert_int_equal(kh_document_withheld(b.document), 3 * (NO_SPANS + 2));
  size_t count;
  kh_document_events(b.document, &count);
  assert_int_equal(count, 1);
  const kh_time *time = kh_document_times(b.document, &count);
  assert_int_equal(count, 1);
  assert_true(time->origin.confidence > 0.4F);
  const kh_step *steps = kh_document_steps(b.document, &count);
  assert_int_equal(count, 2);
  assert_int_equal(steps[0].condition_for.end, 0);
  assert_int_equal(steps[1].condition_for.end, 4);
  bench_close(&b);
}

static void items_stand_in_the_order_of_the_text(void **state) {
  (void)state;
  bench b;
  bench_open(&b, 0);
  static const kh_span spans[] = {{18, 22}, {0, 4}, {9, 13}, {0, 2}, {9, 13}};
  for (size_t i = 0; i < 5; i++) {
    kh_figure *f = ADD(&b, &b.claims.figures);
    *f = good_figure();
    f->span = spans[i];
    f->value = (double)i;
    f->part_of = i == 0 ? 1 : KH_NONE;
    kh_step *p = ADD(&b, &b.claims.steps);
    *p = good_step();
    p->what = spans[i];
    p->same_as = i == 0 ? 1 : i == 1 ? 0 : KH_NONE; // 1 stands before 0
  }
  bench_record(&b);
  size_t count;
  const kh_figure *f = kh_document_figures(b.document, &count);
  static const int wanted[] = {3, 1, 2, 4, 0};
  for (size_t i = 0; i < 5; i++) assert_int_equal((int)f[i].value, wanted[i]);
  assert_int_equal(f[4].part_of, 1);
  const kh_step *p = kh_document_steps(b.document, NULL);
  assert_int_equal(p[4].same_as, 1);
  assert_int_equal(p[1].same_as, KH_NONE);
  bench_close(&b);
}

static void uncertain_items_are_left_out_when_asked(void **state) {
  (void)state;
  bench b;
  bench_open(&b, 0.6F);
  static const float sure[] = {-1, 0.5F, 0.6F, 0.9F};
  for (size_t i = 0; i < 4; i++) {
    kh_event *v = ADD(&b, &b.claims.events);
    *v = good_event();
    v->origin.confidence = sure[i];
    kh_time_mention *t = ADD(&b, &b.mentions.times);
    t->time = (kh_time){.span = {0, 4}, .value = "2019", .origin = {"r", sure[i]}};
  }
  bench_record(&b);
  assert_int_equal(kh_document_withheld(b.document), 0);
  size_t count;
  kh_document_events(b.document, &count);
  assert_int_equal(count, 3);
  kh_document_times(b.document, &count);
  assert_int_equal(count, 3);
  bench_close(&b);
}

static void entities_are_those_named_or_spoken_of(void **state) {
  (void)state;
  bench b;
  bench_open(&b, 0);
  const int32_t named = add_entity(&b, KH_KIND_PERSON, KH_FORM_NAME, 0);
  add_entity(&b, KH_KIND_ACTOR, KH_FORM_NOMINAL, 9);                        // nobody's business
  const int32_t actor = add_entity(&b, KH_KIND_ACTOR, KH_FORM_NOMINAL, 18); // speaks
  add_entity(&b, (kh_entity_kind)99, KH_FORM_NAME, 0);
  add_entity(&b, KH_KIND_ORG, KH_FORM_ROLE, 9); // no name, no claim
  kh_draft *draft = &b.mentions.entities.at[named];
  draft->name = "سالم";
  memcpy(draft->country, "SYRX", 4); // without an end
  draft->sector = (kh_sector)99;
  draft->located = true;
  draft->latitude = NAN;
  *(kh_role *)ADD(&b, &draft->roles) = (kh_role){{0, 4}};
  *(kh_role *)ADD(&b, &draft->roles) = (kh_role){{1, 4}};
  static const kh_name more[] = {
      {.span = {4, 8}, .entity = 0, .form = KH_FORM_PRONOUN},
      {.span = {0, 4}, .entity = 0, .form = KH_FORM_PRONOUN}, // stands there already
      {.span = {0, 2}, .entity = 0, .form = KH_FORM_NAME},
      {.span = {1, 2}, .entity = 0, .form = KH_FORM_NAME},       // broken
      {.span = {0, 2}, .entity = 0, .form = (kh_mention_form)9}, // broken
      {.span = {0, 2}, .entity = 55, .form = KH_FORM_NAME},      // broken
      {.span = {0, 2}, .entity = KH_NONE, .form = KH_FORM_NAME}, // nobody's, no defect
  };
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    *(kh_name *)ADD(&b, &b.mentions.names) = more[i];
  *(kh_statement *)ADD(&b, &b.claims.statements) = good_statement(actor);
  bench_record(&b);
  assert_int_equal(kh_document_withheld(b.document), 3);
  size_t count;
  const kh_entity *e = kh_document_entities(b.document, &count);
  assert_int_equal(count, 2);
  assert_string_equal(e[0].name, "سالم");
  assert_string_equal(e[0].country, "SYR");
  assert_int_equal(e[0].sector, KH_SECTOR_NONE);
  assert_false(e[0].located);
  assert_int_equal(e[0].role_count, 1);
  assert_int_equal(e[0].mention_count, 3);
  assert_int_equal(e[0].mentions[0].span.end, 2);
  assert_int_equal(e[0].mentions[1].form, KH_FORM_NAME);
  assert_string_equal(e[1].name, "ذر"); // as it stands in the text
  assert_int_equal(kh_document_statements(b.document, NULL)->speaker, 1);
  bench_close(&b);
}

static void references_are_renumbered_and_bounded(void **state) {
  (void)state;
  bench b;
  bench_open(&b, 0);
  enum { MANY = 100 };
  int32_t refs[MANY + 3];
  for (int i = 0; i < MANY; i++) refs[i] = add_entity(&b, KH_KIND_ORG, KH_FORM_NOMINAL, 0);
  refs[MANY] = refs[0];
  refs[1] = refs[0]; // twice
  refs[2] = -5;
  refs[3] = 9999;
  kh_event *v = ADD(&b, &b.claims.events);
  *v = good_event();
  v->actors = (kh_refs){refs, MANY + 1};
  v->recipients = (kh_refs){refs + 4, 2};
  v->place = refs[4];
  v->statement = 1;
  kh_figure *f = ADD(&b, &b.claims.figures);
  *f = good_figure();
  f->place = refs[4];
  f->source = refs[5];
  for (int i = 0; i < 3; i++) { // statements inside one another in a circle
    kh_statement *s = ADD(&b, &b.claims.statements);
    *s = good_statement(refs[4]);
    s->cue = (kh_span){(uint32_t)i * 2, (uint32_t)i * 2 + 2};
    s->inside = (i + 1) % 3;
    s->with = (kh_refs){refs + 5, 1};
    s->to = (kh_refs){refs + 6, 1};
    s->via = refs[7];
  }
  kh_step *p = ADD(&b, &b.claims.steps);
  *p = good_step();
  p->by = (kh_refs){refs + 8, 1};
  p->asked_by = (kh_refs){refs + 9, 1};
  p->place = refs[10];
  p->according_to = refs[11];
  p->statement = 2;
  bench_record(&b);
  assert_int_equal(kh_document_withheld(b.document), 0);
  size_t entities, count;
  kh_document_entities(b.document, &entities);
  v = (kh_event *)kh_document_events(b.document, &count);
  assert_int_equal(count, 1);
  assert_true(v->actors.count <= 64 && v->actors.count >= 60);
  for (uint32_t i = 0; i < v->actors.count; i++) {
    assert_in_range(v->actors.at[i], 0, entities - 1);
    for (uint32_t k = 0; k < i; k++) assert_int_not_equal(v->actors.at[i], v->actors.at[k]);
  }
  const kh_statement *s = kh_document_statements(b.document, &count);
  assert_int_equal(count, 3);
  for (size_t i = 0; i < count; i++) {
    int32_t at = (int32_t)i;
    for (int depth = 0; at != KH_NONE; depth++, at = s[at].inside) assert_true(depth < 3);
  }
  assert_int_equal(kh_document_figures(b.document, NULL)->place, v->place);
  assert_int_equal(kh_document_steps(b.document, NULL)->statement, 2);
  bench_close(&b);
}

static void positions_are_found_quickly(void **state) {
  (void)state;
  kh_engine *engine;
  kh_document *document;
  assert_int_equal(kh_engine_open(&engine, NULL, NULL), KH_OK);
  char text[3000];
  size_t len = 0;
  static const char *const pieces[] = {"a", "ق", "€", "🕊", " "};
  for (size_t i = 0; len + 5 < sizeof text; i++) {
    const char *piece = pieces[i * i % 5];
    memcpy(text + len, piece, strlen(piece));
    len += strlen(piece);
  }
  const kh_source source = {.format = KH_FORMAT_TEXT};
  assert_int_equal(kh_document_read(&document, engine, text, len, &source, NULL), KH_OK);
  for (uint32_t at = 0; at <= len; at++)
    if (at == len || ((unsigned char)text[at] & 0xC0) != 0x80)
      assert_int_equal(kh_record_code_points(document, at), kh_span_code_points(text, at));
  kh_document_close(document);
  kh_engine_close(engine);
}

// ---- words of the record

#define CHECK_NAMES(type, function, last)                                                          \
  for (int i = 0; i <= (int)(last); i++) {                                                         \
    const char *name = function((type)i);                                                          \
    assert_non_null(name);                                                                         \
    for (int k = 0; k < i; k++) assert_string_not_equal(name, function((type)k));                  \
  }                                                                                                \
  assert_non_null(function((type)9999))

static void every_value_has_its_own_word(void **state) {
  (void)state;
  CHECK_NAMES(kh_entity_kind, kh_entity_kind_name, KH_KIND_ACTOR);
  CHECK_NAMES(kh_mention_form, kh_mention_form_name, KH_FORM_PRONOUN);
  CHECK_NAMES(kh_time_type, kh_time_type_name, KH_TIME_SET);
  CHECK_NAMES(kh_bound, kh_bound_name, KH_BOUND_AT_MOST);
  CHECK_NAMES(kh_counted, kh_counted_name, KH_COUNTED_OTHER);
  CHECK_NAMES(kh_harm, kh_harm_name, KH_HARM_OTHER);
  CHECK_NAMES(kh_statement_mode, kh_statement_mode_name, KH_MODE_MIXED);
  CHECK_NAMES(kh_event_type, kh_event_type_name, KH_EVENT_ASSAULT);
  CHECK_NAMES(kh_reality, kh_reality_name, KH_REALITY_CONDITIONAL);
  CHECK_NAMES(kh_step_kind, kh_step_kind_name, KH_STEP_OTHER);
  CHECK_NAMES(kh_step_status, kh_step_status_name, KH_STATUS_SUSPENDED);
  assert_null(kh_sector_name(KH_SECTOR_NONE));
  assert_string_equal(kh_sector_name(KH_SECTOR_LAB), "LAB");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dateline),
      cmocka_unit_test(every_allocation_may_fail),
      cmocka_unit_test(engines_refuse_bad_options),
      cmocka_unit_test(engines_take_tables_from_a_file),
      cmocka_unit_test(documents_refuse_bad_arguments),
      cmocka_unit_test(metadata_is_kept),
      cmocka_unit_test(broken_figures_are_withheld),
      cmocka_unit_test(broken_statements_are_withheld),
      cmocka_unit_test(broken_events_steps_and_times_are_withheld),
      cmocka_unit_test(items_stand_in_the_order_of_the_text),
      cmocka_unit_test(uncertain_items_are_left_out_when_asked),
      cmocka_unit_test(entities_are_those_named_or_spoken_of),
      cmocka_unit_test(references_are_renumbered_and_bounded),
      cmocka_unit_test(positions_are_found_quickly),
      cmocka_unit_test(every_value_has_its_own_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
