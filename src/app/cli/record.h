// SPDX-License-Identifier: Apache-2.0
/// \file
/// Records that commands open: who opens them, and when.
#ifndef KHUTWA_APP_CLI_RECORD_H
#define KHUTWA_APP_CLI_RECORD_H

#include "app/cli/cli.h"

#include <khutwa/store.h>

enum { KH_NOW_BYTES = 32 };

/// The time of day in UTC, as records have it: "2026-11-23T16:24:00Z".
void kh_now(char now[KH_NOW_BYTES]);

/// The name of who runs the program: $KHUTWA_USER, else the login name, else "unknown".
const char *kh_user_name(void);

/// Opens the record at `path`, signed with `user` (NULL: kh_user_name) and the time it is; or says
/// why not and gives NULL. `options` (may be NULL) need not tell user and time.
kh_store *kh_open_record(const char *path, const kh_store_options *options, const char *user);

/// Closes it. False, and said, where what was written may not have arrived.
bool kh_close_record(const char *path, kh_store *store);

#endif
