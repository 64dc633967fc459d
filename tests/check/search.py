#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pairs of spellings (tests/cases/search.tsv): a search for one finds reports with either, and those with the
exact form first, though the others are newer; hostile queries are refused in words. $1: the program."""
import json
import os
import subprocess
import sys
import tempfile

program = os.path.abspath(sys.argv[1])
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
folder = tempfile.mkdtemp()
record = os.path.join(folder, "r.khutwa")
with open(os.path.join(root, "tests/cases/search.tsv"), encoding="utf-8") as file:
    pairs = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]


def search(*arguments):
    result = subprocess.run([program, "search", record, "--json", "--limit", "1000", *arguments],
                            capture_output=True, timeout=20)
    rows = [json.loads(line) for line in result.stdout.decode().splitlines()]
    return result.returncode, rows, result.stderr.decode()


with open(os.path.join(folder, "in.jsonl"), "w", encoding="utf-8") as out:
    for i, (kind, one, other) in enumerate(pairs):
        for side, word, day in (("a", one, "2019-03-05"), ("b", other, "2019-03-05")):
            out.write(json.dumps({"id": "%d%s" % (i, side), "published": day, "source": "تجربة",
                                  "text": "جاء ذلك %s ضمن حديث طويل." % word}, ensure_ascii=False) + "\n")
subprocess.run([program, "add", record, os.path.join(folder, "in.jsonl")], check=True, capture_output=True)
names = {}
listed = subprocess.run([program, "documents", record, "--json", "--limit", "1000"], capture_output=True)
for line in listed.stdout.decode().splitlines():
    row = json.loads(line)
    names[row["source_id"]] = row["id"]

found = first = asked = 0
for i, (kind, one, other) in enumerate(pairs):
    for word, exact, variant in ((one, "%da" % i, "%db" % i), (other, "%db" % i, "%da" % i)):
        asked += 1
        status, rows, _ = search("--", word)
        order = [row["id"] for row in rows]
        if names.get(exact) in order and names.get(variant) in order:
            found += 1
        else:
            print("%s: %s does not find %s" % (kind, word, other if word == one else one))
            continue
        if order.index(names[exact]) < order.index(names[variant]) and rows[0]["exact"]:
            first += 1
        else:
            print("%s: %s: the other spelling comes first" % (kind, word))
        for row in rows:
            if not row["marks"] or any(not row["text"][m["start"]:m["end"]] for m in row["marks"]):
                print("%s: %s: nothing is marked in %s" % (kind, word, row["text"]))
                first -= 1
                break

refused = 0
hostile = ['"', '«قال', '-', '-قال', 'OR', 'قال OR', 'OR قال', 'قال OR OR قال', '*', 'ق*', '()', '!!!', ' ', '""', 'from:',
           'from:2019', 'actor:', 'type:"', '- -', 'NOT', 'from:2019-01-01 from:2019-01-01', 'ق' * 1200,
           ' '.join(['كلمة%d' % i for i in range(40)]), '"' + 'قال ' * 20 + '"', '-actor:س', 'قال OR -أكد', 'actor:nobody-here']
for query in hostile:
    status, rows, message = search("--", query)
    if status == 2 and message.startswith("khutwa: ") and len(message) > 20 and not rows:
        refused += 1
    else:
        print("not refused: %r: %d %s" % (query[:40], status, message.strip()))
fine = ['قال ( أو )', 'ذلك" حديث"', "x' OR 1=1 --", 'حديث AND طويل', 'حديث NEAR(طويل)', 'text : حديث', '^حديث', 'حديث + طويل',
        '{حديث}', '\u202eحديث\u202c', 'حديث\x01', 'ضمن*', '"ضمن حديث"*', 'حديث -غائب', 'حديث -', 'حديث --', 'قطر|حديث']
for query in fine:
    status, rows, message = search("--", query)
    if status != 0:
        print("refused: %r: %s" % (query, message.strip()))
        refused -= 1
print("# %d pairs: %d of %d found, %d exact first; %d hostile queries refused in words"
      % (len(pairs), found, asked, first, refused))
sys.exit(0 if len(pairs) >= 200 and found == first == asked and refused == len(hostile) else 1)
