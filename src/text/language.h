// SPDX-License-Identifier: Apache-2.0
/// \file
/// In which language is a text? Told by its letters, so that nothing is claimed from a text that
/// the rules were not written for.
#ifndef KHUTWA_TEXT_LANGUAGE_H
#define KHUTWA_TEXT_LANGUAGE_H

#include <stddef.h>

/// "ar", "fa", "ur", "ckb", "ps", "en", or "und", of `len` bytes of valid UTF-8. Static.
const char *kh_language(const char *text, size_t len);

#endif
