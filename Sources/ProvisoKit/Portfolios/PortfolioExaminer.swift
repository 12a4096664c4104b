// What can be found out about a line of a portfolio without the other lines, by any thread.

import ProvisoContracts
import ProvisoInterpreter
import ProvisoModel
import ProvisoSource

/// What was found out about one line.
package struct ExaminedLine: Sendable {
  enum Finding: Sendable {
    case rejected(RejectedContract)
    case contract(ExaminedContract)
  }
  let finding: Finding
}

/// A contract with the verdict of the version that governs it.
struct ExaminedContract: Sendable {
  let line: Int
  let contract: Contract
  let verdict: ContractVerdict
  let edition: Int
  let coverage: Coverage
}

/// Reads lines of a portfolio and asks what holds; remembers nothing.
package struct PortfolioExaminer: Sendable {
  private let editions: Editions
  private let question: Question

  init(_ editions: Editions, _ question: Question) {
    self.editions = editions
    self.question = question
  }

  /// Examines a line; nil for an empty one.
  package func examine(_ line: FileLine, of name: String) -> ExaminedLine? {
    switch line {
    case .tooLong(let number):
      return ExaminedLine(finding: .rejected(RejectedContract(tooLong: number)))
    case .broken(let number, let reason):
      return ExaminedLine(finding: .rejected(RejectedContract(broken: reason, line: number)))
    case .line(let number, let bytes):
      guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return nil }
      return ExaminedLine(finding: examine(bytes, number, name))
    }
  }

  private func examine(_ bytes: [UInt8], _ number: Int, _ name: String) -> ExaminedLine.Finding {
    let choice = editions.choose(bytes, named: name, question)
    let ruleset = editions.rulesets[choice.position]
    let (read, rejection) = ruleset.contract(ofLine: bytes, number, of: name)
    guard let contract = read else {
      return .rejected(rejection ?? RejectedContract(broken: "it cannot be read", line: number))
    }
    let verdict = ruleset.evaluator.evaluate(
      contract, asOf: question.asOf, knownAt: question.knownAt, tracing: .verdictsOnly)
    let coverage =
      choice.coverage
      ?? ruleset.evaluator.coverage(of: contract, asOf: question.asOf, knownAt: question.knownAt)
    return .contract(
      ExaminedContract(
        line: number, contract: contract, verdict: verdict, edition: choice.position,
        coverage: coverage))
  }
}
