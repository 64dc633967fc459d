// SPDX-License-Identifier: Apache-2.0
#include "store/select.h"

#include "base/error.h"

#include <string.h>

void kh_select_begin(kh_select *s, kh_store *store, kh_error *error) {
  s->store = store;
  s->error = error;
  s->status = KH_OK;
  s->statement = NULL;
  s->used = 0;
  s->count = 0;
  s->sql[0] = '\0';
}

static void too_much(kh_select *s) {
  if (s->status != KH_OK) return;
  s->status = kh_fail(s->error, KH_ERROR_LIMIT, KH_STAGE_STORE,
                      "too much is asked for at once; ask with fewer filters");
}

void kh_select_add(kh_select *s, const char *sql) {
  const size_t len = strlen(sql);
  if (s->used + len >= KH_SELECT_BYTES) {
    too_much(s);
    return;
  }
  memcpy(s->sql + s->used, sql, len + 1);
  s->used += len;
}

static void add_value(kh_select *s, const char *text, int64_t number) {
  if (s->count == KH_SELECT_VALUES) {
    too_much(s);
    return;
  }
  s->values[s->count].text = text;
  s->values[s->count++].number = number;
}

void kh_select_text(kh_select *s, const char *sql, const char *value) {
  kh_select_add(s, sql);
  add_value(s, value, 0);
}

void kh_select_int(kh_select *s, const char *sql, int64_t value) {
  kh_select_add(s, sql);
  add_value(s, NULL, value);
}

static bool is_wordlike(const char *words) {
  for (; *words; words++)
    if ((unsigned char)*words < ' ' || *words == '"' || *words == '\\') return false;
  return true;
}

void kh_select_check_words(kh_select *s, const char *words) {
  if (!is_wordlike(words) && s->status == KH_OK)
    s->status = kh_fail(s->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                        "\"%.100s\" is no list of words; write them with commas between", words);
}

void kh_select_words(kh_select *s, const char *column, const char *words) {
  if (!words || !*words) return;
  kh_select_check_words(s, words);
  kh_select_add(s, " AND ");
  kh_select_add(s, column);
  if (strchr(words, ','))
    kh_select_text(s,
                   " IN (SELECT value FROM json_each('[\"' || "
                   "replace(replace(?, ' ', ''), ',', '\",\"') || '\"]'))",
                   words);
  else
    kh_select_text(s, " = ?", words);
}

static kh_status prepare(kh_select *s) {
  if (sqlite3_prepare_v2(s->store->db, s->sql, (int)s->used, &s->statement, NULL) != SQLITE_OK)
    return s->status = kh_sql_failed(s->store, "read the record", s->error);
  for (int i = 0; i < s->count; i++) {
    const char *text = s->values[i].text;
    const int code = text ? sqlite3_bind_text(s->statement, i + 1, text, -1, SQLITE_STATIC)
                          : sqlite3_bind_int64(s->statement, i + 1, s->values[i].number);
    if (code != SQLITE_OK) return s->status = kh_sql_failed(s->store, "read the record", s->error);
  }
  return KH_OK;
}

kh_status kh_select_next(kh_select *s) {
  if (s->status != KH_OK) return s->status;
  if (!s->statement && prepare(s) != KH_OK) return s->status;
  switch (sqlite3_step(s->statement)) {
  case SQLITE_ROW:
    return KH_OK;
  case SQLITE_DONE:
    return KH_END;
  default:
    return s->status = kh_sql_failed(s->store, "read the record", s->error);
  }
}

const char *kh_select_column(kh_select *s, int column) {
  const unsigned char *text = sqlite3_column_text(s->statement, column);
  return text ? (const char *)text : "";
}

int64_t kh_select_number(kh_select *s, int column) {
  return sqlite3_column_int64(s->statement, column);
}

void kh_select_end(kh_select *s) {
  (void)sqlite3_finalize(s->statement);
  s->statement = NULL;
}
