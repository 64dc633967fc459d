#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench.py [--quick] PROGRAM: throughput on one core, start-up, peak memory; is the cost linear?

MB are a million bytes of UTF-8 read; seconds are those of the processor, so that other work on the
machine does not count. --quick measures less.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FLOOR_MBS = 5.0  # of UTF-8 a second on one core
FLOOR_START = 0.030  # seconds
FLOOR_MEMORY = 100.0  # MB, over a stream of ordinary reports


def generate(folder, megabytes, *options):
    path = os.path.join(folder, "%g%s.jsonl" % (megabytes, "".join(options)))
    if "--text" in options:
        path = path[:-len(".jsonl")] + ".txt"
    with open(path, "wb") as out:
        subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(megabytes), *options],
                       stdout=out, check=True)
    return path


def run(program, *arguments):
    """Seconds of processor, seconds on the clock, peak resident MB, exit status."""
    begin = time.perf_counter()
    child = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, took, usage.ru_maxrss / 1000, child.returncode


def best(times, program, *arguments):
    return min(run(program, *arguments) for _ in range(times))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("program")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        empty = os.path.join(folder, "short.txt")
        with open(empty, "w", encoding="utf-8") as out:
            out.write("قال الوزير إن الطريق مفتوح.\n")
        took, clock, memory, status = best(9, program, "read", "--json", empty)
        print("start-up          %6.1f ms (%.1f on the clock), %.1f MB peak" %
              (took * 1e3, clock * 1e3, memory))
        if took > FLOOR_START or status:
            bad.append("start-up")
        rates = []
        for megabytes in [1, 10] if options.quick else [1, 10, 100]:
            path = generate(folder, megabytes)
            size = os.path.getsize(path) / 1e6
            took, _, memory, status = best(2 if options.quick else 3, program, "read", "--json",
                                           "-j", "1", path)
            rates.append(size / took)
            print("%4g MB of reports %6.2f s  %6.2f MB/s  %6.1f MB peak" %
                  (megabytes, took, size / took, memory))
            if size / took < FLOOR_MBS:
                bad.append("throughput")
            if memory > FLOOR_MEMORY:
                bad.append("memory")
            if status:
                bad.append("exit status %d" % status)
        # start-up weighs on the smallest only
        if rates[-1] < 0.7 * rates[0]:
            bad.append("the cost of a stream is not linear")
        rates = []
        for megabytes in [0.5, 4] if options.quick else [1, 2, 4, 8, 15]:
            path = generate(folder, megabytes, "--text")
            size = os.path.getsize(path) / 1e6
            took, _, memory, status = best(1, program, "read", "--json", path)
            rates.append(size / took)
            print("%4g MB, one text  %6.2f s  %6.2f MB/s  %6.1f MB peak" %
                  (megabytes, took, size / took, memory))
            if status:
                bad.append("exit status %d" % status)
        if rates[-1] < 0.4 * rates[0]:
            bad.append("the cost of one text is not linear")
        if not options.quick:
            path = generate(folder, 30)
            size = os.path.getsize(path) / 1e6
            _, took, memory, _ = best(2, program, "read", "--json", "-j", "0", path)
            print("  30 MB, all cores%6.2f s  %6.2f MB/s  %6.1f MB peak (on the clock)" %
                  (took, size / took, memory))
    for what in bad:
        print("below the floor: " + what)
    # a machine may be busy: figures are printed, not enforced; a program that fails is
    return any(what.startswith("exit status") for what in bad)


sys.exit(main())
