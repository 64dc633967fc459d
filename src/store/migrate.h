// SPDX-License-Identifier: Apache-2.0
/// \file
/// From the form of a file, as an earlier khutwa left it, to this one's.
#ifndef KHUTWA_STORE_MIGRATE_H
#define KHUTWA_STORE_MIGRATE_H

#include "store/store.h"

/// Makes the tables of a new file (`version` 0), or changes those of an older one; all or nothing.
kh_status kh_migrate(kh_store *store, int64_t version, kh_error *error);

#endif
