// SPDX-License-Identifier: Apache-2.0
#include "store/digest.h"

kh_status kh_digest_rows(kh_store *store, const char *sql, int64_t number, kh_digest *d,
                         kh_error *error) {
  kh_row row = kh_row_of(store, sql, error);
  kh_row_int(&row, number);
  int64_t rows = 0;
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    const int columns = sqlite3_column_count(row.statement);
    for (int i = 0; i < columns; i++) kh_digest_column(d, row.statement, i);
    const kh_status check = kh_row_check(&row);
    if (check != KH_OK) {
      kh_row_end(&row);
      return check;
    }
    rows++;
  }
  kh_digest_int(d, rows);
  if (status != KH_END) return status;
  return rows ? KH_OK : KH_END;
}

kh_status kh_document_digest(kh_store *store, int64_t doc, unsigned char digest[KH_DIGEST],
                             kh_error *error) {
  kh_digest d;
  (void)crypto_hash_sha256_init(&d);
  kh_status status = kh_digest_rows(
      store,
      "SELECT d.doc, d.id, c.path, d.position, d.line, d.uri, o.name, d.title, d.published, "
      "d.published_from, d.fetched, d.lang, d.length, d.raw_sha256, d.text_sha256, e.version, "
      "e.tables_sha256 FROM document d JOIN container c ON c.container = d.container "
      "JOIN engine e ON e.engine = d.engine LEFT JOIN outlet o ON o.outlet = d.outlet "
      "WHERE d.doc = ?",
      doc, &d, error);
  if (status == KH_OK)
    status =
        kh_digest_rows(store, "SELECT text, record, raw FROM body WHERE doc = ?", doc, &d, error);
  if (status != KH_OK) return status;
  status =
      kh_digest_rows(store,
                     "SELECT entity, kind, named, name, name_en, name_en_transliterated, known_id, "
                     "country, sector, latitude, longitude, place_code, admin1, admin2 "
                     "FROM entity WHERE doc = ? ORDER BY entity",
                     doc, &d, error);
  if (status == KH_OK || status == KH_END)
    status = kh_digest_rows(store,
                            "SELECT entity, folded, kind, country, name FROM entity_name "
                            "WHERE doc = ? ORDER BY entity, folded, kind, country",
                            doc, &d, error);
  // the days of a role follow from all reports that tell it; verifying hides the table with its own
  if (status == KH_OK || status == KH_END)
    status = kh_digest_rows(
        store, "SELECT entity, role FROM main.entity_role WHERE doc = ? ORDER BY entity, role", doc,
        &d, error);
  if (status == KH_OK || status == KH_END)
    status = kh_digest_rows(store, "SELECT rule, name FROM rule WHERE doc = ? ORDER BY rule", doc,
                            &d, error);
  if (status != KH_OK && status != KH_END) return status;
  (void)crypto_hash_sha256_final(&d, digest);
  return KH_OK;
}

kh_status kh_refusal_digest(kh_store *store, int64_t refusal, unsigned char digest[KH_DIGEST],
                            kh_error *error) {
  kh_digest d;
  (void)crypto_hash_sha256_init(&d);
  const kh_status status =
      kh_digest_rows(store,
                     "SELECT r.refusal, c.path, r.position, r.line, r.code, r.message "
                     "FROM refusal r JOIN container c ON c.container = r.container "
                     "WHERE r.refusal = ?",
                     refusal, &d, error);
  (void)crypto_hash_sha256_final(&d, digest);
  return status;
}
