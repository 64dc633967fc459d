// SPDX-License-Identifier: Apache-2.0
/// \file
/// Imports over HTTP: a file that was dropped on the page is read in the background.
#ifndef KHUTWA_APP_WEB_IMPORT_H
#define KHUTWA_APP_WEB_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

/// Bytes of one file that is dropped on the page; larger ones are for `khutwa add`.
#define KH_IMPORT_LIMIT ((uint64_t)1 << 30)

/// Whether the body of a POST to `path` is such a file.
bool kh_import_takes_file(const char *path);

#endif
