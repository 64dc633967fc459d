// SPDX-License-Identifier: Apache-2.0
/// \file
/// Choosing one reading a token from what stands around it.
#ifndef KHUTWA_MORPH_CHOOSE_H
#define KHUTWA_MORPH_CHOOSE_H

#include "morph/morph.h"

/// Fills best[] of the morph layer from its candidates, sentence by sentence.
void kh_choose_readings(kh_document *document);

#endif
