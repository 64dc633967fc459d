// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the formats of export share.
#ifndef KHUTWA_VIEW_EXPORT_H
#define KHUTWA_VIEW_EXPORT_H

#include "store/asking.h"
#include "store/select.h"
#include "view/writer.h"

#include <khutwa/export.h>

typedef struct kh_exporting {
  kh_store *store;
  const kh_selection *selection;
  const kh_export_options *options;
  const kh_meant *meant; // who and where the selection means
  kh_writer out;
  uint64_t rows;
  bool in_row; // of CSV: a cell stands before
  kh_error *error;
} kh_exporting;

/// One writer a format. The documents that the selection allows stand in the table temp.chosen.
kh_status kh_export_jsonl(kh_exporting *x);
kh_status kh_export_csv(kh_exporting *x);
kh_status kh_export_acled(kh_exporting *x);
kh_status kh_export_ged(kh_exporting *x);
kh_status kh_export_plover(kh_exporting *x);
kh_status kh_export_cameo(kh_exporting *x);
kh_status kh_export_geojson(kh_exporting *x);
kh_status kh_export_hxl(kh_exporting *x);
kh_status kh_export_graphml(kh_exporting *x);
kh_status kh_export_annotation(kh_exporting *x);
kh_status kh_export_prov(kh_exporting *x);

/// KH_ERROR_IO where the taker of the output has stopped.
kh_status kh_export_check(kh_exporting *x);

// ------------------------------------------------------------------ CSV

/// A cell of text. One that a spreadsheet could take for a formula (it begins with = + - @, a tab,
/// a carriage return or line feed) gets an apostrophe in front, and so does one that begins with
/// an apostrophe: who reads takes one leading apostrophe away.
void kh_csv_text(kh_exporting *x, const char *text);
void kh_csv_number(kh_exporting *x, double value);
void kh_csv_int(kh_exporting *x, int64_t value);
void kh_csv_empty(kh_exporting *x);
/// A column of a row as it is: numbers bare, NULL empty.
void kh_csv_column(kh_exporting *x, kh_select *s, int column);
/// Ends a row. Cells begin with a comma but for the first; `x->rows` grows.
void kh_csv_end(kh_exporting *x);
/// A row of words with commas between, as they are.
void kh_csv_header(kh_exporting *x, const char *columns);

#endif
