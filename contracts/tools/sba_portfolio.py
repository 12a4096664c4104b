#!/usr/bin/env python3
"""Makes a portfolio for the ruleset sba-jobs from loans that the SBA guaranteed in California.

Usage: sba_portfolio.py LOANS.csv [--only ID,ID] > portfolio.jsonl

LOANS.csv has the columns loan_number, naics, approval_date, term_months, jobs_created,
jobs_retained, charge_off_date, loan_status, approved_gross_usd and sba_guaranteed_usd, dates in ISO
form.

Readings, all stated in contracts/README.md:
- The names of borrowers are left out: some are sole traders, and no condition asks for them.
- No jobs created, or none retained, in a loan approved before 1999 means that nobody asked, and is
  left out. From 1999 on it means none.
- A blank charge-off date: the loan was not charged off, as far as the file knows.
"""

from portfolio_lines import options, rows, write

ASKED_SINCE = "1999-01-01"

STATUSES = {"P I F": "paid_in_full", "CHGOFF": "charged_off_in_full"}


def contract(row):
  found = {
    "id": row["loan_number"],
    "signed": row["approval_date"],
    "sector": row["naics"],
    "approved": f"USD {row['approved_gross_usd']}",
    "guaranteed": f"USD {row['sba_guaranteed_usd']}",
  }
  for field in ("jobs_created", "jobs_retained"):
    if int(row[field]) > 0 or row["approval_date"] >= ASKED_SINCE:
      found[field] = int(row[field])
  found["term"] = int(row["term_months"])
  found["status"] = STATUSES[row["loan_status"]]
  found["charged_off"] = row["charge_off_date"] or None
  return found


if __name__ == "__main__":
  given = options(__doc__)
  write((contract(row) for row in rows(given.data)), given.only)
