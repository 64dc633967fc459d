#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where places are: composed sentences (tests/cases/places.tsv) with the coordinates of every place named in
them. A place is right when the record has it within the distance given, undecided when the record gives no
coordinates or does not name it, else wrong. Right or undecided must be 95 % at least, places in a wrong
country 1 % at most, in each part.  places.py PROGRAM [--errors PART]"""
import json
import math
import os
import subprocess
import sys

program = sys.argv[1]
show = sys.argv[3] if len(sys.argv) > 3 else None
LEAST_RIGHT, MOST_ABROAD = 0.95, 0.01
CASES = os.path.join(os.path.dirname(__file__), "..", "cases", "places.tsv")


def read_cases():
    for line in open(CASES, encoding="utf-8"):
        if line.startswith("#") or line.startswith("part\t"):
            continue
        part, text, places = line.rstrip("\n").split("\t")
        wanted = []
        for place in places.split(";"):
            name, about = place.split("=")
            fields = (about.split(",") + [""] * 5)[:5]
            wanted.append((name, *fields))
        yield part, text, wanted


def apart(a, b):
    """Kilometres between two points."""
    la, lo, lb, lp = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def found(record, text, name, after):
    """The entity that is mentioned as `name` from `after` on, its mention, and where the name stands."""
    start = text.find(name, after)
    assert start >= 0, (name, text)
    end = start + len(name)
    for entity in record["entities"]:
        if entity["kind"] != "place":
            continue
        for mention in entity["mentions"]:
            inner = mention["start"] <= start and end <= mention["end"]
            outer = start <= mention["start"] and mention["end"] <= end
            if mention["form"] == "name" and (inner or outer):
                return entity, mention, end
    return None, None, end


cases = list(read_cases())
lines = "".join(json.dumps({"id": str(n), "text": text}, ensure_ascii=False) + "\n"
                for n, (_, text, _) in enumerate(cases))
out = subprocess.run([program, "read", "--json", "--from", "jsonl", "-"], input=lines.encode(),
                     capture_output=True, check=True).stdout
records = [json.loads(line) for line in out.splitlines()]
assert len(records) == len(cases)

good = True
for part in ("tuned", "aside"):
    total = right = undecided = abroad = placed = relations = kept = 0
    for (its_part, text, wanted), record in zip(cases, records):
        if its_part != part:
            continue
        after = 0
        for name, country, latitude, longitude, reach, relation in wanted:
            entity, mention, after = found(record, text, name, after)
            total += 1
            verdict = "undecided"
            has = entity is not None and entity["lat"] is not None
            if has:
                placed += 1
            if entity and country and entity["country"] and entity["country"] != country:
                abroad += 1
                verdict = "abroad"
            elif latitude == "?":
                verdict = "wrong" if has else "undecided"
            elif not latitude:
                verdict = "right" if entity and entity["country"] == country else "undecided"
            elif has:
                far = apart((entity["lat"], entity["lon"]), (float(latitude), float(longitude)))
                verdict = "right" if far <= float(reach or 30) else "wrong"
            right += verdict == "right"
            undecided += verdict == "undecided"
            if relation:
                relations += 1
                got = mention and (mention.get("relation") or entity["relation"])
                kept += got == relation
                if show == part and got != relation:
                    print(f"relation {got!r}, not {relation!r}: {name}: {text}")
            if show == part and verdict != "right":
                code = entity and (entity["place_code"], entity["country"], entity["lat"], entity["lon"],
                                   entity["candidates"][:6])
                print(f"{verdict}: {name}: {code}: {text[:90]}")
    share, out_of_country = (right + undecided) / total, abroad / total
    print(f"# {part}: {total} places, {right / total:.3f} right, {undecided / total:.3f} undecided, "
          f"right or undecided {share:.3f}, wrong country {out_of_country:.3f}; {kept} of {relations} relations")
    good = good and share >= LEAST_RIGHT and out_of_country <= MOST_ABROAD
sys.exit(not good)
