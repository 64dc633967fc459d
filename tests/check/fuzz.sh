#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fuzz.sh replay FOLDER   runs every kept input through its target, without a fuzzer
# fuzz.sh run FOLDER      fuzzes each target: 10 s, or KHUTWA_LONG=1: 10 million runs
# New findings are left in build/check/findings; keep them in fuzz/corpus/<target>.
set -u
cd "$(dirname "$0")/../.."
mode=$1 folder=$2
passed=0 failed=0
findings=build/check/findings
mkdir -p "$findings"
# libFuzzer wants its dictionary in ASCII
python3 - >build/check/words.dict <<'END'
import json
for line in open("fuzz/words.txt", encoding="utf-8"):
    if line.startswith('"'):
        print('"%s"' % "".join("\\x%02X" % byte for byte in json.loads(line).encode()))
END
for source in fuzz/targets/*.c; do
  name=$(basename "$source" .c)
  mkdir -p "build/check/corpus/$name"
  if [ "$mode" = replay ]; then
    "$folder/fuzz/replay_$name" "fuzz/corpus/$name"
  else
    if [ -n "${KHUTWA_LONG-}" ]; then budget="-runs=10000000"; else budget="-max_total_time=10"; fi
    quiet=0
    [ "$name" != rules ] || quiet=2 # the rules compiler complains on stderr, as it should
    # a dictionary of Arabic and markup helps the fuzzer past the first letters
    "$folder/fuzz/fuzz_$name" $budget -timeout=10 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 \
      -close_fd_mask=$quiet \
      -dict=build/check/words.dict -artifact_prefix="$findings/$name-" \
      "build/check/corpus/$name" "fuzz/corpus/$name" >"build/check/fuzz-$name.log" 2>&1
  fi
  if [ $? -eq 0 ]; then
    passed=$((passed + 1))
    [ "$mode" = replay ] || echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/check/fuzz-$name.log") runs"
  else
    failed=$((failed + 1))
    echo "target $name failed"
    [ "$mode" = replay ] || tail -n 40 "build/check/fuzz-$name.log"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
