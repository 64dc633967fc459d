// SPDX-License-Identifier: Apache-2.0
/// \file
/// The record over many reports: one SQLite file.
///
/// A store belongs to one thread at a time. There is one writer to a file and any number of
/// readers beside it (each with a store of its own, opened read-only, in any thread or process).
/// The library reads no clock: who writes, and when, is told by kh_store_sign.
#ifndef KHUTWA_STORE_H
#define KHUTWA_STORE_H

#include <khutwa/document.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kh_store kh_store;

/// Zero-initialise, then set what you need.
typedef struct kh_store_options {
  const kh_allocator *allocator; ///< Copied; of khutwa's own memory. NULL: the C library's.
  const char *vfs;               ///< Name of a SQLite file system. NULL: the usual one.
  bool read_only;                ///< Never creates or changes the file.
  bool existing;                 ///< Fails where there is no file, rather than make one.
  bool keep_raw;                 ///< Keep the bytes as they came where they differ from the text.
  unsigned wait_ms;              ///< How long to wait for another writer. 0: five seconds.
  unsigned cache_kb;             ///< Memory for pages of the file. 0: 32 MiB.
  /// Who writes and when, see kh_store_sign. Needed to create or migrate a file.
  const char *user;
  const char *at;
} kh_store_options;

/// Opens the record at `path`, or makes it. An older one is brought to this version's form
/// (unless read_only: KH_ERROR_STORE says so). `options` and `error` may be NULL. `*out` is yours
/// to close; NULL on failure. Errors: KH_ERROR_IO, KH_ERROR_STORE (no record of khutwa's, a
/// newer one, a damaged one), KH_ERROR_BUSY, KH_ERROR_MEMORY, KH_ERROR_ARGUMENT.
kh_status kh_store_open(kh_store **out, const char *path, const kh_store_options *options,
                        kh_error *error);

/// Takes back what was begun and not committed, and closes. The file is then one file, unless
/// others still have it open. `error` may be NULL; the store is gone in any case. NULL is allowed.
kh_status kh_store_close(kh_store *store, kh_error *error);

/// Who makes the following changes, and when: ISO 8601 in UTC ("2026-11-23T16:24:00Z"). Copied.
/// KH_ERROR_ARGUMENT: `user` is empty or longer than 200 bytes, or `at` is no such time.
kh_status kh_store_sign(kh_store *store, const char *user, const char *at, kh_error *error);

/// Changes between kh_store_begin and kh_store_commit come into being together, or not at all.
/// Outside of such a pair every changing function is one of its own. After a failed change within
/// a pair only kh_store_rollback is left.
kh_status kh_store_begin(kh_store *store, kh_error *error);
kh_status kh_store_commit(kh_store *store, kh_error *error);
void kh_store_rollback(kh_store *store);

// ------------------------------------------------------------------ adding reports

/// Where reports come from: a file, or standard input.
typedef struct kh_store_container {
  const char *path; ///< As the user gave it; "-" is standard input.
  const char *kind; ///< "text", "html", "rss", "atom", "jsonl", "warc", "wet".
  int64_t size;     ///< Bytes; negative: unknown.
  int64_t mtime;    ///< Seconds of the Unix epoch; negative: unknown.
} kh_store_container;

/// How far a container has come.
typedef struct kh_store_progress {
  int64_t container; ///< Its number, for kh_store_add.
  uint64_t items;    ///< Read so far, refused ones among them: from here an ingest goes on.
  uint64_t refused;
  bool done;
} kh_store_progress;

/// Finds a container by its path, or enters it. One of another size or time than when it was
/// read is entered as new: it is read again from its beginning (items known are not added twice).
kh_status kh_store_open_container(kh_store *store, const kh_store_container *container,
                                  kh_store_progress *progress, kh_error *error);

/// Notes how far a container has come: `items`, `refused` and `done` of `progress`.
kh_status kh_store_set_progress(kh_store *store, const kh_store_progress *progress,
                                kh_error *error);

/// A report that was read, and where it came from. Zero-initialise.
typedef struct kh_store_item {
  const kh_document *document;
  int64_t container;
  uint64_t position; ///< Its number in the container, from 0.
  unsigned line;     ///< 0: unknown.
  const char *raw;   ///< The bytes as they came, for `keep_raw`; NULL.
  size_t raw_len;
} kh_store_item;

