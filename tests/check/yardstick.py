#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`khutwa score` over the sample gold; and, where the folder EVAL (default ../shared/eval) with its own
scorer is there, every figure of both over all gold must be the same. yardstick.py PROGRAM"""
import os
import re
import subprocess
import sys

program = sys.argv[1]
shared = os.environ.get("EVAL") or "../shared/eval"
FIGURE = re.compile(r"-?\d+(?:\.\d+)?")


def score(*folders):
    out = subprocess.run([program, "score", *folders], capture_output=True, text=True)
    if out.returncode:
        sys.exit("khutwa score: exit status %d: %s" % (out.returncode, out.stderr))
    return out.stdout


def other_score(folder):
    scorer = os.path.join(shared, "score.py")
    documents = subprocess.run([sys.executable, scorer, "inputs", folder], capture_output=True,
                               check=True).stdout
    records = subprocess.run([program, "read", "--json", "--from", "jsonl", "-"], input=documents,
                             capture_output=True, check=True).stdout
    path = "build/check/yardstick.jsonl"
    with open(path, "wb") as file:
        file.write(records)
    return subprocess.run([sys.executable, scorer, "score", path, folder], capture_output=True,
                          text=True, check=True).stdout


def rows(table):
    """Layer -> its figures, whatever stands between them."""
    found = {}
    for line in table.splitlines():
        match = re.match(r"(\w+)\s+(-?\d.*)$", line)
        if match and not line[0].isdigit():
            found[match.group(1)] = FIGURE.findall(re.sub(r"[A-Za-z].*", "", match.group(2)))
        elif line.startswith("slots of matched items:"):
            for slot, figures in re.findall(r"([\w.]+) (\d\.\d+ \(\d+\))", line):
                found[slot] = FIGURE.findall(figures)
    return found


own = score("examples/gold")
overall = rows(own).get("overall")
if not overall:
    sys.exit("no overall figure in:\n" + own)
folders = ["examples/gold"]
if not os.path.isfile(os.path.join(shared, "score.py")):
    print("# overall %s on the samples; nothing to compare with at %s" % (overall[-1], shared))
    sys.exit(0)
folders += [os.path.join(shared, name) for name in ("dev", "train")]
summary = []
for folder in folders:
    ours, theirs = rows(score(folder)), rows(other_score(folder))
    if not theirs:
        sys.exit("the scorer of %s prints nothing" % shared)
    wrong = {name: (ours.get(name), figures) for name, figures in theirs.items()
             if ours.get(name) != figures}
    if wrong:
        for name, (a, b) in sorted(wrong.items()):
            print("%s: %s: khutwa score says %s, score.py %s" % (folder, name, a, b))
        sys.exit("the figures differ")
    summary.append("%s %s" % (os.path.basename(folder), ours["overall"][-1]))
print("# the same figures; overall: " + ", ".join(summary))
