// SPDX-License-Identifier: Apache-2.0
#include "store/merge_read.h"

#include "base/error.h"
#include "store/codes.h"
#include "store/fold.h"

#include <string.h>

kh_status kh_merge_failed(sqlite3 *db, kh_error *error) {
  const int code = sqlite3_errcode(db);
  // no failure is told where there was no memory for a column's text
  if (code == SQLITE_NOMEM || code == SQLITE_ROW || code == SQLITE_DONE)
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  return kh_fail(error, KH_ERROR_IO, KH_STAGE_STORE,
                 "cannot merge the reports of the record: %s; free space or mend the disk and run "
                 "the command again",
                 sqlite3_errmsg(db));
}

static kh_status no_memory(kh_error *error) {
  return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

enum { FOLDED_BYTES = 512, MOST_DAYS = 10000 * 366 };

// ---- small values

static const char *text(sqlite3_stmt *row, int column) {
  return (const char *)sqlite3_column_text(row, column);
}

static uint32_t hash_text(uint32_t hash, const char *bytes) {
  for (; bytes && *bytes; bytes++) hash = (hash ^ (unsigned char)*bytes) * 16777619U;
  return hash;
}

static uint32_t country_of(const char *letters) {
  if (!letters || strlen(letters) != 3) return 0;
  return (uint32_t)(unsigned char)letters[0] << 16 | (uint32_t)(unsigned char)letters[1] << 8 |
         (unsigned char)letters[2];
}

/// The number of a name in a row of names that end before `count`; 0 for one that is unknown.
#define NUMBER_OF(name, name_of, type, count, out)                                                 \
  do {                                                                                             \
    (out) = 0;                                                                                     \
    for (int number_ = 0; (name) && number_ < (count); number_++)                                  \
      if (!strcmp((name), name_of((type)number_))) {                                               \
        (out) = (uint8_t)number_;                                                                  \
        break;                                                                                     \
      }                                                                                            \
  } while (0)

static int32_t day_of(sqlite3_stmt *row, int column) { return kh_day_number(text(row, column)); }

/// A day that is kept as a number.
static int32_t day_at(sqlite3_stmt *row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return KH_NO_DAY;
  const int64_t day = sqlite3_column_int64(row, column); // of 1970 on; a stranger's file has any
  if (day < -KH_DAYS_BEFORE_1970 || day > MOST_DAYS - KH_DAYS_BEFORE_1970) return KH_NO_DAY;
  return (int32_t)(day + KH_DAYS_BEFORE_1970);
}

/// A word that is kept as a number, one below `count`; 0 for any other.
static uint8_t code_at(sqlite3_stmt *row, int column, int count) {
  const int64_t code = sqlite3_column_int64(row, column);
  return code < 0 || code >= count ? 0 : (uint8_t)code;
}

// ---- documents and entities

static kh_status read_documents(sqlite3 *db, kh_merge_record *record, kh_error *error) {
  sqlite3_stmt *row;
  // A copy counts with the report that it copies; a report without an outlet is its own source.
  if (sqlite3_prepare_v2(db,
                         "SELECT d.doc, d.published, coalesce(r.outlet * 2 + 1, r.doc * 2) "
                         "FROM document d JOIN document r ON r.doc = coalesce(d.copy_of, d.doc) "
                         "ORDER BY d.doc",
                         -1, &row, NULL) != SQLITE_OK)
    return kh_merge_failed(db, error);
  int step;
  while ((step = sqlite3_step(row)) == SQLITE_ROW) {
    kh_merge_document *d = KH_LIST_ADD(&record->heap, &record->documents);
    if (!d) break;
    *d = (kh_merge_document){.id = sqlite3_column_int64(row, 0),
                             .day = day_of(row, 1),
                             .source = (uint32_t)sqlite3_column_int64(row, 2)};
  }
  sqlite3_finalize(row);
  if (record->heap.failed) return no_memory(error);
  return step == SQLITE_DONE ? KH_OK : kh_merge_failed(db, error);
}

static uint8_t width_of(const char *code, const char *known, const char *admin1, bool located) {
  if (known && !strncmp(known, "c-", 2)) return KH_WIDTH_COUNTRY;
  if (known && !strncmp(known, "r-", 2)) return KH_WIDTH_REGION;
  if (!located && !code && !admin1) return KH_WIDTH_UNKNOWN;
  return kh_is_seat(code) ? KH_WIDTH_SEAT : KH_WIDTH_TOWN;
}

static void entity_of_row(sqlite3_stmt *row, kh_merge_entity *e) {
  *e = (kh_merge_entity){.id = sqlite3_column_int64(row, 0),
                         .country = country_of(text(row, 3)),
                         .latitude = (float)sqlite3_column_double(row, 4),
                         .longitude = (float)sqlite3_column_double(row, 5),
                         .located = sqlite3_column_type(row, 4) != SQLITE_NULL};
  NUMBER_OF(text(row, 1), kh_entity_kind_name, kh_entity_kind, KH_KIND_ACTOR + 1, e->kind);
  char folded[FOLDED_BYTES];
  const char *name = text(row, 9);
  kh_search_fold(name ? name : "", name ? strlen(name) : 0, folded, sizeof folded);
  e->name = hash_text(2166136261U, folded);
  if (!sqlite3_column_int(row, 2)) e->kind = KH_KIND_ACTOR; // described, not named
  const char *admin1 = text(row, 7);
  if (admin1) {
    e->admin1 = hash_text(hash_text(2166136261U, text(row, 3)), admin1);
    if (!e->admin1) e->admin1 = 1;
  }
  if (e->kind == KH_KIND_PLACE) e->width = width_of(text(row, 6), text(row, 8), admin1, e->located);
}

static kh_status read_entities(sqlite3 *db, kh_merge_record *record, kh_error *error) {
  sqlite3_stmt *row;
  if (sqlite3_prepare_v2(db,
                         "SELECT entity, kind, named, country, latitude, longitude, place_code, "
                         "admin1, known_id, name FROM entity ORDER BY entity",
                         -1, &row, NULL) != SQLITE_OK)
    return kh_merge_failed(db, error);
  int step;
  while ((step = sqlite3_step(row)) == SQLITE_ROW) {
    kh_merge_entity *e = KH_LIST_ADD(&record->heap, &record->entities);
    if (!e) break;
    entity_of_row(row, e);
    e->one = record->entities.count - 1;
  }
  sqlite3_finalize(row);
  if (record->heap.failed) return no_memory(error);
  return step == SQLITE_DONE ? KH_OK : kh_merge_failed(db, error);
}

kh_status kh_merge_read_record(sqlite3 *db, kh_merge_record *record, kh_error *error) {
  const kh_status status = read_documents(db, record, error);
  return status == KH_OK ? read_entities(db, record, error) : status;
}

/// Finds an id among `count` ascending ones that lie `size` bytes apart. Ids are nearly without
/// gaps, so that the place is mostly guessed at once.
static uint32_t number_of(const void *at, uint32_t count, size_t size, int64_t id) {
  const char *base = at;
  int64_t found;
  if (id > 0 && (uint64_t)id <= count) {
    memcpy(&found, base + (size_t)(id - 1) * size, sizeof found);
    if (found == id) return (uint32_t)(id - 1);
  }
  uint32_t low = 0, high = count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    memcpy(&found, base + (size_t)middle * size, sizeof found);
    if (found == id) return middle;
    if (found < id)
      low = middle + 1;
    else
      high = middle;
  }
  return KH_NOBODY;
}

