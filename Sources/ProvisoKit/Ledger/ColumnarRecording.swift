// Records what workers answer about the pieces of a portfolio, in the order of its lines.

import ProvisoBatch
package import ProvisoLedger
import ProvisoLog
package import ProvisoModel

/// What a recording knows of a worker's numbers.
private struct WorkerNumbers {
  let worker: WorkerMark
  /// By number: the part, as it is shared or, where there was no more room, as it is.
  var parts: [BulkCondition] = []
  /// By number: the sequence, where there was room for it.
  var sequences: [SharedConditions?] = []
  /// The numbers of the parts of all sequences, one behind another.
  var members: [Int32] = []
}

/// Records the results of a run in columns.
package final class ColumnarRecording {
  // Nothing that recording calls comes back here, so no access has to be watched.
  @exclusivity(unchecked) private var bulk: BulkRecording
  private let keeps: Bool
  /// How many conditions the ruleset has.
  private let width: Int
  /// Those that a result has, by their positions: no portfolio condition.
  private let ofContracts: [Int]
  private var workers: [WorkerNumbers] = []
  @exclusivity(unchecked) private var counts = [Int](repeating: 0, count: 16)
  /// What stood in the way; nothing is recorded behind it.
  package private(set) var failure: LedgerFailure?

  /// Records results of a ruleset in a run.
  ///
  /// - Parameter keeps: Whether the contracts are kept too.
  package init(
    _ ruleset: LoadedRuleset, _ question: Question, in recorder: Recorder, keeps: Bool
  ) {
    bulk = BulkRecording(
      ruleset, asOf: question.asOf, knownAt: question.knownAt, in: recorder)
    self.keeps = keeps
    width = ruleset.checked.conditions.count
    ofContracts = ruleset.checked.contractConditions
  }

  /// How many contracts came to each outcome.
  package var outcomeCounts: [Outcome: Int] {
    var found: [Outcome: Int] = [:]
    for (byte, count) in counts.enumerated() where count > 0 {
      if let outcome = OutcomeByte.outcome(UInt8(byte)) { found[outcome] = count }
    }
    return found
  }

  /// Takes up what a worker's numbers stand for; every piece is learnt from, once.
  func learn(from leaves: PieceLeaves?) {
    guard let leaves else { return }
    failure = failure ?? leaves.failure
    let place = place(of: leaves.worker)
    for part in leaves.newParts {
      let shared = part.isEmpty ? nil : bulk.shared(part)
      workers[place].parts.append(shared.map { .shared($0) } ?? .own(part))
    }
    var shared: [SharedCondition] = []
    var start = 0
    while start < leaves.newSequences.count {
      let members = leaves.newSequences[start..<start + width]
      start += width
      shared.removeAll(keepingCapacity: true)
      for condition in ofContracts {
        let number = Int(members[members.startIndex + condition])
        if case .shared(let part) = workers[place].parts[number] { shared.append(part) }
      }
      workers[place].sequences.append(
        shared.count == ofContracts.count ? bulk.together(shared) : nil)
      workers[place].members += members
    }
  }

  private func place(of worker: WorkerMark) -> Int {
    if let known = workers.firstIndex(where: { $0.worker === worker }) { return known }
    workers.append(WorkerNumbers(worker: worker))
    return workers.count - 1
  }

  /// Records the results of a piece; false where something stood in the way.
  func record(_ checked: CheckedPiece) -> Bool {
    guard failure == nil, let leaves = checked.leaves else { return failure == nil }
    guard leaves.digests.count == checked.rows.count else { return false }
    let numbers = workers[place(of: leaves.worker)]
    var counts = counts
    for byte in checked.verdicts.contracts { counts[Int(byte & 15)] += 1 }
    self.counts = counts
    do throws(LedgerFailure) {
      // Results whose contracts are kept, or that determine something, go one by one.
      let goTogether = !keeps && leaves.tails.isEmpty
      let together = BulkRows(
        bytes: checked.piece.bytes, rows: checked.rows, outcomes: checked.verdicts.contracts,
        digests: leaves.digests, sequences: leaves.sequences, known: numbers.sequences)
      var row = 0
      while row < checked.rows.count {
        if goTogether { row = try bulk.record(together, from: row) }
        guard row < checked.rows.count else { break }
        try record(row, checked, leaves, numbers)
        row += 1
      }
      try bulk.flush()
    } catch {
      failure = error
    }
    return failure == nil
  }

  /// Records the result of a row, of whatever form it is.
  private func record(
    _ row: Int, _ checked: CheckedPiece, _ leaves: PieceLeaves, _ numbers: WorkerNumbers
  ) throws(LedgerFailure) {
    let result: Result<Void, LedgerFailure> = checked.piece.bytes.withUnsafeBytes { bytes in
      do throws(LedgerFailure) {
        if let id = checked.rows[row].id {
          let id = UnsafeRawBufferPointer(rebasing: bytes[id])
          try record(row, id, checked, leaves, numbers, bytes)
        } else {
          try recordEscaped(row, checked, leaves, numbers, bytes)
        }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// An id that is written with escapes is not that of the line's bytes.
  private func recordEscaped(
    _ row: Int, _ checked: CheckedPiece, _ leaves: PieceLeaves, _ numbers: WorkerNumbers,
    _ bytes: UnsafeRawBufferPointer
  ) throws(LedgerFailure) {
    let result: Result<Void, LedgerFailure> = Array(checked.id(row).utf8).withUnsafeBytes { id in
      do throws(LedgerFailure) {
        return .success(try record(row, id, checked, leaves, numbers, bytes))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// The bytes of a row's contract, as its digest takes them.
  private func kept(
    _ row: Int, _ checked: CheckedPiece, _ bytes: UnsafeRawBufferPointer
  ) -> [UInt8] {
    let text = checked.rows[row].text
    return checked.piece.contractRows[text.lowerBound]
      ?? Array(trimmed(UnsafeRawBufferPointer(rebasing: bytes[text])))
  }

  private func record(
    _ row: Int, _ id: UnsafeRawBufferPointer, _ checked: CheckedPiece, _ leaves: PieceLeaves,
    _ numbers: WorkerNumbers, _ bytes: UnsafeRawBufferPointer
  ) throws(LedgerFailure) {
    let byte = checked.verdicts.contracts[row]
    let outcome = OutcomeByte.outcome(byte) ?? .notGoverned
    let contract = BulkContract(
      id: id, digest: leaves.digests[row], kept: keeps ? kept(row, checked, bytes) : nil)
    let tail = leaves.tails.isEmpty ? nil : leaves.tails[row]
    let sequence = Int(leaves.sequences[row])
    guard sequence >= 0 else {
      let all = leaves.rows[row] ?? []
      let parts = (all.isEmpty ? [] : ofContracts).map { condition in
        switch all[condition] {
        case .known(let number): numbers.parts[number]
        case .own(let bytes): BulkCondition.own(bytes)
        }
      }
      return try bulk.record(contract, outcome: outcome, conditions: parts, tail: tail)
    }
    if let together = numbers.sequences[sequence] {
      return try bulk.record(contract, outcome: outcome, together: together, tail: tail)
    }
    let members = numbers.members[sequence * width..<(sequence + 1) * width]
    try bulk.record(
      contract, outcome: outcome,
      conditions: ofContracts.lazy.map { numbers.parts[Int(members[members.startIndex + $0])] },
      tail: tail)
  }
}
