// SPDX-License-Identifier: Apache-2.0
/// \file
/// Files that were dropped on the page, read one after another in the background.
#ifndef KHUTWA_APP_WEB_IMPORTS_H
#define KHUTWA_APP_WEB_IMPORTS_H

#include "app/web/core.h"

/// Starts the thread that reads them.
kh_status kh_imports_open(kh_imports **out, kh_core *core, kh_error *error);

/// Ends at a clean point: what was read is in the record. NULL is allowed.
void kh_imports_close(kh_imports *imports);

/// A file to be read. All strings are copied.
typedef struct kh_import_file {
  int fd;                ///< Duplicated.
  const char *name;      ///< As the user calls it.
  const char *published; ///< For items that do not say it; NULL.
  const char *outlet;    ///< The same.
  const char *user;
} kh_import_file;

/// Enters a file. Gives its JSON (openapi's Import), or NULL when memory is out or too many wait.
json_t *kh_imports_add(kh_imports *imports, const kh_import_file *file);

/// All of this server's imports, newest first; one of them, or NULL.
json_t *kh_imports_list(kh_imports *imports);
json_t *kh_imports_one(kh_imports *imports, const char *id);

#endif
