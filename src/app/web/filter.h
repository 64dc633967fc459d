// SPDX-License-Identifier: Apache-2.0
/// \file
/// The filters and the paging that most questions share, as SQL.
#ifndef KHUTWA_APP_WEB_FILTER_H
#define KHUTWA_APP_WEB_FILTER_H

#include "app/web/db.h"

enum { KH_PAGE = 100, KH_PAGE_MAX = 500, KH_FILTER_TYPES = 16 };

/// What a request narrows its question to. Texts are borrowed from the request.
typedef struct kh_filter {
  const char *from; ///< "YYYY-MM-DD"; NULL.
  const char *to;
  const char *outlet;
  int64_t actor; ///< Entity; 0: any.
  int64_t place;
  char types[KH_FILTER_TYPES][16]; ///< Types of event.
  unsigned type_count;
  long limit;
  long offset;
} kh_filter;

/// Reads the arguments. False: `reply` says what is wrong with which.
bool kh_filter_read(const kh_request *request, kh_filter *filter, kh_reply *reply);

/// Whether it leaves out anything, types apart. What leaves nothing out is read quickest as it lies
/// in the file, without an index.
bool kh_filter_narrows(const kh_filter *filter);

/// Of the shape "2019-05-30".
bool kh_is_day(const char *text);

/// "E77" to 77; false for anything else. `letter` is E, D, ...
bool kh_id_number(const char *id, char letter, int64_t *number);

/// "H12.3" (letter, document, item) or "D12.v3" (claim); false for anything else.
bool kh_id_pair(const char *id, char letter, int64_t *doc, int64_t *n);
bool kh_id_claim(const char *id, int64_t *doc, char *layer, int64_t *n);

/// "AND day BETWEEN ..." over a column (a name of ours) of a day's text.
void kh_filter_days(kh_pick *pick, const kh_filter *filter, const char *column);
/// The same over a column that holds days as numbers.
void kh_filter_day_numbers(kh_pick *pick, const kh_filter *filter, const char *column);

/// "AND entity IN (...)": `column` is the place or lies in it.
void kh_filter_place(kh_pick *pick, const kh_filter *filter, const char *column);

/// "AND column IN (types)".
void kh_filter_types(kh_pick *pick, const kh_filter *filter, const char *column);

/// Adds LIMIT and OFFSET: one row more than a page, which tells whether another follows.
void kh_filter_page(kh_pick *pick, const kh_filter *filter);

/// {"items", "total", "at_least", "next"}: takes `rows`, of which the one beyond the page is
/// dropped. A negative total is counted from the rows. NULL rows give an error's reply.
kh_reply kh_page_reply(const kh_filter *filter, json_t *rows, int64_t total);
/// The same where counting stopped at `most`: a total of so many tells that there may be more.
kh_reply kh_page_reply_most(const kh_filter *filter, json_t *rows, int64_t total, int64_t most);

#endif
