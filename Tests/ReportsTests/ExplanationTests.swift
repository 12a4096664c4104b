// Whole explanations in every form, held to snapshots; the JSON held to its schema.

import Foundation
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import Testing

/// A verdict that shows nearly everything, and its explanation.
func sampleExplanation(
  _ sample: Sample = Sample(), contract: String = "C-1", withDerivations: Bool = true
) -> Explanation {
  let spell = Spell(from: day("2020-02-18"), until: day("2026-10-09"))
  let missing = ReasonSet(Reason(.missingFact, subject: "emissions[2025]"))
  let request = Request(
    kind: .fact, subject: "emissions[2025]", detail: "give `emissions` for 2025, in tCO2e")
  let carbon = ConditionVerdict(
    condition: sample.conditions["carbon_path"]!, outcome: .breached,
    tests: [
      sample.test(
        .breached, period: "2024", derivation: withDerivations ? sample.carbonPath(412) : nil),
      sample.test(
        .undetermined, period: "2025", tested: "2025-12-31", due: "2025-12-31", reasons: missing,
        requests: [request]),
    ],
    consequences: [
      ConsequenceResult(
        verb: .stepUp, object: "margin",
        amount: .points(.quantity(fraction(25, 10_000)), .quantity(.basisPoints)),
        due: day("2025-04-30"), test: 0, until: "met", span: sample.file.span, derivation: nil)
    ])
  let haven = ConditionVerdict(
    condition: sample.conditions["no_tax_haven"]!, outcome: .breached,
    tests: [
      sample.test(
        .breached, tested: "2021-03-01", due: "2021-03-01",
        derivation: withDerivations
          ? sample.taxHaven([("Holdco", 25, "PA", spell), ("Family", 60, "DE", nil)]) : nil)
    ],
    consequences: [
      ConsequenceResult(
        verb: .recall, object: nil,
        amount: .amount(.quantity(fraction(12_744_000)), .quantity(Sample.euro)),
        due: day("2021-03-01"), test: 0, until: nil, span: sample.file.span, derivation: nil),
      ConsequenceResult(
        verb: .charge, object: nil, amount: .unknown(missing), due: day("2021-03-01"), test: 0,
        until: nil, span: sample.file.span, derivation: nil),
    ])
  let leverage = ConditionVerdict(
    condition: sample.conditions["leverage"]!, outcome: .met,
    tests: [
      sample.test(
        .met,
        derivation: withDerivations ? sample.leverage(ebitda: 1_000_000, debt: 3_500_000) : nil)
    ], consequences: [])
  let payout = ConditionVerdict(
    condition: sample.conditions["no_payout"]!, outcome: .met, tests: [], consequences: [])
  let verdict = ContractVerdict(
    contractID: contract, asOf: Sample.asOf, knownAt: Sample.asOf, outcome: .breached,
    conditions: [carbon, haven, leverage, payout],
    determinations: [
      DeterminationResult(
        determination: 0, value: .known(.quantity(fraction(1, 3))), exception: nil, requests: [],
        derivation: nil)
    ], laterFactCount: 1, undatedFactCount: 3)
  let remedy = Remedy(
    path: "emissions[2024]", type: .quantity(Sample.tonnes), relation: .atMost,
    value: .quantity(fraction(50_000_000_000)))
  return Explanation(
    verdict: verdict, ruleset: sample.ruleset,
    identity: RulesetIdentity(
      name: "recovery_aid", version: "2021.1",
      digest: "sha256:" + String(repeating: "ab", count: 32)),
    contractDigest: "sha256:" + String(repeating: "0c", count: 32),
    remedies: [TestReference(condition: carbon.condition, test: 0): [remedy]])
}

/// Runs python3 with the standard input given; its status and what it printed.
func python(_ script: String, arguments: [String] = [], input: String) throws -> (Int32, String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script] + arguments
  let (inside, outside) = (Pipe(), Pipe())
  process.standardInput = inside
  process.standardOutput = outside
  process.standardError = outside
  try process.run()
  inside.fileHandleForWriting.write(Data(input.utf8))
  try inside.fileHandleForWriting.close()
  let printed = outside.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: printed, as: UTF8.self))
}

let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// Prints the innermost complaints, which a choice between forms would hide.
let schemaValidator = """
  import json, sys, jsonschema
  schema = json.load(open(sys.argv[1]))
  jsonschema.Draft202012Validator.check_schema(schema)
  def innermost(error):
      for cause in error.context: yield from innermost(cause)
      if not error.context: yield error
  errors = list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)))
  found = [e for error in errors for e in innermost(error)]
  found.sort(key=lambda e: -len(e.absolute_path))
  for error in found[:5]: print(list(error.absolute_path), error.message[:300])
  sys.exit(1 if errors else 0)
  """

@Suite struct ExplanationTests {
  @Test func summaryText() {
    expectSnapshot(sampleExplanation().text(), "summary.txt")
  }

  @Test func fullText() {
    expectSnapshot(sampleExplanation().text(TextOptions(isFull: true)), "full.txt")
  }

  @Test func oneConditionInColour() {
    let sample = Sample()
    let focus = ExplanationFocus(condition: sample.conditions["carbon_path"], test: "2025")
    expectSnapshot(
      sampleExplanation(sample).text(TextOptions(usesColour: true, isFull: true, focus: focus)),
      "one-test-colour.txt")
  }

  @Test func markdown() { expectSnapshot(sampleExplanation().markdown(), "full.md") }

  @Test func html() { expectSnapshot(sampleExplanation().html(), "full.html") }

  @Test func jsonWithAndWithoutDerivations() {
    expectSnapshot(sampleExplanation().json(includesDerivations: true), "explain.json")
    expectSnapshot(sampleExplanation().json(), "check.json")
  }

  @Test func jsonFitsItsSchema() throws {
    let schema = repository.appendingPathComponent("docs/verdict.schema.json").path
    for explanation in [sampleExplanation(), sampleExplanation(withDerivations: false)] {
      for includesDerivations in [true, false] {
        let (status, printed) = try python(
          schemaValidator, arguments: [schema],
          input: explanation.json(includesDerivations: includesDerivations))
        #expect(status == 0, "\(printed)")
      }
    }
    let (status, _) = try python(
      schemaValidator, arguments: [schema],
      input: sampleExplanation().json().replacing("\"breached\"", with: "\"broken\""))
    #expect(status == 1, "the schema refuses an unknown outcome")
  }

  @Test func sameInputSameBytes() {
    #expect(
      sampleExplanation().json(includesDerivations: true)
        == sampleExplanation().json(includesDerivations: true))
    #expect(sampleExplanation().html() == sampleExplanation().html())
  }

  @Test func htmlIsWellFormed() throws {
    let script = """
      import sys
      from html.parser import HTMLParser
      class Checker(HTMLParser):
          stack = []
          def handle_starttag(self, tag, attrs):
              if tag not in ('meta', 'br', 'hr', 'link', 'img'): self.stack.append(tag)
              if tag in ('script', 'link', 'img', 'iframe'): sys.exit('loads ' + tag)
          def handle_endtag(self, tag):
              if not self.stack or self.stack.pop() != tag: sys.exit('misplaced ' + tag)
      checker = Checker(); checker.feed(sys.stdin.read()); checker.close()
      sys.exit(1 if checker.stack else 0)
      """
    let (status, printed) = try python(script, input: sampleExplanation().html())
    #expect(status == 0, "\(printed)")
  }
}
