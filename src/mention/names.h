// SPDX-License-Identifier: Apache-2.0
/// \file
/// The gazetteer and the name model of an engine.
#ifndef KHUTWA_MENTION_NAMES_H
#define KHUTWA_MENTION_NAMES_H

#include "mention/mention.h"

/// Reads and checks the sections of known names and of the name model; fills engine->names.
/// Errors: KH_ERROR_TABLE.
kh_status kh_names_open(kh_engine *engine, kh_error *error);

#endif
