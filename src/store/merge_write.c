// SPDX-License-Identifier: Apache-2.0
// The rows of the derived tables. Numbers of rows are made of the first mention (its document and
// its place there), so that they stay when other reports come in.
#include "store/merge.h"

#include "base/error.h"
#include "store/codes.h"
#include "store/merge_table.h"

#include <stdio.h>
#include <string.h>

enum { MENTION_BITS = 20 }; // of a row's number: the place in the document

int64_t kh_row_number(const kh_merge_record *record, uint32_t document, uint32_t n) {
  return record->documents.at[document].id << MENTION_BITS | (n & ((1U << MENTION_BITS) - 1));
}

static int64_t document_id(const kh_merge_record *record, uint32_t document) {
  return record->documents.at[document].id;
}

static void cell_entity(kh_cell *cell, const kh_merge_record *record, uint32_t entity) {
  if (entity == KH_NOBODY)
    kh_cell_null(cell);
  else
    kh_cell_int(cell, record->entities.at[kh_one(record, entity)].id);
}

static void cell_day(kh_cell *cell, int32_t day) {
  if (day == KH_NO_DAY)
    kh_cell_null(cell);
  else
    kh_cell_int(cell, kh_row_day(day));
}

// ---- happenings

static void happening_row(const void *context, uint32_t i, kh_cell *c) {
  const kh_merged *m = context;
  const kh_happening *h = &m->happenings.at[i];
  kh_cell_int(&c[0], m->numbers.at[i]);
  kh_cell_int(&c[1], h->type);
  kh_cell_text(&c[2], kh_mode_name(h->mode));
  cell_day(&c[3], h->told ? h->lo : h->hi);
  cell_day(&c[4], h->told && h->hi > h->lo ? h->hi : KH_NO_DAY);
  if (h->lo == KH_NO_DAY)
    kh_cell_null(&c[5]);
  else
    kh_cell_int(&c[5], h->told);
  cell_entity(&c[6], &m->record, h->place);
  kh_cell_int(&c[7], h->mentions);
  kh_cell_int(&c[8], h->documents);
  kh_cell_int(&c[9], h->sources);
  kh_cell_int(&c[10], h->denied_at != KH_NOBODY);
}

static void happening_event_row(const void *context, uint32_t i, kh_cell *c) {
  const kh_merged *m = context;
  const kh_mention_of *mention = &m->clusters.mentions.at[i];
  kh_cell_int(&c[0], document_id(&m->record, m->clusters.nodes.at[mention->node].document));
  kh_cell_int(&c[1], mention->n);
  kh_cell_int(&c[2], m->numbers.at[m->clusters.nodes.at[mention->node].cluster]);
}

static const kh_merge_table happening_table = {"happening",
                                               {"happening", "type_code", "mode", "day_number",
                                                "until_number", "told", "place", "mentions",
                                                "documents", "sources", "denied"},
                                               1};
static const kh_merge_table happening_event_table = {
    "happening_event", {"doc", "n", "happening"}, 2};

// ---- series

static int64_t series_number(const kh_merged *m, uint32_t series) {
  const kh_count *first = &m->series.counts.at[m->series.series.at[series].first];
  return kh_row_number(&m->record, first->document, first->n);
}

static void series_row(const void *context, uint32_t i, kh_cell *c) {
  const kh_merged *m = context;
  const kh_one_series *s = &m->series.series.at[i];
  const kh_count *best = &m->series.counts.at[s->best_at];
  kh_cell_int(&c[0], series_number(m, i));
  kh_cell_int(&c[1], s->what);
  kh_cell_int(&c[2], s->counted);
  kh_cell_int(&c[3], m->series.counts.at[s->first].part);
  cell_entity(&c[4], &m->record, s->place);
  cell_day(&c[5], s->since);
  cell_day(&c[6], s->until);
  kh_cell_real(&c[7], s->low);
  kh_cell_real(&c[8], s->high);
  kh_cell_real(&c[9], s->best);
  kh_cell_int(&c[10], document_id(&m->record, best->document));
  kh_cell_int(&c[11], best->n);
  kh_cell_int(&c[12], s->figures);
  kh_cell_int(&c[13], s->sources);
  if (s->cluster == KH_NOBODY)
    kh_cell_null(&c[14]);
  else
    kh_cell_int(&c[14], m->numbers.at[s->cluster]);
}

