// SPDX-License-Identifier: Apache-2.0
/// \file
/// Filling in an error.
#ifndef KHUTWA_BASE_ERROR_H
#define KHUTWA_BASE_ERROR_H

#include <khutwa/status.h>

/// Writes an error (`error` may be NULL) and returns `code`, so that a failure is one line:
/// `return kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_TEXT, "%zu bytes", len);`
/// The message is cut to fit; set `line`, `span` and `file` afterwards.
kh_status kh_fail(kh_error *error, kh_status code, kh_stage stage, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
