#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains models/claims.bin, the model that weighs what the rules of claims propose (src/claim/rank.h).

  train_claims.py [options] FACTS:GOLD ...        FACTS from khutwa-claim-facts, GOLD a folder of gold files
                                                  or a file of cases (JSON Lines with "task" and "expected")
  train_claims.py sentences ROOT                  the project's own sentences as JSON Lines, for khutwa-claim-facts;
                                                  their GOLD is ROOT
  train_claims.py words FILE FACTS:GOLD ...       writes rules/claim/proposed.tsv, the words that are proposed
  --write FILE     write the model
  --test F:G       measure on these (may be given several times)
  --folds N        cross-validate over documents

The facts of a candidate have weights of a logistic regression, one set a question; they are learnt by
AdaGrad in a fixed order, so that two runs give the same file."""
import argparse, glob, json, math, os, re, struct, sys, random
from collections import defaultdict

BITS, PAIR_BITS, QUESTIONS, SELDOM = 18, 19, 13, 2
ACTOR, RECIPIENT, PLACE, TIME, EVENT, FORCE, STEP, BY, ASKED, SPEAKER, SECOND, UNREAL, LISTED = range(QUESTIONS)
KINDS = "ceasefire withdrawal talks agreement political_process consent detainees aid_access return sanctions_relief elections disarmament deployment_of_observers safe_zone opening investigation counterterrorism recognition reconstruction evacuation security_guarantee other".split()
TYPES = "AGREE CONSULT SUPPORT YIELD COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
M32 = 0xFFFFFFFF

def mix(h, v):
    h = ((h ^ v) * 0x9E3779B1) & M32
    return h ^ h >> 15

# ---------------------------------------------------------------- gold beside facts

def text_of(g):
    return "\n\n".join(([g["title"]] if g.get("title") else []) + g["paragraphs"])

def locate(g, ref):
    p, sub, k = ref[0], ref[1], (ref[2] if len(ref) > 2 else 1)
    parts = ([g["title"]] if g.get("title") else []) + g["paragraphs"]
    i = p if g.get("title") else p - 1
    pos = -1
    for _ in range(k): pos = parts[i].find(sub, pos + 1)
    base = sum(len(x) + 2 for x in parts[:i])
    return base + pos, base + pos + len(sub)

def overlap(a, b): return max(0, min(a[1], b[1]) - max(a[0], b[0]))

def iou(a, b):
    o = overlap(a, b)
    return o / ((a[1] - a[0]) + (b[1] - b[0]) - o) if o else 0.0

HEADS = set("حركة تنظيم جماعة ميليشيا ميليشيات مليشيا مليشيات قوات قناة وكالة صحيفة إذاعة موقع محافظة مدينة بلدة قرية منطقة إقليم ولاية قضاء ناحية حي هضبة ريف دولة مخيم جزيرة نهر حزب فريق".split())
JUNK = " \n\t\u200f\u200e\"'“”«»()[]،,.؛;:…–-"

def tight(text, s):
    a, b = s
    while a < b and text[a] in JUNK: a += 1
    while b > a and text[b - 1] in JUNK: b -= 1
    return a, b

def bare(text, s):
    a, b = tight(text, s)
    while True:
        head = re.match(r"(\S+)\s+", text[a:b])
        if not head or head.group(1) not in HEADS: break
        a, b = tight(text, (a + head.end(), b))
    if a and text[a - 1:a + 1] == "لل": a += 1
    return a, b

class Candidate:
    __slots__ = ("question", "type", "entity", "ruled", "proposed", "trigger", "span", "facts", "yes", "weight", "p", "doc", "item")

def read_facts(path):
    """(record, mentions by entity, entity facts, candidates) of every document; the words stand in the record"""
    docs, mentions, about, cands, words, record = [], defaultdict(list), {}, [], [], None
    for line in open(path, encoding="utf-8"):
        if line[0] == "{": record = json.loads(line)
        elif line[0] == "M":
            _, e, a, b, kind, country, sector = line.rstrip("\n").split("\t")
            mentions[int(e)].append((int(a), int(b))); about[int(e)] = (kind, country, sector)
        elif line[0] == "C":
            f = line.rstrip("\n").split("\t")
            c = Candidate()
            c.question, c.type, c.entity, c.ruled = int(f[1]), int(f[2]), int(f[3]), f[4] == "1"
            c.proposed = f[4] == "2"
            c.item, c.trigger, c.span = int(f[5]), (int(f[6]), int(f[7])), (int(f[8]), int(f[9]))
            party = c.question in (ACTOR, RECIPIENT) # they share the places of their weights
            way, mask = (ACTOR + 1, (1 << PAIR_BITS) - 1) if party else (c.question + 1, (1 << BITS) - 1)
            c.facts = [mix(int(x, 16), way) & mask for x in f[10].split()]
            c.yes, c.weight = None, 1.0
            cands.append(c)
        elif line[0] == "W":
            _, a, b, lemma, _ = line.rstrip("\n").split("\t")
            words.append((int(a), int(b), lemma))
        else:
            record["words"] = words
            docs.append((record, mentions, about, cands))
            mentions, about, cands, words = defaultdict(list), {}, [], []
    return docs

def sentence_starts(text):
    return [0] + [m.end() for m in re.finditer(r"[.!?؟](?=\s)|\n", text)]

def same_entity(g, text, mentions, about):
    """Is the gold's entity the report's? As the scorer has it."""
    gspans = {e["e"]: [bare(text, locate(g, m)) for m in e["mentions"]] for e in g["entities"]}
    gent = {e["e"]: e for e in g["entities"]}
    home = {}
    for e, spans in mentions.items():
        spans = [bare(text, s) for s in spans]
        near = {k: sum(max((iou(a, b) for a in gs), default=0) for b in spans) for k, gs in gspans.items()}
        best = max(near.values(), default=0)
        home[e] = {k for k, v in near.items() if best >= 0.5 and v == best}
    def same(k, e):
        if k in home.get(e, ()): return True
        kind, country, sector = about.get(e, ("", "", ""))
        return "place" in (gent[k]["kind"], kind) and gent[k]["sector"] == "GOV" and gent[k]["country"] == country and sector == "GOV"
    return same

def label_gold(g, doc):
    record, mentions, about, cands = doc
    text = record["document"]["text"]
    starts = sentence_starts(text)
    def sentence(pos):
        lo, hi = 0, len(starts)
        while hi - lo > 1:
            mid = (lo + hi) // 2
            if starts[mid] <= pos: lo = mid
            else: hi = mid
        return lo
    same = same_entity(g, text, mentions, about)
    events = [(tight(text, locate(g, v["trigger"])), v) for v in g["events"]]
    def match(c):
        best, found = 0, None
        for sp, v in events:
            if v["type"] != TYPES[c.type]: continue
            s = iou(sp, c.trigger) + 0.1 if overlap(sp, c.trigger) else 0.05 if sentence(sp[0]) == sentence(c.trigger[0]) else 0
            if s > best: best, found = s, v
        return best, found
    cover = defaultdict(set); wanted = {}
    # each event is matched as the scorer does, by the span of its first trigger that was recorded
    final = {}
    for c in cands:
        if c.question == EVENT: final.setdefault(c.item, []).append(c)
    lead = lambda told: not told[0].proposed
    pairs = []
    for item, told in final.items():
        for k, (sp, v) in enumerate(events):
            if v["type"] != TYPES[told[0].type]: continue
            m = max(iou(sp, c.trigger) + 0.1 if overlap(sp, c.trigger) else 0.05 if sentence(sp[0]) == sentence(c.trigger[0]) else 0 for c in told)
            if m > 0: pairs.append((m, item, k))
    # what frames make of a word comes before what a list proposes; a proposed word must be the very one
    pairs.sort(key=lambda x: (-x[0], not lead(final[x[1]]), x[1], x[2]))
    gold_of, used, near = {}, set(), set()
    for m, item, k in pairs:
        if item in gold_of or k in used: continue
        if m < 0.1 and not lead(final[item]): near.add(item); continue
        gold_of[item] = events[k][1]; used.add(k)
    label_second(cands, events, gold_of, used, sentence)
    split = {(c.entity, c.trigger) for c in cands if c.question == SECOND and c.yes}
    for c in cands:
        v = gold_of.get(c.item)
        if c.question == UNREAL and v: # only where the very word is known
            if overlap(tight(text, locate(g, v["trigger"])), c.span): c.yes = v["reality"] != "actual"
        if c.question > FORCE: continue
        if c.question == EVENT:
            c.yes = None if c.item in near and v is None else v is not None
            continue
        if (c.item, c.trigger) in split: continue # a word of another happening
        if v is None: continue
        wanted[id(v)] = v
        if c.question in (ACTOR, RECIPIENT):
            for k in v["actors" if c.question == ACTOR else "recipients"]:
                if same(k, c.entity): cover[id(v)].add((c.question, k))
        if c.question == ACTOR: c.yes = any(same(k, c.entity) for k in v["actors"])
        elif c.question == RECIPIENT: c.yes = any(same(k, c.entity) for k in v["recipients"])
        elif c.question == PLACE:
            sp = tight(text, locate(g, v["place"])) if v.get("place") else None
            c.yes = bool(sp) and any(overlap(sp, m) for m in mentions[c.entity])
        elif c.question == TIME:
            sp = tight(text, locate(g, v["time"])) if v.get("time") else None
            c.yes = bool(sp) and c.span != (0, 0) and bool(overlap(sp, c.span))

    for v in wanted.values():
        REACH[0] += len(v["actors"]); REACH[1] += sum(q == ACTOR for q, _ in cover[id(v)])
        REACH[2] += len(v["recipients"]); REACH[3] += sum(q == RECIPIENT for q, _ in cover[id(v)])

REACH = [0, 0, 0, 0]

def label_second(cands, events, gold_of, used, sentence):
    """Which further words of what the rules take for one happening tell one of their own: those that are left of the gold's."""
    seconds = [c for c in cands if c.question == SECOND]
    pairs = []
    for n, c in enumerate(seconds):
        c.yes = False
        for k, (sp, v) in enumerate(events):
            if v["type"] == TYPES[c.type] and overlap(sp, c.trigger): pairs.append((k in used, -iou(sp, c.trigger), n, k))
    pairs.sort()
    for was, _, n, k in pairs:
        c = seconds[n]
        if c.yes: continue
        if was: # the first word stands for it: does it tell one of its own?
            if gold_of.get(c.entity) is not events[k][1]: continue
            left = [i for i, (sp, v) in enumerate(events) if i not in used and v["type"] == TYPES[c.type] and sentence(sp[0]) == sentence(c.trigger[0])]
            if not left: continue
            gold_of[c.item] = events[k][1]; gold_of[c.entity] = events[left[0]][1]; used.add(left[0])
        elif k not in used: gold_of[c.item] = events[k][1]; used.add(k)
        else: continue
        c.yes = True

