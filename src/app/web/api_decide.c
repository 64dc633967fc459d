// SPDX-License-Identifier: Apache-2.0
#include "app/web/route.h"
const kh_route kh_routes_decide[] = {{NULL, NULL, NULL}};
