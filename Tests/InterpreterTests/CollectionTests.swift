// Collections: empty lists, unknown members, ranges, windows, chains of owners.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoTestSupport
import Testing

private func whole(_ value: Int?) -> Fraction? { value.map { Fraction($0) } }

@Suite("Collections") struct CollectionTests {
  /// An aggregate over a list of numbers of which nil is a member that is not given.
  private func aggregate(
    _ kind: AggregateKind, _ members: [Int?], over limit: Int? = nil
  ) throws -> Answer {
    var specimen = Specimen()
    let list = specimen.field(
      "numbers", .list(.quantity(.one)),
      .list(members.map { $0.map { .value(.number($0)) } ?? .absent }))
    let variable = specimen.builder.add(.variable(slot: 0, name: "n"), .quantity(.one))
    let condition = limit.map { limit in
      let bound = specimen.builder.number(limit)
      return specimen.builder.compare(variable, .greater, bound)
    }
    let id = specimen.builder.add(
      .aggregate(
        kind, Binding(slot: 0, name: "n", collection: list), condition: condition,
        body: kind == .count ? nil : variable), .quantity(.one))
    return try specimen.value(id)
  }

  private func isBetween(_ answer: Answer, _ low: Int?, _ high: Int?) -> Bool {
    guard case .between(let least, let most, let reasons) = answer else { return false }
    return least == whole(low) && most == whole(high) && !reasons.isEmpty
  }

  @Test func overNothing() throws {
    #expect(try aggregate(.count, []) == .known(.number(0)))
    #expect(try aggregate(.sum, []) == .known(.number(0)))
    for kind in [AggregateKind.min, .max, .average] {
      #expect(try aggregate(kind, []).reasons.codes == [.emptyList])
    }
  }

