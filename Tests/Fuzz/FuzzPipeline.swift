// One case through the whole pipeline, and what has to hold on the way.

import ProvisoChecker
import ProvisoContracts
import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import ProvisoSyntax
import ProvisoTestSupport

/// Something that has to hold for every input and did not.
struct FuzzFinding: Error {
  let property: StaticString
}

/// The passes, from bytes to words.
struct FuzzPipeline: Sendable {
  /// What rulesets may read besides themselves. Lookup only.
  let filesByName: [String: [UInt8]]
  /// Called before each pass, so that each has its own time.
  var beginPass: @Sendable () -> Void = {}

  // MARK: Rulesets

  /// Parses, formats and checks a ruleset; what passes is asked about contracts.
  func run(
    ruleset bytes: [UInt8], named name: String, contracts: [[UInt8]], days: [CalendarDate],
    _ work: inout FuzzWork
  ) throws(FuzzFinding) {
    let file = SourceFile(id: SourceID(0), name: name, bytes: bytes)
    let parsed = parse(file)
    guard parsed.reconstructedBytes == bytes else {
      throw FuzzFinding(property: "LOST BYTES: ")
    }
    beginPass()
    let checked = check(file, load: load)
    beginPass()
    _ = (parsed.diagnostics + checked.diagnostics).rendered(in: SourceFiles(checked.sources))
    try tryFormatting(file, parsed)
    guard let ruleset = checked.ruleset else { return }
    if checked.diagnostics.contains(where: { $0.severity == .error }) {
      throw FuzzFinding(property: "RULESET IN SPITE OF AN ERROR: ")
    }
    work.count(\.checkedRulesets)
    beginPass()
    let evaluator = Evaluator(ruleset)
    if work.isChosen(in: 8) { _ = contractSchema(of: ruleset) }
    for scenario in work.some(of: ruleset.scenarios) {
      try ask(
        evaluator, about: scenario.given, asOf: scenario.asOf, knownAt: scenario.knownAt, &work)
    }
    for contract in contracts {
      try run(contract: contract, for: evaluator, days: days, &work)
      if work.isChosen(in: 2) { try runInColumns(contract, for: ruleset, days: days, &work) }
    }
  }

  /// Lowers a ruleset and decides a contract in columns: what these say is what the interpreter
  /// says, and what they take it takes.
  func runInColumns(
    _ contract: [UInt8], for ruleset: CheckedRuleset, days: [CalendarDate], _ work: inout FuzzWork
  ) throws(FuzzFinding) {
    guard let line = String(validating: contract, as: UTF8.self) else { return }
    for day in days where day.year <= 2200 {
      work.count(\.inColumns)
      beginPass()
      let differences = agreement(ruleset, lines: [line], asOf: day).differences
      guard let first = differences.first else { continue }
      print("\(ruleset.name) as of \(day): \(first)")
      throw FuzzFinding(property: "COLUMNS SAY OTHERWISE: ")
    }
  }

  /// Reads the files a ruleset names.
  func load(_ name: String) -> LoadedBytes {
    filesByName[name].map(LoadedBytes.bytes) ?? .notFound
  }

  /// Formats a ruleset twice: the second time changes nothing, the first time no meaning.
  private func tryFormatting(
    _ file: SourceFile, _ parsed: ParsedFile
  ) throws(FuzzFinding) {
    beginPass()
    guard case .formatted(let bytes) = format(file) else { return }
    beginPass()
    let formatted = SourceFile(id: file.id, name: file.name, bytes: bytes)
    guard sameMeaning(parsed, parse(formatted)) else {
      throw FuzzFinding(property: "FORMATTING CHANGES THE MEANING: ")
    }
    guard case .formatted(let again) = format(formatted), again == bytes else {
      throw FuzzFinding(property: "FORMATTING IS NOT IDEMPOTENT: ")
    }
  }

  // MARK: Contracts

  /// Reads a contract and, if it is one, asks what holds.
  func run(
    contract bytes: [UInt8], for evaluator: Evaluator, days: [CalendarDate], _ work: inout FuzzWork
  ) throws(FuzzFinding) {
    work.count(\.readings)
    beginPass()
    let file = SourceFile(id: SourceID(900), name: "contract.json", bytes: bytes)
    let reading = readContract(file, for: evaluator.ruleset)
    _ = reading.diagnostics.rendered(in: SourceFiles([file]))
    guard let contract = reading.contract else {
      guard reading.diagnostics.contains(where: { $0.severity == .error }) else {
        throw FuzzFinding(property: "REFUSED WITHOUT A REASON: ")
      }
      return
    }
    work.count(\.acceptedReadings)
    for day in days { try ask(evaluator, about: contract, asOf: day, knownAt: nil, &work) }
  }

  private func ask(
    _ evaluator: Evaluator, about contract: Contract, asOf: CalendarDate, knownAt: CalendarDate?,
    _ work: inout FuzzWork
  ) throws(FuzzFinding) {
    let known = knownAt ?? asOf
    work.count(\.verdicts)
    beginPass()
    let plain = evaluator.evaluate(contract, asOf: asOf, knownAt: known, tracing: .verdictsOnly)
    // The day comes from the command line and not from a file: eight thousand years of tests are
    // an answer to what was asked, and writing out each of their steps takes what it takes.
    if asOf.year > 2200 { return }
    beginPass()
    let traced = evaluator.evaluate(
      contract, asOf: asOf, knownAt: known, tracing: .withDerivations)
    let ruleset = evaluator.ruleset
    let identity = RulesetIdentity(name: ruleset.name, version: ruleset.version, digest: "")
    func explain(_ verdict: ContractVerdict) -> Explanation {
      Explanation(verdict: verdict, ruleset: ruleset, identity: identity, contractDigest: "")
    }
    let explanation = explain(traced)
    guard explain(plain).canonicalResult == explanation.canonicalResult else {
      throw FuzzFinding(property: "TRACING CHANGES THE VERDICT: ")
    }
    for form in work.forms() {
      work.count(\.explanations)
      try write(explanation, as: form)
    }
  }

  private func write(_ explanation: Explanation, as form: OutputForm) throws(FuzzFinding) {
    beginPass()
    switch form {
    case .text: _ = explanation.text(TextOptions(isFull: true))
    case .markdown: _ = explanation.markdown()
    case .html: _ = explanation.html()
    case .json:
      let json = explanation.json(includesDerivations: true)
      beginPass()
      guard JSONReader.read(Array(json.utf8)).problems.allSatisfy({ $0.kind == .tooDeep }) else {
        throw FuzzFinding(property: "OUTPUT THAT IS NOT JSON: ")
      }
    }
  }
}
