// SPDX-License-Identifier: Apache-2.0
#include "store/merge_decide.h"

kh_status kh_decide_happenings(sqlite3 *db, kh_clusters *clusters, kh_error *error) {
  (void)db;
  (void)clusters;
  (void)error;
  return KH_OK;
}

kh_status kh_decide_ledger(sqlite3 *db, kh_ledger *ledger, kh_error *error) {
  (void)db;
  (void)ledger;
  (void)error;
  return KH_OK;
}
