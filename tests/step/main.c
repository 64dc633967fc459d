// SPDX-License-Identifier: Apache-2.0
// Steps: every case of tests/cases/steps.tsv, read and written as one line.
#include "claim_cases.h"

#include <stdio.h>
#include <string.h>

static void describe(const kh_document *d, char *out, size_t room) {
  size_t count;
  const kh_step *s = kh_document_steps(d, &count);
  size_t len = 0;
  out[0] = '\0';
  for (size_t i = 0; i < count && len < room; i++)
    len += (size_t)snprintf(out + len, room - len, "%s%s %s", i ? "; " : "",
                            kh_step_kind_name(s[i].kind), kh_step_status_name(s[i].status));
}

static void every_case(void **state) {
  (void)state;
  kh_check_cases("steps.tsv", 300, describe);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_case)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
