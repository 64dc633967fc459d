// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the fuzz targets share.
#ifndef KHUTWA_FUZZ_FUZZ_H
#define KHUTWA_FUZZ_FUZZ_H

#include <khutwa/khutwa.h>

#include <stdint.h>

/// What libFuzzer and the replay program call.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/// An engine that is opened once and kept until the program ends. Aborts when it cannot be.
const kh_engine *fuzz_engine(void);

/// Reads bytes as a document of `format`, checks every promise of the record that holds for any
/// input, and writes both views. A refusal is fine; a broken promise aborts.
void fuzz_document(const kh_engine *engine, const uint8_t *data, size_t size,
                   const kh_source *source);

/// Reads bytes as a stream of reports that arrives in pieces; the first byte chooses their size.
/// Each report goes through fuzz_document.
void fuzz_stream(kh_container container, const uint8_t *data, size_t size);

#endif
