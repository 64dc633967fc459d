#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Everything a change must pass. One line a check; its output is kept in build/check/<name>.log and
# shown where it fails. Ends with "N passed, N failed[, N skipped]"; exits 1 when something failed.
#   sh tests/check/all.sh [NAME…]    only these checks (after the builds they need)
# A check is a command: exit 0 passed, 77 skipped, else failed. A log that counts for itself
# (cmocka's "[  PASSED  ] 3 test(s)", or "3 passed, 1 failed") is counted so, any other as one.
set -u
cd "$(dirname "$0")/../.."
: "${JOBS:=2}"
export JOBS
export LC_ALL=C.UTF-8
out=build/check
mkdir -p "$out"
passed=0 failed=0 skipped=0
only=" $* "

count() { # $1: log, $2: passed|failed|skipped
  awk -v what="$2" '
    /^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$/ {
      n += what == "passed" ? $1 : what == "failed" ? $3 : $5; found = 1 }
    what == "passed" && /^\[  PASSED  \] [0-9]+ test/ { n += $4; found = 1 }
    what == "failed" && /^\[  FAILED  \] [0-9]+ test/ { n += $4; found = 1 }
    what == "skipped" && /^\[  SKIPPED \] [0-9]+ test/ { n += $4; found = 1 }
    END { print found ? n + 0 : "" }' "$1"
}

# check NAME COMMAND…
check() {
  name=$1
  shift
  if [ "$only" != "  " ]; then
    case "$name" in build-*) ;; *) case "$only" in *" $name "*) ;; *) return ;; esac ;; esac
  fi
  log=$out/$name.log
  begin=$(date +%s)
  "$@" >"$log" 2>&1 </dev/null
  status=$?
  took=$(($(date +%s) - begin))
  p=$(count "$log" passed) f=$(count "$log" failed) s=$(count "$log" skipped)
  case $status in
  0) word=ok; : "${p:=1}" "${f:=0}" "${s:=0}" ;;
  77) word=skipped; p=0 f=0 s=1 ;;
  *) word=FAILED; : "${p:=0}" "${f:=1}" "${s:=0}"; [ "$f" -gt 0 ] || f=1 ;;
  esac
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  case $word in
  ok) printf '%-9s%-22s%4d s  %s\n' ok "$name" "$took" "$(grep -a '^# ' "$log" | tail -n 1 | cut -c 3-)" ;;
  skipped) printf '%-9s%-22s%4d s  %s\n' skipped "$name" "$took" "$(tail -n 1 "$log")" ;;
  FAILED)
    printf '%-9s%-22s%4d s  (whole output: %s)\n' FAILED "$name" "$took" "$log"
    tail -n "${KHUTWA_TAIL:-40}" "$log" | cut -c 1-400 | sed 's/^/    /'
    ;;
  esac
}

# ---- the builds: everything else stands on them
configure_and_build() { # $1: preset, $2: folder, rest: options
  preset=$1 folder=$2
  shift 2
  cmake --preset "$preset" -B "$folder" "$@" && cmake --build "$folder" -j "$JOBS" -- --quiet
}
check build-release configure_and_build release build/release -DKHUTWA_WERROR=ON
ln -sf release/khutwa build/khutwa
if ! [ -x build/release/khutwa ]; then
  echo "without the program nothing else can be checked"
  echo "$passed passed, $failed failed"
  exit 1
fi
tables=$PWD/build/release/khutwa.tables
check build-clang configure_and_build fuzz build/check-clang -DKHUTWA_TESTS=ON -DKHUTWA_TABLES="$tables"
check build-gcc configure_and_build coverage build/check-gcc -DKHUTWA_WERROR=ON -DKHUTWA_TABLES="$tables"

# ---- the tests
for test in build/check-clang/tests/test_*; do
  [ -x "$test" ] || continue
  check "$(basename "$test" | tr _ -)" "$test"
done
check coverage sh tests/check/coverage.sh build/check-gcc
check fuzz-replay sh tests/check/fuzz.sh replay build/check-clang
check fuzz sh tests/check/fuzz.sh run build/check-clang

# ---- the source
check includes sh tests/check/includes.sh
check headers sh tests/check/headers.sh
check format sh tests/check/format.sh
check tidy sh tests/check/tidy.sh build/check-clang
check licences python3 tests/check/licences.py
check own-words sh tests/check/own-words.sh
check rules sh tests/check/rules.sh build/release

# ---- the program and the library from outside
check manual sh tests/check/manual.sh build/release/khutwa
check completion bash tests/check/completion.sh build/release/khutwa
check install sh tests/check/install.sh build/release
check bad-input python3 tests/check/bad_input.py build/release/khutwa
check examples sh tests/check/examples.sh build/release/khutwa
check pages python3 tests/check/pages.py build/release/khutwa
check negatives python3 tests/check/negatives.py build/release/khutwa
check places python3 tests/check/places.py build/release/khutwa
check numerals python3 tests/check/numerals.py build/release/khutwa
check valgrind sh tests/check/valgrind.sh build/check-gcc/khutwa

# ---- the record over many reports
check merging python3 tests/merge/score.py build/release/khutwa

# ---- gates for trust
check gate-spans python3 tests/check/spans.py build/release/khutwa
check gate-encodings python3 tests/check/encodings.py build/release/khutwa
check gate-bidi python3 tests/check/bidi.py build/release/khutwa
check gate-determinism python3 tests/check/determinism.py build/release/khutwa
check gate-bombs python3 tests/check/bombs.py build/release/khutwa
check gate-ingest python3 tests/check/ingest.py build/release/khutwa
check copies python3 bench/pairs.py build/release/khutwa
check gate-strangers python3 tests/check/web_gate.py build/release/khutwa examples/reports/*
check web sh tests/web/run
check openapi tests/check/openapi.py build/release/khutwa examples/reports/*
check gate-search python3 tests/check/search.py build/release/khutwa
# Debian's own Python: the readers of exports are its packages
check exports /usr/bin/python3 tests/check/exports.py build/release/khutwa
check answers /usr/bin/python3 tests/check/answers.py build/release/khutwa
check gate-kills python3 tests/check/kills.py build/release/khutwa
check gate-tampering python3 tests/check/tamper.py build/release/khutwa
check gate-gigabyte python3 tests/check/gigabyte.py build/release/khutwa
check yardstick python3 tests/check/yardstick.py build/release/khutwa

if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
