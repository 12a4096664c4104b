// What both ways of running a portfolio say of its lines: why one is rejected, why one is listed.

import ProvisoContracts
import ProvisoInterpreter
import ProvisoModel
import ProvisoReports
import ProvisoSource

extension RejectedContract {
  /// A line that is longer than a contract may be.
  init(tooLong line: Int) {
    self.init(
      line: line, id: nil, code: nil,
      reason: "the line is longer than \(Files.contractLimitBytes >> 20) MiB")
  }

  /// A line whose contract bears an id that was there before; the earlier line, where it is known.
  init(repeating id: String?, line: Int, earlier: Int?) {
    let place = earlier.map { "line \($0)" } ?? "an earlier line"
    self.init(
      line: line, id: id, code: nil,
      reason: "\(place) already has a contract with this id")
  }

  /// A row of a table that stands for no contract.
  init(broken reason: String, line: Int) {
    self.init(line: line, id: nil, code: nil, reason: reason)
  }
}

extension LoadedRuleset {
  /// The contract of a line, or why it is none.
  func contract(
    ofLine bytes: [UInt8], _ line: Int, of name: String
  ) -> (contract: Contract?, rejection: RejectedContract?) {
    let file = SourceFile(id: SourceID(checked.sources.count), name: name, bytes: bytes)
    let reading = readContract(file, for: checked)
    if let contract = reading.contract { return (contract, nil) }
    let error = reading.diagnostics.first { $0.severity == .error }
    let place = error?.path.map { "`\($0)`: " } ?? ""
    let help = error?.help.first.map { "; \($0)" } ?? ""
    return (
      nil,
      RejectedContract(
        line: line, id: reading.id, code: error?.code.rawValue,
        reason: place + (error?.message ?? "it cannot be read") + help)
    )
  }

  /// Why a condition of a contract came out as it did, in a sentence; nil where there is none.
  func sentence(
    on condition: ConditionID, of contract: Contract, _ question: Question
  ) -> Prose? {
    let verdict = evaluator.evaluate(
      condition: condition, of: contract, asOf: question.asOf, knownAt: question.knownAt,
      tracing: .withDerivations)
    guard let verdict, let test = verdict.tests.first(where: { $0.outcome == verdict.outcome })
    else { return nil }
    return SentenceWriter(checked).sentence(
      for: test, of: checked[condition], asOf: question.asOf)
  }
}
