// SPDX-License-Identifier: Apache-2.0
/// \file
/// All of khutwa's public headers.
#ifndef KHUTWA_KHUTWA_H
#define KHUTWA_KHUTWA_H

#include <khutwa/ask.h>
#include <khutwa/claim.h>
#include <khutwa/document.h>
#include <khutwa/engine.h>
#include <khutwa/export.h>
#include <khutwa/reader.h>
#include <khutwa/score.h>
#include <khutwa/span.h>
#include <khutwa/status.h>
#include <khutwa/store.h>
#include <khutwa/time.h>
#include <khutwa/view.h>

#endif
