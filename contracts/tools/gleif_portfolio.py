#!/usr/bin/env python3
"""Makes a portfolio for the ruleset corporate-groups from GLEIF data (BODS 0.4), a group a contract.

Usage: gleif_portfolio.py FOLDER [--day DATE ...] [--only ID,ID] > portfolio.jsonl

FOLDER holds one file of statements a group, named by the LEI of its subject.

Without --day the groups are asked about on five days around changes of the EU list: the last day
of the United Arab Emirates (2019-10-09), the last day before and the first day of the Cayman
Islands (2020-02-17, 2020-02-18), their first day off it (2020-10-06), and the first day of Russia
(2023-02-14).

Readings, all stated in contracts/README.md:
- The newest statement of a record counts. A closed relationship is left out, since its end is not
  dated.
- A company stands below its direct parent, manager or main office; below the ultimate parent where
  none of these is recorded, or where that link began earlier. One below two of them, or twice below
  one, stands there each time.
- A company that nobody stands above is a head, and so is the subject if it has no relationships.
- The country is the jurisdiction of incorporation without its subdivision (US-DE is US), but for
  the territories that ISO 3166 codes as countries (US-GU is GU). The country of the business
  address stands in for where it does business.
"""

import glob
import os

import gleif_contract
from gleif_contract import DIRECT, ULTIMATE, lei, newest_statements, relationships
from portfolio_lines import options, write

DAYS = ["2019-10-09", "2020-02-17", "2020-02-18", "2020-10-06", "2023-02-14"]

LINKS = {
  DIRECT: "consolidated",
  ULTIMATE: "consolidated",
  "IS_FUND-MANAGED_BY": "managed",
  "IS_INTERNATIONAL_BRANCH_OF": "branch",
}


def is_shown_elsewhere(child, since, links):
  """Whether a company stands below a direct parent since no later day."""
  return any(
    link[0] == child and link[2] != ULTIMATE and not (since and link[3] and link[3] > since)
    for link in links)


def below(parent, links, known, above=()):
  """The companies directly below one, each with those below it; a circle is not followed."""
  found = []
  for child, over, kind, since in links:
    if over != parent or child == parent or child in above or child not in known:
      continue
    if kind == ULTIMATE and is_shown_elsewhere(child, since, links):
      continue
    member = dict(known[child], link=LINKS[kind])
    if since:
      member["since"] = since
    further = below(child, links, known, above + (parent,))
    if further:
      member["members"] = further
    found.append(member)
  return found


def contract(path, days):
  statements = newest_statements(path)
  known = gleif_contract.entities(statements)
  links = [link for link in relationships(statements) if link[0] != link[1]]
  subject = os.path.basename(path).removesuffix(".jsonl")
  headed = [company for company in known if not any(link[0] == company for link in links)]
  heads = []
  for company in headed:
    head = dict(known[company])
    members = below(company, links, known)
    if members:
      head["members"] = members
    heads.append(head)
  return {
    "id": subject,
    "subject": known[subject]["name"],
    "days": list(days),
    "heads": heads,
  }


def contracts(chosen):
  for path in sorted(glob.glob(os.path.join(chosen.data, "*.jsonl"))):
    yield contract(path, chosen.day or DAYS)


if __name__ == "__main__":
  given = options(__doc__, more=[("--day", {"action": "append", "help": "a day to ask about"})])
  write(contracts(given), given.only)
