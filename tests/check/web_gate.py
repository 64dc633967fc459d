#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The local server against strangers (gate 12): foreign Host and Origin, cross-site POST, path
traversal, slow and endless requests, more connections than it serves. Speaks raw HTTP, since a
client library would mend what is sent.

Usage: web_gate.py KHUTWA REPORT..."""
import os
import re
import socket
import subprocess
import sys
import tempfile
import time

failures = []


def check(name, holds, seen=""):
    if not holds:
        failures.append(name)
        print(f"FAILED {name}: {seen!r}"[:400])


class Server:
    def __init__(self, khutwa, record, *options):
        self.process = subprocess.Popen([khutwa, "serve", record, *options], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.url = self.process.stdout.readline().strip()
        match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/", self.url)
        if not match:
            raise SystemExit(f"no address but {self.url!r}: {self.process.stderr.read()}")
        self.port = int(match.group(1))
        self.host = f"127.0.0.1:{self.port}"

    def talk(self, data, patience=10, close=False):
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as s:
            s.sendall(data)
            if close:
                s.shutdown(socket.SHUT_WR)
            return receive(s)

    def ask(self, method, path, headers=(), body=b"", host=None):
        host = self.host if host is None else host
        lines = [f"{method} {path} HTTP/1.1"] + ([f"Host: {host}"] if host else [])
        lines += [*headers, "Connection: close"]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return self.talk(("\r\n".join(lines) + "\r\n\r\n").encode() + body)

    def stop(self):
        self.process.terminate()
        return self.process.wait(20)


def receive(s):
    out = b""
    try:
        while True:
            part = s.recv(65536)
            if not part:
                return out
            out += part
    except (ConnectionResetError, socket.timeout):
        return out


def status(answer):
    match = re.match(rb"HTTP/1\.1 (\d{3})", answer)
    return int(match.group(1)) if match else 0


def strangers(server):
    good = server.ask("GET", "/api/about")
    check("the page itself is let in", status(good) == 200, good)
    for name in ("Content-Security-Policy: default-src 'none'; script-src 'self'", "X-Content-Type-Options: nosniff",
                 "Cross-Origin-Resource-Policy: same-origin", "Referrer-Policy: no-referrer"):
        check(f"header {name}", name.encode() in good, good)
    policy = re.search(rb"Content-Security-Policy: ([^\r]*)", good).group(1)
    check("no inline script, no eval", b"unsafe" not in policy, policy)
    check("no other origin is told that it may read", b"Access-Control-Allow" not in good, good)
    for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1:1", "192.0.2.1:80", f"localhost.evil.example:{server.port}"):
        answer = server.ask("GET", "/api/about", host=host)
        check(f"Host {host} is refused", status(answer) == 421 and b"khutwa\":\"" not in answer, answer)
    answer = server.ask("GET", "/api/about", host="")
    check("no Host is refused", status(answer) in (400, 421), answer)
    for origin in ("http://evil.example", "null", f"https://{server.host}", f"http://127.0.0.1:{server.port + 1}"):
        for method in ("GET", "POST"):
            answer = server.ask(method, "/api/decisions", [f"Origin: {origin}", "X-Khutwa: 1"], b"{}" if method == "POST" else b"")
            check(f"{method} of origin {origin} is refused", status(answer) == 403, answer)
    form = ["Content-Type: application/x-www-form-urlencoded"]
    answer = server.ask("POST", "/api/decisions", form, b"action=accept")
    check("a form of another page is refused", status(answer) == 403, answer)
    answer = server.ask("POST", "/api/decisions", ["Sec-Fetch-Site: cross-site", "X-Khutwa: 1"], b"{}")
    check("a cross-site POST is refused", status(answer) == 403, answer)


def paths(server):
    for path in ("/../../../../etc/passwd", "/assets/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd",
                 "//etc/passwd.txt", "/assets/%00index.html", "/.git/config", "/api/../etc/passwd", "/assets/..\\..\\etc.txt",
                 "/api/documents/..%2f..%2f", "/api/imports/..%2f..%2fetc%2fpasswd"):
        answer = server.ask("GET", path)
        check(f"{path} shows no file", b"root:" not in answer and b"[core]" not in answer, answer)
        check(f"{path} is answered", status(answer) in (200, 400, 404, 405), answer)
        if "." in path.rsplit("/", 1)[-1] and "%" not in path:
            check(f"{path} is not there", status(answer) in (400, 404), answer)
    answer = server.ask("GET", "/" + "a" * 100_000)
    check("an endless path is refused", status(answer) in (0, 400, 413, 414, 431), answer)
    answer = server.ask("GET", "/api/about", [f"X-{i}: {'b' * 1000}" for i in range(200)])
    check("endless headers are refused", status(answer) in (0, 400, 413, 414, 431), answer)
    check("the server is well", status(server.ask("GET", "/api/about")) == 200)


def slow_and_endless(server):
    # a body longer than any decision
    head = f"POST /api/decisions HTTP/1.1\r\nHost: {server.host}\r\nX-Khutwa: 1\r\nContent-Length: 5000000\r\nConnection: close\r\n\r\n"
    answer = server.talk(head.encode() + b"[" * 5_000_000)
    check("an endless body is refused", status(answer) in (0, 413), answer)
    # JSON too deep
    answer = server.ask("POST", "/api/decisions", ["X-Khutwa: 1", "Content-Type: application/json"], b"[" * 100_000)
    check("deep JSON is refused", status(answer) == 400, answer)
    # heads that come a byte at a time never idle, yet end; meanwhile others are served
    begun = time.monotonic()
    slow = []
    for _ in range(40):
        s = socket.create_connection(("127.0.0.1", server.port), timeout=5)
        s.sendall(b"GET / HTTP/1.1\r\n")
        slow.append(s)
    alive = list(slow)
    served = 0
    while alive and time.monotonic() - begun < 20:
        for s in list(alive):
            try:
                s.sendall(b"X")
                s.setblocking(False)
                try:
                    if s.recv(4096) == b"":
                        alive.remove(s)
                except BlockingIOError:
                    pass
                s.setblocking(True)
            except OSError:
                alive.remove(s)
        started = time.monotonic()
        check("others are served beside slow ones", status(server.ask("GET", "/api/about")) == 200)
        check("and soon", time.monotonic() - started < 2, time.monotonic() - started)
        served += 1
        time.sleep(0.3)
    check("slow heads are ended", not alive, len(alive))
    check("somebody was served meanwhile", served > 3, served)
    for s in slow:
        s.close()
    # half a request, then nothing; and garbage
    check("garbage is no request", status(server.talk(os.urandom(3000), close=True)) in (0, 400, 414, 431, 505))
    check("half a head is no request", status(server.talk(b"GET /api/about HT", close=True)) in (0, 400))


def tokens(khutwa, record):
    loud = subprocess.run([khutwa, "serve", record, "--listen", "0.0.0.0"], capture_output=True, text=True, timeout=20)
    check("beyond loopback only with a token", loud.returncode != 0 and "token" in loud.stderr, loud.stderr)
    with tempfile.NamedTemporaryFile("w", suffix=".token") as file:
        file.write("short\n")
        file.flush()
        weak = subprocess.run([khutwa, "serve", record, "--token-file", file.name], capture_output=True, text=True, timeout=20)
        check("a short token is refused", weak.returncode == 2 and "16" in weak.stderr, weak.stderr)
    with tempfile.NamedTemporaryFile("w", suffix=".token") as file:
        file.write("0123456789abcdef0123\n")
        file.flush()
        server = Server(khutwa, record, "--token-file", file.name)
        check("no token, no answer", status(server.ask("GET", "/api/about")) == 401)
        check("a wrong token, no answer", status(server.ask("GET", "/api/about", ["Authorization: Bearer 0123456789abcdef0124"])) == 401)
        check("the token opens", status(server.ask("GET", "/api/about", ["Authorization: Bearer 0123456789abcdef0123"])) == 200)
        first = server.ask("GET", "/?token=0123456789abcdef0123")
        check("the address with the token gives a cookie", status(first) == 303 and b"HttpOnly; SameSite=Strict" in first, first)
        check("the cookie opens", status(server.ask("GET", "/api/about", ["Cookie: khutwa_token=0123456789abcdef0123"])) == 200)
        check("the server with a token ends politely", server.stop() == 0)


def main():
    khutwa, reports = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "gate.khutwa")
        subprocess.run([khutwa, "add", record, *reports], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server = Server(khutwa, record, "--patience", "3")
        with open(f"/proc/net/tcp", encoding="ascii") as table:
            bound = [line.split()[1] for line in table if line.split()[1].endswith(f":{server.port:04X}")]
        check("only loopback is listened on", bound and all(b.startswith("0100007F") for b in bound), bound)
        strangers(server)
        paths(server)
        slow_and_endless(server)
        check("the server is still well", status(server.ask("GET", "/api/about")) == 200)
        check("the server ends politely", server.stop() == 0)
        tokens(khutwa, record)
    if failures:
        raise SystemExit(f"{len(failures)} failures")
    print("the local server: all strangers refused")


if __name__ == "__main__":
    main()
