// SPDX-License-Identifier: Apache-2.0
// Imports: a file goes up, is read in the background, and tells how far it is.
#include "app/web/api.h"

#include "app/web/filter.h"
#include "app/web/import.h"
#include "app/web/imports.h"
#include "app/web/route.h"

#include <string.h>

bool kh_import_takes_file(const char *path) { return strcmp(path, "/api/imports") == 0; }

static kh_reply list(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  json_t *all = kh_imports_list(core->imports);
  json_t *page = json_array();
  for (size_t i = (size_t)filter.offset;
       i < json_array_size(all) && json_array_size(page) <= (size_t)filter.limit; i++)
    (void)json_array_append(page, json_array_get(all, i));
  const int64_t total = (int64_t)json_array_size(all);
  json_decref(all);
  return kh_page_reply(&filter, page, total);
}

static kh_reply one(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)request;
  json_t *import = kh_imports_one(core->imports, parameters->at[0]);
  if (import) return kh_reply_json(200, import);
  return kh_reply_error(404, "not_found", "there is no such import");
}

static kh_reply take(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  const char *name = kh_arg(request, "name");
  if (!name || strlen(name) > 1600)
    return kh_reply_error(400, "bad_request", "name: the file's name is wanted");
  if (request->body_fd < 0) return kh_reply_error(400, "bad_request", "the file is empty");
  char day[11] = "";
  const char *published = kh_arg(request, "published");
  if (published && (strlen(published) != 10 || !kh_is_day(published)))
    return kh_reply_error(400, "bad_request", "published: a day is wanted, as 2019-05-30");
  if (published) memcpy(day, published, 11);
  const kh_import_file file = {.fd = request->body_fd,
                               .name = name,
                               .published = day[0] ? day : NULL,
                               .outlet = kh_arg(request, "outlet"),
                               .user = request->user ? request->user : core->user};
  json_t *import = kh_imports_add(core->imports, &file);
  if (import) return kh_reply_json(202, import);
  return kh_reply_error(503, "busy", "too many files wait to be read; try again later");
}

const kh_route kh_routes_import[] = {
    {"GET", "/api/imports", list},
    {"POST", "/api/imports", take},
    {"GET", "/api/imports/:", one},
    {NULL, NULL, NULL},
};
