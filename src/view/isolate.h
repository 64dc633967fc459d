// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values of reports in lines of any direction.
#ifndef KHUTWA_VIEW_ISOLATE_H
#define KHUTWA_VIEW_ISOLATE_H

#include "view/writer.h"

/// A text with what could steer the terminal or the direction of the line shown as a mark instead,
/// and line ends as blanks.
void kh_put_safe(kh_writer *out, const char *text, size_t len);
/// The same between U+2068 and U+2069, so that its direction does not disturb the line.
void kh_put_isolated(kh_writer *out, const char *text, size_t len);

#endif
