#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The manual page is well-formed and knows exactly the options that --help knows. $1: the program.
set -eu
cd "$(dirname "$0")/../.."
noise=$(man --warnings -E UTF-8 -l -Tutf8 -Z docs/khutwa.1 2>&1 >/dev/null)
[ -z "$noise" ] || { echo "$noise"; exit 1; }
options() { grep -oE '(^|[^-[:alnum:]])(--[a-z]+(-[a-z]+)*|-[a-z])\b' | grep -oE -e '--?[a-z-]+' | sort -u; }
man -E UTF-8 -l docs/khutwa.1 2>/dev/null | col -b | options >build/check/manual.txt
commands=$("$1" help | sed -n 's/^  khutwa \([a-z]*\) .*/\1/p')
for command in $commands; do
  grep -q "^\.B khutwa $command$" docs/khutwa.1 || { echo "docs/khutwa.1 lacks $command"; exit 1; }
done
{ echo --help; "$1" help; for command in $commands; do [ "$command" = help ] || "$1" help "$command"; done; } | options >build/check/help.txt
if ! diff build/check/manual.txt build/check/help.txt; then
  echo "< only in docs/khutwa.1, > only in --help"
  exit 1
fi
version=$("$1" --version)
case $version in
*"$(sed -n 's/^project(khutwa VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)"*) ;;
*) echo "--version says $version"; exit 1 ;;
esac
grep -q "^\.TH KHUTWA 1 .*$(sed -n 's/^project(khutwa VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)" \
  docs/khutwa.1 || { echo "docs/khutwa.1 tells another version"; exit 1; }
echo "# $(wc -l <build/check/help.txt) options"