def words(text):
    out = set()
    for w in re.findall(r"\w+", re.sub("[إأآ]", "ا", re.sub("[\u064b-\u065f\u0640]", "", text or ""))):
        out.add(w)
        for p in ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ب", "ل", "ف"):
            if w.startswith(p) and len(w) - len(p) > 2: out.add(w[len(p):])
    return out

# Whole reports teach who does what better: coders of single sentences mark others than the guidelines
# do, and the roles of the project's own sentences are what the rules say.
CASE_PARTY, SENTENCE_PARTY, SENTENCE_SETTING = 0.15, 3.0, 13.0
# What the project's own sentences weigh: those that tell something, by the file they stand in, and
# those that only sound so, of force and of other types.
SENTENCE = {"told": 6.0, "case": 22.0, "frame": 56.0}
CALM_FORCE, CALM = 45.0, 105.0

def label_parties(row, doc, want, weight):
    """Who does it to whom, where annotators marked somebody: a mention that shares a word with what they marked."""
    text = doc[0]["document"]["text"]
    for c in doc[3]:
        if c.question not in (ACTOR, RECIPIENT) or TYPES[c.type] != want: continue
        gold = set().union(*[words(a.get("source" if c.question == ACTOR else "target")) for a in row["annotators"]] or [set()])
        if not gold: continue
        c.yes = any(words(text[a:b]) & gold for a, b in doc[1].get(c.entity, []))
        c.weight = weight * CASE_PARTY

