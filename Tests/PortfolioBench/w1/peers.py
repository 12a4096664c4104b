"""Workload W1 in DuckDB (exact decimals) and Polars (doubles): one run, its time, its columns.

    python peers.py duckdb|polars lines|columns FILE ROWS [--threads N] [--runs N]

Prints a JSON object: seconds of every run, whether the twelve columns are those of
expected_counts.json, the version. `lines` reads JSON Lines to verdict columns; `columns` has the
typed table in memory first (FILE is then the Parquet file).
"""
import argparse
import csv
import hashlib
import json
import os
import pathlib
import time

HERE = pathlib.Path(__file__).parent
parser = argparse.ArgumentParser()
parser.add_argument("engine")
parser.add_argument("what")
parser.add_argument("file")
parser.add_argument("rows")
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--runs", type=int, default=1)
ARGS = parser.parse_args()
os.environ["POLARS_MAX_THREADS"] = str(ARGS.threads)
EXPECTED = json.loads((HERE / "expected_counts.json").read_text())[ARGS.rows]["conditions"]
NAMES = [f"c{n:02d}" for n in range(1, 13)]


def verify(columns):
    """The names of the columns (bytes, one a contract) that are not as expected."""
    return [n for n, c in zip(NAMES, columns) if hashlib.sha256(c).hexdigest() != EXPECTED[n.upper()]["sha256"]]


FLAT = {
    "signed": "signed", "instrument": "aid.instrument", "amount": "aid.amount", "outstanding": "aid.outstanding",
    "sector": "borrower.sector", "borrower_country": "borrower.country", "parent_country": "borrower.parent_country",
    "owners": "borrower.owners", "fte_baseline": "employment.baseline", "fte_now": "employment.now",
    "emissions_base_year": "emissions.base_year", "emissions_base": "emissions.base", "emissions_now": "emissions.now",
    "emissions_verified": "emissions.verified", "dividends": "distributions.dividends",
    "buybacks": "distributions.buybacks", "exec_pay_max": "exec_pay.max", "exec_pay_cap": "exec_pay.cap",
    "net_debt": "finance.net_debt", "ebitda": "finance.ebitda", "interest": "finance.interest",
    "spend_total": "spending.total", "spend_climate": "spending.climate", "spend_digital": "spending.digital",
    "report_due": "reporting.due", "report_received": "reporting.received", "energy_intensity": "energy_intensity"}


