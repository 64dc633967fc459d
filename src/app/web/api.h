// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the handlers of several parts of the interface use.
#ifndef KHUTWA_APP_WEB_API_H
#define KHUTWA_APP_WEB_API_H

#include "app/web/core.h"
#include "app/web/reply.h"

#include <khutwa/ask.h>

/// A row x of the table of decisions as the interface shows it.
#define KH_DECISION_JSON                                                                           \
  "json_object('id', x.decision, 'at', x.at, 'user', x.user, 'action', x.action, 'layer', "        \
  "x.layer, "                                                                                      \
  "'document', CASE WHEN x.doc THEN 'D' || x.doc END, 'claim', CASE WHEN x.doc THEN 'D' || x.doc " \
  "|| "                                                                                            \
  "'.' || x.layer || x.n ELSE 'E' || x.n END, 'before', json(x.before), 'after', json(x.after), "  \
  "'attached', json(iif(x.attached, 'true', 'false')), 'undone', json(iif(x.undone, 'true', "      \
  "'false')))"

/// A report with the decisions applied; NULL when `reply` says why not.
json_t *kh_report_json(kh_core *core, int64_t doc, kh_reply *reply);

/// Grows with every decision on the report.
int64_t kh_report_version(sqlite3 *db, int64_t doc);

/// The record's file could not be opened.
kh_reply kh_unreadable(void);

/// A page of the answer to a question.
kh_reply kh_ask_page(kh_core *core, kh_question question, const kh_selection *selection);

/// Everything about the one thing with this id; 404 when there is none.
kh_reply kh_ask_one(kh_core *core, const char *id);

#endif
