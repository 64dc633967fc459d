// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reports that a selection means, for others than kh_ask.
#ifndef KHUTWA_STORE_SEARCH_H
#define KHUTWA_STORE_SEARCH_H

#include "store/asking.h"

/// Puts the documents that the selection means (by text, id, actor, type, place, from, to, outlet)
/// into the table temp.chosen(doc), which it makes.
kh_status kh_search_choose(kh_asking *a);

#endif
