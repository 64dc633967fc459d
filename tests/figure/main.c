// SPDX-License-Identifier: Apache-2.0
// Figures: every case of tests/cases/figures.tsv, read and written as one line.
#include "claim_cases.h"

#include <stdio.h>
#include <string.h>

static void describe(const kh_document *d, char *out, size_t room) {
  size_t count;
  const kh_figure *f = kh_document_figures(d, &count);
  size_t len = 0;
  out[0] = '\0';
  for (size_t i = 0; i < count && len < room; i++)
    len += (size_t)snprintf(out + len, room - len, "%s%g %s %s %s%s", i ? "; " : "", f[i].value,
                            kh_counted_name(f[i].counted), kh_harm_name(f[i].what),
                            kh_bound_name(f[i].bound), f[i].part_of >= 0 ? " part" : "");
}

static void every_case(void **state) {
  (void)state;
  kh_check_cases("figures.tsv", 360, describe);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_case)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
