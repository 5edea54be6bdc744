#!/usr/bin/env python3
"""Fifty clients at once on the page for a minute, and writes docs/reports/load.md.

    cargo build --release -p rashomon --bins --examples
    python3 scripts/reports/load.py

Needs Python 3.11 and nothing else. Makes a ledger of 100,000 statements (`page_ledger`), serves it on loopback, and lets each
client ask for one page after the other without a pause, over one kept connection; each twentieth request of a client is
a verdict. Every answer must be whole and have the status it should have. Memory is the server's resident set, read each
second; it counts as flat where the second half of the minute holds at most a tenth more than the first half at its highest.
Ends with an error if anything failed or memory grew.
"""
import argparse
import http.client
import os
import pathlib
import platform
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]


def serve(program, ledger):
    """The server and its port, once its pages answer."""
    child = subprocess.Popen([program, "open", "--ledger", ledger, "--no-open", "--port", "0", "--as", "Load"],
                             stdout=subprocess.PIPE, text=True)
    port = int(re.search(r"127\.0\.0\.1:(\d+)", child.stdout.readline()).group(1))
    return child, port


def resident(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


class Client(threading.Thread):
    """One visitor, who asks without a pause until told to stop."""

    def __init__(self, number, port, paths, statements, token, until):
        super().__init__(daemon=True)
        self.chance, self.port, self.paths, self.statements = random.Random(number), port, paths, statements
        self.token, self.until, self.number = token, until, number
        self.times, self.verdicts, self.failed = [], [], []

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        count = 0
        while time.monotonic() < self.until:
            count += 1
            try:
                self.verdict(connection) if count % 20 == 0 else self.page(connection)
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(repr(error))
                connection.close()
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def timed(self, connection, *request, **more):
        start = time.monotonic()
        connection.request(*request, **more)
        answer = connection.getresponse()
        body = answer.read()
        return answer, body, time.monotonic() - start

    def page(self, connection):
        path = self.chance.choice(self.paths)
        answer, body, took = self.timed(connection, "GET", path)
        self.times.append(took)
        if answer.status != 200 or not body.endswith(b"</html>"):
            self.failed.append(f"{answer.status} {path}")

    def verdict(self, connection):
        form = {"verdict": "right", "first": self.chance.choice(self.statements), "by": f"Client {self.number}",
                "token": self.token, "back": "/history"}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        answer, _, took = self.timed(connection, "POST", "/judge", urllib.parse.urlencode(form), headers)
        self.verdicts.append(took)
        if answer.status != 303:
            self.failed.append(f"{answer.status} /judge")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/rashomon")
    parser.add_argument("--maker", type=pathlib.Path, default=ROOT / "target/release/examples/page_ledger")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs/reports/load.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = os.path.join(folder, "load.ledger")
        made = subprocess.run([options.maker.resolve(), ledger], check=True, text=True, stdout=subprocess.PIPE).stdout.strip()
        server, port = serve(options.program.resolve(), ledger)
        try:
            get = lambda path: urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read().decode()
            listed = get("/statements")
            statements = sorted(set(re.findall(r"/statement/([0-9a-f]{32})", listed)))
            documents = sorted(set(re.findall(r"/document/[0-9a-f]{64}", get("/"))))[:100]
            token = re.search(r'name="token" value="([0-9a-f]+)"', get("/review")).group(1)
            fixed = ["/", "/view/claims", "/view/chains", "/view/actors", "/view/compare", "/view/timeline", "/review", "/history", "/add",
                     "/search?q=attacked", "/view/claims?page=500", "/statements?page=900"]
            paths = fixed + documents + [f"/statement/{s}" for s in statements]
            for path in fixed:  # every table worked out once, as on a server that has been up a while
                get(path)
            until = time.monotonic() + options.seconds
            clients = [Client(n, port, paths, statements, token, until) for n in range(options.clients)]
            memory = [resident(server.pid)]
            for client in clients:
                client.start()
            while time.monotonic() < until:
                time.sleep(1)
                memory.append(resident(server.pid))
            for client in clients:
                client.join()
            kept = int(re.search(r'<p class="lead">([\d\u202f]+)', get("/history")).group(1).replace("\u202f", ""))
        finally:
            server.kill()
    times = sorted(t for c in clients for t in c.times)
    verdicts = sorted(t for c in clients for t in c.verdicts)
    failed = [f for c in clients for f in c.failed]
    half = len(memory) // 2
    first, second = max(memory[1:half]), max(memory[half:])
    flat = second <= first * 1.1
    lost = len(verdicts) - len([f for f in failed if "judge" in f]) - kept
    ms = lambda values, share: f"{values[min(len(values) - 1, int(len(values) * share))] * 1000:,.0f} ms"
    build = "a release build" if "release" in options.program.parts else "a development build, slower than a release"
    lines = ["# The page under load", "",
             f"Renewed by `python3 scripts/reports/load.py` after `cargo build --release -p rashomon --bins --examples`; this is of {build}. "
             f"{options.clients} clients without a pause", f"for {options.seconds} s on loopback, each twentieth request a verdict; {made}; {platform.machine()}, "
             f"{os.cpu_count()} cores, shared with the clients.", "",
             "| measure | value |", "|---|---|",
             f"| pages answered | {len(times):,} ({len(times) / options.seconds:,.0f} a second) |",
             f"| verdicts kept | {kept:,}, none lost |" if lost == 0 else f"| verdicts kept | {kept:,}; **{lost} lost** |",
             f"| errors | {len(failed)} |",
             f"| time of a page: median, 95 of 100, longest | {ms(times, .5)}, {ms(times, .95)}, {ms(times, 1)} |",
             f"| time of a verdict, on disk: median, 95 of 100, longest | {ms(verdicts, .5)}, {ms(verdicts, .95)}, {ms(verdicts, 1)} |",
             f"| resident memory: before, highest of the first half, of the second | {memory[0]:,.0f}, {first:,.0f}, {second:,.0f} MB: {'flat' if flat else '**it grew**'} |", ""]
    if failed:
        lines += ["Errors: " + "; ".join(sorted(set(failed))[:10]), ""]
    options.out.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    if failed or lost or not flat:
        sys.exit("not as it should be")


if __name__ == "__main__":
    main()
