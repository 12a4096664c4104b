// What more knowledge, other orders and unrelated facts can and cannot do: seeded properties.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoTestSupport
import Testing

/// A generator of integers; one seed, one sequence.
private struct Seeded {
  var state: UInt64
  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = (state >> 33) ^ (state >> 17)
    return bound <= 0 ? 0 : Int(mixed % UInt64(bound))
  }
  mutating func chance(_ percent: Int) -> Bool { next(100) < percent }
}

/// A random ruleset of one condition over eight fields, with a random contract.
private struct RandomCase {
  var seed: Seeded
  var specimen = Specimen()
  /// Whether operands of `and` and `or` are put in the opposite order.
  let isReversed: Bool
  private var numbers: [ExpressionID] = []
  private var flags: [ExpressionID] = []
  private var lists: [ExpressionID] = []
  static let numberCount = 4
  static let flagCount = 4
  static let listCount = 2

  init(_ seed: UInt64, isReversed: Bool = false) {
    self.seed = Seeded(state: seed)
    self.isReversed = isReversed
    for index in 0..<Self.numberCount {
      numbers.append(
        specimen.field("n\(index)", .quantity(.one), randomFact { .number($0.next(7) - 3) }))
    }
    for index in 0..<Self.flagCount {
      flags.append(
        specimen.field("f\(index)", .boolean, randomFact { .boolean($0.chance(50)) }))
    }
    for index in 0..<Self.listCount {
      let members = (0..<self.seed.next(4)).map { _ in
        self.seed.chance(25) ? Fact.absent : .value(.number(self.seed.next(7) - 3))
      }
      let fact: Fact = self.seed.chance(15) ? .absent : .list(members)
      lists.append(specimen.field("l\(index)", .list(.quantity(.one)), fact))
    }
    let requirement = truth(4)
    let applies = self.seed.chance(30) ? truth(2) : nil
    let unless = self.seed.chance(30) ? [("Excuse", truth(2))] : []
    specimen.builder.condition(
      "k", requires: requirement, appliesWhen: applies, unless: unless)
  }

  private mutating func randomFact(_ value: (inout Seeded) -> Value) -> Fact {
    if seed.chance(30) { return .absent }
    if seed.chance(60) { return .value(value(&seed)) }
    let versions = (0...seed.next(3)).map { _ -> FactVersion in
      let from = seed.chance(50) ? day("2024-0\(1 + seed.next(9))-01") : nil
      let recorded = seed.chance(60) ? day("2024-0\(1 + seed.next(9))-15") : nil
      return FactVersion(value: .scalar(value(&seed)), from: from, recorded: recorded)
    }
    return .versions(versions)
  }

  private mutating func truth(_ depth: Int) -> ExpressionID {
    let choice = depth == 0 ? seed.next(2) : seed.next(8)
    switch choice {
    case 0: return flags[seed.next(flags.count)]
    case 1:
      let comparison = ComparisonOperator.allCases[seed.next(6)]
      let left = number(depth)
      let right = number(depth)
      return specimen.builder.compare(left, comparison, right)
    case 2, 3:
      var operands = (0..<(2 + seed.next(2))).map { _ in truth(depth - 1) }
      if isReversed { operands.reverse() }
      return specimen.builder.add(choice == 2 ? .and(operands) : .or(operands), .boolean)
    case 4: return specimen.builder.add(.not(truth(depth - 1)), .boolean)
    case 5:
      var limbs = (0..<(1 + seed.next(3))).map { Limb(label: "\($0)", statement: truth(depth - 1)) }
      if isReversed { limbs.reverse() }
      let needed = specimen.builder.number(seed.next(4))
      let kinds: [LimbsKind] = [.all, .any, .none, .atLeast(needed)]
      return specimen.builder.add(.limbs(kinds[seed.next(4)], limbs), .boolean)
    default:
      let list = lists[seed.next(lists.count)]
      let variable = specimen.builder.add(.variable(slot: 0, name: "x"), .quantity(.one))
      let bound = specimen.builder.number(seed.next(7) - 3)
      let inside = specimen.builder.compare(
        variable, ComparisonOperator.allCases[seed.next(6)], bound)
      let kind = [QuantifierKind.some, .no, .every][seed.next(3)]
      return specimen.builder.add(
        .quantifier(
          kind, Binding(slot: 0, name: "x", collection: list),
          condition: kind == .every ? nil : inside, satisfies: kind == .every ? inside : nil),
        .boolean)
    }
  }

