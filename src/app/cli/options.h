// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values of options that several commands have. Each is false, and said, where the value is wrong.
#ifndef KHUTWA_APP_CLI_OPTIONS_H
#define KHUTWA_APP_CLI_OPTIONS_H

#include "app/cli/cli.h"

/// Says "OPTION VALUE: WHAT" and gives false.
bool kh_wrong_value(const char *option, const char *value, const char *what);

/// --max-size: bytes, K, M or G may follow.
bool kh_size_option(const char *value, size_t *size);

/// -j: 0 stands for one a core.
bool kh_workers_option(const char *value, unsigned *workers);

#endif
