#!/usr/bin/env python3
"""Makes contracts from the open data on Italy's recovery plan; needs Python 3 and nothing else.

Usage:
  italy_rrp.py FOLDER plan [--tags v01|v05] [--components M1C3,M2C1]
                           one contract for rulesets/eu-recovery-facility: the measures with their
                           tags, and the milestones and targets of the first three instalments
  italy_rrp.py FOLDER payments --measure ID [--first N]
                           one contract for the payments to the projects of a sub-measure
  italy_rrp.py FOLDER payments
                           the same for every sub-measure, one contract a line

FOLDER holds CSV files with the columns named below; contracts/sources/italy-rrp says where the data
come from and which files of it this repository keeps. Amounts are copied digit by digit.

  climate_digital_tags_VERSION.csv  submeasure_id, component, amount_eur, climate_field,
                                    climate_coefficient_pct, climate_contribution_eur, and the same
                                    three for `digital`
  milestones_targets_v03.csv        mt_id, kind, level, due_quarter, due_year
  attainment_2021T4_2022T4.csv      period, mt_id
  payments_2025-03.csv              submeasure_id, cup, local_project_id, financing_rrp_eur,
                                    paid_rrp_eur, financing_total_eur, paid_total_eur

Readings:
- A field is written in small letters. An empty digital field is `none` with a coefficient of 0: the
  table leaves the three columns of a measure without a digital tag empty, or 0. An empty climate
  field is left out, for every row has one but one of version 1.
- Several rows of one sub-measure are parts of it, numbered in the order of the file.
- A milestone is due on the last day of its quarter. It counts as fulfilled on the last day of the
  half-year for which it was declared met; the day itself is not in the data.
- Only milestones and targets of the level `UE` bind the State towards the Union.
- The one measure of field 025bis is taken to keep its criterion by the Commission's assessment of
  the plan, which counts 37.5% for the climate and could not without it.
"""

import argparse
import csv
import decimal
import json
import os
import sys

APPROVED = "2021-07-13"  # by the Council
ASSESSED = "2021-06-22"  # by the Commission
ALLOCATION = "191499177889.7"
GRANTS, LOANS = "68897310054", "122601867836.2"  # sums of the table of measures, version 4

# What the plan has for the first three instalments: name, first day, last day, how many; and the
# day the Commission paid, which stands in for that of its decision. The third was not decided when
# the data were taken.
INSTALMENTS = [
  ("2021", "2021-01-01", "2021-12-31", 51, "2022-04-13"),
  ("2022, first half", "2022-01-01", "2022-06-30", 45, "2022-11-08"),
  ("2022, second half", "2022-07-01", "2022-12-31", 55, None),
]
PAYMENTS = [("2022-04-13", "21000000000"), ("2022-11-08", "21000000000")]  # rounded, without advances
QUARTER_ENDS = {"Q1": "03-31", "Q2": "06-30", "Q3": "09-30", "Q4": "12-31"}
PERIOD_ENDS = {"2021-T4": "2021-12-31", "2022-T2": "2022-06-30", "2022-T4": "2022-12-31"}


class Number(str):
  """A number as the file writes it."""


def number(text):
  value = decimal.Decimal(text)
  return Number(f"{value.normalize():f}" if value else "0")


def written(value, indent=None):
  """JSON text; members of a list stand on a line each, and numbers keep their digits."""
  if isinstance(value, Number):
    return str(value)
  if isinstance(value, dict):
    members = [f"{json.dumps(key)}: {written(part)}" for key, part in value.items()]
    if indent is None:
      return "{ " + ", ".join(members) + " }"
    return "{\n" + ",\n".join("  " + member for member in members) + "\n}"
  if isinstance(value, list):
    lines = [written(part) for part in value]
    if not any(isinstance(part, dict) for part in value):
      return "[ " + ", ".join(lines) + " ]"
    return "[\n" + ",\n".join("    " + line for line in lines) + "\n  ]"
  return json.dumps(value, ensure_ascii=False)


def on_one_line(value):
  """The same on one line, for a portfolio."""
  if isinstance(value, Number):
    return str(value)
  if isinstance(value, dict):
    return "{" + ",".join(f"{json.dumps(k)}:{on_one_line(v)}" for k, v in value.items()) + "}"
  if isinstance(value, list):
    return "[" + ",".join(on_one_line(part) for part in value) + "]"
  return json.dumps(value, ensure_ascii=False)


def rows(folder, name):
  with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
    yield from csv.DictReader(file)


