// SPDX-License-Identifier: Apache-2.0
/// \file
/// The files of the page, linked into the program (cmake/assets.cmake makes the table).
#ifndef KHUTWA_APP_WEB_ASSETS_H
#define KHUTWA_APP_WEB_ASSETS_H

#include <stddef.h>

typedef struct kh_asset {
  const char *path; ///< "/assets/app.js"; "/index.html" is the page.
  const char *type; ///< Content-Type.
  const char *etag; ///< Quoted digest of the content.
  const unsigned char *begin;
  const unsigned char *end;
} kh_asset;

/// Sorted by path; ends with a NULL path.
extern const kh_asset kh_assets[];

/// NULL when there is none of exactly this path.
const kh_asset *kh_asset_find(const char *path);

#endif
