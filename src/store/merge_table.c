// SPDX-License-Identifier: Apache-2.0
// The rows that are stored and those that are wanted are walked through side by side. What differs
// is noted and changed after the walk, which could meet its own changes otherwise; rows after the
// last stored one, which are nearly all, are written at once.
#include "store/merge_table.h"

#include "base/error.h"
#include "store/merge_read.h"

#include <stdio.h>
#include <string.h>

enum { SQL_BYTES = 1024, MOST_KEYS = 3 };

#define KH_NO_ROW UINT32_MAX

/// A wanted row that is to be inserted, or to change the stored one.
typedef struct note {
  uint32_t row;
  bool insert;
} note;

/// The key of a stored row that is to go. Of its columns at most one is a word.
typedef struct key {
  int64_t numbers[MOST_KEYS];
  char word[16];
  int word_at; // column of the word; -1: none
} key;

typedef struct writer {
  sqlite3 *db;
  kh_heap *heap;
  KH_LIST(note) notes;
  KH_LIST(key) gone;
  const kh_merge_table *table;
  int columns;
  sqlite3_stmt *walk, *insert, *change, *erase;
  kh_cell cells[KH_TABLE_COLUMNS];
} writer;

// ---- statements

typedef struct sql {
  char text[SQL_BYTES];
  size_t len;
} sql;

static void say(sql *s, const char *words) {
  const int written = snprintf(s->text + s->len, sizeof s->text - s->len, "%s", words);
  s->len += (size_t)written;
}

/// "a = ?1 AND b = ?2": columns `from` to `to`, numbered from 1 as they stand in the table.
static void say_columns(sql *s, const kh_merge_table *table, int from, int to, const char *between,
                        bool valued) {
  for (int i = from; i < to; i++) {
    char value[16];
    if (i > from) say(s, between);
    say(s, table->columns[i]);
    snprintf(value, sizeof value, " = ?%d", i + 1);
    if (valued) say(s, value);
  }
}

static bool prepare(writer *w, const sql *s, sqlite3_stmt **statement) {
  return sqlite3_prepare_v2(w->db, s->text, (int)s->len, statement, NULL) == SQLITE_OK;
}

static bool prepare_walk(writer *w) {
  sql s = {.len = 0};
  say(&s, "SELECT ");
  say_columns(&s, w->table, 0, w->columns, ", ", false);
  say(&s, " FROM ");
  say(&s, w->table->name);
  say(&s, " ORDER BY ");
  say_columns(&s, w->table, 0, w->table->keys, ", ", false);
  return prepare(w, &s, &w->walk);
}

static bool prepare_insert(writer *w) {
  sql s = {.len = 0};
  say(&s, "INSERT INTO ");
  say(&s, w->table->name);
  say(&s, "(");
  say_columns(&s, w->table, 0, w->columns, ", ", false);
  say(&s, ") VALUES(");
  for (int i = 0; i < w->columns; i++) say(&s, i ? ", ?" : "?");
  say(&s, ")");
  return prepare(w, &s, &w->insert);
}

static bool prepare_change(writer *w) {
  if (w->columns == w->table->keys) return true;
  sql s = {.len = 0};
  say(&s, "UPDATE ");
  say(&s, w->table->name);
  say(&s, " SET ");
  say_columns(&s, w->table, w->table->keys, w->columns, ", ", true);
  say(&s, " WHERE ");
  say_columns(&s, w->table, 0, w->table->keys, " AND ", true);
  return prepare(w, &s, &w->change);
}

static bool prepare_erase(writer *w) {
  sql s = {.len = 0};
  say(&s, "DELETE FROM ");
  say(&s, w->table->name);
  say(&s, " WHERE ");
  say_columns(&s, w->table, 0, w->table->keys, " AND ", true);
  return prepare(w, &s, &w->erase);
}

// ---- rows

static bool same_value(sqlite3_stmt *row, int column, const kh_cell *cell) {
  const int type = sqlite3_column_type(row, column);
  switch (cell->kind) {
  case KH_CELL_INT:
    return type == SQLITE_INTEGER && sqlite3_column_int64(row, column) == cell->number;
  case KH_CELL_REAL: {
    const double stored = sqlite3_column_double(row, column);
    return type == SQLITE_FLOAT && !(stored < cell->real) && !(stored > cell->real);
  }
  case KH_CELL_TEXT: {
    const char *stored = (const char *)sqlite3_column_text(row, column);
    return stored && !strcmp(stored, cell->text);
  }
  default:
    return type == SQLITE_NULL;
  }
}

/// Below 0 where the stored row comes before the wanted one.
static int compare_keys(const writer *w) {
  for (int i = 0; i < w->table->keys; i++) {
    const kh_cell *cell = &w->cells[i];
    if (cell->kind == KH_CELL_TEXT) {
      const char *stored = (const char *)sqlite3_column_text(w->walk, i);
      const int order = strcmp(stored ? stored : "", cell->text);
      if (order) return order;
    } else {
      const int64_t stored = sqlite3_column_int64(w->walk, i);
      if (stored != cell->number) return stored < cell->number ? -1 : 1;
    }
  }
  return 0;
}

