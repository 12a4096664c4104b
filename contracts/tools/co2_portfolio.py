#!/usr/bin/env python3
"""Makes a portfolio for the ruleset national-path from the series of fossil CO2 by country.

Usage: co2_portfolio.py CO2.csv COUNTRIES.csv [--base-year YEAR] [--only ID,ID] > portfolio.jsonl

CO2.csv has the columns year, country and total_ktC, in thousand tonnes of carbon. COUNTRIES.csv
lists the codes of ISO 3166-1: `iso2`, `name`, `official_name`.

Readings, all stated in contracts/README.md:
- One contract a name of the series; the name in small letters is the id. States that split or
  merged have several names, and none of their series is joined.
- A blank cell or a missing row is a year that is not known.
- `country` is the code of the name, by the list or by the names below; a State that is no more has
  none. How many have none is told on standard error.
- The base year is 1990 unless --base-year says another one.
"""

import re
import sys

from portfolio_lines import options, rows, write

# How the series calls what ISO 3166-1 calls otherwise.
OTHER_NAMES = {
  "BRUNEI (DARUSSALAM)": "BN",
  "CHINA (MAINLAND)": "CN",
  "DEMOCRATIC PEOPLE S REPUBLIC OF KOREA": "KP",
  "DEMOCRATIC REPUBLIC OF THE CONGO (FORMERLY ZAIRE)": "CD",
  "FRANCE (INCLUDING MONACO)": "FR",
  "ISLAMIC REPUBLIC OF IRAN": "IR",
  "ITALY (INCLUDING SAN MARINO)": "IT",
  "MYANMAR (FORMERLY BURMA)": "MM",
  "PLURINATIONAL STATE OF BOLIVIA": "BO",
  "TURKEY": "TR",
  "UNITED KINGDOM": "GB",
  "HONG KONG SPECIAL ADMINSTRATIVE REGION OF CHINA": "HK",
  "FAEROE ISLANDS": "FO",
  "FALKLAND ISLANDS (MALVINAS)": "FK",
  "GUINEA BISSAU": "GW",
  "LIBYAN ARAB JAMAHIRIYAH": "LY",
  "MACAU SPECIAL ADMINSTRATIVE REGION OF CHINA": "MO",
  "REPUBLIC OF CAMEROON": "CM",
  "REUNION": "RE",
  "SAO TOME & PRINCIPE": "ST",
  "ST. VINCENT & THE GRENADINES": "VC",
  "SWAZILAND": "SZ",
  "LAO PEOPLE S DEMOCRATIC REPUBLIC": "LA",
  "COTE D IVOIRE": "CI",
  "ST. KITTS-NEVIS": "KN",
  "OCCUPIED PALESTINIAN TERRITORY": "PS",
  "BOSNIA & HERZEGOVINA": "BA",
  "CZECH REPUBLIC": "CZ",
  "FEDERATED STATES OF MICRONESIA": "FM",
  "MACEDONIA": "MK",
  "TIMOR-LESTE (FORMERLY EAST TIMOR)": "TL",
  "BONAIRE, SAINT EUSTATIUS, AND SABA": "BQ",
  "CURACAO": "CW",
  "REPUBLIC OF SOUTH SUDAN": "SS",
  "REPUBLIC OF SUDAN": "SD",
  "SAINT MARTIN (DUTCH PORTION)": "SX",
}


def codes(path):
  found = dict(OTHER_NAMES)
  for row in rows(path):
    for name in (row["name"], row["official_name"]):
      found.setdefault(name.upper(), row["iso2"])
  return found


def contracts(chosen):
  by_name = codes(chosen.countries)
  series = {}
  for row in rows(chosen.data):
    if row["total_ktC"]:
      series.setdefault(row["country"], {})[row["year"]] = f"{row['total_ktC']} ktC"
  nameless = [name for name in series if name not in by_name]
  if nameless:
    print(f"{len(nameless)} names have no code of ISO 3166: {', '.join(nameless)}", file=sys.stderr)
  for name, carbon in series.items():
    contract = {"id": re.sub("[^a-z]+", "-", name.lower()).strip("-"), "state": name}
    if name in by_name:
      contract["country"] = by_name[name]
    contract["base_year"] = chosen.base_year
    contract["carbon"] = carbon
    yield contract


if __name__ == "__main__":
  given = options(__doc__, more=[
    ("countries", {"help": "the codes of ISO 3166-1"}),
    ("--base-year", {"type": int, "default": 1990, "help": "the year to count from"}),
  ])
  write(contracts(given), given.only)
