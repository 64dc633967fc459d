#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clang-tidy as in .clang-tidy over everything that is compiled. $1: a clang build folder.
set -eu
cd "$(dirname "$0")/../.."
sed -n 's/^ *"file": "\(.*\.c\)",*$/\1/p' "$1/compile_commands.json" | sort -u >build/check/tidy.txt
xargs -P "${JOBS:-2}" -n 1 clang-tidy --quiet -p "$1" <build/check/tidy.txt 2>&1 |
  grep -v -E '^[0-9]+ warnings? generated|^Suppressed|^Use -header-filter' >build/check/tidy.out || true
if grep -qE '(warning|error):' build/check/tidy.out; then
  grep -E '(warning|error):' build/check/tidy.out | sort | uniq -c | sort -rn
  exit 1
fi
echo "# $(wc -l <build/check/tidy.txt) files"
