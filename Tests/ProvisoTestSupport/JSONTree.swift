// JSON values that tests write and change; numbers stay as they are written.

/// A JSON value with the order of its members.
package indirect enum JSONTree: Hashable, Sendable {
  /// A number, word or string as written, quotes included.
  case scalar(String)
  case array([JSONTree])
  case object([Member])

  /// A key without quotes and its value.
  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONTree
    package init(_ key: String, _ value: JSONTree) {
      self.key = key
      self.value = value
    }
  }

  /// A string of plain characters.
  package static func string(_ text: String) -> JSONTree { .scalar("\"\(text)\"") }

  /// The text, one line.
  package var text: String {
    switch self {
    case .scalar(let text): text
    case .array(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\"\($0.key)\": \($0.value.text)" }.joined(separator: ", "))}"
    }
  }

  /// The member of an object; setting nil removes it, setting a new one adds it at the end.
  package subscript(key: String) -> JSONTree? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.first { $0.key == key }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      let place = members.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(Member(key, value))
      case (nil, nil): return
      }
      self = .object(members)
    }
  }

  /// The elements of an array.
  package var elements: [JSONTree]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// A string without its quotes.
  package var stringValue: String? {
    guard case .scalar(let text) = self, text.hasPrefix("\""), text.count >= 2 else { return nil }
    return String(text.dropFirst().dropLast())
  }
}
