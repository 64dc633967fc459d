#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Branch coverage, of the readers, the record and the store; and of everything, for
# information. $1: a build folder with KHUTWA_COVERAGE=ON; without it one is made.
# The thresholds only ever rise.
set -eu
cd "$(dirname "$0")/../.."
readers_branches=95
record_branches=95
store_branches=95
folder=${1-}
if [ -z "$folder" ]; then
  folder=build/coverage
  cmake --preset coverage >/dev/null
  cmake --build --preset coverage -j "${JOBS:-2}" -- --quiet
fi
find "$folder" -name '*.gcda' -delete
for test in "$folder"/tests/test_*; do
  [ -x "$test" ] || continue
  "$test" >/dev/null 2>&1 || { echo "$test fails when built with gcc"; exit 1; }
done
for target in "$folder"/fuzz/replay_*; do
  [ -x "$target" ] && "$target" "fuzz/corpus/$(basename "$target" | cut -c 8-)" >/dev/null 2>&1
done
for script in bad_input encodings bidi bombs pages; do
  python3 tests/check/$script.py "$folder/khutwa" >/dev/null 2>&1 || echo "$script fails here, too"
done
measure() { # filter -> percent of branches
  gcovr -r . --object-directory "$folder" --exclude-throw-branches --exclude-unreachable-branches \
    --filter "$1" --branches --json-summary - "$folder" 2>/dev/null |
    python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["branch_percent"] or 0, d["line_percent"] or 0)'
}
bad=0
report=""
for part in "src/text/ $readers_branches" "src/record/ $record_branches" "src/store/ $store_branches" "src/ 0"; do
  set -- $part
  # shellcheck disable=SC2046
  set -- "$1" "$2" $(measure "$1")
  echo "$1: $3 % of branches, $4 % of lines (floor $2 % of branches)"
  report="$report $1 $3 %"
  awk "BEGIN { exit !($3 < $2) }" && { echo "below the floor"; bad=1; }
done
echo "# branches:$report"
exit $bad
