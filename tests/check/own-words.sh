#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The texts that the project is measured on are other people's: none of their sentences may stand
# in the checkout. Needs the folder EVAL (default ../shared/eval) with its copied.py.
set -eu
cd "$(dirname "$0")/../.."
eval_folder=${EVAL:-../shared/eval}
if ! [ -f "$eval_folder/copied.py" ]; then
  echo "no texts to compare with at $eval_folder"
  exit 77
fi
found=$(python3 "$eval_folder/copied.py" . || true)
[ -z "$found" ] || { echo "$found"; exit 1; }
