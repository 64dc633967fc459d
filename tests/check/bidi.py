#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gate 9: bidi controls have no effect on what is found; on a terminal they are shown as marked
glyphs, and every value is isolated."""
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, "bench")
import generate  # noqa: E402

program = sys.argv[1]
CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
STRIP = {ord(c): None for c in CONTROLS}
MARKED = set(CONTROLS) - set("\u2068\u2069")  # these two isolate


def sprinkle(rng, text):
    out = []
    for char in text:
        if rng.random() < 0.04 and char != "\n":
            out.append(rng.choice(CONTROLS))
        out.append(char)
    return "".join(out)


def essence(node):
    """A record without positions, controls taken out of its strings."""
    if isinstance(node, dict):
        return {key: essence(value) for key, value in node.items()
                if key not in ("start", "end", "confidence")}
    if isinstance(node, list):
        return [essence(value) for value in node]
    return node.translate(STRIP) if isinstance(node, str) else node


def read(mode, texts):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for i, text in enumerate(texts):
                file.write(json.dumps({"id": str(i), "published": "2019-05-30", "text": text}) + "\n")
        out = subprocess.run([program, "read", *mode, path], capture_output=True)
        if out.returncode:
            sys.exit(out.stderr.decode())
        return out.stdout.decode("utf-8")


rng = random.Random(9)
plain = [generate.report(rng) for _ in range(300)]
mixed = [sprinkle(rng, text) for text in plain]
different = 0
for one, other in zip(read(["--json"], plain).splitlines(), read(["--json"], mixed).splitlines()):
    one, other = json.loads(one), json.loads(other)
    del one["document"], other["document"]
    if essence(one) != essence(other):
        different += 1
        if different < 3:
            for layer in one:
                if essence(one[layer]) != essence(other[layer]):
                    print("with and without controls, %s differ:" % layer)
                    for a, b in zip(essence(one[layer]), essence(other[layer])) \
                            if isinstance(one[layer], list) else []:
                        if a != b:
                            print("  ", json.dumps(a, ensure_ascii=False)[:300])
                            print("  ", json.dumps(b, ensure_ascii=False)[:300])
                            break
if different:
    sys.exit("%d of %d records differ" % (different, len(plain)))
lines = values = 0
for options in (["--text"], ["--text", "--lang", "ar"], ["--text", "--why"]):
    for line in read(options, mixed).split("\n"):
        lines += 1
        stray = MARKED & set(line)
        if stray:
            sys.exit("control %r goes to the terminal: %r" % (stray, line[:200]))
        depth = 0
        for char in line:
            depth += (char == "\u2068") - (char == "\u2069")
            values += char == "\u2068"
            if depth < 0:
                sys.exit("an isolate is closed that was not opened: %r" % line[:200])
            if char == "\x1b" or char == "\0":
                sys.exit("a control character goes to the terminal: %r" % line[:200])
        if depth:
            sys.exit("an isolate is not closed at the end of its line: %r" % line[:200])
if not values:
    sys.exit("no value is isolated")
print("# %d records equal with controls strewn in; %d lines, %d values isolated" %
      (len(plain), lines, values))
