#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An ingest killed at random moments and run again, until it is through, ends where an undisturbed
one ends: the same rows in every view, times of stamps excepted; nothing is half there.
usage: kills.py PROGRAM (KHUTWA_LONG=1: 1,000 kills instead of 20)"""
import json, os, random, signal, sqlite3, subprocess, sys, tempfile, time

TOWNS = ["حلب", "عدن", "طرابلس", "بغداد", "غزة", "الخرطوم", "صنعاء", "إدلب"]
NAMES = ["سالم الحداد", "ليلى القاضي", "عمر الشامي", "هدى النجار", "كريم البصري"]
NUMBERS = ["خمسة", "سبعة", "ثمانية", "تسعة"]


def reports(path, count, seed):
    rng = random.Random(seed)
    with open(path, "w", encoding="utf-8") as out:
        for i in range(count):
            town, name = rng.choice(TOWNS), rng.choice(NAMES)
            day = f"2021-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            text = (f"قال المتحدث {name} أمس إن {rng.choice(NUMBERS)} مدنيين قتلوا في قصف على {town}.\n"
                    f"وطالب {rng.choice(NAMES)} بوقف إطلاق النار في {rng.choice(TOWNS)} وفتح المعبر رقم {i}.\n"
                    f"وأعلنت الأمم المتحدة نزوح {rng.randint(20, 9000)} شخصا من {town}.")
            if i % 97 == 13:
                out.write('{"id": "broken"\n')
            else:
                out.write(json.dumps({"id": f"r{i}", "source": f"Outlet {i % 5}", "published": day,
                                      "title": f"{town} {i}", "text": text}, ensure_ascii=False) + "\n")


def state(path):
    """All that the record says, without times, as one list of lines."""
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    lines = []
    for view in ("documents", "entities", "statements", "events", "figures", "steps", "parts",
                 "document_entities", "happenings", "happening_events", "figure_series", "ledger_entries",
                 "ledger_history", "contradictions"):
        try:
            rows = db.execute(f"SELECT * FROM {view}").fetchall()
        except sqlite3.OperationalError as error:
            if "no such" in str(error):
                continue
            raise
        lines += sorted(f"{view} {row!r}" for row in rows)
    lines += [repr(r) for r in db.execute("SELECT seq, action, subject, detail, digest FROM audit ORDER BY seq")]
    lines += [repr(r) for r in db.execute("SELECT position, line, code FROM refusal ORDER BY 1")]
    db.close()
    return lines


def main():
    program = os.path.abspath(sys.argv[1])
    wanted = 1000 if os.environ.get("KHUTWA_LONG") else 20
    rng = random.Random(20261123)
    with tempfile.TemporaryDirectory(prefix="khutwa-kills") as folder:
        os.chdir(folder)
        reports("in.jsonl", 1500, 7)
        begin = time.monotonic()
        done = subprocess.run([program, "add", "whole.khutwa", "in.jsonl"], capture_output=True)
        took = time.monotonic() - begin
        assert done.returncode == 1, done.stderr  # some lines are broken on purpose
        wished = state("whole.khutwa")
        kills = rounds = 0
        while kills < wanted:
            rounds += 1
            name = f"killed{rounds}.khutwa"
            while True:
                run = subprocess.Popen([program, "add", name, "in.jsonl"], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
                try:
                    code = run.wait(rng.uniform(0.01, took * 0.9))
                    assert code in (0, 1), f"exit status {code}"
                    break
                except subprocess.TimeoutExpired:
                    run.send_signal(signal.SIGKILL)
                    run.wait()
                    kills += 1
                # what is there after a kill is whole: each document has its text, record and line
                if kills % 5 == 0 and os.path.exists(name) and os.path.getsize(name):
                    checked = subprocess.run([program, "verify", name], capture_output=True, text=True)
                    assert "NOT SOUND" not in checked.stdout, checked.stdout
            is_now = state(name)
            if is_now != wished:
                print(f"round {rounds}: after {kills} kills the end state differs")
                for a, b in zip(wished, is_now):
                    if a != b:
                        print("wanted:", a[:300])
                        print("is:    ", b[:300])
                        break
                print(len(wished), len(is_now))
                return 1
            for tail in ("", "-wal", "-shm"):
                if os.path.exists(name + tail):
                    os.unlink(name + tail)
        print(f"# {kills} kills in {rounds} ingests of {len(wished)} rows")
    return 0


sys.exit(main())