uint32_t kh_entity_number(const kh_merge_record *record, int64_t id) {
  return number_of(record->entities.at, record->entities.count, sizeof *record->entities.at, id);
}

uint32_t kh_document_number(const kh_merge_record *record, int64_t id) {
  return number_of(record->documents.at, record->documents.count, sizeof *record->documents.at, id);
}

static uint32_t entity_at(const kh_merge_record *record, sqlite3_stmt *row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return KH_NOBODY;
  return kh_entity_number(record, sqlite3_column_int64(row, column));
}

/// A place, or nobody: claims hold what the text gives, and that is now and then no place.
static uint32_t place_at(const kh_merge_record *record, sqlite3_stmt *row, int column) {
  const uint32_t place = entity_at(record, row, column);
  return place != KH_NOBODY && record->entities.at[place].kind == KH_KIND_PLACE ? place : KH_NOBODY;
}

// ---- claims

/// Goes to the next row of a walk. What goes wrong is kept, since all walks share a connection.
static bool advance(kh_merge_reader *reader, sqlite3_stmt *row) {
  const int step = sqlite3_step(row);
  if (step != SQLITE_ROW && step != SQLITE_DONE) reader->broken = true;
  return step == SQLITE_ROW;
}

static void read_event(kh_merge_reader *reader) {
  sqlite3_stmt *row = reader->events;
  kh_merge_event *e = KH_LIST_ADD(&reader->record->heap, &reader->report.events);
  if (!e) return;
  *e = (kh_merge_event){.n = (uint32_t)sqlite3_column_int64(row, 1),
                        .start = (uint32_t)sqlite3_column_int64(row, 2),
                        .type = code_at(row, 3, KH_EVENT_ASSAULT + 1),
                        .mode = kh_mode_number(text(row, 4)),
                        .negated = sqlite3_column_int(row, 5),
                        .place = place_at(reader->record, row, 6),
                        .day = KH_NO_DAY,
                        .until = KH_NO_DAY};
  if (sqlite3_column_int(row, 9)) {
    e->day = day_at(row, 7);
    e->until = day_at(row, 8);
  }
}

