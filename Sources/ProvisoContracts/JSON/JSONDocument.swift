// A JSON text as a flat tape of nodes that point into its bytes, so that every value has a place.

/// What a node of a JSON text is.
package enum JSONKind: UInt8, Hashable, Sendable {
  case null
  case yes
  case no
  case number
  case string
  case array
  case object
}

/// One value, or one key, of a JSON text.
///
/// Layout, 16 bytes. A container's children follow it on the tape; in an object a key stands before
/// its value. `next` is the position behind the node's last descendant, so skipping costs nothing.
package struct JSONNode: Hashable, Sendable {
  /// The offset of the first byte: the quote, bracket, sign or digit.
  let start: UInt32
  /// The offset behind the last byte.
  var end: UInt32
  /// The position on the tape of what follows the node and all that is in it.
  var next: UInt32
  package let kind: JSONKind
  /// Whether a string holds a backslash, so that its bytes are not its text.
  let hasEscapes: Bool

  /// The node's bytes, quotes and brackets included.
  package var range: Range<Int> { Int(start)..<max(Int(start), Int(end)) }
}

/// The position of a node on the tape of one document; meaningless in another.
package struct JSONNodeID: Hashable, Sendable {
  let position: Int
}

/// A JSON text that keeps to the grammar: its bytes and the tape of its nodes.
package struct JSONDocument: Sendable {
  /// The bytes as they were read.
  package let bytes: [UInt8]
  /// Invariant: never empty; the first node is the value itself, and every `next` lies behind its
  /// node and within the tape.
  let nodes: [JSONNode]

  /// The value of the whole text.
  package var root: JSONNodeID { JSONNodeID(position: 0) }

  /// A node.
  package subscript(id: JSONNodeID) -> JSONNode { nodes[id.position] }

  /// The values of an array, in order; nothing for any other value.
  package func elements(of id: JSONNodeID) -> JSONElements {
    JSONElements(document: self, container: id, kind: .array)
  }

  /// The keys and values of an object, in the order of the text; nothing for any other value.
  package func members(of id: JSONNodeID) -> JSONMembers {
    JSONMembers(document: self, object: id)
  }

  /// The value under a key of an object.
  ///
  /// - Complexity: O(*n*) in the number of keys.
  package func value(of key: String, in id: JSONNodeID) -> JSONNodeID? {
    for member in members(of: id) where isText(member.key, key) { return member.value }
    return nil
  }

  /// The text of a string or a key; for any other node, its bytes.
  package func text(of id: JSONNodeID) -> String {
    String(decoding: textBytes(of: id), as: UTF8.self)
  }

  /// Whether a string or key says exactly this, scalar for scalar.
  package func isText(_ id: JSONNodeID, _ text: String) -> Bool {
    let node = self[id]
    if !node.hasEscapes { return rawText(of: node).elementsEqual(text.utf8) }
    return textBytes(of: id).elementsEqual(text.utf8)
  }

  /// The bytes of a string's or key's text, without quotes and escapes.
  package func textBytes(of id: JSONNodeID) -> ArraySlice<UInt8> {
    let node = self[id]
    let raw = rawText(of: node)
    return node.hasEscapes ? unescaped(raw)[...] : raw
  }

  /// The bytes of a node as they stand, without the quotes of a string.
  private func rawText(of node: JSONNode) -> ArraySlice<UInt8> {
    let range = node.range
    guard node.kind == .string, range.count >= 2 else { return bytes[range] }
    return bytes[range.lowerBound + 1..<range.upperBound - 1]
  }
}

/// The children of an array or the keys and values of an object, as one sequence of nodes.
package struct JSONElements: Sequence, IteratorProtocol {
  private let document: JSONDocument
  private var position: Int
  private let end: Int

  init(document: JSONDocument, container: JSONNodeID, kind: JSONKind) {
    self.document = document
    let node = document[container]
    end = Int(node.next)
    position = node.kind == kind ? container.position + 1 : end
  }

  /// The next element; nil behind the last.
  package mutating func next() -> JSONNodeID? {
    guard position < end else { return nil }
    defer { position = Int(document.nodes[position].next) }
    return JSONNodeID(position: position)
  }
}

/// The keys and values of an object, in the order of the text.
package struct JSONMembers: Sequence, IteratorProtocol {
  private var nodes: JSONElements

  init(document: JSONDocument, object: JSONNodeID) {
    nodes = JSONElements(document: document, container: object, kind: .object)
  }

  /// The next key with its value; nil behind the last.
  package mutating func next() -> (key: JSONNodeID, value: JSONNodeID)? {
    guard let key = nodes.next(), let value = nodes.next() else { return nil }
    return (key, value)
  }
}
