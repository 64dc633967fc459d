#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tests/cases/negatives.txt: sentences that sound violent and hold no violence. How many give an actual,
unnegated ASSAULT or a figure of people killed all the same? No more than MOST, which only ever falls."""
import json
import subprocess
import sys

MOST = 1

with open("tests/cases/negatives.txt", encoding="utf-8") as file:
    sentences = [line.strip() for line in file if line.strip() and not line.startswith("#")]
documents = "".join(json.dumps({"id": str(i), "published": "2019-05-30", "text": text}) + "\n"
                    for i, text in enumerate(sentences))
out = subprocess.run([sys.argv[1], "read", "--json", "--from", "jsonl", "-"], input=documents.encode(),
                     capture_output=True, check=True).stdout
wrong = 0
for line, sentence in zip(out.decode().splitlines(), sentences):
    record = json.loads(line)
    assaults = [v["trigger"]["text"] for v in record["events"]
                if v["type"] == "ASSAULT" and v["reality"] == "actual" and not v["negated"]]
    killed = [f["text"] for f in record["figures"] if f["what"] == "killed"]
    if assaults or killed:
        wrong += 1
        print("%s\n    %s" % (sentence, ", ".join(assaults + killed)))
print("# %d of %d sentences misread, at most %d allowed" % (wrong, len(sentences), MOST))
sys.exit(wrong > MOST)
