#!/usr/bin/env python3
"""Makes a contract for the tax-haven ruleset from a corporate group in GLEIF data (BODS 0.4).

Usage:
  gleif_contract.py STATEMENTS.jsonl --recipient LEI --id ID --signed DATE
                    --list-counts-from decision|publication --award DATE=EUROS [--award ...]

What comes from the data: names, LEIs, jurisdictions, who consolidates whom and since when.
What does not, and is said on the command line: the awards, which are invented.

Readings, all stated in contracts/README.md:
- The newest statement of a record counts; a closed relationship is left out.
- "Consolidated" is the accounting relationship GLEIF records, direct or ultimate. Where only the
  ultimate one is recorded, the owner is written directly above the company.
- A fund that is managed by a company is written under it and not consolidated.
- The country of a company is its jurisdiction of incorporation, without a subdivision (US-DE is
  US). Its tax seat is the country of its business address, which stands in for a fact GLEIF lacks.
- Shares are not in the data, and so not in the contract.
- An owner's other companies are sisters of the recipient.
"""

import argparse
import json
import sys

DIRECT = "IS_DIRECTLY_CONSOLIDATED_BY"
ULTIMATE = "IS_ULTIMATELY_CONSOLIDATED_BY"
MANAGED = "IS_FUND-MANAGED_BY"


def newest_statements(path):
  """The newest statement of each record, in the order the records first stand in the file."""
  newest = {}
  with open(path, encoding="utf-8") as lines:
    for line in lines:
      statement = json.loads(line)
      record = statement["recordId"]
      known = newest.get(record)
      if known is None or statement["statementDate"] >= known["statementDate"]:
        newest[record] = statement
  return newest


def lei(record):
  return record.removeprefix("XI-LEI-")


def country(code):
  """The country of ISO 3166-1 that a code is in: US-DE is US, but Guam has a code of its own."""
  return code[3:] if code in ("US-AS", "US-GU", "US-PR", "US-VI") else code[:2]


def entities(statements):
  """What the data say of each entity, by LEI."""
  found = {}
  for record, statement in statements.items():
    if statement["recordType"] != "entity":
      continue
    details = statement["recordDetails"]
    business = [a for a in details.get("addresses", []) if a["type"] == "business"]
    entity = {"name": details["name"], "lei": lei(record)}
    jurisdiction = details.get("incorporatedInJurisdiction", {}).get("code")
    if jurisdiction:
      entity["country"] = country(jurisdiction)
    if business:
      place = business[0]["country"]
      entity["tax_seat"] = country(place if isinstance(place, str) else place["code"])
    found[lei(record)] = entity
  return found


def relationships(statements):
  """The relationships that still stand: (child, parent, kind, since)."""
  found = []
  for statement in statements.values():
    if statement["recordType"] != "relationship" or statement["recordStatus"] == "closed":
      continue
    details = statement["recordDetails"]
    parent = details["interestedParty"]
    if not isinstance(parent, str):
      continue  # an unspecified party, given with a reason
    for interest in details["interests"]:
      kind = interest["details"].removeprefix("Relationship Type: ")
      if "endDate" not in interest:
        found.append((lei(details["subject"]), lei(parent), kind, interest.get("startDate")))
  return sorted(found, key=lambda link: (link[0], link[1], link[2]))


def parents(child, links):
  """The direct parents of a company, or the ultimate ones where no direct one is recorded."""
  direct = [link for link in links if link[0] == child and link[2] == DIRECT]
  return direct or [link for link in links if link[0] == child and link[2] == ULTIMATE]


def owners(child, links, known, above=()):
  """The owners of a company, each with its own owners."""
  found = []
  for _, parent, _, _ in parents(child, links):
    if parent in above or parent == child or parent not in known:
      continue
    owner = dict(known[parent], consolidates=True)
    further = owners(parent, links, known, above + (child,))
    if further:
      owner["owners"] = further
    found.append(owner)
  return found


def holdings(parent, links, known, above=()):
  """The companies directly below one, consolidated or managed, each with those below it."""
  found = []
  for child, above_it, kind, since in links:
    if above_it != parent or child in above or child == parent or child not in known:
      continue
    if kind == MANAGED:
      held = dict(known[child], consolidated=False)
    elif kind == DIRECT or (kind == ULTIMATE and not has_direct_parent(child, links)):
      held = dict(known[child], consolidated=True)
    else:
      continue
    if since:
      held["since"] = since
    further = holdings(child, links, known, above + (parent,))
    if further:
      held["subsidiaries"] = further
    found.append(held)
  return found


def has_direct_parent(child, links):
  return any(link[0] == child and link[2] == DIRECT for link in links)


def flattened(held):
  """A tree of holdings as one list."""
  for company in held:
    yield company
    yield from flattened(company.get("subsidiaries", []))


def sisters(recipient, links, known):
  """The companies that the owners of the recipient hold, without it and what it holds."""
  own = {recipient} | {c["lei"] for c in flattened(holdings(recipient, links, known))}
  found = {}
  for owner in all_owners(recipient, links, known):
    for company in flattened(holdings(owner, links, known)):
      if company["lei"] not in own:
        fields = ("name", "lei", "country", "tax_seat", "since")
        found[company["lei"]] = {f: company[f] for f in fields if f in company}
  return [found[key] for key in sorted(found)]


def all_owners(child, links, known, above=()):
  for _, parent, _, _ in parents(child, links):
    if parent not in above and parent in known:
      yield parent
      yield from all_owners(parent, links, known, above + (child,))


def contract(options):
  statements = newest_statements(options.statements)
  known = entities(statements)
  links = relationships(statements)
  recipient = options.recipient
  if recipient not in known:
    sys.exit(f"{options.statements} says nothing of {recipient}")
  awards = []
  for award in options.award:
    day, euros = award.split("=")
    awards.append({"decided": day, "amount": int(euros)})
  company = dict(known[recipient])
  company["owners"] = owners(recipient, links, known)
  company["subsidiaries"] = holdings(recipient, links, known)
  company["establishments"] = []
  return {
    "id": options.id,
    "signed": options.signed,
    "list_counts_from": options.list_counts_from,
    "awards": awards,
    "recipient": company,
    "sisters": sisters(recipient, links, known),
    "assessments": [
      {"field": field, "value": False, "by": "granting authority", "on": options.signed,
       "why": "nothing was put forward (invented, as the award is)"}
      for field in ("has_substance", "pays_adequate_tax")
    ],
    "commitments": [],
  }


def main():
  parser = argparse.ArgumentParser(
    description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
  parser.add_argument("statements")
  parser.add_argument("--recipient", required=True)
  parser.add_argument("--id", required=True)
  parser.add_argument("--signed", required=True)
  parser.add_argument(
    "--list-counts-from", required=True, choices=["decision", "publication"])
  parser.add_argument("--award", action="append", required=True)
  options = parser.parse_args()
  json.dump(contract(options), sys.stdout, ensure_ascii=False, indent=2)
  sys.stdout.write("\n")


if __name__ == "__main__":
  main()
