// SPDX-License-Identifier: Apache-2.0
#include "claim/claim_layer.h"

void kh_steps(kh_document *document) { (void)document; }
