#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The program over the sample reports under valgrind: no error, no leak. $1: a plain build of it.
set -eu
cd "$(dirname "$0")/../.."
for mode in --json --text; do
  valgrind -q --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,possible \
    --errors-for-leak-kinds=definite,possible "$1" read $mode -j 2 examples/reports/* >/dev/null
done
echo "# $(ls examples/reports | wc -l) files, twice"
