// SPDX-License-Identifier: Apache-2.0
// What stands beside documents and decisions: refusals, and the days of roles.
#include "store/digest.h"
#include "store/reading.h"
#include "store/verify.h"

#include <stdio.h>
#include <string.h>

// ------------------------------------------------------------------ refusals

static kh_status check_refusal(kh_verifying *v, int64_t refusal) {
  unsigned char wanted[KH_DIGEST];
  unsigned char is[KH_DIGEST];
  char subject[40];
  (void)snprintf(subject, sizeof subject, "refusal %lld", (long long)refusal);
  const int64_t line = kh_told(&v->refusals, refusal);
  if (!line) {
    kh_verify_found(v, 0, subject, "the chain knows of no such refusal");
    return KH_OK;
  }
  kh_status status = kh_verify_digest(v, line, wanted);
  if (status == KH_OK) status = kh_refusal_digest(v->store, refusal, is, v->error);
  if (status == KH_END || (status == KH_OK && memcmp(wanted, is, KH_DIGEST) != 0)) {
    kh_verify_found(v, line, subject, "it is not as this line of the chain has it");
    return KH_OK;
  }
  return status;
}

kh_status kh_verify_refusals(kh_verifying *v) {
  kh_row row = kh_row_of(v->store, "SELECT refusal FROM refusal ORDER BY refusal", v->error);
  int64_t next = 1;
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK && v->result->sound) {
    const int64_t refusal = sqlite3_column_int64(row.statement, 0);
    kh_verify_missing(v, &v->refusals, "refusal ", next, refusal);
    if (v->result->sound) status = check_refusal(v, refusal);
    if (status != KH_OK) break;
    next = refusal + 1;
  }
  kh_row_end(&row);
  if (status == KH_END) kh_verify_missing(v, &v->refusals, "refusal ", next, INT64_MAX);
  return status == KH_END ? KH_OK : status;
}

// ------------------------------------------------------------------ roles

kh_status kh_verify_note_roles(const kh_loaded *loaded, kh_error *error) {
  const kh_record *record = loaded->document->record;
  kh_status status = KH_OK;
  for (uint32_t i = 0; i < loaded->machine_entities && status == KH_OK; i++)
    status = kh_roles_write(loaded->store, loaded->document, loaded->doc, &record->entities[i],
                            loaded->read_as[i], error);
  return status;
}

// A report that was read again leaves the roles that it gave before, and their days.
kh_status kh_verify_roles(kh_verifying *v) {
  kh_status status = kh_verify_none(v,
                                    "SELECT 'E' || t.entity FROM temp.entity_role t "
                                    "LEFT JOIN main.entity_role m ON m.entity = t.entity AND "
                                    "m.role = t.role WHERE m.role IS NULL OR "
                                    "(t.first_day IS NULL) < (m.first_day IS NULL) OR "
                                    "m.first_day > t.first_day OR m.last_day < t.last_day "
                                    "ORDER BY t.entity LIMIT 1",
                                    "a role of it, or its days, are not as reports have them");
  if (status == KH_OK && v->result->sound && !v->reread)
    status = kh_verify_none(v,
                            "SELECT 'E' || m.entity FROM main.entity_role m "
                            "LEFT JOIN temp.entity_role t ON t.entity = m.entity AND "
                            "t.role = m.role WHERE m.first_day IS NOT t.first_day OR "
                            "m.last_day IS NOT t.last_day ORDER BY m.entity LIMIT 1",
                            "the days of a role of it are not those of the reports that tell it");
  return status;
}
