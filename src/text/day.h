// SPDX-License-Identifier: Apache-2.0
/// \file
/// Days of the calendar as sources give them.
#ifndef KHUTWA_TEXT_DAY_H
#define KHUTWA_TEXT_DAY_H

#include <stdbool.h>

/// Reads "YYYY-MM-DD", alone or before a time of day ("2019-05-30T10:00:00+03:00"), into `day`
/// ("YYYY-MM-DD" and a NUL). The day is the one written, in its own zone. False when `iso` is no
/// such date, or no day of the calendar; `day` is then "".
bool kh_day_read(const char *iso, char day[11]);

#endif