typedef struct kh_store_added {
  int64_t doc; ///< Its number: D<doc>.
  bool known;  ///< It was in the record already (the same raw digest); nothing was added.
} kh_store_added;

/// Adds a report and what it says. `added` may be NULL.
kh_status kh_store_add(kh_store *store, const kh_store_item *item, kh_store_added *added,
                       kh_error *error);

/// Enters a report that could not be read, and why; the chain gets a line of it.
kh_status kh_store_refuse(kh_store *store, int64_t container, uint64_t position,
                          const kh_error *why, kh_error *error);

/// Merges what all reports say into one record: happenings, series of figures, the ledger of steps,
/// contradictions, and who is who. To be called when reports were added and after decisions. Only
/// rows that differ are written; merging twice changes nothing.
kh_status kh_store_merge(kh_store *store, kh_error *error);

// ------------------------------------------------------------------ reading

typedef enum kh_store_reading {
  KH_STORE_MACHINE,   ///< As khutwa read it.
  KH_STORE_EFFECTIVE, ///< With the decisions of persons. Rejected items keep their places.
} kh_store_reading;

/// A report out of the record, with text and claims as kh_document_read gave it: all of
/// <khutwa/document.h> and <khutwa/view.h> works on it. `*out` is yours to close, and may outlive
/// the store. KH_END: there is no such document. KH_ERROR_STORE: what is stored is damaged.
kh_status kh_store_document(kh_document **out, kh_store *store, int64_t doc,
                            kh_store_reading reading, kh_error *error);

// ------------------------------------------------------------------ decisions of persons

/// What a person decides. Public ids name what it is about: a claim (D12.v3), an entity of a report
/// (D12.e3), an entity over all reports (E77), a happening (H12.3), a series (R12.3), an entry of
/// the ledger (L12.3). Zero-initialise.
///
///   accept, reject, note   a claim
///   correct   `after` has the fields that change, as the record has them (references "e3", "E77",
///             "t2", "s1"; spans {"start", "end"} in code points); of an entity of a report
///             {"entity": "E77"}: who it is
///   add       `target` is the report (D12), `layer` and `after` the claim
///   split     a claim: `after` is a list, an object of changed fields for each part. A happening,
///             series or entry: `others` are claims of it that belong elsewhere
///   merge     claims of one report: `target` stays (with `after`, if any), `others` go.
///   Happenings,
///             series, entries, entities: `others` are the same thing
///   unmerge   an entity stands alone again
///   reject    with `others`, of entities, happenings, series or entries: they are not one
typedef struct kh_decision_request {
  const char *action;
  const char *target;
  const char *layer; ///< Of `add`: "f", "s", "v", "p".
  const char *const *others;
  size_t other_count; ///< At most 200.
  const char *after;  ///< JSON, or NULL.
  const char *note;   ///< Free words, or NULL.
  /// The version (kh_store_version) that the person saw. Where somebody decided on the same target
  /// later, the request fails with KH_ERROR_CONFLICT. Negative: whatever it is.
  int64_t seen;
} kh_decision_request;

typedef struct kh_decided {
  int64_t decision; ///< Its number; after KH_ERROR_CONFLICT that of the other's decision.
  int64_t version;  ///< Of what it is about, now.
} kh_decided;

/// Decides. The claims' rows follow at once; what is derived from them over reports follows when it
/// is next made. `decided` may be NULL. KH_ERROR_ARGUMENT says what is wrong with the request;
/// KH_ERROR_CONFLICT tells who decided what meanwhile; in both cases nothing was changed.
kh_status kh_store_decide(kh_store *store, const kh_decision_request *request, kh_decided *decided,
                          kh_error *error);

/// Takes a decision back, or makes it again. `seen` as in kh_decision_request: fails where somebody
/// decided on the same target later.
kh_status kh_store_undo(kh_store *store, int64_t decision, int64_t seen, kh_decided *decided,
                        kh_error *error);
kh_status kh_store_redo(kh_store *store, int64_t decision, int64_t seen, kh_decided *decided,
                        kh_error *error);

/// A number that grows with each decision on document `doc`; 0: none yet. `doc` 0: on entities.
kh_status kh_store_version(kh_store *store, int64_t doc, int64_t *version, kh_error *error);