static void read_figure(kh_merge_reader *reader) {
  sqlite3_stmt *row = reader->figures;
  kh_merge_figure *f = KH_LIST_ADD(&reader->record->heap, &reader->report.figures);
  if (!f) return;
  *f = (kh_merge_figure){.n = (uint32_t)sqlite3_column_int64(row, 1),
                         .start = (uint32_t)sqlite3_column_int64(row, 2),
                         .value = sqlite3_column_double(row, 3),
                         .high = sqlite3_column_double(row, 4),
                         .bound = code_at(row, 5, KH_BOUND_AT_MOST + 1),
                         .counted = code_at(row, 6, KH_COUNTED_OTHER + 1),
                         .what = code_at(row, 7, KH_HARM_OTHER + 1),
                         .part = sqlite3_column_type(row, 8) != SQLITE_NULL,
                         .restates = sqlite3_column_type(row, 9) != SQLITE_NULL,
                         .place = place_at(reader->record, row, 10),
                         .source = entity_at(reader->record, row, 11),
                         .since = day_of(row, 12),
                         .until = day_of(row, 13)};
  if (f->high < f->value) f->high = f->value;
}

static void read_step(kh_merge_reader *reader) {
  sqlite3_stmt *row = reader->steps;
  kh_merge_step *s = KH_LIST_ADD(&reader->record->heap, &reader->report.steps);
  if (!s) return;
  *s = (kh_merge_step){.n = (uint32_t)sqlite3_column_int64(row, 1),
                       .start = (uint32_t)sqlite3_column_int64(row, 2),
                       .end = (uint32_t)sqlite3_column_int64(row, 3),
                       .kind = code_at(row, 4, KH_STEP_OTHER + 1),
                       .status = code_at(row, 5, KH_STATUS_SUSPENDED + 1),
                       .for_start = (uint32_t)sqlite3_column_int64(row, 6),
                       .for_end = (uint32_t)sqlite3_column_int64(row, 7),
                       .place = place_at(reader->record, row, 8),
                       .according_to = entity_at(reader->record, row, 9),
                       .day = day_at(row, 10),
                       .same_as = sqlite3_column_type(row, 11) == SQLITE_NULL
                                      ? KH_NOBODY
                                      : (uint32_t)sqlite3_column_int64(row, 11)};
}

static void take_part(kh_merge_record *record, kh_parts *list, uint32_t entity) {
  if (list->count >= KH_PARTS_MOST) return;
  uint32_t *part = KH_LIST_ADD(&record->heap, &record->parts);
  if (!part) return;
  *part = entity;
  if (!list->count) list->first = record->parts.count - 1;
  list->count++;
}

