// SPDX-License-Identifier: Apache-2.0
#include "app/web/route.h"

#include "app/web/assets.h"

#include <string.h>

bool kh_route_match(const char *pattern, const char *path, kh_parameters *parameters) {
  size_t open = 0;
  while (*pattern) {
    if (*pattern != ':') {
      if (*pattern++ != *path++) return false;
      continue;
    }
    const size_t len = strcspn(path, "/");
    if (len == 0 || len >= KH_ROUTE_PARAMETER_ROOM || open == KH_ROUTE_PARAMETERS) return false;
    memcpy(parameters->at[open], path, len);
    parameters->at[open++][len] = 0;
    path += len;
    pattern++;
  }
  return *path == 0;
}

// The views' addresses begin with their language: /ar/steps, /en/report/D12.
static bool is_view(const char *path) {
  if (strcmp(path, "/") == 0) return true;
  const bool language = strncmp(path, "/ar", 3) == 0 || strncmp(path, "/en", 3) == 0;
  return language && (path[3] == '/' || path[3] == 0);
}

// Every address of the page leads to the page, which shows the view that the address names.
static kh_reply page(const kh_request *request) {
  const kh_asset *asset = kh_asset_find(request->path);
  if (!asset && is_view(request->path)) asset = kh_asset_find("/index.html");
  if (!asset) return kh_reply_error(404, "not_found", "there is nothing at this address");
  kh_reply reply = kh_reply_empty();
  reply.status = 200;
  reply.type = asset->type;
  reply.bytes = (char *)asset->begin;
  reply.len = (size_t)(asset->end - asset->begin);
  reply.borrowed = true;
  reply.etag = asset->etag;
  return reply;
}

kh_reply kh_route_answer(kh_core *core, const kh_request *request) {
  const bool head = strcmp(request->method, "HEAD") == 0;
  const char *method = head ? "GET" : request->method;
  if (strncmp(request->path, "/api/", 5) != 0) {
    if (strcmp(method, "GET") != 0)
      return kh_reply_error(405, "method", "this address is for reading");
    return page(request);
  }
  static const kh_route *const tables[] = {kh_routes_record,  kh_routes_documents, kh_routes_ask,
                                           kh_routes_picture, kh_routes_report,    kh_routes_decide,
                                           kh_routes_import,  kh_routes_audit};
  bool known = false;
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    for (const kh_route *route = tables[i]; route->method; route++) {
      kh_parameters parameters;
      memset(&parameters, 0, sizeof parameters);
      if (!kh_route_match(route->path, request->path, &parameters)) continue;
      known = true;
      if (strcmp(route->method, method) == 0) return route->handler(core, request, &parameters);
    }
  }
  if (known) return kh_reply_error(405, "method", "this address does not take this method");
  return kh_reply_error(404, "not_found", "there is nothing at this address of the interface");
}
