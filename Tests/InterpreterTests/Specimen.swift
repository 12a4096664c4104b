// A small ruleset put together by hand, with its contract, for one question at a time.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoTestSupport
import Testing

func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .first }
func period(_ text: String) -> Period {
  Period(text: text) ?? Period.containing(.first, length: .year)
}

extension Value {
  static func number(_ value: Int) -> Value { .quantity(Fraction(value)) }
  static func percent(_ value: Int) -> Value {
    .quantity((try? Fraction(value) / .hundred) ?? .zero)
  }
  static func on(_ text: String) -> Value { .date(day(text)) }
}

extension Fact {
  static func value(_ value: Value) -> Fact { .plain(.scalar(value)) }
  static func list(_ members: [Fact], completeUntil: String? = nil) -> Fact {
    .plain(.list(FactList(members: members, completeUntil: completeUntil.map(day))))
  }
  static func record(_ facts: [Fact]) -> Fact { .plain(.record(facts)) }
  static func series(_ entries: [(String, Fact)]) -> Fact {
    .plain(
      .series(
        entries.map { SeriesEntry(period: period($0.0), fact: $0.1) }
          .sorted { $0.period < $1.period }))
  }
  static func levels(_ entries: [(String, Fact)]) -> Fact {
    .plain(.levels(entries.map { LevelEntry(date: day($0.0), fact: $0.1) }))
  }
  /// Versions as (value, from, recorded); nil where a date is not said.
  static func history(_ versions: [(Value?, String?, String?)]) -> Fact {
    .versions(
      versions.map {
        FactVersion(
          value: $0.0.map(FactValue.scalar), from: $0.1.map(day), recorded: $0.2.map(day))
      })
  }
}

/// A ruleset under construction and the contract that answers to it.
struct Specimen {
  var builder = RulesetBuilder()
  var facts: [Fact] = []
  var evidence: [EvidenceItem] = []
  var assessments: [Assessment] = []
  var waivers: [Waiver] = []

  /// Declares a field and gives its fact.
  mutating func field(
    _ name: String, _ type: ValueType, _ fact: Fact, assessor: String? = nil,
    orEmpty: Bool = false, datedBy: Int? = nil
  ) -> ExpressionID {
    facts.append(fact)
    return builder.field(name, type, assessor: assessor, orEmpty: orEmpty, datedBy: datedBy)
  }

  /// A statement of a known or unknown truth, read from a field of its own.
  mutating func statement(_ truth: Truth, _ name: String? = nil) -> ExpressionID {
    let fact: Fact =
      switch truth {
      case .true: .value(.boolean(true))
      case .false: .value(.boolean(false))
      case .unknown: .absent
      }
    return field(name ?? "s\(facts.count)", .boolean, fact)
  }

  var contract: Contract {
    Contract(
      id: "C-1", facts: facts, evidence: evidence, assessments: assessments, waivers: waivers)
  }

  /// The verdict; every derivation is worked out again, and must not change the verdict.
  func verdict(
    _ asOf: String, known: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) -> ContractVerdict {
    let evaluator = Evaluator(builder.ruleset)
    let knownAt = day(known ?? asOf)
    let plain = evaluator.evaluate(
      contract, asOf: day(asOf), knownAt: knownAt, tracing: .verdictsOnly)
    let traced = evaluator.evaluate(
      contract, asOf: day(asOf), knownAt: knownAt, tracing: .withDerivations)
    #expect(
      traced.withoutDerivations == plain, "tracing changes nothing",
      sourceLocation: sourceLocation)
    let problems = DerivationRechecker.problems(in: traced, of: builder.ruleset)
    #expect(problems == [], sourceLocation: sourceLocation)
    return plain
  }

  /// The only test of the last condition.
  func test(
    _ asOf: String, known: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TestVerdict {
    let verdict = verdict(asOf, known: known, sourceLocation: sourceLocation)
    let tests = try #require(verdict.conditions.last?.tests, sourceLocation: sourceLocation)
    #expect(tests.count == 1, sourceLocation: sourceLocation)
    return try #require(tests.first, sourceLocation: sourceLocation)
  }

  /// The value of an expression, by way of a determination.
  func value(
    _ id: ExpressionID, _ asOf: String = "2024-12-31",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Answer {
    var specimen = self
    specimen.builder.ruleset.determinations = [
      Determination(
        name: "asked", title: "asked", type: builder.ruleset[id].type, value: id, exceptions: [],
        slotCount: 8, source: nil, span: RulesetBuilder.span(0))
    ]
    let verdict = specimen.verdict(asOf, sourceLocation: sourceLocation)
    return try #require(verdict.determinations.first?.value, sourceLocation: sourceLocation)
  }
}

extension ReasonSet {
  var subjects: [String] { reasons.map(\.subject) }
  var codes: [ReasonCode] { reasons.map(\.code) }
}