def label_case(row, doc, weight):
    """A sentence with a violent word or a protest: is the happening told in it?"""
    want = row["id"].split("-")[0].upper()
    if row["task"] == "span": label_parties(row, doc, want, weight)
    for c in doc[3]:
        if c.question != EVENT or TYPES[c.type] != want: continue
        if row["task"] == "detect" and row["expected"] is None: continue
        c.yes = bool(row["expected"]) if row["task"] == "detect" else True
        c.weight = weight

def sentences(root):
    """(id, case, type, text) of the project's own sentences; the type is None where any will do."""
    for n, line in enumerate(open(root + "/tests/cases/told.tsv", encoding="utf-8")):
        f = line.lstrip("!").rstrip("\n").split("\t")
        if len(f) == 3 and f[0] != "case" and line[0] != "#": yield "told-%d" % n, f[0], f[1], f[2]
    for n, line in enumerate(open(root + "/tests/cases/negatives.txt", encoding="utf-8")):
        if line.strip() and line[0] != "#": yield "calm-%d" % n, "metaphorical", "ASSAULT", line.strip()
    for n, line in enumerate(open(root + "/tests/cases/events.tsv", encoding="utf-8")):
        f = line.rstrip("\n").split("\t")
        if len(f) == 7 and f[0] != "text" and line[0] != "#":
            yield "case-%d" % n, "metaphorical" if f[1] == "-" else "positive" if f[5] == "actual" else "negated" if f[5].startswith("not ") else "unreal", None if f[1] == "-" else f[1], f[0]
    for n, line in enumerate(open(root + "/rules/claim/events.tsv", encoding="utf-8")):
        f = line.rstrip("\n").split("\t")
        if len(f) != 10 or not f[0].startswith("ev."): continue
        if f[8] != "-" and f[4] != "-": yield "frame-%d" % n, "positive", f[4], f[8]
        if f[9] != "-" and f[4] != "-": yield "counter-%d" % n, "metaphorical", f[4], f[9]

