// SPDX-License-Identifier: Apache-2.0
/// \file
/// States by their codes, as exports need them.
#ifndef KHUTWA_VIEW_STATE_H
#define KHUTWA_VIEW_STATE_H

/// The ISO 3166-1 number of a state, by its alpha-3 code; 0 for one without (Kosovo), and for what
/// is no state (UNO, "").
int kh_state_number(const char *code);
/// The region of the world that ACLED counts it to; "" for what is no state.
const char *kh_state_region(const char *code);

#endif
