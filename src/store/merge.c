// SPDX-License-Identifier: Apache-2.0
#include "store/merge.h"

#include "base/error.h"
#include "store/merge_read.h"
#include "store/resolve.h"
#include "store/store.h"

/// Reads the claims of all documents into the stages. One walk, one document in memory at a time.
static kh_status gather(sqlite3 *db, kh_merged *merged, kh_error *error) {
  kh_merge_reader reader;
  KH_LIST(uint32_t) node_of = {0};
  kh_heap *heap = &merged->record.heap;
  const kh_report *report;
  kh_status status = kh_merge_reader_begin(&reader, db, &merged->record, error);
  while (status == KH_OK) {
    status = kh_merge_reader_next(&reader, &report, error);
    if (status != KH_OK) break;
    if (!KH_LIST_RESERVE(heap, &node_of, report->events.count + 1)) break;
    kh_clusters_gather(&merged->clusters, report, node_of.at);
    if (!heap->failed) kh_series_gather(&merged->series, report, node_of.at);
    kh_ledger_gather(&merged->ledger, report);
    if (heap->failed) break;
  }
  kh_merge_reader_end(&reader);
  KH_LIST_FREE(heap, &node_of);
  return status == KH_END || status == KH_OK ? KH_OK : status;
}

static bool join(kh_merged *merged) {
  return kh_clusters_join(&merged->clusters) && kh_happenings_sum(merged) &&
         kh_series_join(&merged->series, &merged->clusters) && kh_ledger_join(&merged->ledger) &&
         kh_ledger_conclude(&merged->ledger);
}

kh_status kh_merge_run(sqlite3 *db, const kh_allocator *allocator, kh_error *error) {
  kh_merged merged = {0};
  kh_merge_record *record = &merged.record;
  kh_heap_init(&record->heap, allocator);
  merged.clusters.record = merged.series.record = merged.ledger.record = record;
  kh_status status = kh_merge_read_record(db, record, error);
  if (status == KH_OK) status = kh_resolve(db, record, error);
  if (status == KH_OK) status = gather(db, &merged, error);
  if (status == KH_OK && (record->heap.failed || !join(&merged)))
    status = kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  if (status == KH_OK) status = kh_merge_write(db, &merged, error);
  KH_LIST_FREE(&record->heap, &merged.happenings);
  kh_series_free(&merged.series);
  kh_ledger_free(&merged.ledger);
  kh_clusters_free(&merged.clusters);
  kh_merge_record_free(record);
  return status;
}

kh_status kh_store_merge(kh_store *store, kh_error *error) {
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  status = kh_merge_run(store->db, &store->allocator, error);
  return kh_change_end(store, status, error);
}
