#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each public header stands alone, as C17 and C++17, under strict flags; the shared library shows exactly
# the functions that the headers declare, calls nothing that prints, ends the program, or asks for the
# time, the locale or the environment, and has no variable of its own; every symbol begins with kh_.
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
asked=$(nm -D --undefined-only "$library" | awk '{print $2}' | sed 's/@.*//' |
  grep -xE '(__)?(f|v|vf|d)?printf(_chk)?|puts|fputs|putchar|f?write|perror|abort|_?exit|__assert_fail|raise|system|(secure_)?getenv|time|gettimeofday|clock(_gettime)?|localtime(_r)?|setlocale|localeconv|rand|random|socket' ||
  true)
[ -z "$asked" ] || { echo "the library calls $asked"; exit 1; }
foreign=$(nm -g --defined-only build/release/libkhutwa.a 2>/dev/null | awk 'NF == 3 {print $3}' |
  grep -v '^kh_' || true)
[ -z "$foreign" ] || { echo "not ours by name: $foreign"; exit 1; }
variables=$(objdump -t build/check-gcc/libkhutwa.a 2>/dev/null |
  awk '$0 ~ / O \.(data|bss|tdata|tbss|data\.rel|data\.rel\.local)\t/ && $NF !~ /^__gcov/ {print $NF}' |
  grep -v '^_GLOBAL__' || true)
[ -z "$variables" ] || { echo "variables that can change: $variables"; exit 1; }
echo "# $checked compilations, $(printf '%s\n' "$shown" | wc -l) functions"
