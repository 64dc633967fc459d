// SPDX-License-Identifier: Apache-2.0
#include "app/web/assets.h"

#include <string.h>

const kh_asset *kh_asset_find(const char *path) {
  for (const kh_asset *asset = kh_assets; asset->path; asset++) {
    if (strcmp(asset->path, path) == 0) return asset;
  }
  return NULL;
}
