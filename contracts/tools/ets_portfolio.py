#!/usr/bin/env python3
"""Makes a portfolio for the ruleset eu-ets from verified emissions of the EU Transaction Log.

Usage: ets_portfolio.py FOLDER [--only ID,ID] > portfolio.jsonl

FOLDER holds `installations.csv` (installation_id, name, …, country_code) and `emissions.csv`
(installation_id, year, allocated_free_t, verified_emissions_t).

Readings, all stated in contracts/README.md:
- One contract an installation; aviation operators are in the same list. Its id keeps the prefix of
  the registry, since the numbers repeat between countries.
- A year without a row is left out: it is not known, and not zero. A zero that was reported stays.
- The registry `XI` is Northern Ireland's; its country is the United Kingdom.
- A blank name is left out.
"""

import os

from portfolio_lines import options, rows, write

REGISTRIES_THAT_ARE_NO_COUNTRY = {"XI": "GB"}


def contracts(folder):
  emitted, allocated = {}, {}
  for row in rows(os.path.join(folder, "emissions.csv")):
    for column, series in (("verified_emissions_t", emitted), ("allocated_free_t", allocated)):
      if row[column]:
        series.setdefault(row["installation_id"], {})[row["year"]] = f"{row[column]} tCO2e"
  for row in rows(os.path.join(folder, "installations.csv")):
    key, code = row["installation_id"], row["country_code"]
    contract = {"id": key}
    if row["name"]:
      contract["installation"] = row["name"]
    contract["country"] = REGISTRIES_THAT_ARE_NO_COUNTRY.get(code, code)
    contract["emissions"] = emitted.get(key, {})
    contract["free_allowances"] = allocated.get(key, {})
    yield contract


if __name__ == "__main__":
  chosen = options(__doc__)
  write(contracts(chosen.data), chosen.only)
