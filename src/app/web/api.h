// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the handlers of several parts of the interface use.
#ifndef KHUTWA_APP_WEB_API_H
#define KHUTWA_APP_WEB_API_H

#include "app/web/core.h"
#include "app/web/reply.h"

#include <khutwa/ask.h>

/// A decision as the interface shows it.
json_t *kh_decision_json(const kh_decision *decision);

/// A report with the decisions applied; NULL when `reply` says why not.
json_t *kh_report_json(kh_core *core, int64_t doc, kh_reply *reply);

/// Makes what takes a while before anybody asks for it.
void kh_record_warm(kh_core *core);
/// Reads what the first list shows, so that the next to ask finds it in memory.
void kh_documents_warm(kh_core *core);

/// The record's file could not be opened.
kh_reply kh_unreadable(void);

/// A page of the answer to a question.
kh_reply kh_ask_page(kh_core *core, kh_question question, const kh_selection *selection);

#endif