def duckdb_run():
    import duckdb
    db = duckdb.connect()
    db.execute(f"SET threads={ARGS.threads}")
    db.execute(f"CREATE TABLE listed AS SELECT country, \"from\" AS f, coalesce(until, DATE '9999-12-31') AS u "
               f"FROM read_csv('{HERE}/jurisdictions.csv', types={{'from': 'DATE', 'until': 'DATE'}})")
    db.execute("CREATE TABLE spells AS SELECT country, list({'f': f, 'u': u}) AS s FROM listed GROUP BY country")
    db.execute("CREATE MACRO is_listed(s, d) AS coalesce(len(list_filter(s, lambda x: x.f <= d AND d < x.u)) > 0, false)")
    db.execute(f"CREATE TABLE required AS SELECT section, instrument, required_reduction_pct::DECIMAL(5,1) AS r "
               f"FROM read_csv('{HERE}/reduction_table.csv')")
    db.execute("CREATE TABLE havens AS SELECT map(list(country), list(s)) AS m FROM spells")
    d2, d1, d3 = "DECIMAL(18,2)", "DECIMAL(18,1)", "DECIMAL(18,3)"
    shape = {
        "id": "VARCHAR", "signed": "DATE",
        "aid": f"STRUCT(instrument VARCHAR, amount {d2}, outstanding {d2}, currency VARCHAR)",
        "borrower": f"STRUCT(sector VARCHAR, country VARCHAR, parent_country VARCHAR, owners STRUCT(country VARCHAR, share DECIMAL(5,2))[])",
        "employment": f"STRUCT(baseline {d1}, now {d1})",
        "emissions": f"STRUCT(base_year SMALLINT, base {d3}, now {d3}, verified BOOLEAN)",
        "distributions": f"STRUCT(dividends {d2}, buybacks {d2})", "exec_pay": f"STRUCT(max {d2}, cap {d2})",
        "finance": f"STRUCT(net_debt {d2}, ebitda {d2}, interest {d2})",
        "spending": f"STRUCT(total {d2}, climate {d2}, digital {d2})", "reporting": "STRUCT(due DATE, received DATE)",
        "energy_intensity": d1}
    flat = ", ".join(f"{path} AS {name}" for name, path in FLAT.items())
    if ARGS.what == "lines":
        columns = ", ".join(f"'{k}': '{v}'" for k, v in shape.items())
        source = f"(SELECT {flat} FROM read_json('{ARGS.file}', format='newline_delimited', columns={{{columns}}}))"
    else:
        db.execute(f"CREATE TABLE portfolio AS SELECT * FROM read_parquet('{ARGS.file}')")
        source = "portfolio"
    verdict = lambda truth: f"(CASE WHEN ({truth}) IS NULL THEN 2 WHEN ({truth}) THEN 0 ELSE 1 END)::UTINYINT"
    when = lambda test, truth: f"(CASE WHEN NOT ({test}) THEN 3 WHEN ({truth}) IS NULL THEN 2 WHEN ({truth}) THEN 0 ELSE 1 END)::UTINYINT"
    listed = lambda c: f"(CASE WHEN {c} IS NULL THEN NULL ELSE is_listed(m[{c}], signed) END)"
    cut = "(emissions_base - emissions_now)"
    owners = ("list_transform(list_filter(owners, lambda o: o.share >= 25.00), "
              "lambda o: CASE WHEN o.country IS NULL THEN NULL ELSE is_listed(m[o.country], signed) END)")
    c05 = (f"CASE WHEN coalesce(list_contains({owners}, true), false) THEN false "
           f"WHEN len(list_filter({owners}, lambda x: x IS NULL)) > 0 THEN NULL ELSE true END")
    c06 = ("(CASE WHEN report_due IS NULL THEN 2 WHEN report_due > DATE '2026-06-30' THEN 3 "
           "WHEN report_received IS NOT NULL THEN CASE WHEN report_received <= report_due + 30 THEN 0 ELSE 1 END "
           "WHEN DATE '2026-06-30' > report_due + 30 THEN 1 ELSE 2 END)::UTINYINT")
    terms = [
        verdict("energy_intensity <= 270.0"),
        verdict(f"emissions_verified AND {cut} * 100 * (2030 - emissions_base_year) >= 55 * (2026 - emissions_base_year) * emissions_base"),
        when("r IS NOT NULL", f"{cut} * 100 >= r * emissions_base"),
        verdict(f"NOT ({listed('borrower_country')} OR {listed('parent_country')})"),
        verdict(c05), c06,
        when("p.instrument = 'recapitalisation'", "exec_pay_max <= exec_pay_cap"),
        when("outstanding > 0", "dividends = 0 AND buybacks = 0"),
        when("amount >= 1000000.00 AND p.instrument IN ('loan', 'guarantee')", "ebitda > 0 AND net_debt * 10 <= ebitda * 35"),
        when("amount >= 1000000.00 AND p.instrument <> 'grant'", "interest = 0 OR ebitda >= 2 * interest"),
        when("fte_baseline <> 0", "fte_now * 10 >= fte_baseline * 9"),
        when("spend_total <> 0", "spend_climate * 100 >= spend_total * 37 AND spend_digital * 100 >= spend_total * 20")]
    query = ("SELECT " + ", ".join(f"{t} AS {n}" for t, n in zip(terms, NAMES)) +
             f" FROM {source} p LEFT JOIN required q ON q.section = p.sector[1] AND q.instrument = p.instrument, havens")
    seconds = []
    for _ in range(ARGS.runs):
        start = time.perf_counter()
        found = db.execute(query).fetchnumpy()
        seconds.append(time.perf_counter() - start)
    return duckdb.__version__, seconds, verify([found[n].tobytes() for n in NAMES])


