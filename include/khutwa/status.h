// SPDX-License-Identifier: Apache-2.0
/// \file
/// Outcomes and errors. Errors are values that the caller owns; the library keeps none.
#ifndef KHUTWA_STATUS_H
#define KHUTWA_STATUS_H

#include <khutwa/span.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum kh_status {
  KH_OK = 0,
  KH_END,             ///< Nothing more to read. Not a failure.
  KH_ERROR_ARGUMENT,  ///< A caller's mistake: a null pointer, an option out of range.
  KH_ERROR_MEMORY,    ///< The allocator returned nothing.
  KH_ERROR_IO,        ///< The system could not read or write.
  KH_ERROR_ENCODING,  ///< Bytes that are no text in the declared or detected encoding.
  KH_ERROR_FORMAT,    ///< Input that breaks its own format (HTML too deep, a broken JSON line).
  KH_ERROR_LIMIT,     ///< Larger than the option allows.
  KH_ERROR_TABLE,     ///< A compiled table or model that is damaged or of another version.
  KH_ERROR_RULE,      ///< A rule file that does not compile.
  KH_ERROR_INVARIANT, ///< A record that broke its own promises; it is withheld. A defect of khutwa.
  KH_ERROR_STORE,    ///< A file that is no record of khutwa's, or is damaged or of another version.
  KH_ERROR_BUSY,     ///< Another program is writing to the record.
  KH_ERROR_CONFLICT, ///< Somebody else has decided meanwhile; nothing was changed.
} kh_status;

/// Where in the flow of data something went wrong.
typedef enum kh_stage {
  KH_STAGE_NONE = 0,
  KH_STAGE_READ,
  KH_STAGE_TEXT,
  KH_STAGE_TOKEN,
  KH_STAGE_LEXICON,
  KH_STAGE_MORPH,
  KH_STAGE_MENTION,
  KH_STAGE_CLAIM,
  KH_STAGE_RECORD,
  KH_STAGE_VIEW,
  KH_STAGE_STORE,
} kh_stage;

/// What went wrong, where, and how to mend it. Plain data; copy it freely.
/// `message` is English UTF-8, NUL-terminated, one line, without a trailing full stop.
typedef struct kh_error {
  kh_status code;
  kh_stage stage;
  unsigned line;  ///< 1-based line of `file` or of the input; 0 when unknown.
  kh_span span;   ///< Bytes of the input; {0, 0} when unknown.
  char file[256]; ///< Rule or table file, cut to fit; empty when unknown.
  char message[512];
} kh_error;

/// A short English name of a status ("encoding error"). Never NULL.
const char *kh_status_name(kh_status status);

#ifdef __cplusplus
}
#endif
#endif
