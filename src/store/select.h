// SPDX-License-Identifier: Apache-2.0
/// \file
/// A SELECT put together from pieces and values: for questions whose filters differ.
#ifndef KHUTWA_STORE_SELECT_H
#define KHUTWA_STORE_SELECT_H

#include "store/store.h"

enum { KH_SELECT_BYTES = 12288, KH_SELECT_VALUES = 48 };

typedef struct kh_select {
  kh_store *store;
  kh_error *error;
  kh_status status; // the first failure; later calls do nothing
  sqlite3_stmt *statement;
  size_t used;
  int count;
  struct {
    const char *text; // NULL: the number
    int64_t number;
  } values[KH_SELECT_VALUES];
  char sql[KH_SELECT_BYTES];
} kh_select;

/// Begins a SELECT. Whatever happens, kh_select_end has to follow.
void kh_select_begin(kh_select *s, kh_store *store, kh_error *error);
/// Adds SQL.
void kh_select_add(kh_select *s, const char *sql);
/// Adds SQL with one "?" in it, and its value; a text is borrowed until kh_select_end.
void kh_select_text(kh_select *s, const char *sql, const char *value);
void kh_select_int(kh_select *s, const char *sql, int64_t value);
/// Notes a failure where `words` is no list of words with commas.
void kh_select_check_words(kh_select *s, const char *words);
/// Adds ` AND column IN (...)` for a list of words with commas; nothing for NULL and "".
void kh_select_words(kh_select *s, const char *column, const char *words);

/// The next row: KH_OK, KH_END, or what went wrong. Prepares the statement first where needed.
kh_status kh_select_next(kh_select *s);
/// A column of the row at hand; "" for NULL. Borrowed until the next call.
const char *kh_select_column(kh_select *s, int column);
int64_t kh_select_number(kh_select *s, int column);
void kh_select_end(kh_select *s);

#endif