/// The item with number `n` among `count` that lie `size` bytes apart and begin with their numbers,
/// ascending; NULL.
static void *find_claim(void *at, uint32_t count, size_t size, uint32_t n) {
  uint32_t low = 0, high = count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    uint32_t found;
    memcpy(&found, (char *)at + middle * size, sizeof found);
    if (found == n) return (char *)at + middle * size;
    if (found < n)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/// Gives one taker of a part to its claim. The rows come by document, claim and role, so that the
/// takers of one list follow one another.
static void read_part(kh_merge_reader *reader) {
  sqlite3_stmt *row = reader->parts;
  const uint32_t n = (uint32_t)sqlite3_column_int64(row, 1);
  const int role = sqlite3_column_int(row, 2);
  const uint32_t entity = entity_at(reader->record, row, 3);
  if (entity == KH_NOBODY) return;
  kh_report *r = &reader->report;
  if (role == KH_ROLE_ACTOR || role == KH_ROLE_RECIPIENT) {
    kh_merge_event *e = find_claim(r->events.at, r->events.count, sizeof *e, n);
    if (e) take_part(reader->record, role == KH_ROLE_ACTOR ? &e->actors : &e->recipients, entity);
  } else {
    kh_merge_step *s = find_claim(r->steps.at, r->steps.count, sizeof *s, n);
    if (s) take_part(reader->record, role == KH_ROLE_BY ? &s->by : &s->asked_by, entity);
  }
}

static void read_place(kh_merge_reader *reader) {
  const uint32_t place = place_at(reader->record, reader->places, 1);
  if (place == KH_NOBODY) return;
  kh_merge_place *p = KH_LIST_ADD(&reader->record->heap, &reader->report.places);
  if (p) *p = (kh_merge_place){place, (uint32_t)sqlite3_column_int64(reader->places, 2)};
}

kh_status kh_merge_reader_begin(kh_merge_reader *reader, sqlite3 *db, kh_merge_record *record,
                                kh_merge_layer layer, kh_error *error) {
  *reader = (kh_merge_reader){.db = db, .record = record};
  enum {
    EVENTS = 1 << KH_MERGE_EVENTS,
    FIGURES = 1 << KH_MERGE_FIGURES,
    STEPS = 1 << KH_MERGE_STEPS
  };
  const struct {
    sqlite3_stmt **statement;
    bool *more;
    int layers;
    const char *sql;
  } walks[] = {
      {&reader->events, &reader->more_events, EVENTS,
       "SELECT doc, n, start, type_code, mode, negated, place, day_number, "
       "coalesce(until_number, day_number), told FROM event "
       "WHERE reality_code = 0 AND state_code <> 3 ORDER BY doc, n"},
      {&reader->figures, &reader->more_figures, EVENTS | FIGURES,
       "SELECT doc, n, start, value, high, bound_code, counted_code, what_code, part_of, "
       "restates, place, source, since, until FROM figure WHERE state_code <> 3 "
       "ORDER BY doc, n"},
      {&reader->steps, &reader->more_steps, STEPS,
       "SELECT doc, n, start, end, kind_code, status_code, for_start, for_end, place, "
       "according_to, as_of_number, same_as FROM step WHERE state_code <> 3 ORDER BY doc, n"},
      {&reader->parts, &reader->more_parts, EVENTS,
       "SELECT doc, n, role_code, entity FROM part WHERE role_code IN (3, 4) "
       "ORDER BY doc, n, role_code, entity"},
      {&reader->parts, &reader->more_parts, STEPS,
       "SELECT doc, n, role_code, entity FROM part WHERE role_code IN (5, 6) "
       "ORDER BY doc, n, role_code, entity"},
      {&reader->places, &reader->more_places, EVENTS,
       "SELECT doc, entity, mentions FROM document_entity ORDER BY doc, n"},
  };
  for (size_t i = 0; i < sizeof walks / sizeof *walks; i++) {
    if (!(walks[i].layers & 1 << layer)) continue;
    if (sqlite3_prepare_v2(db, walks[i].sql, -1, walks[i].statement, NULL) != SQLITE_OK)
      return kh_merge_failed(db, error);
    *walks[i].more = advance(reader, *walks[i].statement);
    if (reader->broken) return kh_merge_failed(db, error);
  }
  return KH_OK;
}

/// Reads the rows of document `id` from one of the walks.
static void read_rows(kh_merge_reader *reader, sqlite3_stmt *row, bool *more, int64_t id,
                      void (*read)(kh_merge_reader *)) {
  for (; *more && sqlite3_column_int64(row, 0) <= id; *more = advance(reader, row))
    if (sqlite3_column_int64(row, 0) == id) read(reader);
}

kh_status kh_merge_reader_next(kh_merge_reader *reader, const kh_report **report, kh_error *error) {
  kh_merge_record *record = reader->record;
  kh_report *r = &reader->report;
  *report = r;
  while (reader->next < record->documents.count) {
    const int64_t id = record->documents.at[reader->next].id;
    r->document = reader->next++;
    r->events.count = r->figures.count = r->steps.count = r->places.count = 0;
    read_rows(reader, reader->events, &reader->more_events, id, read_event);
    read_rows(reader, reader->figures, &reader->more_figures, id, read_figure);
    read_rows(reader, reader->steps, &reader->more_steps, id, read_step);
    read_rows(reader, reader->places, &reader->more_places, id, read_place);
    read_rows(reader, reader->parts, &reader->more_parts, id, read_part);
    if (reader->broken) return kh_merge_failed(reader->db, error);
    if (record->heap.failed) return no_memory(error);
    if (r->events.count || r->figures.count || r->steps.count) return KH_OK;
  }
  return KH_END;
}

void kh_merge_reader_end(kh_merge_reader *reader) {
  sqlite3_finalize(reader->events);
  sqlite3_finalize(reader->figures);
  sqlite3_finalize(reader->steps);
  sqlite3_finalize(reader->parts);
  sqlite3_finalize(reader->places);
  if (!reader->record) return;
  kh_heap *heap = &reader->record->heap;
  KH_LIST_FREE(heap, &reader->report.events);
  KH_LIST_FREE(heap, &reader->report.figures);
  KH_LIST_FREE(heap, &reader->report.steps);
  KH_LIST_FREE(heap, &reader->report.places);
}
