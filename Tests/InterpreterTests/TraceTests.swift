// Steps as they are kept against the same steps put together one by one.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoTestSupport
import Testing

@testable import ProvisoInterpreter

@Suite struct TraceTests {
  /// Takes steps at random, and says what they must come to.
  private struct Walk {
    var random: SeededRandom
    let forms: [StepForm]
    let trace: Trace

    init(seed: UInt64) {
      random = SeededRandom(seed: seed)
      let operations: [DerivationOperation] = [.fact, .and, .compare(.less), .fact, .negate]
      forms = operations.enumerated().map { position, operation in
        StepForm(
          operation: operation, type: operation == .and ? .boolean : .wholeNumber,
          span: SourceSpan(source: SourceID(0), start: position, end: position + 1),
          factPath: position == 0 ? "aid.amount" : nil, elector: position == 0 ? "lender" : nil)
      }
      trace = Trace(forms)
    }

    /// Takes some steps and gives them as they must be read.
    mutating func steps(_ depth: Int) -> [Derivation] {
      var expected: [Derivation] = []
      for _ in 0..<random.below(5) {
        switch random.below(depth > 0 ? 10 : 3) {
        case 0: expected.append(plainFact())
        case 1: expected.append(memberFact())
        case 2: expected.append(elsewhere())
        case 3, 4: expected.append(step(depth))
        case 5: expected.append(engineStep(depth))
        case 6: expected.append(collection(depth))
        case 7:
          trace.open(1)
          _ = steps(depth - 1)
          trace.discard()
        case 8:
          #expect(trace.takeLast() == expected.popLast())
        default:
          if random.oneIn(2) {
            trace.forgetLast()
            _ = expected.popLast()
          } else {
            #expect(trace.stepsUnderWay == expected)
          }
        }
      }
      return expected
    }

    private mutating func answer() -> Answer {
      let count = random.below(3)
      if count < 2 { return .known(.quantity(Fraction(count))) }
      return .unknown(ReasonSet(Reason(.missingFact, subject: "n\(random.below(4))")))
    }

    private mutating func plainFact() -> Derivation {
      let answer = answer()
      trace.take(0, answer)
      return Derivation(
        operation: .fact, result: .answer(answer, .wholeNumber), span: forms[0].span,
        origin: FactOrigin(path: "aid.amount", electedBy: "lender"))
    }

    private mutating func memberFact() -> Derivation {
      let answer = answer()
      let path = FactPath.field(.element(.field(nil, "owners"), random.below(12)), "share")
      trace.take(3, answer, plainFact: path, electedBy: nil)
      return Derivation(
        operation: .fact, result: .answer(answer, .wholeNumber), span: forms[3].span,
        origin: FactOrigin(path: path.text))
    }

    private mutating func elsewhere() -> Derivation {
      let other = Derivation(
        operation: .literal, result: .answer(answer(), .boolean), span: nil,
        children: [
          Derivation(operation: .isNone, result: .answer(.known(.none), .date), span: nil)
        ])
      trace.append(other)
      return other
    }

    private mutating func step(_ depth: Int) -> Derivation {
      let form = 1 + random.below(4)
      trace.open(form)
      var operation = forms[form].operation
      var origin: FactOrigin?
      let isNotedFirst = random.oneIn(4)
      if isNotedFirst { trace.note(.part) }
      var children = steps(depth - 1)
      if random.oneIn(3) {
        // What is noted later counts.
        trace.note(plainFact: .field(nil, "before"))
        origin = FactOrigin(path: "later", evidence: "E-1")
        trace.note(origin: FactOrigin(path: "later", evidence: "E-1"))
        // And stays when a step that ended before it is taken out.
        if random.oneIn(3) { #expect(trace.takeLast() == children.popLast()) }
        if random.oneIn(3) {
          trace.forgetLast()
          _ = children.popLast()
        }
      }
      if isNotedFirst { operation = .part }
      let answer = answer()
      trace.close(answer)
      return Derivation(
        operation: operation, result: .answer(answer, forms[form].type), span: forms[form].span,
        origin: origin, children: children)
    }

    private mutating func engineStep(_ depth: Int) -> Derivation {
      trace.open()
      let children = steps(depth - 1)
      let answer = answer()
      let type: ValueType? = random.oneIn(2) ? .money : nil
      let isNoted = random.oneIn(3)
      if isNoted { trace.note(.choose(position: 2)) }
      if random.oneIn(3) {
        trace.close(memberAt: .element(.field(nil, "owners"), 7), answer)
        return Derivation(
          operation: isNoted ? .choose(position: 2) : .member("owners[7]"),
          result: .answer(answer, .boolean), span: nil, children: children)
      }
      trace.close(.clause("requires"), answer, type)
      return Derivation(
        operation: isNoted ? .choose(position: 2) : .clause("requires"),
        result: .answer(answer, type ?? .boolean), span: nil, children: children)
    }

    private mutating func collection(_ depth: Int) -> Derivation {
      trace.open(3)
      let children = steps(depth - 1)
      trace.close(collection: "owners", count: 2)
      return Derivation(
        operation: .collection, result: .collection(summary: "owners", count: 2),
        span: forms[3].span, children: children)
    }
  }

  @Test func whatIsKeptReadsAsItWasTaken() {
    for seed in 1...UInt64(3_000) {
      var walk = Walk(seed: seed)
      for _ in 0..<3 {
        // As a test of a condition: all that was taken is handed over as one derivation.
        walk.trace.open()
        let children = walk.steps(4)
        walk.trace.close(.test, .known(.boolean(true)))
        let expected = Derivation(
          operation: .test, result: .answer(.known(.boolean(true)), .boolean), span: nil,
          children: children)
        #expect(walk.trace.takeLast() == expected, "seed \(seed)")
      }
      #expect(walk.trace.takeLast() == nil)
    }
  }

  @Test func pathsAreWrittenFromTheirEnd() {
    let owners = FactPath.field(.field(nil, "borrower"), "owners")
    #expect(FactPath.field(nil, "signed").text == "signed")
    #expect(owners.text == "borrower.owners")
    #expect(FactPath.field(.element(owners, 12), "país").text == "borrower.owners[12].país")
    #expect(FactPath.entry(.field(nil, "emissions"), "2024").text == "emissions[2024]")
    let inPortfolio = FactPath.field(.field(.contract(3, "Lån [7]"), "aid"), "amount")
    #expect(inPortfolio.text == "contracts[Lån [7]].aid.amount")
    var deep = FactPath.field(nil, "a")
    for _ in 0..<2_000 { deep = .field(deep, "a") }
    #expect(deep.text == Array(repeating: "a", count: 2_001).joined(separator: "."))
  }
}
