#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gate 15: ten runs, with one worker or many, give identical records in the order of the input."""
import glob
import hashlib
import json
import subprocess
import sys
import tempfile

program = sys.argv[1]
with tempfile.NamedTemporaryFile(suffix=".jsonl") as made:
    subprocess.run([sys.executable, "bench/generate.py", "1"], stdout=made, check=True)
    files = sorted(glob.glob("examples/reports/*")) + [made.name]
    seen = {}
    for run in range(10):
        workers = [1, 2, 3, 8][run % 4]
        out = subprocess.run([program, "read", "--json", "-j", str(workers), *files],
                             capture_output=True)
        if out.returncode or out.stderr:
            sys.exit("-j %d: exit status %d: %s" % (workers, out.returncode, out.stderr.decode()))
        seen.setdefault(hashlib.sha256(out.stdout).hexdigest(), []).append("run %d, -j %d" % (run, workers))
    if len(seen) != 1:
        sys.exit("outputs differ: %r" % seen)
    ids = [json.loads(line)["document"]["id"] for line in out.stdout.splitlines()]
    wanted = [json.loads(line)["id"] for line in open(made.name, encoding="utf-8")]
    if ids[-len(wanted):] != wanted:
        sys.exit("the order of the input is not kept")
print("# 10 runs over %d reports, identical" % len(ids))
