// SPDX-License-Identifier: Apache-2.0
/// \file
/// Paths to handlers. Knows nothing of sockets, so that tests and fuzzers call it directly.
#ifndef KHUTWA_APP_WEB_ROUTE_H
#define KHUTWA_APP_WEB_ROUTE_H

#include "app/web/core.h"
#include "app/web/reply.h"

enum { KH_ROUTE_PARAMETERS = 3, KH_ROUTE_PARAMETER_ROOM = 128 };

/// The parts of a path that its route left open, in order.
typedef struct kh_parameters {
  char at[KH_ROUTE_PARAMETERS][KH_ROUTE_PARAMETER_ROOM];
} kh_parameters;

typedef kh_reply (*kh_handler)(kh_core *core, const kh_request *request,
                               const kh_parameters *parameters);

/// A method, a path in which ":" stands for one open part, and who answers.
typedef struct kh_route {
  const char *method;
  const char *path;
  kh_handler handler;
} kh_route;

/// The routes of each part of the interface; each ends with a NULL method.
extern const kh_route kh_routes_record[];
extern const kh_route kh_routes_documents[];
extern const kh_route kh_routes_ask[];
extern const kh_route kh_routes_picture[];
extern const kh_route kh_routes_report[];
extern const kh_route kh_routes_decide[];
extern const kh_route kh_routes_import[];
extern const kh_route kh_routes_audit[];

/// Answers a request: the page's own files, or the interface under /api.
kh_reply kh_route_answer(kh_core *core, const kh_request *request);

/// Whether `path` matches `pattern`; fills `parameters`.
bool kh_route_match(const char *pattern, const char *path, kh_parameters *parameters);

#endif
