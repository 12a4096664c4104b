#!/usr/bin/env python3
"""Makes a portfolio for the ruleset world-bank-loans from the IBRD Statement of Loans.

Usage: world_bank_portfolio.py LOANS.csv COUNTRIES.csv [--deadline DAYS] [--only ID,ID]

LOANS.csv is a snapshot of the statement, header names in snake case, dates in ISO form.
COUNTRIES.csv lists the codes of ISO 3166-1 in a column `iso2`.

Readings, all stated in contracts/README.md:
- The deadline for effectiveness is not in the statement. It is taken to be 90 days, or --deadline.
- A blank effective date: the loan is not effective, as far as the statement knows.
- A blank last disbursement: none has happened where nothing was disbursed, else it is not known.
  Any other blank cell is not known and left out.
- `code` is the Bank's code, as it stands. `country` is that code where ISO 3166 has it, today's
  code where the Bank uses an older one of the same country, and is left out otherwise; how many
  were left out is told on standard error.
"""

import sys
from collections import Counter
from decimal import Decimal

from portfolio_lines import options, rows, write

OLDER_CODES = {"YF": "RS", "TP": "TL", "ZR": "CD"}

STATUSES = {
  "Approved": "approved",
  "Signed": "signed_only",
  "Effective": "is_effective",
  "Disbursing": "disbursing",
  "Disbursing&Repaying": "disbursing_and_repaying",
  "Fully Disbursed": "fully_disbursed",
  "Repaying": "repaying",
  "Fully Repaid": "fully_repaid",
  "Fully Transferred": "fully_transferred",
  "Fully Cancelled": "fully_cancelled",
  "Terminated": "terminated",
}

AMOUNTS = {
  "principal": "original_principal_amount",
  "cancelled": "cancelled_amount",
  "undisbursed": "undisbursed_amount",
  "disbursed": "disbursed_amount",
  "owed": "borrower_obligation",
}


def contract(row, countries, deadline):
  found = {"id": row["loan_number"]}
  if row["agreement_signing_date"]:
    found["signed"] = row["agreement_signing_date"]
  found["effective_deadline"] = f"{deadline} days"
  found["effective"] = row["effective_date"] or None
  if row["closed_date"]:
    found["closed"] = row["closed_date"]
  if row["last_disbursement_date"]:
    found["last_disbursement"] = row["last_disbursement_date"]
  elif Decimal(row["disbursed_amount"]) == 0:
    found["last_disbursement"] = None
  found["status"] = STATUSES[row["loan_status"]]
  found["code"] = row["country_code"]
  country = OLDER_CODES.get(row["country_code"], row["country_code"])
  if country in countries:
    found["country"] = country
  found["region"] = row["region"]
  for field, column in AMOUNTS.items():
    if row[column]:
      found[field] = f"USD {row[column]}"
  return found


def contracts(chosen):
  countries = {row["iso2"] for row in rows(chosen.countries)}
  elsewhere = Counter()
  for row in rows(chosen.data):
    made = contract(row, countries, chosen.deadline)
    if "country" not in made:
      elsewhere[(row["country_code"], row["country"])] += 1
    yield made
  for (code, name), count in sorted(elsewhere.items()):
    print(f"{code} ({name}) is no code of ISO 3166: {count} loans without country", file=sys.stderr)


if __name__ == "__main__":
  given = options(__doc__, more=[
    ("countries", {"help": "the codes of ISO 3166-1"}),
    ("--deadline", {"type": int, "default": 90, "help": "days from signing to effectiveness"}),
  ])
  write(contracts(given), given.only)
