// SPDX-License-Identifier: Apache-2.0
/// \file
/// The tokenizer of the full-text table: FTS5 sees each word of a text under the terms of
/// store/fold.h, all at the word's place.
#ifndef KHUTWA_STORE_TOKENIZE_H
#define KHUTWA_STORE_TOKENIZE_H

#include "store/fold.h"

#include <sqlite3.h>

/// The name by which the table names its tokenizer.
#define KH_TOKENIZER "khutwa"

/// A phrase of an FTS5 query begins with one of these three bytes (a character of private use that
/// kh_query_compile keeps out of users' words) where the words in it reach so far.
#define KH_REACH_MARK "\xEE\x80"
enum { KH_REACH_MARK_BYTES = 3, KH_REACH_MARK_LAST = 0x80 };

/// Makes the tokenizer known to a connection; every connection that searches or indexes needs it.
/// Returns a result code of SQLite: SQLITE_OK, or SQLITE_ERROR where it was built without FTS5.
int kh_tokenizer_register(sqlite3 *db);

/// The same for all that questions need: the tokenizer, and functions that show a span in its
/// sentence. Called when a record is opened.
int kh_search_register(sqlite3 *db);

#endif
