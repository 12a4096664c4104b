// Pages of what can be wrong with values that carry their history or proof.

import ProvisoSource

extension ContractDiagnostics {
  static let shapePages = [
    page(
      ContractCode.annotation, "a value with a misplaced annotation",
      bad: "{ \"id\": \"L-1\", \"amount\": { \"value\": 5, \"since\": \"2021-03-01\" } }",
      good: "{ \"id\": \"L-1\", \"amount\": { \"value\": 5, \"from\": \"2021-03-01\" } }",
      why: """
        A value with its history is an object with `value` and any of `from`, `recorded`, \
        `evidence`. Another key would be a date that nobody reads.
        """),
    page(
      ContractCode.versions, "versions that are not a list of versions",
      bad: "{ \"id\": \"L-1\", \"amount\": { \"versions\": [] } }",
      good: """
        { "id": "L-1", "amount": { "versions": [ { "value": 5, "from": "2021-03-01" } ] } }
        """,
      why: """
        Each version is an object with a `value`. An empty list says neither that there is a \
        value nor that there is none: leave the field out.
        """),
    page(
      ContractCode.completeUntil, "`complete until` where no list is dated",
      bad: """
        { "id": "L-1", "owners": { "value": [], "complete until": "2021-12-31" } }
        """,
      good: """
        { "id": "L-1", "payouts": { "value": [], "complete until": "2021-12-31" } }
        """,
      why: """
        Only members with dates can be complete up to a day. The ruleset says by which field a \
        list is dated.
        """),
  ]
}
