#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `make install` into a folder; then the example program is compiled against that tree as an
# outsider would, with pkg-config, and run: with the shared and with the static library.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD/build/check/root
rm -rf "$root"
make --no-print-directory install DESTDIR="$root" PREFIX=/usr/local >build/check/install.list
for file in bin/khutwa lib/libkhutwa.a lib/libkhutwa.so include/khutwa/khutwa.h \
  lib/pkgconfig/khutwa.pc share/man/man1/khutwa.1 share/bash-completion/completions/khutwa; do
  [ -e "$root/usr/local/$file" ] || { echo "$file is not installed"; exit 1; }
done
PKG_CONFIG_PATH=$root/usr/local/lib/pkgconfig
export PKG_CONFIG_PATH
report=$(find examples/reports -name '*.txt' | sort | head -n 1)
# shellcheck disable=SC2046 # words of a command
gcc -std=c17 -Wall -Wextra -Werror examples/who-said.c $(pkg-config --cflags --libs khutwa) \
  -o build/check/who-said
LD_LIBRARY_PATH=$root/usr/local/lib build/check/who-said "$report" >build/check/who-said.txt
[ -s build/check/who-said.txt ] || { echo "the example finds no statement in $report"; exit 1; }
# shellcheck disable=SC2046
clang -std=c17 -Wall -Wextra -Werror examples/who-said.c $(pkg-config --cflags khutwa) \
  "$root/usr/local/lib/libkhutwa.a" $(pkg-config --static --libs khutwa | sed 's/-lkhutwa//') \
  -o build/check/who-said-static
build/check/who-said-static "$report" | cmp - build/check/who-said.txt
"$root/usr/local/bin/khutwa" read --json "$report" >/dev/null
echo "# $(wc -l <build/check/who-said.txt) statements printed by the example program"
