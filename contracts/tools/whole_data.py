#!/usr/bin/env python3
"""Runs the commands of contracts/README.md on the whole of the published data, and compares.

Usage: whole_data.py DATA PROVISO [--update]

DATA is the folder `$data` of that page, PROVISO the program. Every ```console box of the page whose
commands speak of `$data`, or of a file that such a command made, is run in order, in a folder of
its own; what `proviso` says is compared with whole_data.answers beside this tool. Nothing is skipped:
a file that is missing, a command that fails, a command without answers and answers without a
command are all failures, and the exit status is then 1. With --update the answers are written down
as they are now; read the difference before keeping it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ANSWERS = os.path.join(HERE, "whole_data.answers")


def commands():
  """The commands of the page's boxes that read published data, each on one line."""
  page = open(os.path.join(ROOT, "contracts", "README.md"), encoding="utf-8").read()
  for box in re.findall(r"```console\n(.*?)```", page, re.S):
    lines = re.findall(r"^\$ (.*(?:\\\n.*)*)", box, re.M)
    if any("$data" in line for line in lines):
      for line in lines:
        yield re.sub(r"\s*\\\n\s*", " ", line)


def counted(values):
  counts = {}
  for value in values:
    counts[value] = counts.get(value, 0) + 1
  return counts


def of_batch(said):
  """What is compared of a portfolio's summary."""
  answer = {key: said[key] for key in ("contracts", "rejected", "notGoverned")}
  for part in said["rulesets"]:
    answer["outcomes"] = part["outcomes"]
    answer["conditions"] = {c["name"]: c["outcomes"] for c in part["conditions"]}
    answer["of all"] = {c["name"]: c["outcome"] for c in part["portfolioConditions"]}
    answer["added up"] = {
      d["name"]: d["totals"] + [f"{d['unknown']} unknown"] for d in part["determinations"]
    }
    answer["missions"] = {
      m["name"]: {p["period"]: p["value"] for p in m["periods"]} for m in part["missions"]
    }
  if said.get("list"):
    answer["listed"] = said["list"]
  return answer


def of_check(said):
  """What is compared of one contract's verdicts: counts of tests, and who is not met."""
  answer = {"outcome": said["outcome"], "conditions": {}, "determinations": {}}
  for condition in said["conditions"]:
    tests = condition["tests"]
    found = {"outcome": condition["outcome"], "tests": counted(t["outcome"] for t in tests)}
    breached = [t["member"] or t["period"] for t in tests if t["outcome"] == "breached"]
    if breached:
      found["breached"] = breached
    answer["conditions"][condition["name"]] = found
  for determination in said.get("determinations", []):
    answer["determinations"][determination["name"]] = determination["value"]
  return answer


def of_explanation(said):
  """How each test of each condition came out, and the ways that a breach names."""
  answer, condition, ways = {}, None, set()
  for paragraph in said.split("\n\n"):
    text = " ".join(paragraph.split())
    heading = re.match(r"(\w+): .*\(rulesets/", text)
    if heading:
      condition = answer.setdefault(heading.group(1), {})
    for member, day, outcome in re.findall(r"(\S+), tested on ([0-9-]+): (\w[\w ]*?)(?= \w+ \(|$)", text):
      if condition is not None:
        condition[day] = outcome
    if " Breached (" in text:
      ways.update(part.strip() for part in re.split("[;:]", text) if " → " in part)
  return {"conditions": answer, "ways": sorted(ways)}


def run(command, folder, environment):
  """The answer of a command; raises RuntimeError where it cannot be run."""
  verb = command.split()[1] if command.startswith("proviso ") else None
  line = command + (" --format json" if verb in ("batch", "check") else "")
  done = subprocess.run(
    ["bash", "-euc", line], cwd=folder, env=environment, capture_output=True, text=True)
  if verb is None:
    if done.returncode != 0:
      raise RuntimeError(done.stderr.strip().split("\n")[-1])
    return None
  if done.returncode not in (0, 1, 3, 4):
    raise RuntimeError(done.stderr.strip().split("\n")[0])
  if verb == "batch":
    return of_batch(json.loads(done.stdout))
  if verb == "check":
    return of_check(json.loads(done.stdout))
  return of_explanation(done.stdout)


def differences(path, expected, found):
  if isinstance(expected, dict) and isinstance(found, dict):
    for key in sorted(set(expected) | set(found)):
      yield from differences(f"{path}.{key}", expected.get(key), found.get(key))
  elif expected != found:
    yield f"{path.lstrip('.')}: expected {expected}, found {found}"


def main():
  arguments = [a for a in sys.argv[1:] if a != "--update"]
  updates = "--update" in sys.argv[1:]
  if len(arguments) != 2:
    sys.exit(__doc__)
  data, proviso = (os.path.abspath(a) for a in arguments)
  if not os.path.isdir(data):
    sys.exit(f"whole_data.py: there is no folder {data}: give it as DATA")
  if not os.access(proviso, os.X_OK):
    sys.exit(f"whole_data.py: {proviso} cannot be run: `make release` builds it")
  expected = {}
  if os.path.exists(ANSWERS):
    expected = json.load(open(ANSWERS, encoding="utf-8"))
  found, failures = {}, 0
  with tempfile.TemporaryDirectory() as folder:
    for name in ("contracts", "rulesets"):
      os.symlink(os.path.join(ROOT, name), os.path.join(folder, name))
    os.symlink(proviso, os.path.join(folder, "proviso"))
    environment = dict(os.environ, data=data, PATH=f"{folder}:{os.environ['PATH']}")
    for command in commands():
      start = time.monotonic()
      try:
        answer = run(command, folder, environment)
        problems = []
        if answer is not None:
          found[command] = answer
          if command not in expected and not updates:
            problems = ["whole_data.answers has no answers for this command"]
          elif not updates:
            problems = list(differences("", expected[command], answer))
      except (RuntimeError, ValueError, KeyError) as error:
        problems = [f"{type(error).__name__}: {error}"]
      failures += len(problems)
      print(f"$ {command}")
      print(f"  {'as expected' if not problems else 'NOT AS EXPECTED'}"
            f", {time.monotonic() - start:.1f} s", flush=True)
      for problem in problems:
        print(f"    {problem}")
  for command in expected:
    if command not in found and not updates:
      failures += 1
      print(f"$ {command}\n  NOT RUN: the page does not have it")
  if updates:
    with open(ANSWERS, "w", encoding="utf-8") as file:
      json.dump(found, file, indent=1, ensure_ascii=False)
      file.write("\n")
  print(f"{len(found)} answers compared, {failures} differences")
  sys.exit(1 if failures or not found else 0)


if __name__ == "__main__":
  main()
