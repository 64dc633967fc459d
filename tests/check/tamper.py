#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gate 13 from outside: 400 alterations of a record behind khutwa's back, of any value in any column
that the chain proves, of rows deleted, doubled or exchanged; each is found, and named.
tamper.py PROGRAM (KHUTWA_LONG=1: 4,000)"""
import os, random, re, shutil, sqlite3, subprocess, sys, tempfile

program = os.path.abspath(sys.argv[1])
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
COUNT = 4000 if os.environ.get("KHUTWA_LONG") else 400
# What is proven, and of it what is not: marks that follow from other rows or steer a resumed ingest.
TABLES = {
    "audit": [], "document": ["print", "copy_of", "container"], "body": [], "refusal": ["container"],
    "entity": ["merged_into", "merged_by"], "entity_name": [], "entity_role": [], "rule": [],
    "document_entity": [], "statement": [], "event": [], "figure": [], "step": [], "part": [],
    "decision": ["changed"], "decision_target": ["attached", "n"], "outlet": [],
}
NAMED = re.compile(r"^(line \d+ \(.|D\d+|E\d+|decisions?|decision \d+|refusal \d+|rule .*|chain|record|entity)", re.M)


def run(*arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True)


def altered(value, rng):
    if value is None:
        return rng.choice([1, "x"])
    if isinstance(value, bytes):
        at = rng.randrange(len(value)) if value else 0
        return value[:at] + bytes([value[at] ^ (1 << rng.randrange(8))]) + value[at + 1:] if value else b"x"
    if isinstance(value, str):
        at = rng.randrange(len(value) + 1)
        return value[:at] + rng.choice("xا7") + value[at:]
    if isinstance(value, float):
        return value + rng.choice([1, -1, 0.001, 1000])
    return value + rng.choice([1, -1, 1000])


def change(db, rng):
    """One alteration; what it was, or None where the file would not take it or stayed the same."""
    table = rng.choice(list(TABLES))
    key = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if c[5]]
    columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if c[1] not in TABLES[table]]
    where = " AND ".join(f"{k} IS ?" for k in key)
    rows = db.execute(f"SELECT {', '.join(key)} FROM {table} ORDER BY random() LIMIT 2").fetchall()
    if not rows:
        return None
    kind = rng.randrange(8)
    try:
        if kind == 0:
            db.execute(f"DELETE FROM {table} WHERE {where}", rows[0])
            return f"{table} {rows[0]} deleted"
        column = rng.choice(columns)
        one = db.execute(f"SELECT {column} FROM {table} WHERE {where}", rows[0]).fetchone()[0]
        if kind == 1 and len(rows) == 2 and column not in key:
            other = db.execute(f"SELECT {column} FROM {table} WHERE {where}", rows[1]).fetchone()[0]
            if one == other:
                return None
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (other, *rows[0]))
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (one, *rows[1]))
            return f"{table} {rows[0]} {rows[1]}: {column} exchanged"
        new = altered(one, rng)
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (new, *rows[0]))
        return f"{table} {rows[0]}: {column} from {str(one)[:40]!r} to {str(new)[:40]!r}"
    except sqlite3.Error:
        return None


def main():
    rng = random.Random(20261123)
    with tempfile.TemporaryDirectory(prefix="khutwa-tamper") as folder:
        os.chdir(folder)
        reports = os.path.join(root, "examples/reports")
        with open("bad.jsonl", "w", encoding="utf-8") as out:
            out.write('{"id": "broken"\n{"id": "x"}\n')
        run("add", "--user", "amal", "r.khutwa", *[os.path.join(reports, n) for n in sorted(os.listdir(reports))],
            "bad.jsonl")
        for action in (["accept", "D1.v1"], ["reject", "D2.v1"], ["merge", "E1", "E2"],
                       ["correct", "D3.v1", "--set", '{"type": "AID"}'], ["note", "D1.v1", "--note", "asked"]):
            done = run("decide", "--user", "amal", "r.khutwa", *action)
            assert done.returncode == 0, done
        db = sqlite3.connect("r.khutwa")
        first, = db.execute("SELECT min(decision) FROM decision").fetchone()
        db.close()
        done = run("decide", "--user", "amal", "r.khutwa", "undo", str(first))
        assert done.returncode == 0, done
        clean = run("verify", "r.khutwa")
        assert clean.returncode == 0, clean
        found = tried = 0
        while tried < COUNT:
            shutil.copy("r.khutwa", "t.khutwa")
            db = sqlite3.connect("t.khutwa")
            what = change(db, rng)
            db.commit()
            db.close()
            if what is None:
                continue
            tried += 1
            done = run("verify", "t.khutwa")
            said = done.stdout + done.stderr
            # exit status 1, and what it is about is named
            if done.returncode == 1 and NAMED.search(said):
                found += 1
            else:
                print(f"not found ({done.returncode}): {what}: {said.strip()[:200]}")
    print(f"# {found} of {tried} alterations found")
    return found != tried


sys.exit(main())
