// Three-valued logic: the tables, and reasons that do not depend on the order of operands.

import ProvisoInterpreter
import ProvisoModel
import ProvisoQuantities
import ProvisoTestSupport
import Testing

@Suite("Kleene's logic") struct KleeneTests {
  private func truth(_ build: (inout Specimen) -> ExpressionID) throws -> Answer {
    var specimen = Specimen()
    let id = build(&specimen)
    return try specimen.value(id)
  }

  @Test func andOfTwo() throws {
    for left in Truth.allCases {
      for right in Truth.allCases {
        let answer = try truth { specimen in
          let operands = [specimen.statement(left), specimen.statement(right)]
          return specimen.builder.add(.and(operands), .boolean)
        }
        let expected: Truth =
          left == .false || right == .false
          ? .false : left == .true && right == .true ? .true : .unknown
        #expect(answer.truth == expected)
        #expect(answer.reasons.isEmpty == (expected != .unknown))
      }
    }
  }

  @Test func orOfTwo() throws {
    for left in Truth.allCases {
      for right in Truth.allCases {
        let answer = try truth { specimen in
          let operands = [specimen.statement(left), specimen.statement(right)]
          return specimen.builder.add(.or(operands), .boolean)
        }
        let expected: Truth =
          left == .true || right == .true
          ? .true : left == .false && right == .false ? .false : .unknown
        #expect(answer.truth == expected)
      }
    }
  }

  @Test func notOfUnknownKeepsItsReasons() throws {
    let answer = try truth { specimen in
      let operand = specimen.statement(.unknown, "permit")
      return specimen.builder.add(.not(operand), .boolean)
    }
    #expect(answer.truth == .unknown)
    #expect(answer.reasons.subjects == ["permit"])
  }

  @Test func reasonsAreTheUnionSorted() throws {
    for names in [["b", "a", "c"], ["c", "b", "a"], ["a", "b", "c"]] {
      let answer = try truth { specimen in
        let operands = names.map { specimen.statement(.unknown, $0) }
        return specimen.builder.add(.and(operands), .boolean)
      }
      #expect(answer.reasons.subjects == ["a", "b", "c"])
    }
  }

  @Test func limbs() throws {
    for first in Truth.allCases {
      for second in Truth.allCases {
        for third in Truth.allCases {
          let truths = [first, second, third]
          let sure = truths.count { $0 == .true }
          let possible = truths.count { $0 != .false }
          func limbs(_ kind: (inout Specimen) -> LimbsKind) throws -> Truth {
            try truth { specimen in
              let kind = kind(&specimen)
              let limbs = truths.enumerated().map {
                Limb(label: "\($0.offset)", statement: specimen.statement($0.element))
              }
              return specimen.builder.add(.limbs(kind, limbs), .boolean)
            }.truth
          }
          #expect(try limbs { _ in .all } == truths.reduce(.true, &&))
          #expect(try limbs { _ in .any } == truths.reduce(.false, ||))
          #expect(try limbs { _ in .none } == !truths.reduce(.false, ||))
          for needed in 0...4 {
            let expected: Truth = sure >= needed ? .true : possible < needed ? .false : .unknown
            #expect(try limbs { .atLeast($0.builder.number(needed)) } == expected)
          }
        }
      }
    }
  }

  @Test func anEmptyListRestsOnItAndOnlyWhereItMatters() throws {
    func remarks(_ join: (([ExpressionID]) -> ExpressionKind)?, _ others: [Truth]) throws
      -> [Remark]
    {
      var specimen = Specimen()
      let list = specimen.field("things", .list(.quantity(.one)), .list([]))
      let nothing = specimen.builder.truth(false)
      var statement = specimen.builder.add(
        .quantifier(
          .every, Binding(slot: 0, name: "x", collection: list), condition: nil,
          satisfies: nothing), .boolean)
      if let join {
        let operands = others.map { specimen.statement($0) } + [statement]
        statement = specimen.builder.add(join(operands), .boolean)
      }
      specimen.builder.condition("k", requires: statement)
      return try specimen.test("2024-12-31").remarks
    }
    let empty = Remark.restsOnEmptyList("things")
    #expect(try remarks(nil, []) == [empty])
    #expect(try remarks({ .and($0) }, [.true]) == [empty])
    #expect(try remarks({ .or($0) }, [.false]) == [empty])
    #expect(try remarks({ .or($0) }, [.true]) == [])
    #expect(try remarks({ .and($0) }, [.false]) == [])
  }
}
