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
  /// How it was reached first, and how often; kept for the explanation only.
  let route: ChainRoute?

  init(
    entries: [RecordTerm], through: Answer?, paths: [[ChainFactor]], route: ChainRoute? = nil
  ) {
    self.entries = entries
    self.through = through
    self.paths = paths
    self.route = route
  }
}

/// The way from the list that a chain starts with to an entity.
struct ChainRoute: Sendable {
  /// The names of the entities on the way, from the outside in, without its own.
  let above: [String]
  /// How many paths lead to it, this one included.
  var pathCount = 1

  /// The entity's name at the end of its way: `Holding → Trust`.
  func leading(to name: String) -> String {
    let way = (above + [name]).joined(separator: " → ")
    switch pathCount {
    case 1: return way
    case 2: return "\(way) (and by another path)"
    default: return "\(way) (and by \(pathCount - 1) other paths)"
    }
  }
}

/// One link's factor, as it stands in a path.
struct ChainFactor: Sendable {
  /// Between 0 and 1 where the contract does not give it.
  let answer: Answer
  let path: String
  let member: String
}
