"""Runs workload W1 through Proviso, DuckDB and Polars in turn and writes a page.

    python run.py BENCH RULESET PAGE [--rows 1000000] [--rounds 5] [--data DIR] [--threads 2]
                  [--sizes 10000,100000,1000000]

BENCH is the program ProvisoPortfolioBench; `proviso` lies beside it. Each round runs every engine once, one after the other, so
that a machine whose speed drifts drifts for all of them; the page gives medians, and the best round beside
them. Before each engine a loop that touches no memory is timed, which tells how far the processor was one's own. The
columns of every process, those of its last pass, are held against expected_counts.json. PAGE is written anew behind the line `## Portfolios`.
`--sizes` are the numbers of lines that the cost against size is measured with.
"""
import argparse
import itertools
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
parser = argparse.ArgumentParser()
parser.add_argument("bench")
parser.add_argument("ruleset")
parser.add_argument("page")
parser.add_argument("--rows", default="1000000")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--data", default=".build/w1")
parser.add_argument("--sizes", default="10000,100000,1000000")
A = parser.parse_args()
ROWS = int(A.rows)
EVERY = json.loads((HERE / "expected_counts.json").read_text())
EXPECTED = EVERY[A.rows]["conditions"]
stem = os.path.join(A.data, f"w1-{A.rows}-s1")
if not (os.path.exists(stem + ".jsonl") and os.path.exists(stem + ".parquet")):
    subprocess.run([sys.executable, HERE / "portfolio.py", "--rows", A.rows, "--seed", "1", "--out", A.data,
                    "--formats", "jsonl,parquet"], check=True)


# From columns in memory a pass takes a tenth of a second, which is soon disturbed: so many in a process, and their median.
PASSES = {"lines": 1, "columns": 5}


def proviso(what, threads):
    call = [A.bench, A.ruleset, stem + ".jsonl", "2026-06-30", "--threads", str(threads), "--runs", str(PASSES[what])]
    if what == "columns":
        call += ["--memory", A.rows]
    out = subprocess.run(["/usr/bin/time", "-f", "%M", *call], capture_output=True, text=True)
    found = json.loads(out.stdout)
    wrong = [n for n, h in found["sha256"].items() if h != EXPECTED[n.upper()]["sha256"]]
    assert not wrong and found["contracts"] == ROWS, (wrong, found["contracts"])
    return statistics.median(found["seconds"]), int(out.stderr.split()[-1]) // 1024


def one_by_one():
    """Nanoseconds for one contract: by what it is asked from, the median and the 99th percentile."""
    call = [A.bench, A.ruleset, stem + ".jsonl", "2026-06-30", "--one", "50000"]
    found = [json.loads(line) for line in subprocess.run(call, capture_output=True, text=True).stdout.splitlines()]
    wrong = [f["from"] for f in found for n, h in f["sha256"].items() if h != EVERY["50000"]["conditions"][n.upper()]["sha256"]]
    assert not wrong and len(found) == 4, wrong
    return {f["from"]: (f["p50"], f["p99"]) for f in found}


hashing = []


def batch(threads, records):
    """Seconds and megabytes for the whole command, process start to exit, with the report; with a ledger or without."""
    program = os.path.join(os.path.dirname(A.bench), "proviso")
    folder = tempfile.mkdtemp(prefix="proviso-bench-", dir=A.data)
    key, ledger = (os.path.join(folder, name) for name in ("key", "ledger"))
    call = [program, "batch", A.ruleset, stem + ".jsonl", "--as-of", "2026-06-30", "--threads", str(threads)]
    if records:
        subprocess.run([program, "ledger", "keygen", "--key", key, "--origin", "bench.example/w1"], check=True, capture_output=True)
        subprocess.run([program, "ledger", "init", "--ledger", ledger, "--key", key], check=True, capture_output=True)
        call += ["--ledger", ledger, "--key", key]
    start = time.perf_counter()
    out = subprocess.run(["/usr/bin/time", "-f", "%M", *call], capture_output=True, text=True)
    seconds = time.perf_counter() - start
    # Something is breached: exit status 1.
    assert out.returncode == 1 and f"{ROWS} contracts" in out.stdout.replace(",", ""), (out.returncode, out.stdout[:300], out.stderr)
    if records:
        noted = subprocess.run([program, "ledger", "checkpoint", "--ledger", ledger], check=True, capture_output=True, text=True)
        assert noted.stdout.splitlines()[1] == str(ROWS), noted.stdout
        drill = os.path.join(os.path.dirname(A.bench), "LedgerDrill")
        told = subprocess.run([drill, "hash", ledger, stem + ".jsonl", ledger + ".figures"], check=True, capture_output=True, text=True)
        hashing.append(dict((name, int(figure)) for name, figure in map(str.split, told.stdout.split("\n\n")[0].splitlines())))
    shutil.rmtree(folder)
    return seconds, int(out.stderr.split()[-1]) // 1024