  @Test func overKnownMembers() throws {
    #expect(try aggregate(.count, [3, -1, 5], over: 0) == .known(.number(2)))
    #expect(try aggregate(.sum, [3, -1, 5]) == .known(.number(7)))
    #expect(try aggregate(.min, [3, -1, 5]) == .known(.number(-1)))
    #expect(try aggregate(.max, [3, -1, 5]) == .known(.number(5)))
    #expect(
      try aggregate(.average, [3, 0, 5])
        == .known(.quantity(try Fraction(numerator: 8, denominator: 3))))
  }

  @Test func unknownMembersGiveRanges() throws {
    #expect(isBetween(try aggregate(.count, [3, nil, 5, nil], over: 0), 2, 4))
    #expect(isBetween(try aggregate(.max, [3, nil]), 3, nil))
    #expect(isBetween(try aggregate(.min, [3, nil]), nil, 3))
    #expect(try aggregate(.sum, [3, nil]).reasons.subjects == ["numbers[1]"])
    #expect(try aggregate(.average, [3, nil]).truth == .unknown)
  }

  @Test func aCountIsComparedAsTheRangeItCanTake() throws {
    for (bound, truth) in [(1, Truth.true), (2, .true), (3, .unknown), (4, .unknown), (5, .false)] {
      var specimen = Specimen()
      let list = specimen.field(
        "numbers", .list(.quantity(.one)),
        .list([.value(.number(1)), .absent, .value(.number(2)), .absent]))
      let variable = specimen.builder.add(.variable(slot: 0, name: "n"), .quantity(.one))
      let zero = specimen.builder.number(0)
      let condition = specimen.builder.compare(variable, .greater, zero)
      let count = specimen.builder.add(
        .aggregate(
          .count, Binding(slot: 0, name: "n", collection: list), condition: condition, body: nil),
        .wholeNumber)
      let limit = specimen.builder.number(bound)
      let statement = specimen.builder.compare(count, .greaterOrEqual, limit)
      #expect(try specimen.value(statement).truth == truth, "at least \(bound)")
    }
  }

  // MARK: Quantifiers

  private func quantifier(_ kind: QuantifierKind, _ members: [Truth]) throws -> Truth {
    var specimen = Specimen()
    let list = specimen.field(
      "flags", .list(.boolean),
      .list(
        members.map {
          switch $0 {
          case .true: .value(.boolean(true))
          case .false: .value(.boolean(false))
          case .unknown: .absent
          }
        }))
    let variable = specimen.builder.add(.variable(slot: 0, name: "f"), .boolean)
    let binding = Binding(slot: 0, name: "f", collection: list)
    let id = specimen.builder.add(
      .quantifier(
        kind, binding, condition: kind == .every ? nil : variable,
        satisfies: kind == .every ? variable : nil), .boolean)
    return try specimen.value(id).truth
  }

  @Test func quantifiersAreJunctionsOverMembers() throws {
    for count in 0...3 {
      var lists: [[Truth]] = [[]]
      for _ in 0..<count { lists = lists.flatMap { list in Truth.allCases.map { list + [$0] } } }
      for list in lists {
        #expect(try quantifier(.some, list) == list.reduce(.false, ||))
        #expect(try quantifier(.no, list) == !list.reduce(.false, ||))
        #expect(try quantifier(.every, list) == list.reduce(.true, &&))
      }
    }
  }

  @Test func anAbsentListIsUnknownUnlessItMayBeEmpty() throws {
    for (orEmpty, outcome) in [(false, Outcome.undetermined), (true, .met)] {
      var specimen = Specimen()
      let list = specimen.field("owners", .list(.boolean), .absent, orEmpty: orEmpty)
      let variable = specimen.builder.add(.variable(slot: 0, name: "f"), .boolean)
      let statement = specimen.builder.add(
        .quantifier(
          .no, Binding(slot: 0, name: "f", collection: list), condition: variable,
          satisfies: nil), .boolean)
      specimen.builder.condition("k", requires: statement)
      let test = try specimen.test("2024-12-31")
      #expect(test.outcome == outcome)
      #expect(
        test.remarks
          == (orEmpty ? [.restsOnEmptyList("owners"), .restsOnAbsence("owners")] : []))
      #expect(test.reasons.subjects == (orEmpty ? [] : ["owners"]))
    }
  }

  @Test func aListThatIsNotCompleteLeavesOpenWhatNoMemberDecides() throws {
    func test(_ members: [(String, Bool)], asOf: String) throws -> TestVerdict {
      var specimen = Specimen()
      let payout = specimen.builder.record("Payout", [("decided", .date), ("large", .boolean)])
      let list = specimen.field(
        "payouts", .list(.record(payout)),
        .list(
          members.map { .record([.value(.on($0.0)), .value(.boolean($0.1))]) },
          completeUntil: "2022-12-31"), datedBy: 0)
      let variable = specimen.builder.add(.variable(slot: 0, name: "p"), .record(payout))
      let large = specimen.builder.add(.member(variable, field: 1), .boolean)
      let statement = specimen.builder.add(
        .quantifier(
          .no, Binding(slot: 0, name: "p", collection: list), condition: large, satisfies: nil),
        .boolean)
      specimen.builder.condition("k", requires: statement)
      return try specimen.test(asOf)
    }
    #expect(try test([("2022-05-01", false)], asOf: "2022-12-31").outcome == .met)
    #expect(try test([("2022-05-01", false)], asOf: "2023-01-01").outcome == .undetermined)
    #expect(try test([("2022-05-01", true)], asOf: "2023-01-01").outcome == .breached)
    // A member dated after the day is not seen.
    #expect(try test([("2022-05-02", true)], asOf: "2022-05-01").outcome == .met)
  }

  // MARK: Chains

  /// An owner: name, country, share in percent (nil: not given) and owners (nil: not given).
  struct Owner {
    var name: String
    var country: String? = "SE"
    var share: Int?
    var owners: [Owner]? = []
    var fact: Fact {
      .record([
        .value(.text(name)),
        country.flatMap { CountryCode(text: $0) }.map { .value(.country($0)) } ?? .absent,
        share.map { .value(.percent($0)) } ?? .absent,
        owners.map { .list($0.map(\.fact)) } ?? .absent,
      ])
    }
  }

  private func chainSpecimen(_ owners: [Owner]) -> (Specimen, ExpressionID) {
    var specimen = Specimen()
    let record = specimen.builder.record(
      "Owner",
      [
        ("name", .text), ("country", .country), ("share", .quantity(.percent)),
        ("owners", .list(.record(RecordID(0)))),
      ], identity: [0])
    let list = specimen.field("owners", .list(.record(record)), .list(owners.map(\.fact)))
    return (specimen, list)
  }

  /// The sum through which an entity of this name owns.
  private func through(_ name: String, _ owners: [Owner]) throws -> Answer {
    var (specimen, list) = chainSpecimen(owners)
    let chain = specimen.builder.add(
      .chain(list, .product(field: 2)), .list(.chainEntity(RecordID(0))))
    let variable = specimen.builder.add(
      .variable(slot: 0, name: "o"), .chainEntity(RecordID(0)))
    let ownName = specimen.builder.add(.member(variable, field: 0), .text)
    let wanted = specimen.builder.add(.literal(.text(name)), .text)
    let condition = specimen.builder.compare(ownName, .equal, wanted)
    let through = specimen.builder.add(.through(variable), .quantity(.percent))
    let sum = specimen.builder.add(
      .aggregate(
        .sum, Binding(slot: 0, name: "o", collection: chain), condition: condition, body: through),
      .quantity(.percent))
    return try specimen.value(sum)
  }

  private func count(_ owners: [Owner], _ rule: ((inout Specimen) -> ChainRule)? = nil) throws
    -> Answer
  {
    var (specimen, list) = chainSpecimen(owners)
    let rule = rule?(&specimen) ?? .reach
    let chain = specimen.builder.add(.chain(list, rule), .list(.chainEntity(RecordID(0))))
    let count = specimen.builder.add(
      .aggregate(
        .count, Binding(slot: 0, name: "o", collection: chain), condition: nil, body: nil),
      .wholeNumber)
    return try specimen.value(count)
  }

  @Test func throughIsTheSumOverPathsOfTheProducts() throws {
    // 60% × 50% + 40% × 100% = 70%.
    let owners = [
      Owner(name: "A", share: 60, owners: [Owner(name: "F", share: 50)]),
      Owner(name: "B", share: 40, owners: [Owner(name: "F", share: 100)]),
    ]
    #expect(try through("F", owners) == .known(.percent(70)))
    #expect(try count(owners) == .known(.number(3)))
  }

  @Test func anUnknownShareGivesARange() throws {
    let owners = [
      Owner(name: "A", share: 60, owners: [Owner(name: "F")]),
      Owner(name: "F", share: 10),
    ]
    let answer = try through("F", owners)
    guard case .between(let low, let high, let reasons) = answer else {
      Issue.record("a range expected, not \(answer)")
      return
    }
    #expect(low == (try Fraction(numerator: 1, denominator: 10)))
    #expect(high == (try Fraction(numerator: 7, denominator: 10)))
    #expect(reasons.subjects == ["owners[0].owners[0].share"])
  }

  @Test func aCycleStopsAndIsNamed() throws {
    // A is held by B, which is held by A.
    let owners = [
      Owner(
        name: "A", share: 50,
        owners: [Owner(name: "B", share: 100, owners: [Owner(name: "A", share: 100)])])
    ]
    #expect(try count(owners) == .known(.number(2)))
    #expect(try through("A", owners) == .known(.percent(50)))
    var (specimen, list) = chainSpecimen(owners)
    let chain = specimen.builder.add(.chain(list, .reach), .list(.chainEntity(RecordID(0))))
    let statement = specimen.builder.add(
      .quantifier(
        .some, Binding(slot: 0, name: "o", collection: chain), condition: nil, satisfies: nil),
      .boolean)
    specimen.builder.condition("k", requires: statement)
    let verdict = Evaluator(specimen.builder.ruleset).evaluate(
      specimen.contract, asOf: day("2024-12-31"), knownAt: day("2024-12-31"),
      tracing: .withDerivations)
    let step = verdict.conditions[0].tests[0].derivation?.children.first?.children.first?.children
      .first
    #expect(step?.operation == .chain(cycles: ["A → B → A"]))
  }

  @Test func theStepsSayTheWayToEachEntity() throws {
    let trust = Owner(name: "T", share: 100)
    var (specimen, list) = chainSpecimen([
      Owner(name: "A", share: 50, owners: [Owner(name: "B", share: 100, owners: [trust])]),
      Owner(name: "C", share: 25, owners: [trust]),
      Owner(name: "T", share: 25),
    ])
    let chain = specimen.builder.add(.chain(list, .reach), .list(.chainEntity(RecordID(0))))
    let statement = specimen.builder.add(
      .quantifier(
        .every, Binding(slot: 0, name: "o", collection: chain), condition: nil,
        satisfies: specimen.builder.add(.literal(.boolean(true)), .boolean)),
      .boolean)
    specimen.builder.condition("k", requires: statement)
    let verdict = Evaluator(specimen.builder.ruleset).evaluate(
      specimen.contract, asOf: day("2024-12-31"), knownAt: day("2024-12-31"),
      tracing: .withDerivations)
    let steps = verdict.conditions[0].tests[0].derivation?.children.first?.children.first?.children
    #expect(
      steps?.dropFirst().map(\.operation) == [
        .member("A"), .member("A → B"), .member("A → B → T (and by 2 other paths)"), .member("C"),
      ])
  }

  @Test func oneEntityOfTwoEntriesJoinsItsLists() throws {
    // A stands twice; what its first entry tells of its owners holds for the second too.
    let owners = [
      Owner(name: "A", share: 50, owners: [Owner(name: "F", share: 100)]),
      Owner(name: "B", share: 50, owners: [Owner(name: "A", share: 100, owners: nil)]),
    ]
    #expect(try through("F", owners) == .known(.percent(100)))
    // The same holding told twice counts once; told differently it is unknown.
    let twice = [
      Owner(name: "A", share: 50, owners: [Owner(name: "F", share: 80)]),
      Owner(
        name: "B", share: 50,
        owners: [Owner(name: "A", share: 100, owners: [Owner(name: "F", share: 80)])]),
    ]
    #expect(try through("F", twice) == .known(.percent(80)))
    let differently = [
      Owner(name: "A", share: 100, owners: [Owner(name: "F", share: 80)]),
      Owner(
        name: "B", share: 0,
        owners: [Owner(name: "A", share: 0, owners: [Owner(name: "F", share: 70)])]),
    ]
    #expect(try through("F", differently).reasons.codes == [.conflicting])
  }

  @Test func twoHoldingsInOneListAdd() throws {
    #expect(
      try through("F", [Owner(name: "F", share: 10), Owner(name: "F", share: 15)])
        == .known(.percent(25)))
  }

  @Test func entriesThatDifferConflict() throws {
    var (specimen, list) = chainSpecimen([
      Owner(name: "F", country: "SE", share: 10), Owner(name: "F", country: "PA", share: 10),
    ])
    let chain = specimen.builder.add(.chain(list, .reach), .list(.chainEntity(RecordID(0))))
    let variable = specimen.builder.add(.variable(slot: 0, name: "o"), .chainEntity(RecordID(0)))
    let country = specimen.builder.add(.member(variable, field: 1), .country)
    let panama = specimen.builder.add(
      .literal(CountryCode(text: "PA").map(Value.country) ?? .none), .country)
    let condition = specimen.builder.compare(country, .equal, panama)
    let statement = specimen.builder.add(
      .quantifier(
        .no, Binding(slot: 0, name: "o", collection: chain), condition: condition, satisfies: nil),
      .boolean)
    let answer = try specimen.value(statement)
    #expect(answer.reasons.codes == [.conflicting])
    #expect(answer.reasons.subjects == ["owners[0].country"])
  }

  @Test func anInnerListThatIsNotGivenLeavesOpenWhoElseOwns() throws {
    let answer = try count([Owner(name: "A", share: 50, owners: nil)])
    #expect(isBetween(answer, 1, nil))
    #expect(answer.reasons.subjects == ["owners[0].owners"])
  }

  @Test func eachFollowsControlOnly() throws {
    func majority(_ specimen: inout Specimen) -> ChainRule {
      let link = specimen.builder.add(.variable(slot: 1, name: "link"), .record(RecordID(0)))
      let share = specimen.builder.add(.member(link, field: 2), .quantity(.percent))
      let half = specimen.builder.add(.literal(.percent(50)), .quantity(.percent))
      return .each(slot: 1, statement: specimen.builder.compare(share, .greater, half))
    }
    let owners = [
      Owner(name: "A", share: 60, owners: [Owner(name: "C", share: 50)]),
      Owner(name: "B", share: 40, owners: [Owner(name: "D", share: 100)]),
    ]
    #expect(try count(owners, majority) == .known(.number(1)))
    // A share that is not given may be control, and so may be what lies behind it.
    let open = [Owner(name: "A", owners: [Owner(name: "C", share: 51)])]
    #expect(isBetween(try count(open, majority), 0, 2))
  }

  @Test func tooManyPathsAreUnknown() throws {
    // Seventeen floors with two entries each have 2^17 paths to the top.
    func floor(_ number: Int) -> [Owner] {
      ["L", "R"].map { Owner(name: "\($0)\(number)", share: 50, owners: number == 0 ? [] : nil) }
    }
    // The lists of one entity are joined, so each floor is told once.
    var owners: [Owner] = []
    var below: [Owner] = floor(0)
    for number in 1...17 {
      var left = floor(number)[0]
      left.owners = below
      var right = floor(number)[1]
      right.owners = below.map { owner in
        var short = owner
        short.owners = nil
        return short
      }
      below = [left, right]
    }
    owners = below
    #expect(try count(owners).reasons.codes == [.chainTooLong])
  }
}
