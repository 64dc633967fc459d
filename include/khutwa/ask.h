// SPDX-License-Identifier: Apache-2.0
/// \file
/// Questions to a record over many reports. Each question gives rows, each row one JSON object in
/// one line (docs/ask.md has their fields, those of docs/openapi.yaml). An answer changes nothing,
/// and several threads may ask at once, each with a kh_store of its own.
#ifndef KHUTWA_ASK_H
#define KHUTWA_ASK_H

#include <khutwa/view.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kh_store kh_store; // store.h

typedef enum kh_question {
  KH_ASK_DOCUMENTS, ///< Reports. `text`: words in the title. Newest first.
  KH_ASK_SEARCH,    ///< Full text, `text` is the query. Exact forms first, then newest first.
  KH_ASK_TIMELINE,  ///< Happenings in the order of their days. `type`: ASSAULT ...
  KH_ASK_FIGURES, ///< Series of figures, latest first. `type`: killed ...; `counted`: civilians ...
  KH_ASK_STEPS,   ///< The ledger of steps, latest first. `type`: ceasefire ...
  KH_ASK_CHANGES, ///< Steps whose status changed since the day `from`, latest first.
  KH_ASK_ACTORS,  ///< Persons, organisations ... `text`: part of a name; `type`: kinds.
  KH_ASK_SHOW,    ///< Everything about the one thing whose id is `id`. One row.
  KH_ASK_DIFF,    ///< What two reports, `id` and `other`, claim alike and not alike.
  KH_ASK_OUTLETS, ///< Outlets with the number of their reports.
  KH_ASK_QUESTIONS // how many there are
} kh_question;

enum { KH_ASK_LIMIT = 100, KH_ASK_MOST = 1000 };

/// What is asked for. Zero-initialise, then set what you need. Strings are UTF-8, NUL-terminated,
/// borrowed for the call; NULL and "" mean any. Names are compared as the search folds them, and
/// may be ids (E77) as well. Fields that a question has no use for are not looked at.
typedef struct kh_selection {
  const char *text; ///< See kh_question. A search's query may hold filters, too: docs/ask.md.
  const char *id; ///< D12, D12.v3, E77, H12.3, R12.3, L12.3. Steps: L12.3, or several with commas.
  const char *other;    ///< A second id, of KH_ASK_DIFF.
  const char *actor;    ///< Takes part, in any role.
  const char *by;       ///< Steps: is to do it. Timeline: did it.
  const char *asked_by; ///< Steps: asks for it. Timeline: whom it befell.
  const char *blocks;  ///< Steps: only those not yet met on which this entry (L12.3), or every step
                       ///< of this actor, waits, directly or through others.
  const char *type;    ///< One or several with commas; see kh_question.
  const char *counted; ///< Figures: civilians, families ...
  const char *status;  ///< Steps: the latest status, one or several with commas.
  const char *process; ///< Steps: of these talks.
  const char *place;   ///< There, or at a place inside it.
  const char *from;    ///< Day YYYY-MM-DD, inclusive.
  const char *to;      ///< Day YYYY-MM-DD, inclusive.
  const char *outlet;  ///< Reported by it.
  const char *country; ///< Actors.
  const char *sector;  ///< Actors.
  bool unkept;         ///< Steps: promised or agreed, and not kept since.
  bool open;           ///< Steps: asked, promised or agreed, and neither met nor refused since.
  bool disputed;       ///< Figures, steps, timeline: only those that some report contradicts.
  bool brief;          ///< Leave out lists of figures, histories and snippets.
  bool reverse;        ///< The other order.
  unsigned limit;      ///< Rows at most; 0: KH_ASK_LIMIT. More than KH_ASK_MOST counts as that.
  unsigned offset;     ///< Rows passed over.
} kh_selection;

typedef struct kh_answer {
  unsigned rows;   ///< Given.
  bool more;       ///< Others follow: ask again with offset + rows.
  long long total; ///< How many there are in all; -1 where counting would take too long.
} kh_answer;

/// Takes a row: JSON of `len` bytes, NUL-terminated, without a line feed, borrowed for the call.
/// Returns false to stop.
typedef bool (*kh_row_fn)(void *context, const char *json, size_t len);

/// Asks. `answer` and `error` may be NULL. Errors: KH_ERROR_ARGUMENT (a query or filter that cannot
/// be understood, an id that is none, or names nothing; error->span is the place in `text` where
/// there is one), KH_ERROR_LIMIT (a query that is too long), KH_ERROR_STORE (kh_store_index was
/// never called, or the file is damaged), KH_ERROR_IO (the file, or `row`
/// stopped it), KH_ERROR_MEMORY.
kh_status kh_ask(kh_store *store, kh_question question, const kh_selection *selection,
                 kh_row_fn row, void *context, kh_answer *answer, kh_error *error);

/// Writes a row that kh_ask gave for a person to read: a line or a few, values of mixed direction
/// isolated (U+2068 ... U+2069). Of `options`, which may be NULL, `why` is not looked at.
/// KH_ERROR_FORMAT: the row is none. KH_ERROR_IO: `write` stopped it.
kh_status kh_view_answer(kh_question question, const char *json,
                         const kh_view_text_options *options, kh_write_fn write, void *context,
                         kh_error *error);

/// Brings what makes answers quick up to date: the full text, indexes, counts. To be called when
/// reports were added, merged, or read again; without it they are not found. Made quickest at the
/// end of an ingest, not after each report. Changes nothing that anybody said: no audit.
kh_status kh_store_index(kh_store *store, kh_error *error);

/// "documents", "search" ... Never NULL for a value of the enum.
const char *kh_question_name(kh_question question);

#ifdef __cplusplus
}
#endif
#endif
