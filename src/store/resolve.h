// SPDX-License-Identifier: Apache-2.0
/// \file
/// Who is who over reports.
#ifndef KHUTWA_STORE_RESOLVE_H
#define KHUTWA_STORE_RESOLVE_H

#include "store/merge_model.h"

#include <khutwa/status.h>
#include <sqlite3.h>

/// Joins the entities that are surely one (kh_merge_entity.one), and writes entity.merged_into and
/// the proposals.
kh_status kh_resolve(sqlite3 *db, kh_merge_record *record, kh_error *error);

#endif
