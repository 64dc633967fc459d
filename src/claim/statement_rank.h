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

/// How the content stands to its cue: 0 a clause, 1 a quotation, 2 a phrase, 3 before the cue.
uint32_t kh_st_form_of(const kh_st_finder *finder, const kh_st_cue *cue);

/// The frame's id as a value of facts; 0 of a headline.
uint32_t kh_st_frame_fact(const kh_st_cue *cue);

/// Is there a model, or its trainer, that judges what is said?
bool kh_st_judges(const kh_st_finder *finder);

/// Is it likely enough that the content was said? Without a model it is.
bool kh_st_is_said(kh_st_finder *finder, const kh_st_cue *cue, bool nested, int32_t speaker,
                   kh_span speaker_span);

#endif
