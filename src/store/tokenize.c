// SPDX-License-Identifier: Apache-2.0
#include "store/tokenize.h"

#include <string.h>

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **out) {
  (void)arguments;
  (void)count;
  *out = context; // it keeps nothing: any pointer will do
  return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer) { (void)tokenizer; }

// How far a query's phrase reaches; passes over the mark that says so.
static kh_reach reach_of(int flags, const char *text, size_t len, size_t *from) {
  *from = 0;
  if (!(flags & FTS5_TOKENIZE_QUERY)) return KH_REACH_INDEX;
  if (len < KH_REACH_MARK_BYTES || memcmp(text, KH_REACH_MARK, KH_REACH_MARK_BYTES - 1) != 0)
    return KH_REACH_PART;
  const int told = (unsigned char)text[KH_REACH_MARK_BYTES - 1] - KH_REACH_MARK_LAST;
  *from = KH_REACH_MARK_BYTES;
  return told > KH_REACH_INDEX && told <= KH_REACH_WITHIN ? (kh_reach)told : KH_REACH_PART;
}

typedef int (*token_fn)(void *context, int flags, const char *token, int len, int start, int end);

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                    token_fn token) {
  (void)tokenizer;
  if (!text || len <= 0) return SQLITE_OK;
  size_t from = 0;
  const kh_reach reach = reach_of(flags, text, (size_t)len, &from);
  kh_spelling spelling = {.text = text, .len = (size_t)len, .at = from};
  kh_spelt word;
  kh_terms terms;
  while (kh_next_spelt(&spelling, &word)) {
    kh_terms_of(&word, reach, &terms);
    for (int i = 0; i < terms.count; i++) {
      const int result = token(context, i ? FTS5_TOKEN_COLOCATED : 0, terms.at[i], terms.len[i],
                               (int)word.start, (int)word.end);
      if (result != SQLITE_OK) return result;
    }
  }
  return SQLITE_OK;
}

static int find_api(sqlite3 *db, fts5_api **api) {
  sqlite3_stmt *statement = NULL;
  *api = NULL;
  int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
  if (code != SQLITE_OK) return code;
  (void)sqlite3_bind_pointer(statement, 1, (void *)api, "fts5_api_ptr", NULL);
  (void)sqlite3_step(statement);
  code = sqlite3_finalize(statement);
  if (code != SQLITE_OK) return code;
  return *api ? SQLITE_OK : SQLITE_NOMEM; // the pointer was not bound
}

int kh_tokenizer_register(sqlite3 *db) {
  fts5_api *api = NULL;
  const int code = find_api(db, &api);
  if (code != SQLITE_OK) return code;
  fts5_tokenizer tokenizer = {create, destroy, tokenize};
  return api->xCreateTokenizer(api, KH_TOKENIZER, db, &tokenizer, NULL);
}