SAME = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
UNREAL_CASES = ("hypothetical", "demanded", "unreal")

def label_sentence(case, kind, doc, weight):
    """What the project's own sentences tell. Their roles are as the rules fill them: the sentences are plain."""
    for c in doc[3]:
        if c.question == UNREAL and case in UNREAL_CASES + ("positive", "reported") and (kind is None or TYPES[c.type] == SAME.get(kind, kind)):
            c.yes, c.weight = case in UNREAL_CASES, 3.0
        if c.question > FORCE: continue # single sentences tell nothing of second words
        of = kind is None or TYPES[c.type] == SAME.get(kind, kind)
        if case == "demanded" or not of: continue
        told = case in ("positive", "reported", "negated", "hypothetical", "unreal")
        if c.question == EVENT: c.yes = told
        elif told: c.yes = c.ruled
        if c.question in (ACTOR, RECIPIENT): c.weight = SENTENCE_PARTY
        elif c.question in (PLACE, TIME): c.weight = SENTENCE_SETTING
        else: c.weight = weight if told else CALM_FORCE if TYPES[c.type] in ("ASSAULT", "PROTEST") else CALM

def load(pair, case_weight, words=None):
    facts, gold = pair.split(":")
    docs = read_facts(facts)
    if os.path.exists(gold + "/rules/claim/events.tsv"):
        by = {i: (case, kind) for i, case, kind, _ in sentences(gold)}
        for d in docs:
            name = d[0]["document"]["id"]
            label_sentence(*by[name], d, SENTENCE.get(name.split("-")[0], 22.0))
        gold = None
    elif os.path.isdir(gold):
        by = {}
        for f in sorted(glob.glob(os.path.join(gold, "*.json"))):
            g = json.load(open(f, encoding="utf-8")); by[g["id"]] = g
        for d in docs:
            name = d[0]["document"]["id"]
            label_gold(by[name], d)
            if words: keep_honest(d, name, words)
    else:
        by = {}
        for line in open(gold, encoding="utf-8"):
            if line.strip(): r = json.loads(line); by[r["id"]] = r
        for d in docs: label_case(by[d[0]["document"]["id"]], d, case_weight)
    out = []
    for d in docs:
        for c in d[3]:
            c.doc = d[0]["document"]["id"]
            if c.yes is not None: out.append(c)
    return out

# ---------------------------------------------------------------- words that are proposed

class Words:
    """How often words stand in annotated reports, and in which they tell events of which type."""
    def __init__(self): self.seen, self.told, self.of, self.count = defaultdict(int), defaultdict(int), defaultdict(set), {}

    def add(self, g, doc):
        name, text = g["id"], doc[0]["document"]["text"]
        events = [(tight(text, locate(g, v["trigger"])), v["type"]) for v in g["events"]]
        seen, told = defaultdict(int), defaultdict(int)
        for a, b, lemma in doc[0]["words"]:
            seen[lemma] += 1
            for t in {t for sp, t in events if overlap(sp, (a, b))}: told[lemma, t] += 1
        for k, n in seen.items(): self.seen[k] += n
        for k, n in told.items(): self.told[k] += n; self.of[k].add(name)
        self.count[name] = (seen, told)

    def proposes(self, lemma, kind, but=None):
        """Is the word to be proposed for the type, as far as reports other than `but` tell?"""
        k = lemma, kind
        if k not in self.told: return False
        seen, told = self.count.get(but, ({}, {}))
        n, yes, docs = self.seen[lemma] - seen.get(lemma, 0), self.told[k] - told.get(k, 0), len(self.of[k] - {but})
        return docs >= 1 and yes >= LEAST_RATE * n or docs >= 3 and yes >= LEAST_RATE / 3 * n