/// A decision as it is kept. Strings are borrowed for the call.
typedef struct kh_decision {
  int64_t id;
  const char *at;
  const char *user;
  const char *action;
  const char *layer;         ///< "f", "s", "v", "p", "e", "E", "h", "r", "l".
  const char *target;        ///< Public id of the claim or entity as it is now.
  const char *const *others; ///< Public ids.
  size_t other_count;
  const char *before; ///< JSON: the fields as they were; NULL.
  const char *after;  ///< JSON; NULL.
  const char *note;   ///< NULL.
  bool undone;
  bool attached;   ///< False: its claim was not found again when the report was read anew.
  int64_t changed; ///< Version with which it came, or was last undone or redone.
} kh_decision;

/// Which decisions. Zero-initialise; what is not set does not restrict.
typedef struct kh_decision_filter {
  int64_t id;
  int64_t doc;
  int64_t after; ///< Only those changed after this version.
  const char *user;
  bool unattached; ///< Only those whose claim was not found again.
  int64_t before;  ///< Only those with a smaller number (to page); 0: all.
  size_t limit;    ///< 0: all.
} kh_decision_filter;

/// Takes a decision; false stops.
typedef bool (*kh_decision_fn)(void *context, const kh_decision *decision);

/// Gives decisions, newest first. `take` must not use the store.
kh_status kh_store_decisions(kh_store *store, const kh_decision_filter *filter, kh_decision_fn take,
                             void *context, kh_error *error);

/// What decisions made of a claim.
typedef struct kh_claim_state {
  char layer;        ///< 'f', 's', 'v', 'p'
  uint32_t n;        ///< From 1, as in the record's id.
  const char *state; ///< "accepted", "corrected", "rejected", "added"
  int64_t decision;  ///< The last on it that is not undone; 0: none.
} kh_claim_state;

typedef bool (*kh_state_fn)(void *context, const kh_claim_state *state);

/// Gives the claims of a document that are not as the machine read them, or were accepted.
kh_status kh_store_states(kh_store *store, int64_t doc, kh_state_fn take, void *context,
                          kh_error *error);

// ------------------------------------------------------------------ reading again

typedef struct kh_store_reread {
  bool read;           ///< False: it had been read with these rules already.
  uint32_t kept;       ///< Places of decisions that were found again.
  uint32_t unattached; ///< Those that were not: the decisions are kept, without effect.
} kh_store_reread;

/// Reads document `doc` again with the rules of `engine`, unless it was read with them before and
/// not `always`. What the machine had read is replaced; decisions of persons stay, on the claims
/// that stand where theirs stood. `result` may be NULL. KH_END: there is no such document.
kh_status kh_store_reread_document(kh_store *store, int64_t doc, const kh_engine *engine,
                                   bool always, kh_store_reread *result, kh_error *error);

/// The number of the first document after `after` (0: of all). KH_END: there is none.
kh_status kh_store_next_document(kh_store *store, int64_t after, int64_t *doc, kh_error *error);

// ------------------------------------------------------------------ proof

enum { KH_SEAL_BYTES = 96 };

/// The head of the chain: how many lines it has and the hash of the last, "12:9f86d0...", to be
/// kept elsewhere. Whoever has it can tell later that nothing was taken away since.
kh_status kh_store_seal(kh_store *store, char seal[KH_SEAL_BYTES], kh_error *error);

/// What verifying found.
typedef struct kh_verified {
  bool sound;
  int64_t lines; ///< Of the chain that were checked.
  int64_t documents;
  int64_t decisions;
  char seal[KH_SEAL_BYTES]; ///< Of what was checked.
  // the first that is not as it should be
  int64_t line;     ///< Of the chain; 0: it is no line.
  char subject[64]; ///< "D12", "decision 7", "E77", or what the line is about.
  char what[160];   ///< English, one line.
} kh_verified;

/// Checks a record against its chain: every line, every document with its text and what was read in
/// it, every decision, and that the claims' rows are those that follow from them. `seal` (may be
/// NULL) is a head that was kept: the chain must still contain it. KH_OK whether sound or not;
/// other statuses say that it could not be checked (KH_ERROR_ARGUMENT: `seal` is none). Works on a
/// store opened read-only, and writes nothing.
kh_status kh_store_verify(kh_store *store, const char *seal, kh_verified *result, kh_error *error);

#ifdef __cplusplus
}
#endif
#endif
