// SPDX-License-Identifier: Apache-2.0
/// \file
/// What persons decided on happenings, series and entries of the ledger: that several are one, that
/// claims belong elsewhere, that two are not one. Applied anew at every merging, after the rules,
/// in the order in which it was decided.
#ifndef KHUTWA_STORE_MERGE_DECIDE_H
#define KHUTWA_STORE_MERGE_DECIDE_H

#include "store/cluster.h"
#include "store/ledger.h"
#include "store/series.h"

#include <khutwa/status.h>
#include <sqlite3.h>

kh_status kh_decide_happenings(sqlite3 *db, kh_clusters *clusters, kh_error *error);
kh_status kh_decide_series(sqlite3 *db, kh_all_series *all, kh_error *error);
kh_status kh_decide_ledger(sqlite3 *db, kh_ledger *ledger, kh_error *error);

#endif
