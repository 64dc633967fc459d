// SPDX-License-Identifier: Apache-2.0
/// \file
/// JSON to text.
#ifndef KHUTWA_STORE_JSON_TEXT_H
#define KHUTWA_STORE_JSON_TEXT_H

#include <jansson.h>

/// What json_dumps gives, to be freed with free(); NULL where memory is out. json_dumps itself may
/// leave out the names of members then, and say nothing: a buffer that does not grow cannot.
char *kh_json_text(const json_t *value, size_t flags);

#endif