def compare(threads):
    """Seconds and megabytes for `proviso compare` of the ruleset with itself, which decides every contract twice."""
    program = os.path.join(os.path.dirname(A.bench), "proviso")
    call = [program, "compare", A.ruleset, A.ruleset, stem + ".jsonl", "--as-of", "2026-06-30", "--threads", str(threads)]
    start = time.perf_counter()
    out = subprocess.run(["/usr/bin/time", "-f", "%M", *call], capture_output=True, text=True)
    seconds = time.perf_counter() - start
    assert out.returncode == 0 and f"all {ROWS} as before" in out.stdout, (out.returncode, out.stdout[:300], out.stderr)
    return seconds, int(out.stderr.split()[-1]) // 1024


def of_size(count):
    """Seconds of a process's first pass over so many lines, of its further ones, and megabytes, those of the whole command
    last; fewer lines than the workload's are its first ones. What a process does once (its memory, its tables, cold caches) is in the first pass."""
    file = os.path.join(A.data, f"w1-{count}-s1.jsonl")
    if not os.path.exists(file) and count < ROWS:
        with open(stem + ".jsonl", "rb") as whole, open(file, "wb") as part:
            part.writelines(itertools.islice(whole, count))
    elif not os.path.exists(file):
        subprocess.run([sys.executable, HERE / "portfolio.py", "--rows", str(count), "--seed", "1", "--out", A.data,
                        "--formats", "jsonl"], check=True)
    # As many lines in all of every size: the clock, the caches and the memory need some hundredths of a second to settle.
    passes = 1 + max(1, 1_000_000 // count)
    call = ["/usr/bin/time", "-f", "%M", A.bench, A.ruleset, file, "2026-06-30", "--runs", str(passes)]
    out = subprocess.run(call, capture_output=True, text=True)
    found = json.loads(out.stdout)
    if str(count) in EVERY:
        wrong = [n for n, h in found["sha256"].items() if h != EVERY[str(count)]["conditions"][n.upper()]["sha256"]]
        assert not wrong, wrong
    assert found["contracts"] == count, found["contracts"]
    first, *further = found["seconds"]
    program = os.path.join(os.path.dirname(A.bench), "proviso")
    call = ["/usr/bin/time", "-f", "%M", program, "batch", A.ruleset, file, "--as-of", "2026-06-30", "--threads", "1"]
    command = subprocess.run(call, capture_output=True, text=True)
    assert command.returncode == 1 and f"{count} contracts" in command.stdout, (command.returncode, command.stderr)
    memory, of_command = (int(told.split()[-1]) // 1024 for told in (out.stderr, command.stderr))
    return first, statistics.median(further), memory, min(further), of_command


def spin():
    """Seconds for a loop that nothing slows down but the processor."""
    start = time.perf_counter()
    total = 0
    for number in range(300_000):
        total += number * number
    return time.perf_counter() - start


def peer(engine, what, threads):
    file = stem + (".jsonl" if what == "lines" else ".parquet")
    out = subprocess.run(["/usr/bin/time", "-f", "%M", sys.executable, HERE / "peers.py", engine, what, file, A.rows,
                          "--threads", str(threads), "--runs", str(PASSES[what])], capture_output=True, text=True)
    found = json.loads(out.stdout)
    assert not found["wrong"], found
    versions[engine] = found["version"]
    return statistics.median(found["seconds"]), int(out.stderr.split()[-1]) // 1024


versions = {}
runs = {}
alone = []
whole = {}
compared = {}
sizes = {}
spins = []
for _ in range(A.rounds):
    for what in ("lines", "columns"):
        for threads in (1, A.threads):
            spins += [spin() for _ in range(5)]
            runs.setdefault(("Proviso", what, threads), []).append(proviso(what, threads))
        for engine in ("duckdb", "polars"):
            spins += [spin() for _ in range(5)]
            runs.setdefault((engine, what, 1), []).append(peer(engine, what, 1))
    alone.append(one_by_one())
    for threads in (1, A.threads):
        for records in (False, True):
            whole.setdefault((threads, records), []).append(batch(threads, records))
        compared.setdefault(threads, []).append(compare(threads))
    for size in [int(word) for word in A.sizes.split(",") if word]:
        sizes.setdefault(size, []).append(of_size(size))


def median(key, place=0):
    return statistics.median(r[place] for r in runs[key])


def best(key):
    return min(r[0] for r in runs[key])


cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "unknown")
names = {"duckdb": f"DuckDB {versions['duckdb']} (exact decimals)", "polars": f"Polars {versions['polars']} (doubles)",
         "Proviso": "Proviso (exact)"}
lines = [f"""## Portfolios

Workload W1 ([its page](../Tests/PortfolioBench/w1/W1.md)): twelve conditions over {ROWS:,} contracts, as of 2026-06-30, by
[`rulesets/w1-recovery-aid`](../rulesets/w1-recovery-aid/w1-recovery-aid.proviso.md). Medians of {A.rounds} rounds in which every engine ran once in turn, each in a process of its own;
from columns in memory a process asks {PASSES["columns"]} times, for every engine, and its time is the median of these. Every process gave the twelve
expected columns, byte for byte. Machine: {cpu}, {os.cpu_count()} processors shared with other work, {platform.system()} {platform.release().split('-')[0]}.
How far they were shared: a loop that touches no memory, timed {len(spins)} times in between, took {min(spins) * 1000:.0f} ms at best, {statistics.median(spins) * 1000:.0f} in the median and {max(spins) * 1000:.0f} at worst. So each
row has its best round too.

| from | engine | threads | seconds | contracts a second | times DuckDB | peak memory | best round, contracts a second | times DuckDB's best |
| --- | --- | --: | --: | --: | --: | --: | --: | --: |"""]
for what, title in (("lines", "JSON Lines"), ("columns", "columns in memory")):
    base, base_best = median(("duckdb", what, 1)), best(("duckdb", what, 1))
    for key in [("Proviso", what, 1), ("Proviso", what, A.threads), ("duckdb", what, 1), ("polars", what, 1)]:
        seconds = median(key)
        memory = "" if what == "columns" else f"{median(key, 1):.0f} MB"
        lines.append(f"| {title} | {names[key[0]]} | {key[2]} | {seconds:.3f} | {ROWS / seconds:,.0f} | {base / seconds:.2f} | {memory} | {ROWS / best(key):,.0f} | {base_best / best(key):.2f} |")


def gain(what):
    """How many times as fast as one thread several are: the median over rounds, in which one ran right after the other."""
    one, several = (runs[("Proviso", what, threads)] for threads in (1, A.threads))
    return statistics.median(a[0] / b[0] for a, b in zip(one, several, strict=True))


lines.append(f"""
Two threads against one, in the median of the rounds, in each of which one ran right after the other: {gain("lines"):.2f} times from lines, {gain("columns"):.2f}
times from columns; best rounds {best(("Proviso", "lines", 1)) / best(("Proviso", "lines", A.threads)):.2f} and {best(("Proviso", "columns", 1)) / best(("Proviso", "columns", A.threads)):.2f}.
""")
titles = {"row": "a row of columns", "contract": "a contract that has been read", "line": "the text of a line",
          "derivation": "a contract that has been read, with its whole derivation"}
lines.append("""One contract at a time, all twelve verdicts, a derivation in the last row only; the time has the clock's own in it, and the contracts
were read just before, 64 at a time:

| from | median | 99 of 100 under | median of the best round |
| --- | --: | --: | --: |""")
for what, title in titles.items():
    p50, p99 = (statistics.median(found[what][place] for found in alone) / 1000 for place in (0, 1))
    lines.append(f"| {title} | {p50:.1f} µs | {p99:.1f} µs | {min(found[what][0] for found in alone) / 1000:.1f} µs |")
lines.append(f"""
The whole command, `proviso batch` from JSON Lines, process start to exit, with its report; with `--ledger` each contract is also
recorded (without keeping its bytes), every `fsync` and the digest of the source included. Target with a ledger, one thread: 250,000.

| `proviso batch`, or as told | threads | seconds | contracts a second | peak memory | best round, contracts a second |
| --- | --: | --: | --: | --: | --: |""")
for (threads, records), found in sorted(whole.items(), key=lambda item: (item[0][1], item[0][0])):
    seconds, memory = (statistics.median(f[place] for f in found) for place in (0, 1))
    lines.append(f"| {'with a ledger' if records else 'without'} | {threads} | {seconds:.3f} | {ROWS / seconds:,.0f} | {memory:.0f} MB | {ROWS / min(f[0] for f in found):,.0f} |")
for threads, found in sorted(compared.items()):
    seconds, memory = (statistics.median(f[place] for f in found) for place in (0, 1))
    lines.append(f"| `proviso compare`, by two rulesets | {threads} | {seconds:.3f} | {ROWS / seconds:,.0f} | {memory:.0f} MB | {ROWS / min(f[0] for f in found):,.0f} |")
if hashing:
    alone_in = {name: statistics.median(found[name] for found in hashing) for name in hashing[0]}
    bound = 1e9 / alone_in["leaf-nanoseconds"]
    least = 1e9 / (2 * alone_in["line-nanoseconds"] + alone_in["node-nanoseconds"])
    rate = ROWS / statistics.median(f[0] for f in whole[(1, True)])
    lines.append(f"""
How fast this machine hashes decides much of the last two. SHA-256 alone (libcrypto, one thread, from memory) over the very leaves, {alone_in["leaf-bytes"]:,} bytes each:
{bound:,.0f} a second. Recording hashes less: most leaves begin like others, and are hashed on from there. What no way of recording is spared is the line twice, for the
contract's digest and for the source's ({alone_in["line-bytes"]:,} bytes each), and a node of the tree: that alone, without the leaf, allows {least:,.0f} a second. With a ledger, on one thread,
`batch` reaches {rate / bound:.2f} times the first and {rate / least:.2f} times the second.""")
lines.append("""
Cost against size, JSON Lines, one thread: the first pass of a process, which sets up its memory and its tables once, and those
after it.

| contracts | first pass, seconds | nanoseconds a contract | further passes, nanoseconds a contract | the best of them | peak memory | of `proviso batch` |
| --: | --: | --: | --: | --: | --: | --: |""")
for size, found in sizes.items():
    first, further, memory, of_command = (statistics.median(f[place] for f in found) for place in (0, 1, 2, 4))
    least = min(f[3] for f in found) / size * 1e9
    lines.append(f"| {size:,} | {first:.3f} | {first / size * 1e9:,.0f} | {further / size * 1e9:,.0f} | {least:,.0f} | {memory:.0f} MB | {of_command:.0f} MB |")
lines.append("""
What a competitor would ask:

* The time is from opening the file (or from columns in memory) to twelve verdict columns in memory. Writing them out, process start and reading the ruleset are not in it.
* DuckDB reads the JSON with its types given, not guessed; its query was written by us and may be written better. Owners are looked at with list functions, jurisdictions through a map.
* Polars computes in doubles. This workload was made so that doubles give the same verdicts; that is a property of the workload.
* In memory each engine has its own columns: Proviso scaled 64-bit words, DuckDB its table, Polars its frame. Filling them is not timed.
* Proviso is measured with the keys of every line in the same order, as exports have them. A line in another order is read more slowly.
* The memory of the runs has the twelve verdict columns in it, a byte a verdict: 114 MB for ten million contracts. `proviso batch` keeps no verdicts, but looks for ids that are there twice.
* The machine is shared; compare ratios within a row's round, not seconds with another day's.
""")
page = pathlib.Path(A.page)
text = page.read_text() if page.exists() else "# Benchmarks\n"
page.write_text(text.split("\n## Portfolios")[0].rstrip("\n") + "\n\n" + "\n".join(lines))
print("\n".join(lines))
