// SPDX-License-Identifier: Apache-2.0
/// \file
/// Who speaks, judged over all who are mentioned around the cue or spoke before: what the rules
/// found is one fact among others.
#ifndef KHUTWA_CLAIM_STATEMENT_RANK_H
#define KHUTWA_CLAIM_STATEMENT_RANK_H

#include "claim/statement.h"

/// Corrects the speaker that the rules found, with where he is named. Without a model, and where
/// they found nobody (KH_NONE), nothing changes. `nested`: the cue stands in another statement.
void kh_st_judge(kh_st_finder *finder, const kh_st_cue *cue, bool nested, int32_t *speaker,
                 kh_span *speaker_span);

#endif