LEAST_RATE = 0.1
OF_WRITING = {"YIELD": "CONCEDE"}

def gather_words(pairs):
    words = Words()
    for pair in pairs:
        facts, gold = pair.split(":")
        if not os.path.isdir(gold) or os.path.exists(gold + "/rules"): continue
        by = {}
        for f in sorted(glob.glob(os.path.join(gold, "*.json"))):
            g = json.load(open(f, encoding="utf-8")); by[g["id"]] = g
        for d in read_facts(facts): words.add(by[d[0]["document"]["id"]], d)
    return words

def write_words(path, words):
    types = defaultdict(set)
    for lemma, kind in sorted(words.told):
        if words.proposes(lemma, kind): types[lemma].add(OF_WRITING.get(kind, kind))
    with open(path, "w", encoding="utf-8") as out:
        out.write("# SPDX-License-Identifier: Apache-2.0\n# Words that told an event of a type in annotated reports often enough to be proposed to the model of claims, beside what the\n"
                  "# frames of events.tsv make of them; without a model nothing comes of it. Made by tools/train_claims.py words (models/README.md).\nlemma\ttypes\n")
        for lemma in sorted(types): out.write(lemma + "\t" + "|".join(sorted(types[lemma])) + "\n")

def keep_honest(doc, name, words):
    """Drops proposals that this report alone has taught: of a new report's words the list knows nothing."""
    at = {(a, b): lemma for a, b, lemma in doc[0]["words"]}
    for c in doc[3]:
        if c.question != EVENT or not c.proposed: continue
        lemma, kind = at.get(c.span), TYPES[c.type]
        if words.proposes(lemma, kind, name): continue
        c.yes = None

# ---------------------------------------------------------------- learning

L2 = {UNREAL: 2e-3, SECOND: 2e-3, BY: 2e-3, FORCE: 2e-3, ACTOR: 2e-3, RECIPIENT: 2e-3, PLACE: 2e-3, TIME: 2e-3, EVENT: 2e-3, STEP: 2e-3}

def learn(cands, question, epochs=4, rate=0.05, seed=1):
    data = [c for c in cands if c.question == question]
    seen = defaultdict(set)  # facts of one report alone teach nothing about others
    for c in data:
        for f in c.facts:
            if len(seen[f]) < SELDOM: seen[f].add(c.doc)
    known = {f for f, docs in seen.items() if len(docs) >= SELDOM}
    shown = {id(c): [f for f in c.facts if f in known] for c in data}
    w = defaultdict(float); g2 = defaultdict(lambda: 1e-2); bias, b2 = 0.0, 1e-2
    rnd = random.Random(seed)
    l2 = L2[question]
    for _ in range(epochs):
        rnd.shuffle(data)
        for c in data:
            facts = shown[id(c)]
            x = bias + sum(w[f] for f in facts)
            p = 1 / (1 + math.exp(-max(-30, min(30, x))))
            d = (p - c.yes) * c.weight
            b2 += d * d; bias -= rate * d / math.sqrt(b2)
            for f in facts:
                k = d + l2 * w[f] * 10
                g2[f] += k * k
                w[f] -= rate * k / math.sqrt(g2[f])
    return dict(w), bias

def score(model, c):
    w, bias = model
    return 1 / (1 + math.exp(-max(-30, min(30, bias + sum(w.get(f, 0) for f in c.facts)))))

