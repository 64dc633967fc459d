#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Composes reports of several invented outlets about the happenings and steps of world.py, with gold.

  compose.py FOLDER     writes FOLDER/reports.jsonl and FOLDER/gold.json

Reports differ in wording, detail, day and place as those of outlets do; later ones update counts, deny, or recall what
happened before. The seed is fixed: the same reports come out everywhere. Gold is known by construction: every sentence
that tells a happening or a step is noted with its place in the text (code points).
"""
import datetime
import json
import os
import random
import re
import sys

import wording
import world

OUTLETS = ["وكالة المرفأ", "صحيفة الضفاف", "شبكة مدى", "راديو الجسر", "موقع سنابل", "وكالة القوافل", "تلفزيون البيادر"]


def lam(name):
    return "لل" + name[2:] if name.startswith("ال") else "ل" + name


class Day:
    """How a day is told in a report that is published on `published`."""

    def __init__(self, day, published, land, rng):
        self.day, self.published, self.rng = day, published, rng
        self.east = land in ("SYR", "IRQ", "PSE", "LBN")

    def name(self):
        return wording.DAYS[self.day.weekday()]

    def month(self):
        east, west = wording.EAST[self.day.month - 1], wording.WEST[self.day.month - 1]
        return self.rng.choice([east, f"{east}/{west}"]) if self.east else west

    def full(self):
        return f"في {self.day.day} {self.month()} {self.day.year}"

    def when(self):
        """As a part of a sentence with its blank before; empty when the report leaves it out."""
        gap = (self.published - self.day).days
        if gap == 0:
            return self.rng.choice(["", " اليوم", f" اليوم {self.name()}", f" {self.name()}"])
        if gap == 1:
            return self.rng.choice(["", " أمس", f" أمس {self.name()}", f" يوم {self.name()}", f" {self.name()}"])
        return self.rng.choice([f" {self.name()} الماضي" if gap < 7 else f" {self.full()}", f" {self.full()}",
                                f" يوم {self.day.day} {self.month()}"])

    def on(self):
        gap = (self.published - self.day).days
        if gap <= 1:
            return self.rng.choice([f"أمس {self.name()}", "أمس"]) if gap else f"اليوم {self.name()}"
        if gap < 6:
            return self.rng.choice([f"{self.name()} الماضي", f"يوم {self.name()}", self.full()])
        return self.full()


class Report:
    def __init__(self, number, outlet, published):
        self.id = f"r{number:04d}"
        self.outlet, self.published = outlet, published
        self.title = None
        self.paragraphs = []
        self.told = []  # (paragraph or -1 for the title, sentence, layer, label)

    def say(self, sentence, layer=None, label=None):
        self.paragraphs.append(sentence)
        if label:
            self.told.append((len(self.paragraphs) - 1, layer, label))

    def head(self, title, layer=None, label=None):
        self.title = title
        if label:
            self.told.append((-1, layer, label))

    def finish(self):
        body = "\n\n".join(self.paragraphs)
        at, places = 0, []
        if self.title:
            places.append((0, len(self.title)))
            at = len(self.title) + 2
        else:
            places.append((0, 0))
        for paragraph in self.paragraphs:
            places.append((at, at + len(paragraph)))
            at += len(paragraph) + 2
        gold = []
        for where, layer, label in self.told:
            start, end = places[where + 1]
            gold.append({"document": self.id, "start": start, "end": end, "layer": layer, **label})
        line = {"id": self.id, "source": self.outlet, "published": self.published.isoformat(), "title": self.title,
                "text": body}
        return line, gold


class Composer:
    def __init__(self):
        self.rng = random.Random(20260101)
        self.reports = []
        self.wishes = []  # backgrounds that wait for a later report: (land, day from which, function)

    def report(self, outlet, published):
        report = Report(len(self.reports) + 1, outlet, published)
        self.reports.append(report)
        return report

    def filler(self, report):
        report.say(self.rng.choice(wording.FILLERS))

    # ---- happenings

    def slots(self, h, told, stage, vague):
        rng = self.rng
        places = h["where"][:2] if not vague else h["where"][2:]
        slots = {k: h.get(k, "") for k in ("doer", "side", "job", "person", "short", "other", "other_job", "other_short", "cause")}
        slots.update(town=h.get("alias", h["town"]), town_in=rng.choice(places), doer_l=lam(h["doer"]), kind=h.get("how", ""),
                     kind_acc=h.get("how", "") + "ا", when=told.when(), on_day=told.on(), full_day=told.full())
        digits = rng.random() < 0.3
        if h["killed"]:
            n = h["killed"][min(stage, len(h["killed"]) - 1)]
            noun = rng.choice(["persons", "civilians", "persons"]) if h["kind"] != "clash" else "persons"
            slots["killed"] = wording.counted(n, noun, digits=digits)
            slots["killed_of"] = wording.counted(n, noun, after=True, digits=digits)
            slots["killed_acc"] = wording.counted(n, "dead", after=True, digits=digits)
            slots["head_killed"] = wording.counted(n, "dead", digits=digits)
        if h["wounded"]:
            n = h["wounded"][min(stage, len(h["wounded"]) - 1)]
            slots["wounded"] = wording.counted(n, "others", digits=digits)
            slots["wounded_of"] = wording.counted(n, "others", after=True, digits=digits)
            slots["wounded_acc"] = wording.counted(n, "hurt", after=True, digits=digits)
        if h.get("held"):
            n = h["held"][min(stage, len(h["held"]) - 1)]
            slots["held"] = slots["held_of"] = wording.counted(n, "persons", after=True, digits=digits)
        return slots

    def tell(self, report, h, part, stage, vague=False, head=False):
        choices = wording.KINDS[h["kind"]][part]
        if not choices:
            return False
        told = Day(datetime.date.fromisoformat(h["day"]), report.published, h["land"], self.rng)
        slots = self.slots(h, told, stage, vague)
        sentence, types = self.rng.choice(choices)
        if head and "killed" in slots:
            slots["killed"] = slots["head_killed"]
        sentence = sentence.format(**slots)
        label = {"of": h["id"], "type": types[0]} if types else None
        (report.head if head else report.say)(sentence, "event", label)
        return True

    def happening(self, h):
        rng = self.rng
        day = datetime.date.fromisoformat(h["day"])
        outlets = rng.sample(OUTLETS, rng.choice([4, 4, 5, 6]))
        for i, outlet in enumerate(outlets):
            late = i >= len(outlets) - 1 and wording.KINDS[h["kind"]]["update"]
            gap = rng.choice([2, 3, 4]) if late else rng.choice([0, 0, 1, 1])
            report = self.report(outlet, day + datetime.timedelta(days=gap))
            stage = 1 if late or (gap == 1 and rng.random() < 0.4) else 0
            if rng.random() < 0.65:
                self.tell(report, h, "head", stage, head=True)
            vague = rng.random() < 0.15
            self.tell(report, h, "update" if late else "lead", stage, vague=vague)
            if rng.random() < 0.5:
                self.filler(report)
            if rng.random() < 0.6:
                self.tell(report, h, "again", stage)
            if h.get("denied") or h["kind"] in ("shelling", "arrest"):
                if rng.random() < (0.6 if h.get("denied") else 0.15):
                    self.tell(report, h, "deny", stage)
            self.recall(report, h)
            self.filler(report)
        if rng.random() < 0.5 and wording.KINDS[h["kind"]]["background"]:
            self.wishes.append(h)

    def recall(self, report, h):
        """A report may end with what happened before in the same country."""
        for wish in self.wishes:
            gap = (report.published - datetime.date.fromisoformat(wish["day"])).days
            if wish["land"] == h["land"] and wish["id"] != h["id"] and 5 <= gap <= 400 and self.rng.random() < 0.5:
                self.wishes.remove(wish)
                self.tell(report, wish, "background", 9)
                return

    # ---- steps

    def step(self, s):
        rng = self.rng
        wordings = wording.STEPS[s["kind"]]
        for day_text, status in s["story"]:
            day = datetime.date.fromisoformat(day_text)
            outlets = rng.sample(OUTLETS, 3)
            for i, outlet in enumerate(outlets):
                gap = rng.choice([0, 0, 1])
                report = self.report(outlet, day + datetime.timedelta(days=gap))
                told = Day(day, report.published, s["land"], rng)
                sentence = self.step_sentence(s, rng.choice(wordings[status]))
                if gap:
                    sentence = sentence[:-1] + "، " + rng.choice([f"أمس {told.name()}", "أمس"]) + "."
                elif rng.random() < 0.3:
                    sentence = sentence[:-1] + f"، اليوم {told.name()}."
                label = {"of": s["id"], "kind": s["kind"], "status": status, "day": day_text}
                report.say(sentence, "step", label)
                self.filler(report)
                if rng.random() < 0.3:
                    self.step_before(report, s, day_text)

    def step_sentence(self, s, pattern):
        held = wording.counted(s["held"], "detainees", after=True) if s.get("held") else ""
        return pattern.format(doer=s["doer"], side=s["side"], asker=s["asker"], town=s["town"], town_in=self.rng.choice(s["where"]),
                              held_of=held, gate=s.get("gate", ""))

    def step_before(self, report, s, day_text):
        """Recalls the status before the last one, with its date."""
        earlier = [x for x in s["story"] if x[0] < day_text]
        if not earlier:
            return
        day, status = earlier[-1]
        patterns = [p for p in wording.STEPS[s["kind"]][status] if re.match(r"^\S+ \{doer\} (?!و)", p)]
        if not patterns:
            return
        verb, rest = re.match(r"^(\S+) \{doer\} (.*)\.$", self.rng.choice(patterns)).groups()
        told = Day(datetime.date.fromisoformat(day), report.published, s["land"], self.rng)
        sentence = self.step_sentence(s, "وكانت {doer} " + f"{verb} {rest} {told.full()}.")
        report.say(sentence, "step", {"of": s["id"], "kind": s["kind"], "status": status, "day": day})


def compose():
    composer = Composer()
    happenings = [dict(h, id=f"h{i:02d}") for i, h in enumerate(world.HAPPENINGS, 1)]
    steps = [dict(s, id=f"s{i:02d}") for i, s in enumerate(world.STEPS, 1)]
    for h in sorted(happenings, key=lambda x: (x["day"], x["id"])):
        composer.happening(h)
    for s in steps:
        composer.step(s)
    lines, gold = [], []
    for report in sorted(composer.reports, key=lambda r: (r.published, r.id)):
        line, told = report.finish()
        lines.append(line)
        gold.extend(told)
    # The even ones are set aside: rules are tuned on the odd ones alone.
    aside = sorted(x["id"] for x in happenings + steps if int(x["id"][1:]) % 2 == 0)
    return lines, {"aside": aside, "mentions": gold,
                   "stories": {s["id"]: s["story"] for s in steps}}


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    lines, gold = compose()
    with open(os.path.join(folder, "reports.jsonl"), "w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    with open(os.path.join(folder, "gold.json"), "w", encoding="utf-8") as out:
        json.dump(gold, out, ensure_ascii=False, indent=0)
    print(f"{len(lines)} reports, {len(gold['mentions'])} mentions")


if __name__ == "__main__":
    main()