  private mutating func number(_ depth: Int) -> ExpressionID {
    switch depth == 0 ? seed.next(2) : seed.next(8) {
    case 0, 1: return numbers[seed.next(numbers.count)]
    case 2: return specimen.builder.number(seed.next(9) - 4)
    case 3, 4, 5:
      let signs: [ArithmeticOperator] = [.add, .subtract, .multiply, .divide]
      let sign = signs[seed.next(4)]
      let left = number(depth - 1)
      let right = number(depth - 1)
      return specimen.builder.arithmetic(left, sign, right)
    case 6:
      let left = number(depth - 1)
      let right = number(depth - 1)
      return specimen.builder.add(
        seed.chance(50) ? .least([left, right]) : .greatest([left, right]), .quantity(.one))
    default:
      let list = lists[seed.next(lists.count)]
      let variable = specimen.builder.add(.variable(slot: 1, name: "y"), .quantity(.one))
      let kind = [AggregateKind.count, .sum, .min, .max, .average][seed.next(5)]
      let bound = specimen.builder.number(seed.next(7) - 3)
      let condition = specimen.builder.compare(variable, .greater, bound)
      return specimen.builder.add(
        .aggregate(
          kind, Binding(slot: 1, name: "y", collection: list), condition: condition,
          body: kind == .count ? nil : variable), .quantity(.one))
    }
  }
}

@Suite("Knowledge") struct KnowledgeTests {
  static let seeds = (1...1_500).map { UInt64($0) &* 7_919 }
  let asOf = day("2024-06-30")

  private func evaluate(
    _ specimen: Specimen, _ contract: Contract, known: CalendarDate? = nil,
    _ tracing: Tracing = .verdictsOnly
  ) -> ContractVerdict {
    Evaluator(specimen.builder.ruleset).evaluate(
      contract, asOf: asOf, knownAt: known ?? asOf, tracing: tracing)
  }

  @Test func everyStepFollowsAndTracingChangesNothing() {
    for seed in Self.seeds {
      let specimen = RandomCase(seed).specimen
      let traced = evaluate(specimen, specimen.contract, .withDerivations)
      let plain = evaluate(specimen, specimen.contract)
      #expect(traced.withoutDerivations == plain, "seed \(seed)")
      let problems = DerivationRechecker.problems(in: traced, of: specimen.builder.ruleset)
      #expect(problems == [], "seed \(seed)")
    }
  }

  @Test func theOrderOfOperandsDoesNotMatter() {
    for seed in Self.seeds {
      // The two cases differ in the order of operands and in nothing else.
      let specimen = RandomCase(seed).specimen
      let reversed = RandomCase(seed, isReversed: true).specimen
      let one = evaluate(specimen, specimen.contract).conditions[0].tests[0]
      let other = evaluate(reversed, reversed.contract).conditions[0].tests[0]
      #expect(one.outcome == other.outcome, "seed \(seed)")
      #expect(one.reasons == other.reasons, "seed \(seed)")
      #expect(one.remarks == other.remarks, "seed \(seed)")
      #expect(one.requests == other.requests, "seed \(seed)")
    }
  }

  @Test func moreKnowledgeNeverTurnsAVerdict() {
    var moves = 0
    for seed in Self.seeds {
      let specimen = RandomCase(seed).specimen
      let before = evaluate(specimen, specimen.contract).conditions[0].outcome
      var random = Seeded(state: seed &+ 1)
      for index in specimen.facts.indices where specimen.facts[index] == .absent {
        for _ in 0..<3 {
          var facts = specimen.facts
          switch specimen.builder.ruleset.contract.fields[index].type {
          case .boolean: facts[index] = .value(.boolean(random.chance(50)))
          case .list:
            facts[index] = .list(
              (0..<random.next(3)).map { _ in .value(.number(random.next(7) - 3)) })
          default: facts[index] = .value(.number(random.next(7) - 3))
          }
          let after = evaluate(specimen, Contract(id: "C-1", facts: facts)).conditions[0].outcome
          if before == .breached {
            #expect(!after.countsAsMet && after != .notApplicable, "seed \(seed)")
          }
          if before.countsAsMet || before == .notApplicable {
            #expect(after != .breached, "seed \(seed)")
          }
          if before == .undetermined && after != .undetermined { moves += 1 }
        }
      }
    }
    #expect(moves > 100, "knowledge does decide something")
  }

  @Test func knownAtIsTheDeletionOfWhatWasRecordedLater() {
    let known = day("2024-05-01")
    for seed in Self.seeds {
      let specimen = RandomCase(seed).specimen
      let facts = specimen.facts.map { fact -> Fact in
        guard case .versions(let versions) = fact else { return fact }
        let kept = versions.filter { $0.recorded.map { $0 <= known } ?? true }
        return kept.isEmpty ? .absent : .versions(kept)
      }
      let looking = evaluate(specimen, specimen.contract, known: known)
      let deleted = evaluate(specimen, Contract(id: "C-1", facts: facts), known: known)
      #expect(looking.conditions == deleted.conditions, "seed \(seed)")
    }
  }

