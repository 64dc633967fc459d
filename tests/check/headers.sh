#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each public header stands alone, as C17 and C++17, under strict flags; and the shared library
# shows exactly the functions that the headers declare.
set -eu
cd "$(dirname "$0")/../.."
checked=0
for header in include/khutwa/*.h; do
  name=khutwa/$(basename "$header")
  for compiler in "gcc -xc -std=c17 -Wstrict-prototypes" "clang -xc -std=c17 -Wstrict-prototypes" \
    "g++ -xc++ -std=c++17" "clang++ -xc++ -std=c++17"; do
    # shellcheck disable=SC2086 # words of a command
    printf '#include <%s>\n#include <%s>\nint khutwa_header;\n' "$name" "$name" |
      $compiler -Iinclude -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Werror \
        -fsyntax-only -
    checked=$((checked + 1))
  done
done
library=build/release/libkhutwa.so
declared=$(cat include/khutwa/*.h | sed -e 's,//.*,,' | grep -oE '\bkh_[a-z0-9_]+\(' | tr -d '(' |
  sort -u)
shown=$(nm -D --defined-only "$library" | awk '$2 == "T" {print $3}' | sed 's/@.*//' | sort -u)
if [ "$declared" != "$shown" ]; then
  echo "declared in the headers (first) and shown by $library (second) differ:"
  printf '%s\n' "$declared" >build/check/declared.txt
  printf '%s\n' "$shown" >build/check/shown.txt
  diff build/check/declared.txt build/check/shown.txt || true
  exit 1
fi
echo "# $checked compilations, $(printf '%s\n' "$shown" | wc -l) functions"
