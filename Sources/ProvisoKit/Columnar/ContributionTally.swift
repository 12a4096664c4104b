// What the contracts of a piece contribute to questions over all contracts, out of columns.

import ProvisoBatch
package import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// A contract that has to be kept, because columns do not hold all that is asked of it.
package struct PieceMember: Sendable {
  /// Which of the piece's contracts it is.
  package let row: Int
  package let contract: Contract
}

/// What the contracts of a piece contribute to the questions over `contracts`.
package struct PieceContributions: Sendable {
  /// Governed contracts that need not be kept: by row, in order.
  package internal(set) var settledRows: [Int] = []
  /// By question of the plan: what these contribute.
  package internal(set) var settled: [Contributions]
  /// The other governed contracts, in the order of their lines, with those of which it is not
  /// known whether the ruleset is for them.
  package internal(set) var members: [PieceMember] = []
}

/// Adds up what contracts contribute, vector by vector.
///
/// A class, for it is written to while the executor that it belongs to is at work; it never leaves
/// its thread.
final class ContributionTally {
  private let plan: Plan
  /// None: every contract is kept.
  private let questions: [ContributionPlan]
  private var found: PieceContributions
  /// Of the chunk under way: which contracts are settled.
  private var isSettled: [Bool] = []
  private var openRows = OpenRows()
  /// Of the contract under way, by question: whether it counts, and with what.
  private var values: [(counts: Bool, value: Fraction?)] = []
  /// Which of the piece's contracts is the first of the chunk under way.
  private var firstRow = 0

  init(_ plan: Plan) {
    self.plan = plan
    questions = plan.contributions ?? []
    found = PieceContributions(settled: questions.map { _ in Contributions() })
  }

  /// Begins a chunk.
  func begin(_ rowCount: Int, from firstRow: Int) {
    isSettled = Array(repeating: false, count: rowCount)
    self.firstRow = firstRow
  }

  /// Looks at a vector: takes up the contracts of which columns say everything.
  func look(_ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers) {
    guard !questions.isEmpty else { return }
    openRows.begin()
    for row in answers.rows where !chunk.irregular[row] && isGoverned(row, chunk, answers) {
      guard askAll(row, chunk, answers) else { continue }
      isSettled[row] = true
      found.settledRows.append(firstRow + row)
      for (question, value) in values.enumerated() where value.counts {
        found.settled[question].add(value.value)
      }
    }
  }

  /// Whether it is known that the ruleset is for a contract.
  private func isGoverned(
    _ row: Int, _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers
  ) -> Bool {
    guard !plan.isGovernsOpen else { return false }
    guard let governs = plan.governs else { return true }
    guard !openRows.contain(row, of: governs.day, chunk, answers),
      case .date(let day)? = answers.value(governs.day, .date, row)
    else { return false }
    return governs.from.map { $0 <= day } ?? true && governs.until.map { day < $0 } ?? true
  }

  /// Asks a contract every question; false where columns do not have the answer to one.
  private func askAll(
    _ row: Int, _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers
  ) -> Bool {
    values.removeAll(keepingCapacity: true)
    for question in questions {
      for node in question.roots where openRows.contain(row, of: node, chunk, answers) {
        return false
      }
      for node in question.known {
        guard case .boolean(true)? = answers.value(node, .boolean, row) else { return false }
      }
      if let selection = question.selection {
        guard case .boolean(let counts)? = answers.value(selection, .boolean, row) else {
          return false
        }
        guard counts else {
          values.append((false, nil))
          continue
        }
      }
      guard let node = question.value else {
        values.append((true, nil))
        continue
      }
      guard case .quantity(let value)? = answers.value(node, .quantity(.one), row) else {
        return false
      }
      values.append((true, value))
    }
    return true
  }

  /// Has the contracts of a chunk kept that are not settled, once all are decided.
  func finish(_ verdicts: VerdictColumns, _ contract: (Int) -> Contract?) {
    for row in isSettled.indices
    where !isSettled[row] && verdicts.contracts[row] != OutcomeByte.notGoverned {
      guard let contract = contract(firstRow + row) else { continue }
      found.members.append(PieceMember(row: firstRow + row, contract: contract))
    }
  }

  /// What the contracts of all chunks contribute, and a fresh start.
  func take() -> PieceContributions {
    defer { found = PieceContributions(settled: questions.map { _ in Contributions() }) }
    return found
  }
}