  @Test func aFactThatNobodyReadsChangesNothing() {
    for seed in Self.seeds.prefix(300) {
      var specimen = RandomCase(seed).specimen
      let before = evaluate(specimen, specimen.contract, .withDerivations)
      _ = specimen.field("unread", .quantity(.one), .value(.number(1)))
      let after = evaluate(specimen, specimen.contract, .withDerivations)
      #expect(before.conditions == after.conditions, "seed \(seed)")
    }
  }

  @Test func versionsAreReadByTestDateAndKnowledge() throws {
    var specimen = Specimen()
    let amount = specimen.field(
      "amount", .quantity(.one),
      .history([
        (.number(1), nil, "2024-01-01"), (.number(2), "2024-03-01", "2024-04-01"),
        (.number(3), "2024-03-01", "2024-05-01"), (.number(4), "2024-08-01", "2024-02-01"),
      ]))
    let zero = specimen.builder.number(0)
    let requirement = specimen.builder.compare(amount, .greater, zero)
    specimen.builder.condition("k", requires: requirement)
    func read(_ asOf: String, _ known: String) -> Value? {
      let verdict = Evaluator(specimen.builder.ruleset).evaluate(
        specimen.contract, asOf: day(asOf), knownAt: day(known), tracing: .withDerivations)
      let clause = verdict.conditions[0].tests[0].derivation?.children.first
      return clause?.children.first?.children.first?.value
    }
    #expect(read("2024-02-28", "2024-06-01") == .number(1))
    #expect(read("2024-03-01", "2024-03-31") == .number(1))
    #expect(read("2024-03-01", "2024-04-01") == .number(2))
    #expect(read("2024-03-01", "2024-05-01") == .number(3))
    #expect(read("2024-08-01", "2024-05-01") == .number(4))
    #expect(read("2024-08-01", "2023-12-31") == nil)
    let verdict = specimen.verdict("2024-08-01", known: "2024-04-30")
    #expect(verdict.laterFactCount == 1)
    #expect(verdict.undatedFactCount == 0)
  }

  @Test func aMemberRecordedLaterWasNotInTheList() throws {
    var specimen = Specimen()
    let list = specimen.field(
      "sums", .list(.quantity(.one)),
      .list([
        .value(.number(2)), .history([(.number(9), nil, "2024-05-01")]),
      ]))
    let variable = specimen.builder.add(.variable(slot: 0, name: "x"), .quantity(.one))
    let inside = specimen.builder.compare(variable, .less, specimen.builder.number(5))
    let requirement = specimen.builder.add(
      .quantifier(
        .every, Binding(slot: 0, name: "x", collection: list), condition: nil, satisfies: inside),
      .boolean)
    specimen.builder.condition("k", requires: requirement)
    #expect(specimen.verdict("2024-06-30", known: "2024-04-30").outcome == .met)
    #expect(specimen.verdict("2024-06-30", known: "2024-05-01").outcome == .breached)
  }

  @Test func aLevelRecordedLaterLeavesTheOneBeforeStanding() throws {
    var specimen = Specimen()
    let level = specimen.field(
      "redeemed", .levels(.quantity(.one)),
      .levels([
        ("2024-01-01", .value(.number(2))),
        ("2024-03-01", .history([(.number(9), nil, "2024-05-01")])),
      ]))
    let asked = specimen.builder.add(.literal(.on("2024-04-01")), .date)
    let read = specimen.builder.add(.at(level, time: asked), .quantity(.one))
    let requirement = specimen.builder.compare(read, .less, specimen.builder.number(5))
    specimen.builder.condition("k", requires: requirement)
    #expect(specimen.verdict("2024-06-30", known: "2024-04-30").outcome == .met)
    #expect(specimen.verdict("2024-06-30", known: "2024-05-01").outcome == .breached)
  }

  @Test func equalDatesAndDifferentValuesConflict() throws {
    var specimen = Specimen()
    let flag = specimen.field(
      "permit", .boolean,
      .history([(.boolean(true), "2024-01-01", nil), (.boolean(false), "2024-01-01", nil)]))
    specimen.builder.condition("k", requires: flag)
    let test = try specimen.test("2024-06-30")
    #expect(test.outcome == .undetermined)
    #expect(test.reasons.codes == [.conflicting])
    #expect(test.requests.map(\.kind) == [.clarification])
  }
}
