// Where a fact stands in a contract; written out only when somebody asks.

/// A path such as `borrower.owners[2].country` or `emissions[2024]`.
indirect enum FactPath: Sendable {
  /// A field of the contract (nil) or of what stands at a path.
  case field(FactPath?, String)
  /// A member of a list, counted from 0 as JSON does.
  case element(FactPath, Int)
  /// A period of a series, a date of a level.
  case entry(FactPath, String)

  /// The path as contracts and messages write it.
  var text: String {
    if case .field(nil, let name) = self { return name }
    // A path is as deep as the contract nests, so it is written from the end, without recursion.
    var pieces: [String] = []
    var rest: FactPath? = self
    while let path = rest {
      switch path {
      case .field(let owner, let name):
        pieces.append(owner == nil ? name : ".\(name)")
        rest = owner
      case .element(let owner, let index):
        pieces.append("[\(index)]")
        rest = owner
      case .entry(let owner, let key):
        pieces.append("[\(key)]")
        rest = owner
      }
    }
    return pieces.reversed().joined()
  }
}
