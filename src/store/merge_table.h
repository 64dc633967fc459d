// SPDX-License-Identifier: Apache-2.0
/// \file
/// Brings a derived table to a given content by changing only the rows that differ, so that a few
/// new reports cost few writes.
#ifndef KHUTWA_STORE_MERGE_TABLE_H
#define KHUTWA_STORE_MERGE_TABLE_H

#include "store/merge_heap.h"

#include <khutwa/status.h>
#include <sqlite3.h>

enum { KH_TABLE_COLUMNS = 16 };

typedef struct kh_cell {
  enum { KH_CELL_NULL, KH_CELL_INT, KH_CELL_REAL, KH_CELL_TEXT } kind;
  int64_t number;
  double real;
  const char *text; ///< Static, or in `room`.
  char room[96];
} kh_cell;

/// A table, or the part of one that is derived: `columns` in order, those of the key first.
typedef struct kh_merge_table {
  const char *name;
  const char *columns[KH_TABLE_COLUMNS]; ///< NULL after the last.
  int keys; ///< So many of them, three at the most, are the key, by which rows come.
} kh_merge_table;

/// Gives row `i`: as many cells as the table has columns. Rows come in the order of their keys.
typedef void kh_row_maker(const void *context, uint32_t i, kh_cell *cells);

/// Makes the table have the `count` rows that `make` gives, and no others.
kh_status kh_merge_table_write(sqlite3 *db, kh_heap *heap, const kh_merge_table *table,
                               uint32_t count, kh_row_maker *make, const void *context,
                               kh_error *error);

static inline void kh_cell_int(kh_cell *cell, int64_t value) {
  cell->kind = KH_CELL_INT;
  cell->number = value;
}

static inline void kh_cell_real(kh_cell *cell, double value) {
  cell->kind = KH_CELL_REAL;
  cell->real = value;
}

/// NULL gives NULL.
static inline void kh_cell_text(kh_cell *cell, const char *text) {
  cell->kind = text ? KH_CELL_TEXT : KH_CELL_NULL;
  cell->text = text;
}

static inline void kh_cell_null(kh_cell *cell) { cell->kind = KH_CELL_NULL; }

#endif