def measure(cands, question, show=True):
    data = [c for c in cands if c.question == question]
    best = {}
    for c in data:  # a candidate counts once an event, of places and times the likeliest alone
        k = (c.doc, c.item, c.entity) if question in (ACTOR, RECIPIENT) else (c.doc, c.item)
        if k not in best or c.p > best[k].p: best[k] = c
    golds = {(c.doc, c.item, c.entity) if question in (ACTOR, RECIPIENT) else (c.doc, c.item) for c in data if c.yes}
    rule = list({(c.doc, c.item, c.entity): c for c in data if c.ruled}.values())
    data = list(best.values())
    if not data: return 0.5, 0
    gold = len(golds) if question != EVENT else sum(c.yes * c.weight for c in data)
    rp = sum(c.yes * c.weight for c in rule)
    best = (0, 0.5, 0, 0)
    for t in [x / 50 for x in range(5, 46)]:
        got = [c for c in data if c.p >= t]
        tp = sum(c.yes * c.weight for c in got); n = sum(c.weight for c in got)
        if not n or not gold: continue
        f = 2 * tp / (n + gold)
        if f > best[0]: best = (f, t, tp / n, tp / gold)
    n = sum(c.weight for c in rule)
    if show:
        print("  %-10s %6d candidates, gold %5d; rules P %.3f R %.3f F %.3f; model at %.2f P %.3f R %.3f F %.3f" %
              ("actor recipient place time event force step by asked speaker second unreal".split()[question], len(data), gold, rp / n if n else 0, rp / gold if gold else 0, 2 * rp / (n + gold) if n + gold else 0, best[1], best[2], best[3], best[0]))
    return best[1], best[0]

def write(path, models, least):
    """The weights of actor and recipient in pairs, then those of the others (src/claim/rank.c)."""
    top = max(abs(v) for w, _ in models.values() for v in w.values())
    unit = top / 32000
    pairs, table = [0] * (2 << PAIR_BITS), [0] * (1 << BITS)
    for q, (w, _) in models.items():
        to = pairs if q in (ACTOR, RECIPIENT) else table
        for f, v in w.items():
            at = 2 * f + (q == RECIPIENT) if to is pairs else f
            to[at] = max(-32767, min(32767, to[at] + round(v / unit)))
    with open(path, "wb") as out:
        out.write(b"KHRK" + struct.pack("<III", 2, BITS, QUESTIONS))
        for q in range(QUESTIONS):
            bias = models[q][1] if q in models else 0
            out.write(struct.pack("<iii", round(unit * 65536 * 256), round(bias * 65536), round(least.get(q, 0) * 65536)))
        out.write(struct.pack("<I", PAIR_BITS))
        out.write(struct.pack("<%dh" % len(pairs), *pairs) + struct.pack("<%dh" % len(table), *table))

def main():
    if len(sys.argv) == 3 and sys.argv[1] == "sentences":
        for i, _, _, text in sentences(sys.argv[2]): print(json.dumps({"id": i, "published": "2019-05-30", "text": text}, ensure_ascii=False))
        return
    if len(sys.argv) > 3 and sys.argv[1] == "words":
        write_words(sys.argv[2], gather_words(sys.argv[3:]))
        return
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pairs", nargs="+"); ap.add_argument("--write"); ap.add_argument("--test", action="append", default=[])
    ap.add_argument("--folds", type=int, default=0); ap.add_argument("--case-weight", type=float, default=1.0)
    ap.add_argument("--least", default="")
    ap.add_argument("--questions", default="0,1,2,3,4")
    a = ap.parse_args()
    questions = [int(x) for x in a.questions.split(",")]
    words = gather_words(a.pairs)
    cands = [c for p in a.pairs for c in load(p, a.case_weight, words)]
    least = {}
    if a.folds:
        ids = sorted({c.doc for c in cands})
        fold = {d: i % a.folds for i, d in enumerate(random.Random(3).sample(ids, len(ids)))}
        for q in questions:
            for k in range(a.folds):
                m = learn([c for c in cands if fold[c.doc] != k], q)
                for c in cands:
                    if c.question == q and fold[c.doc] == k: c.p = score(m, c)
        print("%d folds" % a.folds)
        for q in questions: least[q] = measure(cands, q)[0]
        if EVENT in questions:
            for name in sorted({c.doc.rsplit("-", 1)[0] if "detect" in c.doc or "span" in c.doc else "reports" for c in cands}):
                print(name); measure([c for c in cands if (c.doc.startswith(name) if name != "reports" else not ("detect" in c.doc or "-span-" in c.doc))], EVENT)
    print("gold actors %d, among candidates %d; recipients %d, %d" % tuple(REACH))
    models = {q: learn(cands, q) for q in questions}
    for pair in a.test:
        test = load(pair, 1.0)
        for c in test: c.p = score(models[c.question], c) if c.question in models else 0
        print(pair)
        for q in questions: measure(test, q)
    for part in filter(None, a.least.split(",")):
        q, v = part.split("="); least[int(q)] = float(v)
    if a.write: write(a.write, models, least)

if __name__ == "__main__": main()
