// From a seed to an input: which files a case starts from and how they are changed.

import ProvisoChecker
import ProvisoContracts
import ProvisoInterpreter
import ProvisoQuantities
import ProvisoSource

/// A contract of the corpus.
struct FuzzContract: Sendable {
  let bytes: [UInt8]
  let tree: FuzzJSON
  /// The rulesets whose fields it fits, by position among the valid ones.
  fileprivate(set) var readers: [Int] = []
}

/// A ruleset of the corpus that passes the checker.
struct FuzzSubject: Sendable {
  let name: String
  let tokens: TokenText
  let evaluator: Evaluator
  /// The contracts that fit its fields, by position.
  let contracts: [Int]
}

/// Makes cases.
struct FuzzCases: Sendable {
  let pipeline: FuzzPipeline
  private let rulesets: [(file: CorpusFile, tokens: TokenText)]
  private let contracts: [FuzzContract]
  private let subjects: [FuzzSubject]

  /// Prepares the corpus: rulesets are cut into tokens, and the valid ones checked.
  ///
  /// - Parameter beginPass: Called before each pass of a case.
  init(corpus: FuzzCorpus, beginPass: @escaping @Sendable () -> Void = {}) {
    pipeline = FuzzPipeline(filesByName: corpus.filesByName, beginPass: beginPass)
    rulesets = corpus.rulesets.map { ($0, TokenText($0.bytes)) }
    var contracts = corpus.contracts.compactMap { file in
      FuzzJSON(file.bytes).map { FuzzContract(bytes: file.bytes, tree: $0) }
    }
    var subjects: [FuzzSubject] = []
    for file in corpus.rulesets {
      let source = SourceFile(id: SourceID(0), name: file.name, bytes: file.bytes)
      guard let ruleset = check(source, load: pipeline.load).ruleset else { continue }
      let fitting = contracts.indices.filter { position in
        let bytes = contracts[position].bytes
        let source = SourceFile(id: SourceID(900), name: "contract.json", bytes: bytes)
        let reading = readContract(source, for: ruleset)
        return reading.contract != nil && reading.diagnostics.count < 3
      }
      for position in fitting { contracts[position].readers.append(subjects.count) }
      subjects.append(
        FuzzSubject(
          name: file.name, tokens: TokenText(file.bytes), evaluator: Evaluator(ruleset),
          contracts: fitting))
    }
    self.contracts = contracts
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

  /// One of the valid rulesets: of two the smaller, mostly, for many small cases find more than a
  /// few large ones.
  private func subject(_ generator: inout FuzzGenerator) -> Int {
    let first = generator.below(subjects.count)
    let second = generator.below(subjects.count)
    let isFirstSmaller = subjects[first].tokens.solid.count < subjects[second].tokens.solid.count
    return isFirstSmaller != generator.once(in: 12) ? first : second
  }

  /// A valid ruleset with a few numbers and words exchanged, asked about its own contracts.
  private func gentleCase(_ generator: inout FuzzGenerator) -> FuzzCase {
    let subject = subjects[subject(&generator)]
    let chosen = generator.choose(subject.contracts).map { [contracts[$0].bytes] } ?? []
    return FuzzCase(
      kind: "ruleset", bytes: generator.gentlyMutatedTokens(subject.tokens),
      action: .ruleset(name: subject.name, contracts: chosen), days: [generator.day()],
      choices: generator)
  }

  private func rulesetCase(_ generator: inout FuzzGenerator) -> FuzzCase {
    guard let first = generator.choose(rulesets), let other = generator.choose(rulesets) else {
      return FuzzCase(
        kind: "empty", bytes: [], action: .ruleset(name: "", contracts: []), days: [],
        choices: generator)
    }
    // Of two the smaller, mostly, as with the valid ones.
    let isFirstSmaller = first.file.bytes.count < other.file.bytes.count
    let base = isFirstSmaller != generator.once(in: 12) ? first : other
    // Now and then the untouched file, with other contracts and days.
    let bytes: [UInt8]
    switch generator.below(16) {
    case 0: bytes = base.file.bytes
    case 1..<6: bytes = generator.mutatedBytes(base.file.bytes, other: other.file.bytes)
    default: bytes = generator.mutatedTokens(base.tokens, other: other.tokens)
    }
    let chosen = generator.choose(contracts).map { [$0.bytes] } ?? []
    return FuzzCase(
      kind: "ruleset", bytes: bytes, action: .ruleset(name: base.file.name, contracts: chosen),
      days: [generator.day()], choices: generator)
  }

  /// A contract read by one ruleset that it fits, where there is one, and by any other one: over
  /// the seeds every ruleset reads every contract.
  private func contractCase(_ generator: inout FuzzGenerator) -> FuzzCase {
    let subject = subject(&generator)
    let own = generator.once(in: 10) ? nil : generator.choose(subjects[subject].contracts)
    guard let other = generator.choose(contracts) else { return rulesetCase(&generator) }
    let base = own.map { contracts[$0] } ?? generator.choose(contracts) ?? other
    let bytes =
      generator.once(in: 3)
      ? generator.mutatedBytes(base.bytes, other: other.bytes)
      : generator.mutatedJSON(base.tree, other: other.tree)
    let fitting = own == nil ? generator.choose(base.readers) ?? subject : subject
    let any = generator.below(subjects.count)
    return FuzzCase(
      kind: "contract", bytes: bytes,
      action: .contract(subjects: any == fitting ? [fitting] : [fitting, any]),
      days: [generator.day()], choices: generator)
  }

  /// Reads a contract by every valid ruleset of the corpus, as of two days.
  func runOnEverySubject(contract bytes: [UInt8]) throws(FuzzFinding) {
    let days = ["2022-12-31", "2030-06-30"].compactMap { CalendarDate(iso: $0) }
    var work = FuzzWork.thorough
    for subject in subjects {
      try pipeline.run(contract: bytes, for: subject.evaluator, days: days, &work)
    }
  }

  /// Runs a case, and says how much that was.
  @discardableResult
  func run(_ fuzzCase: FuzzCase) throws(FuzzFinding) -> FuzzCounts {
    var work = FuzzWork(choosingBy: fuzzCase.choices)
    switch fuzzCase.action {
    case .ruleset(let name, let contracts):
      try pipeline.run(
        ruleset: fuzzCase.bytes, named: name, contracts: contracts, days: fuzzCase.days, &work)
    case .contract(let chosen):
      for subject in chosen {
        let evaluator = subjects[subject].evaluator
        try pipeline.run(contract: fuzzCase.bytes, for: evaluator, days: fuzzCase.days, &work)
        guard work.isChosen(in: 8) else { continue }
        try pipeline.runInColumns(
          fuzzCase.bytes, for: evaluator.ruleset, days: fuzzCase.days, &work)
      }
    }
    return work.counts
  }
}

/// One input, and what is done with it.
struct FuzzCase {
  enum Action {
    case ruleset(name: String, contracts: [[UInt8]])
    /// By the positions of the rulesets among those that are valid.
    case contract(subjects: [Int])
  }

  let kind: String
  let bytes: [UInt8]
  let action: Action
  /// The days asked about.
  let days: [CalendarDate]
  /// Chooses what is looked at.
  let choices: FuzzGenerator
}

extension FuzzGenerator {
  /// A day to ask about: mostly in the years that rulesets speak of.
  mutating func day() -> CalendarDate {
    if once(in: 12) { return CalendarDate(iso: choose(Self.edgeDates) ?? "") ?? .first }
    return CalendarDate(
      year: 2015 + below(35), month: 1 + below(12), day: 1 + below(28)) ?? .first
  }
}