static void bind(sqlite3_stmt *statement, int number, const kh_cell *cell) {
  switch (cell->kind) {
  case KH_CELL_INT:
    sqlite3_bind_int64(statement, number, cell->number);
    break;
  case KH_CELL_REAL:
    sqlite3_bind_double(statement, number, cell->real);
    break;
  case KH_CELL_TEXT:
    sqlite3_bind_text(statement, number, cell->text, -1, SQLITE_STATIC);
    break;
  default:
    sqlite3_bind_null(statement, number);
    break;
  }
}

static bool run(sqlite3_stmt *statement) {
  const bool done = sqlite3_step(statement) == SQLITE_DONE;
  return sqlite3_reset(statement) == SQLITE_OK && done;
}

static bool put_row(writer *w, sqlite3_stmt *statement) {
  for (int i = 0; i < w->columns; i++) bind(statement, i + 1, &w->cells[i]);
  return run(statement);
}

static void note_row(writer *w, uint32_t row, bool insert) {
  note *n = KH_LIST_ADD(w->heap, &w->notes);
  if (n) *n = (note){row, insert};
}

static void note_gone(writer *w) {
  key *gone = KH_LIST_ADD(w->heap, &w->gone);
  if (!gone) return;
  *gone = (key){.word_at = -1};
  for (int i = 0; i < w->table->keys; i++)
    if (sqlite3_column_type(w->walk, i) == SQLITE_TEXT) {
      snprintf(gone->word, sizeof gone->word, "%s", (const char *)sqlite3_column_text(w->walk, i));
      gone->word_at = i;
    } else {
      gone->numbers[i] = sqlite3_column_int64(w->walk, i);
    }
}

static bool is_changed(const writer *w) {
  for (int i = w->table->keys; i < w->columns; i++)
    if (!same_value(w->walk, i, &w->cells[i])) return true;
  return false;
}

/// Compares the stored rows with the wanted ones. Gives the first wanted row after the last stored
/// one, or KH_NO_ROW when the walk failed.
static uint32_t compare_rows(writer *w, uint32_t count, kh_row_maker *make, const void *context) {
  uint32_t i = 0;
  int step = sqlite3_step(w->walk);
  if (i < count) make(context, i, w->cells);
  while (step == SQLITE_ROW && !w->heap->failed) {
    const int order = i < count ? compare_keys(w) : -1;
    if (order < 0) note_gone(w);
    if (order > 0 || (order == 0 && is_changed(w))) note_row(w, i, order > 0);
    if (order >= 0 && ++i < count) make(context, i, w->cells);
    if (order <= 0) step = sqlite3_step(w->walk);
  }
  sqlite3_reset(w->walk);
  return step == SQLITE_DONE ? i : KH_NO_ROW;
}

static bool erase_rows(const writer *w) {
  for (uint32_t i = 0; i < w->gone.count; i++) {
    const key *gone = &w->gone.at[i];
    for (int k = 0; k < w->table->keys; k++)
      if (k == gone->word_at)
        sqlite3_bind_text(w->erase, k + 1, gone->word, -1, SQLITE_STATIC);
      else
        sqlite3_bind_int64(w->erase, k + 1, gone->numbers[k]);
    if (!run(w->erase)) return false;
  }
  return true;
}

static bool write_rows(writer *w, uint32_t count, kh_row_maker *make, const void *context) {
  const uint32_t after = compare_rows(w, count, make, context);
  if (after == KH_NO_ROW || w->heap->failed || !erase_rows(w)) return false;
  for (uint32_t i = 0; i < w->notes.count; i++) {
    make(context, w->notes.at[i].row, w->cells);
    if (!put_row(w, w->notes.at[i].insert ? w->insert : w->change)) return false;
  }
  for (uint32_t i = after; i < count; i++) {
    make(context, i, w->cells);
    if (!put_row(w, w->insert)) return false;
  }
  return true;
}

kh_status kh_merge_table_write(sqlite3 *db, kh_heap *heap, const kh_merge_table *table,
                               uint32_t count, kh_row_maker *make, const void *context,
                               kh_error *error) {
  writer w = {.db = db, .heap = heap, .table = table};
  while (w.columns < KH_TABLE_COLUMNS && table->columns[w.columns]) w.columns++;
  const bool written = prepare_walk(&w) && prepare_insert(&w) && prepare_change(&w) &&
                       prepare_erase(&w) && write_rows(&w, count, make, context);
  kh_status status = KH_OK;
  if (heap->failed)
    status = kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  else if (!written)
    status = kh_merge_failed(db, error);
  sqlite3_finalize(w.walk);
  sqlite3_finalize(w.insert);
  sqlite3_finalize(w.change);
  sqlite3_finalize(w.erase);
  KH_LIST_FREE(heap, &w.notes);
  KH_LIST_FREE(heap, &w.gone);
  return status;
}
