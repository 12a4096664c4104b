#!/usr/bin/env python3
"""Extracts what the test of interest needs from the published ACTUS reference contracts.

    extract.py FOLDER > cases.csv

FOLDER holds ann.json, clm.json, lam.json, lax.json, nam.json, pam.json and ump.json as published
at https://github.com/actusfrf/actus-tests (CC BY-SA 4.0).

One row for each span of time over which a published interest event accrued: from one published
event to the next, with the principal and the rate that the first of the two left behind. An
interest event is IP (paid) or IPCI (added to the principal, so that the interest is what the
principal grew by). Figures are copied digit by digit, without zeros behind the last decimal;
nothing is computed but that growth.
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

HEADER = "contract,convention,currency,event,paid,published,carried,start,end,principal,rate"
FILES = ["ann", "clm", "lam", "lax", "nam", "pam", "ump"]


def figure(text):
    """A published figure as a plain decimal."""
    written = format(Decimal(str(text).strip()), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def day(text):
    """The day of a published time."""
    return text.strip()[:10]


def beginning(terms, events):
    """The state before the first event: published, or by the terms where it begins earlier."""
    first = events[0]
    if first["eventType"] in ("IED", "PRD"):
        return None
    sign = -1 if terms["contractRole"] == "RPL" else 1
    start = max(day(terms["initialExchangeDate"]), day(terms["statusDate"]))
    return {
        "eventDate": start,
        "notionalPrincipal": sign * Decimal(terms["notionalPrincipal"].strip()),
        "nominalInterestRate": terms.get("nominalInterestRate", "0"),
        "accruedInterest": "0",
    }


def interest(before, event):
    """The published interest of an event; nothing where it has none."""
    if event["eventType"] == "IP":
        return figure(event["payoff"])
    if event["eventType"] == "IPCI" and before is not None:
        grown = Decimal(str(event["notionalPrincipal"]).strip())
        return figure(grown - Decimal(str(before["notionalPrincipal"]).strip()))
    return None


def rows(contract):
    """The rows of one contract."""
    terms = contract["terms"]
    head = [contract["identifier"], terms["dayCountConvention"].strip(), terms["currency"].strip()]
    before = beginning(terms, contract["results"])
    spans, carried = [], "0"
    for event in contract["results"]:
        if before is not None and day(before["eventDate"]) != day(event["eventDate"]):
            spans.append(
                [
                    day(before["eventDate"]),
                    day(event["eventDate"]),
                    figure(before["notionalPrincipal"]),
                    figure(before["nominalInterestRate"]),
                ]
            )
        elif before is None:
            carried = figure(event["accruedInterest"])
        published = interest(before, event)
        if published is not None:
            for position, span in enumerate(spans):
                first = carried if position == 0 else "0"
                yield head + [event["eventType"], day(event["eventDate"]), published, first] + span
            spans, carried = [], "0"
        before = event


def main(folder):
    print(HEADER)
    for name in FILES:
        contracts = json.loads((Path(folder) / f"{name}.json").read_text(encoding="utf-8"))
        for contract in contracts.values():
            for row in rows(contract):
                print(",".join(row))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
