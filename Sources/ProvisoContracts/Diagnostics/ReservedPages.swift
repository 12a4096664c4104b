// Pages of what can be wrong with evidence, assessments and waivers.

import ProvisoSource

extension ContractDiagnostics {
  static let reservedPages = [
    page(
      ContractCode.unknownEvidence, "evidence that the contract does not have",
      bad: "{ \"id\": \"L-1\", \"amount\": { \"value\": 5, \"evidence\": \"E-1\" } }",
      good: """
        { "id": "L-1", "amount": { "value": 5, "evidence": "E-1" }, "evidence": [
          { "id": "E-1", "kind": "jobs_report", "level": "verified",
          "received": "2022-03-31" } ] }
        """,
      why: """
        A fact names its proof by the id of an item under `evidence`. A proof that is not there \
        would look like one that is.
        """),
    page(
      ContractCode.duplicateEvidence, "two items of evidence with one id",
      bad: """
        { "id": "L-1", "evidence": [ { "id": "E-1", "kind": "jobs_report",
          "level": "verified", "received": "2022-03-31" }, { "id": "E-1",
          "kind": "jobs_report", "level": "stated", "received": "2023-03-31" } ] }
        """,
      good: """
        { "id": "L-1", "evidence": [ { "id": "E-1", "kind": "jobs_report",
          "level": "verified", "received": "2022-03-31" }, { "id": "E-2",
          "kind": "jobs_report", "level": "stated", "received": "2023-03-31" } ] }
        """,
      why: "Facts refer to evidence by its id, and explanations print it."),
    page(
      ContractCode.assuranceLevel, "a level of assurance that does not exist",
      bad: """
        { "id": "L-1", "evidence": [ { "id": "E-1", "kind": "jobs_report",
          "level": "audited", "received": "2022-03-31" } ] }
        """,
      good: """
        { "id": "L-1", "evidence": [ { "id": "E-1", "kind": "jobs_report",
          "level": "verified", "received": "2022-03-31" } ] }
        """,
      why: """
        The levels are ordered: claimed, stated, certified, contracted, verified, official. A \
        word outside the order could not be compared with what a condition asks for.
        """),
    page(
      ContractCode.missingKey, "an entry that lacks a key",
      bad: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "granted": "2022-05-01",
          "by": "Ministry of Finance" } ] }
        """,
      good: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "granted": "2022-05-01",
          "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      why: """
        A waiver, an assessment and an item of evidence count because they say who, when and \
        why. One that leaves that out is not one.
        """),
    page(
      ContractCode.unknownKey, "an entry with a key that has no meaning",
      bad: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "granted": "2022-05-01",
          "expiry": "2022-12-31", "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      good: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "granted": "2022-05-01",
          "expires": "2022-12-31", "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      why: """
        A misspelt `expires` that nobody reads would make a waiver last for ever. Remarks go \
        under `note`.
        """),
    page(
      ContractCode.plainAssessed, "a plain value where an assessment is asked for",
      bad: "{ \"id\": \"L-1\", \"has_substance\": true }",
      good: """
        { "id": "L-1", "assessments": [ { "field": "has_substance", "value": true,
          "by": "tax officer", "on": "2021-04-12", "why": "12 staff on site" } ] }
        """,
      why: """
        The ruleset says who judges this field. A judgement without an author, a day and a \
        reason is not one.
        """),
    page(
      ContractCode.assessedField, "an assessment of something that nobody assesses",
      bad: """
        { "id": "L-1", "assessments": [ { "field": "has_substanse", "value": true,
          "by": "tax officer", "on": "2021-04-12", "why": "12 staff on site" } ] }
        """,
      good: """
        { "id": "L-1", "assessments": [ { "field": "has_substance", "value": true,
          "by": "tax officer", "on": "2021-04-12", "why": "12 staff on site" } ] }
        """,
      why: """
        An assessment is about a field that the ruleset leaves to somebody's judgement, named by \
        its path. Facts that are reported are written plainly.
        """),
    page(
      ContractCode.waivedCondition, "a waiver of a condition that does not exist",
      bad: """
        { "id": "L-1", "waivers": [ { "condition": "keep_jobs", "granted": "2022-05-01",
          "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      good: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "granted": "2022-05-01",
          "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      why: "A waiver that lies over nothing would be taken for one that lies over something."),
    page(
      ContractCode.dateOrder, "an end before its beginning",
      bad: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "granted": "2022-05-01",
          "expires": "2021-05-01", "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      good: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "granted": "2022-05-01",
          "expires": "2023-05-01", "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      why: """
        A waiver or an assessment that had expired before it was made never held; one of its \
        dates is wrong.
        """),
    page(
      ContractCode.waivedTest, "a test that is not named by its period or date",
      bad: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "tests": ["first year"],
          "granted": "2022-05-01", "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      good: """
        { "id": "L-1", "waivers": [ { "condition": "keeps_jobs", "tests": ["2021"],
          "granted": "2022-05-01", "by": "Ministry of Finance", "why": "flood damage" } ] }
        """,
      why: """
        A verdict names each test by its period or its date, and a waiver names the tests it \
        covers in the same words.
        """),
  ]

  static let doubtPages = [
    page(
      ContractCode.unknownField, "a field that nobody asks for",
      bad: "{ \"id\": \"L-1\", \"ammount\": 5 }",
      good: "{ \"id\": \"L-1\", \"amount\": 5 }",
      why: """
        A contract may carry fields that this ruleset does not read. A misspelt one leaves the \
        fact that was meant unknown.
        """),
    page(
      ContractCode.unaskedEvidence, "evidence of a kind that no condition asks for",
      bad: """
        { "id": "L-1", "evidence": [ { "id": "E-1", "kind": "job_report",
          "level": "verified", "received": "2022-03-31" } ] }
        """,
      good: """
        { "id": "L-1", "evidence": [ { "id": "E-1", "kind": "jobs_report",
          "level": "verified", "received": "2022-03-31" } ] }
        """,
      why: "A condition finds its evidence by kind. A misspelt kind leaves the condition without."),
    page(
      ContractCode.otherAssessor, "an assessment by somebody else",
      bad: """
        { "id": "L-1", "assessments": [ { "field": "has_substance", "value": true,
          "by": "applicant", "on": "2021-04-12", "why": "12 staff on site" } ] }
        """,
      good: """
        { "id": "L-1", "assessments": [ { "field": "has_substance", "value": true,
          "by": "tax officer", "on": "2021-04-12", "why": "12 staff on site" } ] }
        """,
      why: """
        The ruleset says whose judgement counts. Others may be kept in the file, and are not \
        read.
        """),
    page(
      ContractCode.moreProblems, "more problems than are shown",
      bad:
        "{ \"id\": \"L-1\", \"owners\": [" + String(repeating: "5,", count: 20) + "5] }",
      good: "{ \"id\": \"L-1\", \"owners\": [] }",
      why: "After 20 errors the rest of a contract is not read. They most often have one cause."),
  ]
}
