#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clang-format as in .clang-format. To mend: sh tests/check/format.sh --fix
set -eu
cd "$(dirname "$0")/../.."
if [ "${1-}" = --fix ]; then set -- -i; else set -- --dry-run --Werror; fi
find include src tools tests fuzz bench examples -name '*.[ch]' | sort >build/check/sources.txt
xargs clang-format "$@" <build/check/sources.txt
echo "# $(wc -l <build/check/sources.txt) files"
