// SPDX-License-Identifier: Apache-2.0
#include "store/merge.h"

#include "base/error.h"
#include "store/merge_decide.h"
#include "store/merge_read.h"
#include "store/near.h"
#include "store/resolve.h"
#include "store/store.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Takes the claims of one document into the layer that is worked on.
typedef void take_report(kh_merged *merged, const kh_report *report, uint32_t *numbers);

/// Walks over the claims of all documents. One document is in memory at a time.
static kh_status walk(sqlite3 *db, kh_merged *merged, kh_merge_layer layer, take_report *take,
                      kh_error *error) {
  kh_merge_reader reader;
  KH_LIST(uint32_t) numbers = {0}; // of the events of a document
  kh_heap *heap = &merged->record.heap;
  const kh_report *report;
  merged->record.parts.count = 0;
  kh_status status = kh_merge_reader_begin(&reader, db, &merged->record, layer, error);
  while (status == KH_OK) {
    status = kh_merge_reader_next(&reader, &report, error);
    if (status != KH_OK) break;
    if (!KH_LIST_RESERVE(heap, &numbers, report->events.count + 1)) break;
    take(merged, report, numbers.at);
    if (heap->failed) break;
  }
  kh_merge_reader_end(&reader);
  KH_LIST_FREE(heap, &numbers);
  if (heap->failed) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  return status == KH_END ? KH_OK : status;
}

static kh_status unless(bool done, kh_error *error) {
  return done ? KH_OK : kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

// ---- happenings

static void take_events(kh_merged *merged, const kh_report *report, uint32_t *numbers) {
  kh_clusters_gather(&merged->clusters, report, numbers);
}

/// Keeps of the happenings what figures need.
static bool keep_numbers(kh_merged *merged) {
  kh_heap *heap = &merged->record.heap;
  const kh_clusters *c = &merged->clusters;
  if (!KH_LIST_RESERVE(heap, &merged->numbers, c->count + 1) ||
      !KH_LIST_RESERVE(heap, &merged->cluster_of, c->counted.count + 1))
    return false;
  for (uint32_t i = 0; i < c->count; i++) {
    const kh_node *node = &c->nodes.at[c->first[i]];
    merged->numbers.at[i] = kh_row_number(&merged->record, node->document, node->n);
  }
  for (uint32_t i = 0; i < c->counted.count; i++) {
    const uint32_t node = c->counted.at[i];
    merged->cluster_of.at[i] = node == KH_NOBODY ? KH_NOBODY : c->nodes.at[node].cluster;
  }
  merged->cluster_of.count = 0; // from here on: how many were used
  return true;
}

static kh_status merge_events(sqlite3 *db, kh_merged *merged, kh_error *error) {
  kh_status status = walk(db, merged, KH_MERGE_EVENTS, take_events, error);
  if (status == KH_OK) status = unless(kh_clusters_join(&merged->clusters), error);
  if (status == KH_OK) status = kh_decide_happenings(db, &merged->clusters, error);
  if (status == KH_OK)
    status = unless(keep_numbers(merged) && kh_happenings_sum(merged) &&
                        kh_contradictions_of_happenings(merged),
                    error);
  if (status == KH_OK) status = kh_merge_write_happenings(db, merged, error);
  kh_clusters_free(&merged->clusters);
  KH_LIST_FREE(&merged->record.heap, &merged->happenings);
  return status;
}

// ---- figures

static void take_figures(kh_merged *merged, const kh_report *report, uint32_t *numbers) {
  (void)numbers;
  kh_series_gather(&merged->series, report, merged->cluster_of.at + merged->cluster_of.count);
  merged->cluster_of.count += report->figures.count;
}

static kh_status merge_figures(sqlite3 *db, kh_merged *merged, kh_error *error) {
  kh_status status = walk(db, merged, KH_MERGE_FIGURES, take_figures, error);
  if (status == KH_OK) status = unless(kh_series_join(&merged->series), error);
  if (status == KH_OK) status = kh_decide_series(db, &merged->series, error);
  if (status == KH_OK)
    status = unless(kh_series_make(&merged->series) && kh_contradictions_of_series(merged), error);
  if (status == KH_OK) status = kh_merge_write_series(db, merged, error);
  kh_series_free(&merged->series);
  KH_LIST_FREE(&merged->record.heap, &merged->cluster_of);
  KH_LIST_FREE(&merged->record.heap, &merged->numbers);
  return status;
}

// ---- steps

static void take_steps(kh_merged *merged, const kh_report *report, uint32_t *numbers) {
  (void)numbers;
  kh_ledger_gather(&merged->ledger, report);
}

static kh_status merge_steps(sqlite3 *db, kh_merged *merged, kh_error *error) {
  kh_status status = walk(db, merged, KH_MERGE_STEPS, take_steps, error);
  if (status == KH_OK) status = unless(kh_ledger_join(&merged->ledger), error);
  if (status == KH_OK) status = kh_decide_ledger(db, &merged->ledger, error);
  if (status == KH_OK)
    status =
        unless(kh_ledger_conclude(&merged->ledger) && kh_contradictions_of_ledger(merged), error);
  if (status == KH_OK) status = kh_merge_write_ledger(db, merged, error);
  kh_ledger_free(&merged->ledger);
  return status;
}

kh_status kh_merge_run(sqlite3 *db, const kh_allocator *allocator, kh_error *error) {
  kh_merged merged = {0};
  kh_merge_record *record = &merged.record;
  kh_heap_init(&record->heap, allocator);
  merged.clusters.record = merged.series.record = merged.ledger.record = record;
  kh_status status = kh_merge_read_record(db, record, error);
  if (status == KH_OK) status = kh_resolve(db, record, error);
  if (status == KH_OK) status = merge_events(db, &merged, error);
  if (status == KH_OK) status = merge_figures(db, &merged, error);
  if (status == KH_OK) status = merge_steps(db, &merged, error);
  if (status == KH_OK) status = kh_merge_write_contradictions(db, &merged, error);
  KH_LIST_FREE(&record->heap, &merged.cluster_of);
  KH_LIST_FREE(&record->heap, &merged.numbers);
  KH_LIST_FREE(&record->heap, &merged.contradictions);
  kh_merge_record_free(record);
  return status;
}

static kh_status keep_pages(kh_store *store, unsigned kb, kh_error *error) {
  const kh_status status = kh_cache_settle(store, kb, NULL);
  return status == KH_OK ? KH_OK : kh_merge_failed(store->db, error);
}

// What pages and fingerprints took stands in small pieces: the C library keeps it for more of their
// kind, and lists as long as a record would come on top of it.
static void give_memory_back(void) {
#ifdef __GLIBC__
  (void)malloc_trim(0);
#endif
}

kh_status kh_store_merge(kh_store *store, kh_error *error) {
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  // it walks through tables from end to end, for which few pages do, and needs memory itself
  enum { WALK_KB = 8 * 1024 };
  kh_near_forget(store);
  status = keep_pages(store, store->cache_kb < WALK_KB ? store->cache_kb : WALK_KB, error);
  give_memory_back();
  if (status == KH_OK) status = kh_merge_run(store->db, &store->allocator, error);
  if (status == KH_OK) status = keep_pages(store, store->cache_kb, error);
  return kh_change_end(store, status, error);
}
