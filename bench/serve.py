#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The review page's server under load: how soon a first screen's answers come, the 95th percentile
of each question, and 100 requests a second of mixed reads while an ingest runs.

Usage: serve.py KHUTWA RECORD [MORE.jsonl]
RECORD is served as it is; MORE.jsonl is added to it meanwhile through the page's import."""
import concurrent.futures
import http.client
import json
import random
import subprocess
import sys
import time
import urllib.parse

FIRST = ["/", "/start.js", "/app.js", "/style.css", "/api/record", "/api/documents?review=open&order=certainty&limit=50"]


class Client:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path):
        begun = time.perf_counter()
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        return answer.status, body, (time.perf_counter() - begun) * 1000


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def questions(client):
    """Paths to ask, with ids and words that the record has."""
    status, body, _ = client.get("/api/documents?limit=100&order=published")
    documents = [row["id"] for row in json.loads(body)["items"]]
    _, body, _ = client.get("/api/actors?limit=100")
    actors = [row["id"] for row in json.loads(body)["items"]]
    _, body, _ = client.get("/api/record")
    record = json.loads(body)
    last = record["last_day"] or "2020-01-01"
    words = ["هدنة", "قصف", "الأسرى", "وقف إطلاق النار", "المبعوث", "مدنيين", "معبر"]
    quote = urllib.parse.quote
    return {
        "documents": lambda: "/api/documents?limit=50",
        "documents, latest": lambda: "/api/documents?limit=50&order=published",
        "queue": lambda: "/api/queue?limit=50",
        "report": lambda: "/api/documents/" + random.choice(documents),
        "search": lambda: "/api/search?limit=20&q=" + quote(random.choice(words)),
        "timeline, a month": lambda: f"/api/timeline?layer=hs&from={last[:7]}-01&to={last[:7]}-31",
        "timeline, an actor": lambda: "/api/timeline?layer=h&actor=" + random.choice(actors),
        "timeline, everything": lambda: "/api/timeline?layer=h",
        "map, a month": lambda: f"/api/map?from={last[:7]}-01&to={last[:7]}-31",
        "figures": lambda: "/api/series?what=killed&limit=50",
        "steps": lambda: "/api/steps?limit=50",
        "steps, an actor": lambda: "/api/steps?limit=50&by=" + random.choice(actors),
        "changes": lambda: f"/api/changes?since={last[:7]}-01&limit=50",
        "actor": lambda: "/api/actors/" + random.choice(actors),
        "audit": lambda: "/api/audit?limit=50",
    }


def alone(client, asked, rounds=20):
    for name, path in asked.items():
        times = []
        for _ in range(rounds):
            status, _, took = client.get(path())
            if status != 200:
                print(f"  {name}: {status} from {path()}")
            times.append(took)
        print(f"  {name:24} median {percentile(times, 0.5):7.1f} ms   95th {percentile(times, 0.95):7.1f} ms")


def under_load(port, asked, seconds, rate):
    paths = list(asked.values())
    clients = [Client(port) for _ in range(8)]
    results = []

    def work(client, share):
        end = time.perf_counter() + seconds
        due = time.perf_counter()
        while due < end:
            time.sleep(max(0, due - time.perf_counter()))
            due += share
            status, _, took = client.get(random.choice(paths)())
            results.append((status, took))

    begun = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda c: work(c, 8 / rate), clients))
    took = time.perf_counter() - begun
    errors = sum(1 for status, _ in results if status != 200)
    times = [t for _, t in results]
    print(f"  {len(results) / took:.0f} requests/s, {errors} errors, median {percentile(times, 0.5):.1f} ms, "
          f"95th {percentile(times, 0.95):.1f} ms")
    return errors


def main():
    khutwa, record = sys.argv[1:3]
    server = subprocess.Popen([khutwa, "serve", record], text=True, stdout=subprocess.PIPE)
    port = int(server.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1])
    try:
        client = Client(port)
        begun = time.perf_counter()
        parts = [client.get(path) for path in FIRST]
        print(f"first screen: {(time.perf_counter() - begun) * 1000:.0f} ms for its answers, one after another "
              f"({', '.join(f'{path} {took:.0f}' for path, (_, _, took) in zip(FIRST, parts))})")
        random.seed(7)
        asked = questions(client)
        print("alone:")
        alone(client, asked)
        if len(sys.argv) > 3:
            with open(sys.argv[3], "rb") as more:
                client.connection.request("POST", "/api/imports?name=more.jsonl", more.read(), {"X-Khutwa": "1", "Content-Type": "application/octet-stream"})
            job = json.loads(client.connection.getresponse().read())
            print("while an ingest runs:")
            errors = under_load(port, asked, 15, 100)
            _, body, _ = client.get("/api/imports/" + job["id"])
            state = json.loads(body)
            print(f"  the ingest: {state['state']}, {state['read']} read, {state['refused']} refused")
            if errors:
                raise SystemExit("some requests failed")
    finally:
        server.terminate()
        server.wait(60)


if __name__ == "__main__":
    main()
