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
  ///
  /// A path is as deep as the contract nests, so it is written from its end, without recursion.
  package var text: String {
    if case .field(nil, let name) = self { return name }
    var length = 0
    forEachPiece { length += $0.utf8.count }
    return String(unsafeUninitializedCapacity: length) { bytes in
      var start = length
      forEachPiece { piece in
        var piece = piece
        piece.withUTF8 { piece in
          start -= piece.count
          UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[start...])
            .copyMemory(from: UnsafeRawBufferPointer(piece))
        }
      }
      return length
    }
  }

  /// The pieces of which the path is written, the last first.
  private func forEachPiece(_ body: (String) -> Void) {
    var rest: FactPath? = self
    while let path = rest {
      switch path {
      case .contract(_, let id):
        body("]")
        body(id)
        body("contracts[")
        rest = nil
      case .field(let owner, let name):
        body(name)
        if owner != nil { body(".") }
        rest = owner
      case .element(let owner, let index):
        body("]")
        body(String(index))
        body("[")
        rest = owner
      case .entry(let owner, let key):
        body("]")
        body(key)
        body("[")
        rest = owner
      }
    }
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
