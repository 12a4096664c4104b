// Reads JSON text by RFC 8259, and by the limits that contracts add, in one pass without recursion.

import ProvisoQuantities
import ProvisoSource

/// Reads JSON text.
///
/// The grammar is RFC 8259's. Beyond it these are refused: a byte order mark, invalid UTF-8,
/// half a surrogate pair, a key given twice in one object, nesting over 512, a number of over 34
/// significant digits or with an exponent beyond ±64.
package struct JSONReader {
  /// The deepest that containers may nest.
  package static let nestingLimit = 512
  /// Problems after which a text is left alone.
  private static let problemLimit = 20
  /// Offsets are held in 32 bits.
  private static let sizeLimit = Int(UInt32.max)

  let bytes: [UInt8]
  var offset = 0
  var nodes: [JSONNode] = []
  var problems: [JSONProblem] = []
  var hasFailed = false
  /// Tape positions of the containers that are open, outermost first.
  private var open: [Int] = []
  private var expecting = Expecting.value

  private enum Expecting { case value, elementOrEnd, keyOrEnd, key, colon, commaOrEnd, nothing }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads a text to its tape.
  ///
  /// - Complexity: O(*n*) time in the number of bytes, O(1) stack.
  package static func read(_ bytes: [UInt8]) -> JSONReading {
    var reader = JSONReader(bytes: bytes)
    reader.readText()
    let document =
      reader.hasFailed || reader.nodes.isEmpty
      ? nil : JSONDocument(bytes: bytes, nodes: reader.nodes)
    reader.problems.sort { $0.range.lowerBound < $1.range.lowerBound }
    return JSONReading(
      document: document, beginning: document == nil ? reader.beginning : nil,
      problems: reader.problems)
  }

  /// What was read so far, as a document.
  private var beginning: JSONDocument? {
    guard !nodes.isEmpty else { return nil }
    var nodes = nodes
    if isInObject, let object = open.last {
      var (position, isKey) = (object + 1, false)
      while position < nodes.count {
        isKey.toggle()
        position = Int(nodes[position].next)
      }
      // A key whose value was not read.
      if isKey { nodes.removeLast() }
    }
    for container in open {
      nodes[container].end = UInt32(offset)
      nodes[container].next = UInt32(nodes.count)
    }
    return JSONDocument(bytes: bytes, nodes: nodes)
  }

  private mutating func readText() {
    guard bytes.count <= Self.sizeLimit else { return fail(.tooLarge, 0..<0) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return fail(.byteOrderMark, 0..<3) }
    skipWhiteSpace()
    guard offset < bytes.count else { return fail(.empty, 0..<0) }
    while !hasFailed {
      skipWhiteSpace()
      guard offset < bytes.count else {
        if expecting != .nothing { failAtEnd() }
        return
      }
      step(bytes[offset])
    }
  }

  /// Reads one token.
  private mutating func step(_ byte: UInt8) {
    switch expecting {
    case .value: readValue(byte)
    case .elementOrEnd:
      if byte == UInt8(ascii: "]") { close() } else { readValue(byte) }
    case .keyOrEnd:
      if byte == UInt8(ascii: "}") { close() } else { readKey(byte) }
    case .key: readKey(byte)
    case .colon:
      guard byte == UInt8(ascii: ":") else { return failHere() }
      offset += 1
      expecting = .value
    case .commaOrEnd:
      if byte == UInt8(ascii: ",") {
        offset += 1
        expecting = isInObject ? .key : .value
      } else if byte == (isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        close()
      } else {
        failHere()
      }
    case .nothing: fail(.textAfterEnd, offset..<wordEnd(from: offset))
    }
  }

  private mutating func readValue(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"): return openContainer(.object)
    case UInt8(ascii: "["): return openContainer(.array)
    case UInt8(ascii: "\""): readString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    default: readWord()
    }
    endValue()
  }

  private mutating func readKey(_ byte: UInt8) {
    guard byte == UInt8(ascii: "\"") else { return failHere() }
    readString()
    expecting = .colon
  }

  // MARK: Containers

  private var isInObject: Bool {
    guard let container = open.last else { return false }
    return nodes[container].kind == .object
  }

  private mutating func openContainer(_ kind: JSONKind) {
    guard open.count < Self.nestingLimit else { return fail(.tooDeep, offset..<offset + 1) }
    open.append(nodes.count)
    append(kind, offset..<offset + 1)
    offset += 1
    expecting = kind == .object ? .keyOrEnd : .elementOrEnd
  }

  private mutating func close() {
    offset += 1
    guard let container = open.popLast() else { return }
    nodes[container].end = UInt32(offset)
    nodes[container].next = UInt32(nodes.count)
    if nodes[container].kind == .object { reportDuplicateKeys(in: container) }
    endValue()
  }

  private mutating func endValue() {
    expecting = open.isEmpty ? .nothing : .commaOrEnd
  }

  /// Reports each key that its object has had before.
  private mutating func reportDuplicateKeys(in container: Int) {
    let end = nodes.count
    var keys: [Int] = []
    var position = container + 1
    while position < end {
      keys.append(position)
      // A key is one node; its value lies behind it.
      position = Int(nodes[position + 1].next)
    }
    guard keys.count > 1 else { return }
    // Most objects have few keys, written plainly: comparing each with each is quicker there than
    // taking them up in a table.
    if keys.count <= 16, !keys.contains(where: { nodes[$0].hasEscapes }) {
      for (place, key) in keys.enumerated() {
        let other = keys[..<place].first { isSameText(nodes[$0].range, nodes[key].range) }
        if let other { note(.duplicateKey, nodes[key].range, other: nodes[other].range) }
      }
      return
    }
    var first: [[UInt8]: Int] = [:]
    first.reserveCapacity(keys.count)
    for key in keys {
      let text = keyBytes(nodes[key])
      if let other = first[text] {
        note(.duplicateKey, nodes[key].range, other: nodes[other].range)
      } else {
        first[text] = key
      }
    }
  }

  private func isSameText(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    one.count == other.count && zip(one, other).allSatisfy { bytes[$0] == bytes[$1] }
  }

  private func keyBytes(_ node: JSONNode) -> [UInt8] {
    let raw = bytes[node.range].dropFirst().dropLast()
    return node.hasEscapes ? unescaped(raw) : Array(raw)
  }

  // MARK: Words and white space

  private mutating func readWord() {
    let end = wordEnd(from: offset)
    let range = offset..<end
    let word = bytes[range]
    if word.elementsEqual("true".utf8) {
      append(.yes, range)
    } else if word.elementsEqual("false".utf8) {
      append(.no, range)
    } else if word.elementsEqual("null".utf8) {
      append(.null, range)
    } else if let first = word.first, Self.isWordByte(first) {
      return fail(
        first == UInt8(ascii: ".") || first == UInt8(ascii: "+")
          ? .malformedNumber : .unknownWord, range)
    } else {
      return failHere()
    }
    offset = end
  }

  /// The end of the run of letters, digits and number signs at an offset; at least one byte on.
  func wordEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
    return max(end, min(start + 1, bytes.count))
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private mutating func skipWhiteSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  // MARK: Tape and problems

  mutating func append(_ kind: JSONKind, _ range: Range<Int>, hasEscapes: Bool = false) {
    nodes.append(
      JSONNode(
        start: UInt32(range.lowerBound), end: UInt32(range.upperBound),
        next: UInt32(nodes.count + 1), kind: kind, hasEscapes: hasEscapes))
  }

  /// Keeps a problem after which reading goes on.
  mutating func note(_ kind: JSONProblemKind, _ range: Range<Int>, other: Range<Int>? = nil) {
    problems.append(JSONProblem(kind: kind, range: range, other: other))
    if !kind.isRecoverable || problems.count >= Self.problemLimit { hasFailed = true }
  }

  /// Keeps a problem that ends the reading.
  mutating func fail(_ kind: JSONProblemKind, _ range: Range<Int>, other: Range<Int>? = nil) {
    note(kind, range, other: other)
    hasFailed = true
  }

  /// Says that the byte at the offset cannot stand there.
  private mutating func failHere() {
    let found = ScalarReader.scalar(in: bytes, at: offset)
    guard found.isValid else {
      return fail(.invalidUTF8(bytes[offset]), offset..<offset + 1)
    }
    let end = max(offset + found.length, wordEnd(from: offset))
    fail(.unexpected(expectation), offset..<end, other: openRange)
  }

  private mutating func failAtEnd() {
    fail(.unexpectedEnd(expectation), bytes.count..<bytes.count, other: openRange)
  }

  private var openRange: Range<Int>? {
    open.last.map { Int(nodes[$0].start)..<Int(nodes[$0].start) + 1 }
  }

  private var expectation: JSONExpectation {
    switch expecting {
    case .value, .nothing: .value
    case .elementOrEnd: .elementOrEnd
    case .keyOrEnd: .keyOrEnd
    case .key: .key
    case .colon: .colon
    case .commaOrEnd: isInObject ? .commaOrBrace : .commaOrBracket
    }
  }
}