static void series_figure_row(const void *context, uint32_t i, kh_cell *c) {
  const kh_merged *m = context;
  const kh_count *count = &m->series.counts.at[i];
  kh_cell_int(&c[0], document_id(&m->record, count->document));
  kh_cell_int(&c[1], count->n);
  kh_cell_int(&c[2], series_number(m, count->series));
}

static const kh_merge_table series_table = {
    "series",
    {"series", "what_code", "counted_code", "part", "place", "since_number", "until_number", "low",
     "high", "best", "best_doc", "best_n", "figures", "sources", "happening"},
    1};
static const kh_merge_table series_figure_table = {"series_figure", {"doc", "n", "series"}, 2};

// ---- the ledger

static int64_t entry_number(const kh_merged *m, uint32_t entry) {
  const kh_line *first = &m->ledger.lines.at[m->ledger.entries.at[entry].first];
  return kh_row_number(&m->record, first->document, first->n);
}

static void ledger_row(const void *context, uint32_t i, kh_cell *c) {
  const kh_merged *m = context;
  const kh_entry *e = &m->ledger.entries.at[i];
  const kh_line *first = &m->ledger.lines.at[e->first];
  const kh_line *latest = &m->ledger.lines.at[e->latest];
  kh_cell_int(&c[0], entry_number(m, i));
  kh_cell_int(&c[1], first->kind);
  cell_entity(&c[2], &m->record, e->place);
  kh_cell_int(&c[3], latest->status);
  cell_day(&c[4], latest->day);
  cell_day(&c[5], e->first_day);
  cell_day(&c[6], e->last_day);
  kh_cell_int(&c[7], e->lines);
  kh_cell_int(&c[8], e->sources);
}

static void ledger_step_row(const void *context, uint32_t i, kh_cell *c) {
  const kh_merged *m = context;
  const kh_line *line = &m->ledger.lines.at[i];
  kh_cell_int(&c[0], document_id(&m->record, line->document));
  kh_cell_int(&c[1], line->n);
  kh_cell_int(&c[2], entry_number(m, line->entry));
  cell_day(&c[3], line->day);
  kh_cell_int(&c[4], line->status);
  cell_entity(&c[5], &m->record, line->according_to);
}

static const kh_merge_table ledger_table = {"ledger",
                                            {"entry", "kind_code", "place", "status_code",
                                             "status_day_number", "first_day_number",
                                             "last_day_number", "mentions", "sources"},
                                            1};
static const kh_merge_table ledger_step_table = {
    "ledger_step", {"doc", "n", "entry", "day_number", "status_code", "according_to"}, 2};

/// Somebody's part in an entry: the entry's number above, the role and the entity below.
typedef struct parts_of_ledger {
  const kh_merged *merged;
  KH_LIST(uint64_t) pairs; // entry and role, entity
} parts_of_ledger;

static void gather_parts(parts_of_ledger *parts, kh_merged *m) {
  for (uint32_t i = 0; i < m->ledger.lines.count; i++) {
    const kh_line *line = &m->ledger.lines.at[i];
    for (uint32_t role = 0; role < 2; role++) {
      const kh_parts list = role ? line->asked_by : line->by;
      for (uint32_t k = 0; k < list.count; k++) {
        uint64_t *pair = KH_LIST_ADD(&m->record.heap, &parts->pairs);
        if (pair)
          *pair = (uint64_t)line->entry << 33 | (uint64_t)role << 32 |
                  kh_one(&m->record, m->record.parts.at[list.first + k]);
      }
    }
  }
  if (!parts->pairs.at) return;
  kh_sort_pairs(parts->pairs.at, parts->pairs.count);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < parts->pairs.count; i++)
    if (!i || parts->pairs.at[i] != parts->pairs.at[i - 1])
      parts->pairs.at[kept++] = parts->pairs.at[i];
  parts->pairs.count = kept;
}

static void ledger_part_row(const void *context, uint32_t i, kh_cell *c) {
  const parts_of_ledger *parts = context;
  const uint64_t pair = parts->pairs.at[i];
  kh_cell_int(&c[0], entry_number(parts->merged, (uint32_t)(pair >> 33)));
  kh_cell_int(&c[1], pair >> 32 & 1 ? KH_ROLE_ASKED_BY : KH_ROLE_BY);
  cell_entity(&c[2], &parts->merged->record, (uint32_t)pair);
}

static const kh_merge_table ledger_part_table = {
    "ledger_part", {"entry", "role_code", "entity"}, 3};

