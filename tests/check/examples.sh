#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The sample reports: at least six, read without complaint as JSON and for people, in both languages,
# and every one has a gold file. $1: the program.
set -eu
cd "$(dirname "$0")/../.."
program=$1
count=$(find examples/reports -type f | wc -l)
[ "$count" -ge 6 ] || { echo "only $count sample reports"; exit 1; }
"$program" read --json examples/reports/* >build/check/examples.jsonl 2>build/check/examples.err
[ ! -s build/check/examples.err ] || { cat build/check/examples.err; exit 1; }
for options in "--text" "--text --lang ar" "--text --why"; do
  # shellcheck disable=SC2086
  "$program" read $options examples/reports/* >build/check/examples.txt
  [ -s build/check/examples.txt ] || { echo "$options prints nothing"; exit 1; }
done
python3 - build/check/examples.jsonl <<'END'
import json, sys
layers = ["entities", "times", "figures", "statements", "events", "steps"]
total = dict.fromkeys(layers, 0)
records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for record in records:
    assert record["khutwa"] == "1" and record["document"]["lang"] == "ar", record["document"]["id"]
    for layer in layers:
        total[layer] += len(record[layer])
    for layer in ["entities", "statements"]:
        assert record[layer], (record["document"]["id"], "has no " + layer)
missing = [layer for layer in layers if not total[layer]]
assert not missing, missing
print("# %d records: %s" % (len(records), ", ".join("%d %s" % (total[l], l) for l in layers)))
END
