#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `khutwa figures|steps|actors|... --json` answers is what docs/openapi.yaml says of it, and what
the stable views say. answers.py PROGRAM (Debian's Python: jsonschema, yaml)"""
import json, os, sqlite3, subprocess, sys, tempfile
import jsonschema, yaml

program = os.path.abspath(sys.argv[1])
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
description = yaml.safe_load(open(os.path.join(root, "docs/openapi.yaml"), encoding="utf-8"))
passed = failed = 0


def test(name, holds, what=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds and failed < 20:
        print(f"not so: {name}: {str(what)[:400]}")


def ask(question, *arguments):
    done = subprocess.run([program, question, "--json", *arguments], capture_output=True, text=True)
    test(f"{question} {arguments[1:]}: exit status", done.returncode == 0, done)
    return [json.loads(line) for line in done.stdout.splitlines()]


def valid(rows, name):
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    validator = jsonschema.Draft202012Validator(schema)
    for row in rows:
        errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(row)]
        test(name, not errors, (row.get("id"), errors[:2]))


with tempfile.TemporaryDirectory(prefix="khutwa-answers") as folder:
    record = os.path.join(folder, "r.khutwa")
    reports = os.path.join(root, "examples/reports")
    subprocess.run([program, "add", "--user", "amal", record, *[os.path.join(reports, n) for n in sorted(os.listdir(reports))]],
                   capture_output=True, check=True)
    db = sqlite3.connect(record)
    count = lambda sql: db.execute(sql).fetchone()[0]

    figures = ask("figures", "--limit", "500", record)
    valid(figures, "Series")
    test("figures: all", len(figures) == count("SELECT count(*) FROM figure_series"), len(figures))
    for row in figures:
        values = [f["value"] for f in row["figures"]]
        test("figures: bounds", row["low"] <= row["best"] <= row["high"] and min(values) == row["low"], row["id"])
        test("figures: best", row["best_claim"] in [f["claim"] for f in row["figures"]], row["id"])

    steps = ask("steps", "--limit", "500", record)
    valid(steps, "LedgerEntry")
    test("steps: all", len(steps) == count("SELECT count(*) FROM ledger_entries"), len(steps))
    statuses = dict(db.execute("SELECT id, status FROM ledger_entries"))
    for row in steps:
        test("steps: status", row["status"] == statuses[row["id"]] and
             row["status"] in [h["status"] for h in row["history"]], row["id"])
        test("steps: days", (row["first_day"] or "") <= (row["last_day"] or ""), row["id"])
        test("steps: mentions", row["mentions"] == len(row["history"]), row["id"])

    actors = ask("actors", "--limit", "500", record)
    valid(actors, "Actor")
    names = dict(db.execute("SELECT id, name FROM entities"))
    for row in actors:
        test("actors: name", names.get(row["id"]) == row["name"], row["id"])
    test("actors: once", len({row["id"] for row in actors}) == len(actors) > 20, len(actors))

    hits = ask("search", record, "حلب OR صنعاء OR المعبر")
    test("search: found", len(hits) > 0)
    for row in hits:
        test("search: a report", count(f"SELECT count(*) FROM documents WHERE id = '{row['document']}'") == 1, row)
    for question in ("timeline", "outlets"):
        test(question, len(ask(question, record)) > 0)
    for kind, rows in (("R", figures), ("L", steps), ("E", actors)):
        shown = ask("show", record, rows[0]["id"])
        test(f"show {kind}", shown and shown[0].get("id") == rows[0]["id"], shown)
    db.close()
print(f"# {passed} expectations of answers")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
