// One entity that a chain reaches: its entries, and the paths that lead to it.

import ProvisoModel
import ProvisoQuantities

/// An entity of `chain(…)`: everything the contract says about it, wherever it stands.
final class ChainEntity: Sendable {
  /// The records that describe it, in the order they were met. Never empty.
  let entries: [RecordTerm]
  /// The sum over its paths of the products; nil without `product of`.
  let through: Answer?
  /// The paths with their factors, kept for the explanation only.
  let paths: [[ChainFactor]]

  init(entries: [RecordTerm], through: Answer?, paths: [[ChainFactor]]) {
    self.entries = entries
    self.through = through
    self.paths = paths
  }
}

/// One link's factor, as it stands in a path.
struct ChainFactor: Sendable {
  /// Between 0 and 1 where the contract does not give it.
  let answer: Answer
  let path: String
  let member: String
}