def polars_run():
    import polars as pl
    havens = pl.read_csv(HERE / "jurisdictions.csv", try_parse_dates=True).with_columns(
        pl.col("until").fill_null(pl.date(9999, 12, 31)))
    spells = {}
    for country, start, end in havens.iter_rows():
        spells.setdefault(country, []).append((start, end))
    required = pl.read_csv(HERE / "reduction_table.csv").rename({"required_reduction_pct": "r"}).lazy()

    def listed(country):
        """Whether a country column is listed on the day of signing: one test a listed country."""
        term = pl.lit(False)
        for name, times in spells.items():
            for start, end in times:
                term = term | ((country == name) & (pl.col("signed") >= start) & (pl.col("signed") < end))
        return pl.when(country.is_null()).then(None).otherwise(term)

    def code(truth, applies=None):
        inner = pl.when(truth.is_null()).then(2).when(truth).then(0).otherwise(1)
        return (inner if applies is None else pl.when(applies).then(inner).otherwise(3)).cast(pl.UInt8)

    number = pl.Float64
    shape = {
        "signed": pl.String, "aid": pl.Struct({"instrument": pl.String, "amount": number, "outstanding": number}),
        "borrower": pl.Struct({"sector": pl.String, "country": pl.String, "parent_country": pl.String,
                               "owners": pl.List(pl.Struct({"country": pl.String, "share": number}))}),
        "employment": pl.Struct({"baseline": number, "now": number}),
        "emissions": pl.Struct({"base_year": pl.Int64, "base": number, "now": number, "verified": pl.Boolean}),
        "distributions": pl.Struct({"dividends": number, "buybacks": number}),
        "exec_pay": pl.Struct({"max": number, "cap": number}),
        "finance": pl.Struct({"net_debt": number, "ebitda": number, "interest": number}),
        "spending": pl.Struct({"total": number, "climate": number, "digital": number}),
        "reporting": pl.Struct({"due": pl.String, "received": pl.String}), "energy_intensity": number}
    decimals = ["amount", "outstanding", "fte_baseline", "fte_now", "emissions_base", "emissions_now", "dividends",
                "buybacks", "exec_pay_max", "exec_pay_cap", "net_debt", "ebitda", "interest", "spend_total",
                "spend_climate", "spend_digital", "energy_intensity"]

    def flat(frame):
        out = []
        for name, path in FLAT.items():
            parts = path.split(".")
            term = pl.col(parts[0])
            for part in parts[1:]:
                term = term.struct.field(part)
            out.append(term.alias(name))
        return frame.select(out)

    def verdicts(frame):
        frame = frame.with_row_index("row").with_columns(
            section=pl.col("sector").str.slice(0, 1)).join(required, on=["section", "instrument"], how="left", maintain_order="left")
        cut = pl.col("emissions_base") - pl.col("emissions_now")
        year = pl.col("emissions_base_year")
        large = pl.col("amount") >= 1_000_000
        as_of = pl.date(2026, 6, 30)
        due, received = pl.col("report_due"), pl.col("report_received")
        last = due + pl.duration(days=30)
        owners = frame.select("row", "signed", "owners").explode("owners").with_columns(
            country=pl.col("owners").struct.field("country"), share=pl.col("owners").struct.field("share")).filter(
            pl.col("share") >= 25).with_columns(hit=listed(pl.col("country"))).group_by("row").agg(
            some=pl.col("hit").fill_null(False).any(), open=pl.col("hit").is_null().any())
        frame = frame.join(owners, on="row", how="left", maintain_order="left")
        some, open_ = pl.col("some").fill_null(False), pl.col("open").fill_null(False)
        climate = pl.col("spend_climate") * 100 >= pl.col("spend_total") * 37
        digital = pl.col("spend_digital") * 100 >= pl.col("spend_total") * 20
        instrument = pl.col("instrument")
        return frame.select(
            code(pl.col("energy_intensity") <= 270).alias("c01"),
            code(pl.col("emissions_verified") & (cut * 100 * (2030 - year) >= 55 * (2026 - year) * pl.col("emissions_base"))).alias("c02"),
            code(cut * 100 >= pl.col("r") * pl.col("emissions_base"), pl.col("r").is_not_null()).alias("c03"),
            code(~(listed(pl.col("borrower_country")) | listed(pl.col("parent_country")))).alias("c04"),
            pl.when(some).then(1).when(open_).then(2).otherwise(0).cast(pl.UInt8).alias("c05"),
            pl.when(due.is_null()).then(2).when(due > as_of).then(3).when(received.is_not_null()).then(
                pl.when(received <= last).then(0).otherwise(1)).when(last < as_of).then(1).otherwise(2).cast(pl.UInt8).alias("c06"),
            code(pl.col("exec_pay_max") <= pl.col("exec_pay_cap"), instrument == "recapitalisation").alias("c07"),
            code((pl.col("dividends") == 0) & (pl.col("buybacks") == 0), pl.col("outstanding") > 0).alias("c08"),
            code((pl.col("ebitda") > 0) & (pl.col("net_debt") * 10 <= pl.col("ebitda") * 35),
                 large & instrument.is_in(["loan", "guarantee"])).alias("c09"),
            code((pl.col("interest") == 0) | (pl.col("ebitda") >= 2 * pl.col("interest")), large & (instrument != "grant")).alias("c10"),
            code(pl.col("fte_now") * 10 >= pl.col("fte_baseline") * 9, pl.col("fte_baseline") != 0).alias("c11"),
            code(climate & digital, pl.col("spend_total") != 0).alias("c12"))

    seconds = []
    if ARGS.what == "columns":
        table = pl.read_parquet(ARGS.file).with_columns([pl.col(c).cast(number) for c in decimals]).with_columns(
            owners=pl.col("owners").cast(pl.List(pl.Struct({"country": pl.String, "share": number})))).lazy()
    for _ in range(ARGS.runs):
        start = time.perf_counter()
        if ARGS.what == "lines":
            frame = flat(pl.scan_ndjson(ARGS.file, schema=shape))
            frame = frame.with_columns(pl.col("signed", "report_due", "report_received").str.to_date("%Y-%m-%d"))
        else:
            frame = table
        found = verdicts(frame).collect()
        seconds.append(time.perf_counter() - start)
    return pl.__version__, seconds, verify([found[n].to_numpy().tobytes() for n in NAMES])


version, seconds, wrong = duckdb_run() if ARGS.engine == "duckdb" else polars_run()
print(json.dumps({"engine": ARGS.engine, "version": version, "what": ARGS.what, "threads": ARGS.threads,
                  "seconds": seconds, "wrong": wrong}))
