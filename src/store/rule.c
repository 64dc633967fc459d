// SPDX-License-Identifier: Apache-2.0
// Names of rules as small numbers. The few hundred that there are, are remembered.
#include "store/entity.h"

#include "base/error.h"

#include <string.h>

enum { PLACES = 1024, NAME_BYTES = 56 };

typedef struct known_rule {
  char name[NAME_BYTES];
  int64_t rule; // 0: free
} known_rule;

struct kh_rules {
  known_rule at[PLACES];
  unsigned count;
};

void kh_rules_forget(kh_store *store) {
  const kh_allocator *a = &store->allocator;
  if (store->rules) a->resize(a->context, store->rules, sizeof *store->rules, 0);
  store->rules = NULL;
}

static kh_rules *rules_of(kh_store *store) {
  if (store->rules) return store->rules;
  const kh_allocator *a = &store->allocator;
  kh_rules *rules = a->resize(a->context, NULL, 0, sizeof *rules);
  if (rules) memset(rules, 0, sizeof *rules);
  store->rules = rules;
  return rules;
}

static known_rule *place_of(kh_rules *rules, const char *name) {
  uint32_t hash = 2166136261U;
  for (const char *c = name; *c; c++) hash = (hash ^ (unsigned char)*c) * 16777619U;
  for (;; hash++) {
    known_rule *r = &rules->at[hash % PLACES];
    if (!r->rule || strcmp(r->name, name) == 0) return r;
  }
}

static kh_status look_up(kh_store *store, const char *name, int64_t *rule, kh_error *error) {
  kh_row row = kh_row_of(store, "SELECT rule FROM rule WHERE name = ?", error);
  kh_row_text_len(&row, name, strlen(name));
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status;
  *rule = sqlite3_column_int64(row.statement, 0);
  kh_row_end(&row);
  return KH_OK;
}

static kh_status find_or_enter(kh_store *store, const char *name, int64_t *rule, kh_error *error) {
  kh_status status = look_up(store, name, rule, error);
  if (status != KH_END) return status;
  kh_row row = kh_row_of(store, "INSERT INTO rule(name, doc) VALUES(?, ?)", error);
  kh_row_text_len(&row, name, strlen(name));
  kh_row_int(&row, store->adding);
  status = kh_row_run(&row);
  *rule = sqlite3_last_insert_rowid(store->db);
  return status;
}

kh_status kh_rule_number(kh_store *store, const char *name, int64_t *rule, kh_error *error) {
  if (!name) name = "";
  kh_rules *rules = rules_of(store);
  if (!rules) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  const size_t len = strlen(name);
  known_rule *known = len < NAME_BYTES ? place_of(rules, name) : NULL;
  if (known && known->rule) {
    *rule = known->rule;
    return KH_OK;
  }
  const kh_status status = find_or_enter(store, name, rule, error);
  if (status == KH_OK && known && rules->count < PLACES / 2) {
    memcpy(known->name, name, len + 1);
    known->rule = *rule;
    rules->count++;
  }
  return status;
}

kh_status kh_rule_name(kh_store *store, int64_t rule, const char **name, kh_arena *arena,
                       kh_error *error) {
  kh_row row = kh_row_of(store, "SELECT name FROM rule WHERE rule = ?", error);
  kh_row_int(&row, rule);
  const kh_status status = kh_row_next(&row);
  if (status == KH_END)
    return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE, "rule %lld is missing", (long long)rule);
  if (status != KH_OK) return status;
  const char *text = (const char *)sqlite3_column_text(row.statement, 0);
  *name = kh_arena_copy(arena, text ? text : "", text ? strlen(text) : 0);
  const kh_status check = kh_row_check(&row);
  kh_row_end(&row);
  return check;
}
