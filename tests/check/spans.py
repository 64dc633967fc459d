#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gate 1: every span's text equals what stands there, over hostile texts; 100,000 fields.

Reports recomposed from templates are made hostile: emoji, combining signs, tatweel, CR LF, bidi
controls, Latin between Arabic, NUL, joiners, characters beyond the Basic Multilingual Plane.
Code points are counted here by Python, not by khutwa.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, "bench")
import generate  # noqa: E402

WANTED = 1000000 if os.environ.get("KHUTWA_LONG") else 100000
BETWEEN = ["\U0001F54A", "\r\n", "\u200f", "\u200e", "\u061c", "\u202b", "\u202c", "\u2067", "\u2069",
           "\0", "Reuters", "\U0001D7D8", "\u00a0", "\u2028", "\ufeff", "\t", "\u0301", "e\u0301", "\x1b[31m"]
INSIDE = ["\u064e", "\u0651", "\u0640", "\u200d", "\u200c", "\u0670", "\u200f", "\u064b", "\u06dc"]


def hostile(rng, text):
    if rng.random() < 0.2:
        return text
    out = []
    for word in text.split(" "):
        r = rng.random()
        if r < 0.10:
            at = rng.randrange(len(word) + 1)
            word = word[:at] + "".join(rng.choices(INSIDE, k=rng.randint(1, 3))) + word[at:]
        elif r < 0.14:
            word = rng.choice(BETWEEN) + word
        elif r < 0.18:
            word = word + rng.choice(BETWEEN)
        out.append(word)
    glue = "  " if rng.random() < 0.1 else " "
    text = glue.join(out)
    return text.replace("\n", "\r\n") if rng.random() < 0.3 else text


def spans(node):
    if isinstance(node, dict):
        if "start" in node and "end" in node and "text" in node:
            yield node
        for value in node.values():
            yield from spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans(value)


def check_file(program, path, originals):
    out = subprocess.run([program, "read", "--json", path], capture_output=True)
    if out.returncode:
        sys.exit("exit status %d: %s" % (out.returncode, out.stderr.decode()[-500:]))
    fields = hostile_fields = 0
    lines = out.stdout.decode("utf-8").split("\n")[:-1]
    if len(lines) != len(originals):
        sys.exit("%d records for %d reports" % (len(lines), len(originals)))
    for line, original in zip(lines, originals):
        record = json.loads(line)
        text = record["document"]["text"]
        if text != original:
            sys.exit("the text is not what was read: %r" % original[:80])
        body = {key: value for key, value in record.items() if key != "document"}
        for span in spans(body):
            fields += 1
            hostile_fields += not span["text"].replace(" ", "").isalnum()
            if not 0 <= span["start"] < span["end"] <= len(text) or \
                    text[span["start"]:span["end"]] != span["text"]:
                sys.exit("span %r is not %r" % (span, text[span["start"]:span["end"]]))
        for entity in body["entities"]:
            for role in entity["roles"]:
                fields += 1
                if text[role["start"]:role["end"]] != role["title"]:
                    sys.exit("role %r" % role)
    return fields, hostile_fields


def main():
    rng = random.Random(7)
    total = odd = texts = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "hostile.jsonl")
        while total < WANTED:
            originals = [hostile(rng, generate.report(rng)).lstrip("\ufeff") for _ in range(400)]
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                for i, text in enumerate(originals):
                    file.write(json.dumps({"id": str(i), "published": "2019-05-30", "text": text},
                                          ensure_ascii=bool(i % 2)) + "\n")
            fields, strange = check_file(sys.argv[1], path, originals)
            if not fields:
                sys.exit("no spans in %d reports" % len(originals))
            total, odd, texts = total + fields, odd + strange, texts + len(originals)
    print("# %d fields over %d texts, %d of them with marks inside: 0 errors" % (total, texts, odd))


main()
