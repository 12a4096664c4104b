// What a worker hands over of a piece for a ledger: each contract's digest, and its leaf by parts.

package import ProvisoLedger
package import ProvisoLog

/// Whose numbers some parts have.
package final class WorkerMark: Sendable {}

/// A condition's part of a leaf.
package enum LeafPart: Sendable {
  /// The part of a number, by the count of the worker that made the piece.
  case known(Int)
  /// One that may never come again: with an amount of its own.
  case own([UInt8])
}

/// The leaves of a piece's contracts, by the numbers of the worker that made it.
///
/// Of a million contracts that are asked about the same conditions most come out alike. A worker
/// counts the parts that came up and the sequences of them, and says of each only once what it is:
/// with the first piece in which it came up.
package struct PieceLeaves: Sendable {
  /// Whose numbers these are.
  package let worker: WorkerMark
  /// Parts that came up for the first time: the worker's next numbers.
  package internal(set) var newParts: [[UInt8]] = []
  /// Sequences of parts that came up for the first time, one behind another.
  package internal(set) var newSequences: [Int32] = []
  /// By row: the number of its sequence; `PieceLeaves.apart` where it is in `rows`.
  package internal(set) var sequences: [Int32] = []
  /// By row: the contract's digest.
  package internal(set) var digests: [LogHash] = []
  /// The parts of rows that have no known sequence, by row. Lookup only.
  package internal(set) var rows: [Int: [LeafPart]] = [:]
  /// By row: what stands behind the contract's id; empty where the ruleset determines nothing.
  package internal(set) var tails: [[UInt8]] = []
  /// What went wrong.
  package internal(set) var failure: LedgerFailure?

  /// A row that is told by itself.
  package static let apart: Int32 = -1

  init(worker: WorkerMark) { self.worker = worker }
}
