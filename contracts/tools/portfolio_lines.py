"""What the tools that make portfolios share: their arguments, and contracts as JSON Lines.

A portfolio has one contract a line. Amounts leave as texts, so that no figure passes through
binary floating point on its way from the published file.
"""

import argparse
import csv
import json
import sys


def options(description, more=()):
  """The arguments: the folder or file of the published data, and which contracts to write."""
  parser = argparse.ArgumentParser(
    description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
  parser.add_argument("data", help="the published data, as downloaded")
  parser.add_argument("--only", metavar="ID,ID", help="write these contracts alone, in this order")
  for name, settings in more:
    parser.add_argument(name, **settings)
  return parser.parse_args()


def rows(path):
  """The rows of a CSV file with a header line, each by the names of its columns."""
  with open(path, encoding="utf-8", newline="") as lines:
    yield from csv.DictReader(lines)


def write(contracts, only=None):
  """Writes contracts to standard output, in their order or, with `only`, in the order asked."""
  if only:
    wanted = only.split(",")
    found = {c["id"]: c for c in contracts if c["id"] in set(wanted)}
    missing = [name for name in wanted if name not in found]
    if missing:
      sys.exit("the data have no " + ", ".join(missing))
    contracts = [found[name] for name in wanted]
  for contract in contracts:
    sys.stdout.write(json.dumps(contract, ensure_ascii=False) + "\n")
