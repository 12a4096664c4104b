// From a seed to an input: which files a case starts from and how they are changed.

import ProvisoChecker
import ProvisoContracts
import ProvisoInterpreter
import ProvisoQuantities
import ProvisoSource

/// A ruleset of the corpus that passes the checker, with the contracts that it reads.
struct FuzzSubject: Sendable {
  let name: String
  let tokens: TokenText
  let evaluator: Evaluator
  /// Contracts that were made for it, as bytes and as trees.
  let contracts: [(bytes: [UInt8], tree: FuzzJSON)]
}

/// Makes cases.
struct FuzzCases: Sendable {
  let pipeline: FuzzPipeline
  private let rulesets: [(file: CorpusFile, tokens: TokenText)]
  private let contracts: [(bytes: [UInt8], tree: FuzzJSON)]
  private let subjects: [FuzzSubject]

  /// Prepares the corpus: rulesets are cut into tokens, and the valid ones checked.
  ///
  /// - Parameter beginPass: Called before each pass of a case.
  init(corpus: FuzzCorpus, beginPass: @escaping @Sendable () -> Void = {}) {
    pipeline = FuzzPipeline(filesByName: corpus.filesByName, beginPass: beginPass)
    rulesets = corpus.rulesets.map { ($0, TokenText($0.bytes)) }
    let contracts = corpus.contracts.compactMap { file in
      FuzzJSON(file.bytes).map { (bytes: file.bytes, tree: $0) }
    }
    self.contracts = contracts
    var subjects: [FuzzSubject] = []
    for file in corpus.rulesets {
      let source = SourceFile(id: SourceID(0), name: file.name, bytes: file.bytes)
      guard let ruleset = check(source, load: pipeline.load).ruleset else { continue }
      let fitting = contracts.filter { contract in
        let source = SourceFile(id: SourceID(900), name: "contract.json", bytes: contract.bytes)
        let reading = readContract(source, for: ruleset)
        return reading.contract != nil && reading.diagnostics.count < 3
      }
      subjects.append(
        FuzzSubject(
          name: file.name, tokens: TokenText(file.bytes), evaluator: Evaluator(ruleset),
          contracts: fitting))
    }
    self.subjects = subjects
  }

  /// What the corpus holds, in a line.
  var summary: String {
    "\(rulesets.count) rulesets, \(subjects.count) of them valid, \(contracts.count) contracts"
  }

  /// The input of a seed, and how to run it.
  func make(_ seed: UInt64) -> FuzzCase {
    var generator = FuzzGenerator(seed: seed)
    if subjects.isEmpty { return rulesetCase(&generator) }
    switch generator.below(10) {
    case 0..<3: return rulesetCase(&generator)
    case 3..<6: return gentleCase(&generator)
    default: return contractCase(&generator)
    }
  }

  /// A valid ruleset with a few numbers and words exchanged, asked about its own contracts.
  private func gentleCase(_ generator: inout FuzzGenerator) -> FuzzCase {
    guard let first = generator.choose(subjects), let second = generator.choose(subjects) else {
      return rulesetCase(&generator)
    }
    // Of two the smaller, mostly: many small cases find more than a few large ones.
    let isFirst = (first.tokens.solid.count < second.tokens.solid.count) != generator.once(in: 12)
    let subject = isFirst ? first : second
    let contracts = generator.choose(subject.contracts).map { [$0.bytes] } ?? []
    return FuzzCase(
      kind: "ruleset", bytes: generator.gentlyMutatedTokens(subject.tokens),
      action: .ruleset(name: subject.name, contracts: contracts, days: [generator.day()]))
  }

  private func rulesetCase(_ generator: inout FuzzGenerator) -> FuzzCase {
    guard let base = generator.choose(rulesets), let other = generator.choose(rulesets) else {
      return FuzzCase(kind: "empty", bytes: [], action: .ruleset(name: "", contracts: [], days: []))
    }
    // Now and then the untouched file, with other contracts and days.
    let bytes: [UInt8]
    switch generator.below(16) {
    case 0: bytes = base.file.bytes
    case 1..<6: bytes = generator.mutatedBytes(base.file.bytes, other: other.file.bytes)
    default: bytes = generator.mutatedTokens(base.tokens, other: other.tokens)
    }
    var chosen: [[UInt8]] = []
    if let contract = generator.choose(contracts) { chosen.append(contract.bytes) }
    return FuzzCase(
      kind: "ruleset", bytes: bytes,
      action: .ruleset(
        name: base.file.name, contracts: chosen, days: [generator.day()]))
  }

  private func contractCase(_ generator: inout FuzzGenerator) -> FuzzCase {
    let index = generator.below(subjects.count)
    let subject = subjects[index]
    let pool = subject.contracts.isEmpty || generator.once(in: 10) ? contracts : subject.contracts
    guard let base = generator.choose(pool), let other = generator.choose(contracts) else {
      return rulesetCase(&generator)
    }
    let bytes =
      generator.once(in: 3)
      ? generator.mutatedBytes(base.bytes, other: other.bytes)
      : generator.mutatedJSON(base.tree, other: other.tree)
    return FuzzCase(
      kind: "contract", bytes: bytes,
      action: .contract(subject: index, days: [generator.day()]))
  }

  /// Reads a contract by every valid ruleset of the corpus, as of two days.
  func runOnEverySubject(contract bytes: [UInt8]) throws(FuzzFinding) {
    let days = ["2022-12-31", "2030-06-30"].compactMap { CalendarDate(iso: $0) }
    for subject in subjects {
      try pipeline.run(contract: bytes, for: subject.evaluator, days: days)
    }
  }

  /// Runs a case.
  func run(_ fuzzCase: FuzzCase) throws(FuzzFinding) {
    switch fuzzCase.action {
    case .ruleset(let name, let contracts, let days):
      try pipeline.run(ruleset: fuzzCase.bytes, named: name, contracts: contracts, days: days)
    case .contract(let subject, let days):
      try pipeline.run(
        contract: fuzzCase.bytes, for: subjects[subject].evaluator, days: days)
    }
  }
}

/// One input, and what is done with it.
struct FuzzCase {
  enum Action {
    case ruleset(name: String, contracts: [[UInt8]], days: [CalendarDate])
    /// By the position of the ruleset among those that are valid.
    case contract(subject: Int, days: [CalendarDate])
  }

  let kind: String
  let bytes: [UInt8]
  let action: Action
}

extension FuzzGenerator {
  /// A day to ask about: mostly in the years that rulesets speak of.
  mutating func day() -> CalendarDate {
    if once(in: 12) { return CalendarDate(iso: choose(Self.edgeDates) ?? "") ?? .first }
    return CalendarDate(
      year: 2015 + below(35), month: 1 + below(12), day: 1 + below(28)) ?? .first
  }
}
