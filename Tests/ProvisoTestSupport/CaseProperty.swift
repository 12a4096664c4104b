// What holds for every generated ruleset and contract, asked of one seed at a time.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// Something that must hold of every generated case; tests ask it of a few hundred seeds, the fuzz
/// driver of as many as wanted.
package enum CaseProperty: String, CaseIterable, Sendable {
  /// `fmt` twice is `fmt` once, and says what the ruleset said.
  case formatting
  /// Every generated ruleset checks without an error, and every contract is read.
  case validity
  /// Derivations change no verdict, and each step follows from the ones below it.
  case derivations
  /// Asking by the knowledge of a day is asking with what was recorded later deleted.
  case knownAt = "known-at"
  /// Facts that no rule reads change nothing.
  case unrelated
  /// Ruleset, lists, holidays, contract and dates 400 years later: the dates of the result are
  /// 400 years later, and nothing else.
  case shift
  /// Two payments that add up to one change no total.
  case split
  /// A value given for an unknown never moves a test between kept and breached.
  case knowledge
  /// A waiver shows what it lies over, and taking it back gives the first result again.
  case waiver

  /// What a property found of one seed.
  package enum Finding: Sendable {
    /// It holds; telling where the seed had something to ask.
    case holds(isTelling: Bool)
    case fails(String)
  }

  /// Asks the property of the case of a seed.
  package func ask(_ seed: UInt64) -> Finding {
    do throws(GeneratedCase.Refusal) {
      switch self {
      case .formatting: return Self.formatting(seed)
      case .validity:
        let generated = GeneratedCase(seed: seed)
        _ = try generated.facts(for: try generated.evaluator())
        return .holds(isTelling: true)
      case .derivations: return try Self.derivations(seed)
      case .knownAt: return try Self.knownAt(seed)
      case .unrelated: return try Self.unrelated(seed)
      case .shift: return try Self.shift(seed)
      case .split: return try Self.split(seed)
      case .knowledge: return try Self.knowledge(seed)
      case .waiver: return try Self.waiver(seed)
      }
    } catch {
      return .fails("\(error)")
    }
  }

  /// Asks the property of several seeds one after another; stops at the first that fails.
  package func failure(from first: UInt64, count: Int) -> (failure: String?, tellingCount: Int) {
    var tellingCount = 0
    for offset in 0..<count {
      let seed = first &+ UInt64(offset)
      switch ask(seed) {
      case .holds(let isTelling): if isTelling { tellingCount += 1 }
      case .fails(let text): return ("\(rawValue), seed \(seed): \(text)", tellingCount)
      }
    }
    return (nil, tellingCount)
  }

  // MARK: The properties

  private static func formatting(_ seed: UInt64) -> Finding {
    var generator = RulesetGenerator(seed: seed)
    let file = SourceFile(id: SourceID(0), name: "generated.proviso", text: generator.ruleset())
    let parsed = parse(file)
    guard case .formatted(let once) = format(file) else {
      return .fails("does not parse:\n\(parsed.diagnostics.rendered(in: SourceFiles([file])))")
    }
    let again = SourceFile(id: SourceID(0), name: "generated.proviso", bytes: once)
    guard case .formatted(let twice) = format(again), once == twice else {
      return .fails("is laid out differently the second time")
    }
    guard sameMeaning(parsed, parse(again)) else { return .fails("says something else laid out") }
    return .holds(isTelling: once != file.bytes)
  }

  private static func derivations(_ seed: UInt64) throws(GeneratedCase.Refusal) -> Finding {
    let generated = GeneratedCase(seed: seed)
    let evaluator = try generated.evaluator()
    let facts = try generated.facts(for: evaluator)
    func verdict(_ tracing: Tracing) -> ContractVerdict {
      evaluator.evaluate(
        facts, asOf: generated.asOf, knownAt: generated.knownAt, tracing: tracing)
    }
    let traced = verdict(.withDerivations)
    if traced.withoutDerivations != verdict(.verdictsOnly) { return .fails("tracing changes it") }
    let problems = DerivationRechecker.problems(in: traced, of: evaluator.ruleset)
    if !problems.isEmpty { return .fails("steps that do not follow: \(problems.prefix(5))") }
    return .holds(isTelling: traced.conditions.contains { !$0.tests.isEmpty })
  }

  private static func knownAt(_ seed: UInt64) throws(GeneratedCase.Refusal) -> Finding {
    let generated = GeneratedCase(seed: seed)
    let evaluator = try generated.evaluator()
    let earlier = generated.contract.withoutLater(than: generated.knownAt)
    let all = evaluator.verdict(try generated.facts(for: evaluator), generated)
    let known = evaluator.verdict(try GeneratedCase.facts(earlier, for: evaluator), generated)
    if let difference = difference(all, known) {
      return .fails("deleting what was recorded later changes \(difference)")
    }
    return .holds(isTelling: earlier != generated.contract)
  }

  private static func unrelated(_ seed: UInt64) throws(GeneratedCase.Refusal) -> Finding {
    let generated = GeneratedCase(seed: seed)
    let evaluator = try generated.evaluator()
    var contracts = ContractGenerator(seed: seed &+ 1)
    var more = generated.contract
    more["spare"] = contracts.fact { $0.amount() }
    more["spares"] = .array([contracts.payout(), contracts.payout()])
    let before = evaluator.verdict(try generated.facts(for: evaluator), generated)
    let after = evaluator.verdict(try GeneratedCase.facts(more, for: evaluator), generated)
    if let difference = difference(before, after) {
      return .fails("facts that nobody reads change \(difference)")
    }
    return .holds(isTelling: true)
  }

  private static func shift(_ seed: UInt64) throws(GeneratedCase.Refusal) -> Finding {
    let generated = GeneratedCase(seed: seed, writesExtremeDates: false)
    guard let later = generated.shiftedCase else { return .fails("the dates do not shift") }
    let before = try generated.verdict()
    let after = try later.verdict()
    for (one, other) in zip(before.conditions, after.conditions) {
      let dates = { (tests: [TestVerdict]) in tests.flatMap { [$0.testDate, $0.dueDate] } }
      let moved = dates(one.tests).map { $0.flatMap { $0.adding(days: 146_097) } }
      if moved != dates(other.tests) { return .fails("dates of \(one.condition) do not shift") }
    }
    if withoutCenturies(try generated.json()) != withoutCenturies(try later.json()) {
      return .fails("something besides the dates changes in 400 years")
    }
    return .holds(isTelling: before.outcome != .notGoverned)
  }

  /// A text in which years are told apart only by their place in 400 years.
  private static func withoutCenturies(_ text: String) -> String {
    var bytes = Array(text.utf8)
    var index = 0
    func isDigit(_ place: Int) -> Bool {
      bytes.indices.contains(place) && (0x30...0x39).contains(bytes[place])
    }
    while index < bytes.count {
      guard isDigit(index) else {
        index += 1
        continue
      }
      var end = index
      while isDigit(end) { end += 1 }
      if end - index == 4 {
        let year = bytes[index..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let place = Array(String(1000 + year % 400).utf8)
        if year >= 1900, year < 2600 { bytes.replaceSubrange(index..<end, with: place) }
      }
      index = end
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func knowledge(_ seed: UInt64) throws(GeneratedCase.Refusal) -> Finding {
    let generated = GeneratedCase(seed: seed, features: .monotone, missingPercent: 35)
    let evaluator = try generated.evaluator()
    let before = evaluator.verdict(try generated.facts(for: evaluator), generated)
    // Another contract of the same ruleset gives the values that are missing in this one.
    var filler = ContractGenerator(seed: seed &+ 0x5DEE_CE66)
    filler.missingPercent = 0
    filler.versionsPercent = 0
    let filled = generated.contract.filled(from: filler.contract())
    let after = evaluator.verdict(try GeneratedCase.facts(filled, for: evaluator), generated)
    var isTelling = false
    for (one, other) in zip(before.conditions, after.conditions) {
      let kept = { (outcome: Outcome) in outcome.countsAsMet || outcome == .notApplicable }
      if one.outcome == .breached && kept(other.outcome)
        || kept(one.outcome) && other.outcome == .breached
      {
        return .fails(
          "\(evaluator.ruleset[one.condition].name) was \(one.outcome.rawValue) and is "
            + "\(other.outcome.rawValue) with\n\(filled.text)")
      }
      if one.outcome != other.outcome { isTelling = true }
    }
    return .holds(isTelling: isTelling)
  }

  private static func waiver(_ seed: UInt64) throws(GeneratedCase.Refusal) -> Finding {
    var features = RulesetGenerator.Features()
    features.asksConditions = false
    var generated = GeneratedCase(seed: seed, features: features)
    generated.contract["waivers"] = nil
    let evaluator = try generated.evaluator()
    let before = evaluator.verdict(try generated.facts(for: evaluator), generated)
    var contracts = ContractGenerator(seed: seed &+ 2)
    contracts.conditionNames = generated.conditionNames
    var waived = generated.contract
    waived["waivers"] = .array([contracts.waiver(), contracts.waiver()])
    let during = evaluator.verdict(try GeneratedCase.facts(waived, for: evaluator), generated)
    var waivedCount = 0
    for (one, other) in zip(before.conditions, during.conditions) {
      // A waiver ends a row of breaches, so what a limited cure or a repeated breach counts may
      // change with it; the outcome beneath may not.
      let isCounted = evaluator.ruleset[one.condition].cure.map {
        $0.atMost != nil || $0.isNeverTwiceInARow
      }
      if isCounted == true { continue }
      for (plain, laid) in zip(one.tests, other.tests) {
        if laid.outcome == .waived { waivedCount += 1 }
        if (laid.outcome == .waived ? laid.beneath : laid.outcome) != plain.outcome {
          return .fails("a waiver hides what \(evaluator.ruleset[one.condition].name) was")
        }
      }
      if one.tests.count != other.tests.count { return .fails("a waiver changes the tests") }
    }
    waived["waivers"] = .array([])
    let after = evaluator.verdict(try GeneratedCase.facts(waived, for: evaluator), generated)
    if before != after { return .fails("without the waiver it is not what it was") }
    return .holds(isTelling: waivedCount > 0)
  }

  private static func difference(_ one: ContractVerdict, _ other: ContractVerdict) -> String? {
    if one.outcome != other.outcome { return "the outcome" }
    if one.conditions != other.conditions {
      let pair = zip(one.conditions, other.conditions).first { $0 != $1 }
      return "the conditions: \(pair.map { "\($0) and \($1)" } ?? "")"
    }
    return one.determinations == other.determinations ? nil : "the determinations"
  }
}

extension Evaluator {
  /// The verdict on a contract on the dates of a case.
  func verdict(_ contract: Contract, _ generated: GeneratedCase) -> ContractVerdict {
    evaluate(
      contract, asOf: generated.asOf, knownAt: generated.knownAt, tracing: .verdictsOnly)
  }
}

extension JSONTree {
  /// The contract with the top-level fields, series entries and members' fields it lacks.
  ///
  /// What is there stays: a list that is given is complete, and a level, a version or an item of
  /// evidence more would be another statement and not a value for an unknown.
  func filled(from other: JSONTree) -> JSONTree {
    var result = self
    guard case .object(let members) = other else { return self }
    for member in members {
      switch (self[member.key], member.key) {
      case (_, "id"), (_, "evidence"), (_, "assessments"), (_, "waivers"): break
      case (nil, _): result[member.key] = member.value
      case (let series?, "emissions"), (let series?, "ebitda"), (let series?, "output"):
        result[member.key] = series.joined(with: member.value)
      default: break
      }
    }
    return result
  }

  /// A series with the periods of another that it lacks, if it is one.
  private func joined(with other: JSONTree) -> JSONTree {
    guard case .object(let members) = other, self["value"] == nil, self["versions"] == nil else {
      return self
    }
    var result = self
    for member in members where result[member.key] == nil { result[member.key] = member.value }
    return result
  }
}
