#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the server answers is what docs/openapi.yaml says: each answer to each question, refusals and
conflicts too, is held against its schema with a validator that we did not write, and every path
of the description is asked.

Usage: openapi.py KHUTWA REPORT..."""
import copy
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import jsonschema
import yaml

failures = []


def fail(what):
    failures.append(what)
    print("FAILED", what[:600])


class Api:
    def __init__(self, url, description):
        self.url = url.rstrip("/")
        self.description = description
        self.asked = set()
        self.checked = 0

    def schema_of(self, method, path, status):
        for pattern, methods in self.description["paths"].items():
            if not re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", pattern), path) or method.lower() not in methods:
                continue
            # a path without open parts goes before one with
            exact = pattern == path
            if not exact and path in self.description["paths"]:
                continue
            self.asked.add((method, pattern))
            responses = methods[method.lower()]["responses"]
            response = responses.get(str(status)) or responses.get("default")
            while "$ref" in response:
                response = self.at(response["$ref"])
            content = response.get("content", {}).get("application/json")
            return content["schema"] if content else None
        fail(f"{method} {path} is not described")
        return None

    def at(self, ref):
        value = self.description
        for part in ref.lstrip("#/").split("/"):
            value = value[part]
        return value

    def ask(self, method, target, body=None, headers=None, expect=200):
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + target, data=data, method=method)
        request.add_header("X-Khutwa", "1")
        if data is not None:
            request.add_header("Content-Type", "application/octet-stream" if isinstance(body, bytes) else "application/json")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, raw, kind = answer.status, answer.read(), answer.headers.get("Content-Type", "")
        except urllib.error.HTTPError as error:
            status, raw, kind = error.code, error.read(), error.headers.get("Content-Type", "")
        if status != expect:
            fail(f"{method} {target}: {status} where {expect} was expected: {raw[:300]!r}")
        schema = self.schema_of(method, target.split("?")[0], status)
        value = json.loads(raw) if "json" in kind and "lines" not in kind and target.startswith("/api") and not target.startswith("/api/export") else None
        if schema is not None and value is not None:
            whole = copy.copy(schema)
            whole["components"] = self.description["components"]
            errors = list(jsonschema.Draft202012Validator(whole).iter_errors(value))
            for error in errors[:3]:
                fail(f"{method} {target}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
            self.checked += 1
        return value


def reads(api, first):
    record = api.ask("GET", "/api/record")
    for key in ("documents", "statements", "events", "figures", "steps", "open"):
        if record["counts"].get(key, 0) <= 0:
            fail(f"/api/record counts no {key}")
    ids = {"H": None, "R": None, "L": None, "E": None}
    for order in ("certainty", "published", "added", "title"):
        for review in ("all", "open", "done"):
            api.ask("GET", f"/api/documents?order={order}&review={review}&limit=3")
    least = [row["least"] for row in api.ask("GET", "/api/documents?review=open&limit=500")["items"]]
    if least != sorted(least, key=lambda sure: (sure is None, sure)):
        fail("open documents are not in the order of certainty")
    if any(not row["title"] and not row["lead"] for row in api.ask("GET", "/api/documents?limit=500")["items"]):
        fail("a document without a title has no lead either")
    page = api.ask("GET", "/api/documents?limit=3")
    rest = api.ask("GET", f"/api/documents?limit=500&cursor={page['next']}")
    if len(page["items"]) + len(rest["items"]) != page["total"] or {d["id"] for d in page["items"]} & {d["id"] for d in rest["items"]}:
        fail("pages of documents overlap or leave some out")
    report = api.ask("GET", f"/api/documents/{first}")
    text = report["document"]["text"]
    for layer, span in (("statements", "content"), ("events", "trigger"), ("figures", None), ("steps", "what")):
        for claim in report[layer]:
            place = claim[span] if span else claim
            if text[place["start"]:place["end"]] != place["text"]:
                fail(f"{claim['id']}: its span is not its text")
    for claim in [c for layer in ("statements", "events", "figures", "steps") for c in report[layer][:2]]:
        for language in ("ar", "en"):
            why = api.ask("GET", f"/api/claims/{claim['id']}/why", headers={"Accept-Language": language})
            arabic = bool(re.search("[\u0621-\u064a]{4}", why.get("title") or ""))
            if not why.get("title") or (language == "ar") != (arabic and not re.search("[a-z]{4}", why["title"])):
                fail(f"{claim['id']}: why in {language}: {why.get('title')!r}")
    sure = [row["confidence"] for row in api.ask("GET", "/api/queue?limit=500")["items"]]
    if None not in sure or sure != sorted(sure, key=lambda one: (one is None, one)):
        fail("the queue is not in the order of certainty")
    api.ask("GET", f"/api/queue?document={first}&layer=v&limit=5")
    timeline = api.ask("GET", "/api/timeline?layer=hsp&limit=500")
    if sum(b.get(k, 0) for b in timeline["bins"] for k in ("happenings", "statements", "steps")) != timeline["total"]:
        fail("the timeline's bins do not add up")
    if len(timeline["items"]) != timeline["total"]:
        fail("the timeline leaves items out")
    for item in timeline["items"]:
        if item["id"][0] in ids and not ids[item["id"][0]]:
            ids[item["id"][0]] = item["id"]
    api.ask("GET", "/api/map")
    series = api.ask("GET", "/api/series?figures=true&limit=5")
    if series["items"]:
        api.ask("GET", "/api/series/" + series["items"][0]["id"])
    steps = api.ask("GET", "/api/steps?limit=5")
    told = api.ask("GET", "/api/steps?limit=5&history=true")
    for short, long in zip(steps["items"], told["items"], strict=True):
        whole = api.ask("GET", "/api/steps/" + short["id"])
        if "history" in short or not 0 < len(long["history"]) <= len(whole["history"]):
            fail(f"{short['id']}: its history belongs to itself, not to lists unless asked for")
        if any(short[key] != one[key] for key in short for one in (long, whole)):
            fail(f"{short['id']}: lists tell otherwise than itself")
    graph = api.ask("GET", "/api/conditions")
    named = {edge[end] for edge in graph["edges"] for end in ("entry", "needs") if edge.get(end)}
    if {node["id"] for node in graph["nodes"]} != named or not named:
        fail("the graph of conditions lacks entries, or has others")
    if ids["H"]:
        api.ask("GET", "/api/happenings/" + ids["H"])
    actors = api.ask("GET", "/api/actors?limit=5")
    actor = actors["items"][0]["id"]
    api.ask("GET", "/api/actors/" + actor)
    for path in ("documents", "timeline", "steps", "network", "conditions", "queue"):
        api.ask("GET", f"/api/{path}?actor={actor}&from=2015-01-01&to=2030-01-01")
    api.ask("GET", "/api/network")
    api.ask("GET", "/api/changes?since=2015-01-01")
    hits = api.ask("GET", "/api/search?q=%D9%87%D8%AF%D9%86%D8%A9")
    if not hits["items"]:
        fail("the search for «هدنة» finds nothing")
    api.ask("GET", "/api/audit?limit=3")
    formats = api.ask("GET", "/api/formats")
    for form in formats["items"]:
        api.ask("GET", f"/api/export?format={form['id']}&layer=events")


def refusals(api):
    for target in ("/api/documents?limit=0", "/api/documents?limit=x", "/api/documents?from=yesterday", "/api/timeline?actor=Amal",
                   "/api/changes", "/api/search", "/api/export?format=word", "/api/series?cursor=-1"):
        api.ask("GET", target, expect=400)
    for target in ("/api/documents/D99999", "/api/documents/x", "/api/claims/D1.v9999/why", "/api/actors/E99999",
                   "/api/steps/L99999.1", "/api/imports/I99"):
        api.ask("GET", target, expect=404)
    api.ask("POST", "/api/decisions", {"action": "accept"}, expect=400)
    api.ask("POST", "/api/decisions", {"action": "dance", "claim": "D1.v1"}, expect=400)
    api.ask("POST", "/api/decisions", [], expect=400)
    api.ask("POST", "/api/decisions/99999/undo", {}, expect=404)
    arabic = api.ask("GET", "/api/documents/D99999", headers={"Accept-Language": "ar"}, expect=404)
    if not re.search("[\u0621-\u064a]{3}", arabic["error"]["message"]):
        fail("an error is not in Arabic where Arabic is asked for")


def decisions(api, first):
    report = api.ask("GET", f"/api/documents/{first}")
    seen = report["version"]
    event, figure = report["events"][0]["id"], report["figures"][0]
    one = api.ask("POST", "/api/decisions", {"action": "accept", "claim": event, "version": seen}, {"X-Khutwa-User": "%D8%A3%D9%85%D9%84"})
    if one["decision"]["user"] != "أمل" or [c["state"] for c in one["changed"]["events"]] != ["accepted"]:
        fail(f"accepting: {json.dumps(one, ensure_ascii=False)[:300]}")
    # somebody else, who has not seen it, comes too late for this claim but not for another
    late = api.ask("POST", "/api/decisions", {"action": "reject", "claim": event, "version": seen}, {"X-Khutwa-User": "Nour"}, expect=409)
    if late["theirs"][0]["user"] != "أمل":
        fail("a conflict does not tell whose decision stands")
    two = api.ask("POST", "/api/decisions", {"action": "correct", "claim": figure["id"], "version": seen, "after": {"value": figure["value"] + 1}}, {"X-Khutwa-User": "Nour"})
    if [d["id"] for d in two.get("since", [])] != [one["decision"]["id"]]:
        fail("a decision does not come with what others decided since")
    now = {c["id"]: c for c in api.ask("GET", f"/api/documents/{first}")["figures"]}[figure["id"]]
    if now["value"] != figure["value"] + 1 or now["state"] != "corrected":
        fail("a correction does not show")
    undone = api.ask("POST", f"/api/decisions/{two['decision']['id']}/undo", {"version": two["version"]})
    if [c["value"] for c in undone["changed"]["figures"]] != [figure["value"]]:
        fail("taking back does not bring the value back")
    redone = api.ask("POST", f"/api/decisions/{two['decision']['id']}/redo", {"version": undone["version"]})
    if [c["value"] for c in redone["changed"]["figures"]] != [figure["value"] + 1]:
        fail("redoing does not")
    added = api.ask("POST", "/api/decisions", {"action": "add", "document": first, "layer": "v", "version": redone["version"],
                                               "after": {"trigger": {"start": 0, "end": 4}, "type": "CONSULT", "reality": "actual", "negated": False, "actors": [], "recipients": []}})
    if [c["state"] for c in added["changed"]["events"]] != ["added"]:
        fail(f"adding: {json.dumps(added, ensure_ascii=False)[:300]}")
    gone = api.ask("POST", f"/api/decisions/{added['decision']['id']}/undo", {"version": added["version"]})
    if added["changed"]["events"][0]["id"] not in gone["changed"]["gone"] and not any(c["state"] == "rejected" for c in gone["changed"]["events"]):
        fail("taking an addition back leaves the claim")
    api.ask("GET", "/api/decisions?limit=2")
    api.ask("GET", f"/api/documents/{first}/decisions")
    found = api.ask("POST", "/api/verify", {})
    if not found["ok"] or found["entries"] < 5:
        fail(f"verify: {found}")
    wrong = api.ask("POST", "/api/verify", {"head": "3:" + "0" * 64})
    if wrong["ok"]:
        fail("a wrong head is taken for the record's")


def imports(api):
    lines = [json.dumps({"id": "x1", "published": "2024-01-05", "text": "قال المتحدث باسم الوزارة كمال فارس إن ثلاثة مدنيين قتلوا في قصف على بلدة الزيتون أمس."}),
             "{ this is no JSON", json.dumps({"id": "x2", "published": "2024-01-06", "text": "أعلنت اللجنة تأجيل جلسة المفاوضات إلى الأسبوع المقبل."})]
    job = api.ask("POST", "/api/imports?name=x.jsonl&outlet=%D8%B5%D9%88%D8%AA", "\n".join(lines).encode(), expect=202)
    for _ in range(100):
        state = api.ask("GET", "/api/imports/" + job["id"])
        if state["state"] in ("done", "failed"):
            break
        time.sleep(0.1)
    if state["state"] != "done" or state["added"] != 2 or state["refused"] != 1 or state["errors"][0]["line"] != 2 or not state["errors"][0]["mend"]:
        fail(f"an import: {state}")
    api.ask("GET", "/api/imports")
    api.ask("GET", "/api/documents/" + state["documents"][0])


def main():
    khutwa, reports = sys.argv[1], sys.argv[2:]
    with open(os.path.join(os.path.dirname(__file__), "../../docs/openapi.yaml"), encoding="utf-8") as file:
        description = yaml.safe_load(file)
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "api.khutwa")
        subprocess.run([khutwa, "add", record, *reports], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server = subprocess.Popen([khutwa, "serve", record], text=True, stdout=subprocess.PIPE)
        try:
            api = Api(server.stdout.readline().strip(), description)
            first = api.ask("GET", "/api/documents?limit=1&order=added")["items"][0]["id"]
            reads(api, first)
            refusals(api)
            decisions(api, first)
            imports(api)
            described = {(m.upper(), p) for p, methods in description["paths"].items() for m in methods if m in ("get", "post", "delete", "put")}
            for method, path in sorted(described - api.asked):
                fail(f"{method} {path} was not asked")
        finally:
            server.terminate()
            server.wait(20)
    if failures:
        raise SystemExit(f"{len(failures)} failures")
    print(f"the interface: {api.checked} answers as described, {len(described)} of {len(described)} paths")


if __name__ == "__main__":
    main()