def measures(folder, tags, components):
  """The rows of the tagging table, each a measure or a part of one."""
  parts = {}
  for row in rows(folder, f"climate_digital_tags_{tags}.csv"):
    if components and row["component"] not in components:
      continue
    known = row["submeasure_id"]
    parts[known] = parts.get(known, 0) + 1
    name = known if parts[known] == 1 else f"{known} part {parts[known]}"
    measure = {"name": name, "cost": number(row["amount_eur"])}
    if row["climate_field"]:
      measure["climate_field"] = row["climate_field"].lower()
    measure["climate_coefficient"] = number(row["climate_coefficient_pct"])
    measure["climate_contribution"] = number(row["climate_contribution_eur"])
    measure["digital_field"] = row["digital_field"].lower() or "none"
    measure["digital_coefficient"] = number(row["digital_coefficient_pct"] or "0")
    measure["digital_contribution"] = number(row["digital_contribution_eur"] or "0")
    yield measure


def milestones(folder):
  """The milestones and targets of the three instalments, each once, in the order of the file."""
  met = {}
  for row in rows(folder, "attainment_2021T4_2022T4.csv"):
    met[row["mt_id"]] = PERIOD_ENDS[row["period"]]
  seen = set()
  for row in rows(folder, "milestones_targets_v03.csv"):
    if row["level"] != "UE" or row["mt_id"] in seen or row["due_year"] > "2022":
      continue
    seen.add(row["mt_id"])
    due = f"{row['due_year']}-{QUARTER_ENDS[row['due_quarter']]}"
    yield {
      "name": row["mt_id"],
      "form": row["kind"].lower(),
      "due": due,
      "assessed": next(paid for _, first, last, _, paid in INSTALMENTS if first <= due <= last),
      "fulfilled": met.get(row["mt_id"]),
      "reversed": None,
    }


def plan(folder, tags, components):
  contract = {
    "id": f"italy-2021-tags-{tags}" + ("-" + "-".join(components) if components else ""),
    "note": "Italia Domani - open data, italiadomani.gov.it; see contracts/sources/italy-rrp.",
    "signed": APPROVED,
    "member_state": "IT",
  }
  found = list(measures(folder, tags, components))
  if components:
    return contract | {"measures": found}
  judged = [
    {
      "field": f"measures[{position}].criterion_kept",
      "value": True,
      "by": "European Commission",
      "on": ASSESSED,
      "why": "the assessment of the plan counts 37.5% for the climate, and could not without it",
    }
    for position, measure in enumerate(found) if measure.get("climate_field") == "025bis"
  ]
  return contract | {
    "allocation": Number(ALLOCATION),
    "chapter": Number("0"),
    "grants": Number(GRANTS),
    "loans": Number(LOANS),
    "measures": found,
    "instalments": [
      {"name": name, "from_day": first, "to_day": last, "items": items}
      for name, first, last, items, _ in INSTALMENTS
    ],
    "milestones": list(milestones(folder)),
    "payments": [{"paid": day, "amount": Number(amount)} for day, amount in PAYMENTS],
    "assessments": judged,
  }


def payments(folder, measure, first):
  """One contract for each sub-measure, in the order in which they first stand in the file."""
  found = {}
  for row in rows(folder, "payments_2025-03.csv"):
    if measure in (None, row["submeasure_id"]):
      found.setdefault(row["submeasure_id"], []).append({
        "name": f"{row['cup']} {row['local_project_id']}",
        "financing": number(row["financing_rrp_eur"]),
        "paid": number(row["paid_rrp_eur"]),
        "all_financing": number(row["financing_total_eur"]),
        "all_paid": number(row["paid_total_eur"]),
      })
  if not found:
    sys.exit(f"no payment belongs to {measure}")
  for known, projects in found.items():
    yield {
      "id": f"payments-{known}" + (f"-first-{first}" if first else ""),
      "note": "Italia Domani - open data, italiadomani.gov.it; see contracts/sources/italy-rrp.",
      "measure": known,
      "projects": projects[:first],
    }


def main():
  parser = argparse.ArgumentParser(
    description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
  parser.add_argument("folder")
  parser.add_argument("what", choices=["plan", "payments"])
  parser.add_argument("--tags", default="v05", choices=["v01", "v05"])
  parser.add_argument("--components", type=lambda text: text.split(","), default=[])
  parser.add_argument("--measure")
  parser.add_argument("--first", type=int)
  options = parser.parse_args()
  if options.what == "plan":
    print(written(plan(options.folder, options.tags, options.components), indent=0))
  elif options.measure:
    for contract in payments(options.folder, options.measure, options.first):
      print(written(contract, indent=0))
  else:
    for contract in payments(options.folder, None, options.first):
      print(on_one_line(contract))


if __name__ == "__main__":
  main()