static kh_status write_ledger_parts(sqlite3 *db, kh_merged *m, kh_error *error) {
  parts_of_ledger parts = {.merged = m};
  gather_parts(&parts, m);
  kh_status status = KH_OK;
  if (m->record.heap.failed)
    status = kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  else
    status = kh_merge_table_write(db, &m->record.heap, &ledger_part_table, parts.pairs.count,
                                  ledger_part_row, &parts, error);
  KH_LIST_FREE(&m->record.heap, &parts.pairs);
  return status;
}

/// Conditions come by line, hence by document and n.
static void condition_row(const void *context, uint32_t i, kh_cell *c) {
  const kh_merged *m = context;
  const kh_condition *condition = &m->ledger.conditions.at[i];
  const kh_line *line = &m->ledger.lines.at[condition->line];
  kh_cell_int(&c[0], document_id(&m->record, line->document));
  kh_cell_int(&c[1], line->n);
  kh_cell_int(&c[2], entry_number(m, condition->needs));
  if (condition->entry == KH_NOBODY)
    kh_cell_null(&c[3]);
  else
    kh_cell_int(&c[3], entry_number(m, condition->entry));
}

static const kh_merge_table condition_table = {"condition", {"doc", "n", "needs", "entry"}, 2};

// ---- contradictions

static void contradiction_row(const void *context, uint32_t i, kh_cell *c) {
  static const char *const kinds[] = {"figure", "event", "step"};
  const kh_merged *m = context;
  const kh_contradiction *x = &m->contradictions.at[i];
  kh_cell_int(&c[0], (int64_t)i + 1);
  kh_cell_text(&c[1], kinds[x->kind]);
  kh_cell_int(&c[2], x->of);
  kh_cell_int(&c[3], document_id(&m->record, x->document_a));
  kh_cell_int(&c[4], x->n_a);
  kh_cell_int(&c[5], document_id(&m->record, x->document_b));
  kh_cell_int(&c[6], x->n_b);
  if (x->kind == KH_CONTRADICT_FIGURES)
    snprintf(c[7].room, sizeof c[7].room, "{\"a\":%.15g,\"b\":%.15g}", x->value_a, x->value_b);
  else
    snprintf(c[7].room, sizeof c[7].room, "{\"a\":\"%s\",\"b\":\"%s\"}", x->word_a, x->word_b);
  kh_cell_text(&c[7], c[7].room);
}

static const kh_merge_table contradiction_table = {
    "contradiction", {"contradiction", "kind", "of", "doc_a", "n_a", "doc_b", "n_b", "note"}, 1};

// ---- layers

typedef struct layer_table {
  const kh_merge_table *table;
  uint32_t count;
  kh_row_maker *make;
} layer_table;

static kh_status write_tables(sqlite3 *db, kh_merged *m, const layer_table *tables, size_t count,
                              kh_error *error) {
  kh_status status = KH_OK;
  for (size_t i = 0; i < count && status == KH_OK; i++)
    status = kh_merge_table_write(db, &m->record.heap, tables[i].table, tables[i].count,
                                  tables[i].make, m, error);
  return status;
}

kh_status kh_merge_write_happenings(sqlite3 *db, kh_merged *m, kh_error *error) {
  const layer_table tables[] = {
      {&happening_table, m->happenings.count, happening_row},
      {&happening_event_table, m->clusters.mentions.count, happening_event_row}};
  return write_tables(db, m, tables, 2, error);
}

kh_status kh_merge_write_series(sqlite3 *db, kh_merged *m, kh_error *error) {
  const layer_table tables[] = {{&series_table, m->series.series.count, series_row},
                                {&series_figure_table, m->series.counts.count, series_figure_row}};
  return write_tables(db, m, tables, 2, error);
}

kh_status kh_merge_write_ledger(sqlite3 *db, kh_merged *m, kh_error *error) {
  const layer_table tables[] = {{&ledger_table, m->ledger.entries.count, ledger_row},
                                {&ledger_step_table, m->ledger.lines.count, ledger_step_row},
                                {&condition_table, m->ledger.conditions.count, condition_row}};
  const kh_status status = write_tables(db, m, tables, 3, error);
  return status == KH_OK ? write_ledger_parts(db, m, error) : status;
}

kh_status kh_merge_write_contradictions(sqlite3 *db, kh_merged *m, kh_error *error) {
  return kh_merge_table_write(db, &m->record.heap, &contradiction_table, m->contradictions.count,
                              contradiction_row, m, error);
}
