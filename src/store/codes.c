// SPDX-License-Identifier: Apache-2.0
#include "store/codes.h"

#include <khutwa/claim.h>
#include <stdio.h>
#include <string.h>

static const char *state_name(int state) {
  static const char *const names[] = {"machine", "accepted", "corrected", "rejected", "added"};
  return names[state];
}

static const char *role_name(int role) {
  static const char *const names[] = {"speaker",   "with", "to",      "actor",
                                      "recipient", "by",   "asked_by"};
  return names[role];
}

#define NAMES(function, type)                                                                      \
  static const char *function##_at(int value) { return function((type)value); }
NAMES(kh_statement_mode_name, kh_statement_mode)
NAMES(kh_event_type_name, kh_event_type)
NAMES(kh_reality_name, kh_reality)
NAMES(kh_bound_name, kh_bound)
NAMES(kh_counted_name, kh_counted)
NAMES(kh_harm_name, kh_harm)
NAMES(kh_step_kind_name, kh_step_kind)
NAMES(kh_step_status_name, kh_step_status)
#undef NAMES

static const struct {
  const char *(*name)(int value);
  int count;
} kinds[KH_CODE_KINDS] = {
    [KH_CODE_STATE] = {state_name, KH_STATE_ADDED + 1},
    [KH_CODE_ROLE] = {role_name, KH_ROLE_ASKED_BY + 1},
    [KH_CODE_STATEMENT_MODE] = {kh_statement_mode_name_at, KH_MODE_MIXED + 1},
    [KH_CODE_EVENT_TYPE] = {kh_event_type_name_at, KH_EVENT_ASSAULT + 1},
    [KH_CODE_REALITY] = {kh_reality_name_at, KH_REALITY_CONDITIONAL + 1},
    [KH_CODE_BOUND] = {kh_bound_name_at, KH_BOUND_AT_MOST + 1},
    [KH_CODE_COUNTED] = {kh_counted_name_at, KH_COUNTED_OTHER + 1},
    [KH_CODE_HARM] = {kh_harm_name_at, KH_HARM_OTHER + 1},
    [KH_CODE_STEP_KIND] = {kh_step_kind_name_at, KH_STEP_OTHER + 1},
    [KH_CODE_STEP_STATUS] = {kh_step_status_name_at, KH_STATUS_SUSPENDED + 1},
};

const char *kh_code_name(kh_code_kind kind, int code) {
  return code >= 0 && code < kinds[kind].count ? kinds[kind].name(code) : NULL;
}

int kh_code_of(kh_code_kind kind, const char *word, size_t len) {
  for (int i = 0; i < kinds[kind].count; i++) {
    const char *name = kinds[kind].name(i);
    if (strncmp(name, word, len) == 0 && name[len] == '\0') return i;
  }
  return -1;
}

void kh_select_codes(kh_select *s, const char *column, kh_code_kind kind, const char *words) {
  if (!words || !*words) return;
  kh_select_check_words(s, words);
  kh_select_add(s, " AND ");
  kh_select_add(s, column);
  kh_select_add(s, " IN (-1");
  for (const char *word = words; *word;) {
    while (*word == ' ') word++;
    size_t len = strcspn(word, ",");
    const char *next = word + len + (word[len] == ',');
    while (len && word[len - 1] == ' ') len--;
    const int code = kh_code_of(kind, word, len);
    if (code >= 0) {
      char number[16];
      (void)snprintf(number, sizeof number, ", %d", code);
      kh_select_add(s, number);
    }
    word = next;
  }
  kh_select_add(s, ")");
}
