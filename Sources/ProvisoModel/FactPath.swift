// Where a fact stands in a contract; written out only when somebody asks.

/// A path such as `borrower.owners[2].country` or `emissions[2024]`.
package indirect enum FactPath: Sendable {
  /// A contract of a portfolio, by position and id.
  case contract(Int, String)
  /// A field of the contract (nil) or of what stands at a path.
  case field(FactPath?, String)
  /// A member of a list, counted from 0 as JSON does.
  case element(FactPath, Int)
  /// A period of a series, a date of a level.
  case entry(FactPath, String)

  /// The path as contracts and messages write it.
  package var text: String {
    if case .field(nil, let name) = self { return name }
    var text = ""
    text.reserveCapacity(40)
    // Most facts are a field of the contract, or a field of one of its records.
    if case .field(.field(nil, let owner), let name) = self {
      text += owner
      text += "."
      text += name
      return text
    }
    // A path is as deep as the contract nests, so it is written from the end, without recursion.
    var steps: [FactPath] = []
    steps.reserveCapacity(4)
    var rest: FactPath? = self
    while let path = rest {
      steps.append(path)
      switch path {
      case .contract: rest = nil
      case .field(let owner, _): rest = owner
      case .element(let owner, _), .entry(let owner, _): rest = owner
      }
    }
    while let step = steps.popLast() {
      switch step {
      case .contract(_, let id):
        text += "contracts"
        text.appendInBrackets(id)
      case .field(let owner, let name):
        if owner != nil { text += "." }
        text += name
      case .element(_, let index): text.appendInBrackets(String(index))
      case .entry(_, let key): text.appendInBrackets(key)
      }
    }
    return text
  }
}

extension String {
  fileprivate mutating func appendInBrackets(_ key: String) {
    self += "["
    self += key
    self += "]"
  }
}

extension FactPath {
  /// The contract of a portfolio that the path begins with, and the path within it; nil where it
  /// begins with a field of the one contract there is.
  package var withinContract: (position: Int, text: String)? {
    var pieces: [String] = []
    var rest = self
    while true {
      switch rest {
      case .contract(let position, _): return (position, pieces.reversed().joined())
      case .field(let owner, let name):
        guard let owner else { return nil }
        let isFirst = if case .contract = owner { true } else { false }
        pieces.append(isFirst ? name : ".\(name)")
        rest = owner
      case .element(let owner, let index):
        pieces.append("[\(index)]")
        rest = owner
      case .entry(let owner, let key):
        pieces.append("[\(key)]")
        rest = owner
      }
    }
  }
}
