// A source text as the user has it, and the map from its bytes to lines and columns.

/// Names one source file among those of a run; small, dense, in order of loading.
package struct SourceID: Hashable, Comparable, Sendable {
  /// The position of the file in the run's list of files.
  package let index: Int

  /// Names the file at a position in the run's list.
  package init(_ index: Int) {
    self.index = index
  }

  package static func < (left: SourceID, right: SourceID) -> Bool {
    left.index < right.index
  }
}

/// A place in a file as a person counts it: lines and columns from 1.
package struct SourcePosition: Hashable, Sendable {
  /// The line, from 1.
  package let line: Int
  /// The column in Unicode scalars, from 1; every invalid byte counts as one.
  package let column: Int
  /// The column in UTF-16 code units, from 0, as editors count it.
  package let utf16Column: Int

  /// Makes a place from its three numbers.
  package init(line: Int, column: Int, utf16Column: Int) {
    self.line = line
    self.column = column
    self.utf16Column = utf16Column
  }
}

/// One file: its name as written, its bytes, and where its lines begin.
///
/// The bytes need not be valid UTF-8; nothing here fails on any bytes.
package struct SourceFile: Sendable {
  /// Names this file in spans.
  package let id: SourceID
  /// The path as the user wrote it, with forward slashes.
  package let name: String
  /// The contents, untouched.
  package let bytes: [UInt8]
  /// The offset of the first byte of every line; sorted, and the first is 0.
  package let lineStarts: [Int]

  /// Keeps a file and finds its lines.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  package init(id: SourceID, name: String, bytes: [UInt8]) {
    self.id = id
    self.name = name
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for offset in buffer.indices where buffer[offset] == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      }
    }
    lineStarts = starts
  }

  /// Keeps a file given as text.
  package init(id: SourceID = SourceID(0), name: String, text: String) {
    self.init(id: id, name: name, bytes: Array(text.utf8))
  }

  /// The span of the whole file.
  package var span: SourceSpan {
    SourceSpan(source: id, start: 0, end: bytes.count)
  }

  /// The zero-based line that holds a byte offset; offsets outside the file are clamped to it.
  package func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a zero-based line, without its line end.
  package func lineRange(_ line: Int) -> Range<Int> {
    guard line >= 0, line < lineStarts.count else { return bytes.count..<bytes.count }
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The place of a byte offset as a person counts it; offsets outside the file are clamped to it.
  package func position(at offset: Int) -> SourcePosition {
    let clamped = min(max(offset, 0), bytes.count)
    let line = lineIndex(at: clamped)
    var column = 1
    var utf16Column = 0
    var index = lineStarts[line]
    while index < clamped {
      let scalar = ScalarReader.scalar(in: bytes, at: index)
      column += 1
      utf16Column += scalar.value >= 0x10000 ? 2 : 1
      index += scalar.length
    }
    return SourcePosition(line: line + 1, column: column, utf16Column: utf16Column)
  }

  /// The text of a span, with the replacement character for what is not UTF-8.
  package func text(of span: SourceSpan) -> String {
    let start = min(max(span.start, 0), bytes.count)
    let end = min(max(span.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

/// A stretch of bytes in one source file, as offsets into the file the user has.
///
/// In a literate file these are offsets into the Markdown. An empty span stands between two bytes.
package struct SourceSpan: Hashable, Sendable {
  /// The file.
  package let source: SourceID
  /// The offset of the first byte.
  package let start: Int
  /// The offset behind the last byte.
  package let end: Int

  /// Makes a span; an end before the start is taken as an empty span at the start.
  package init(source: SourceID, start: Int, end: Int) {
    self.source = source
    self.start = start
    self.end = max(start, end)
  }

  /// The smallest span that covers this one and another of the same file.
  package func joined(with other: SourceSpan) -> SourceSpan {
    guard source == other.source else { return self }
    return SourceSpan(source: source, start: min(start, other.start), end: max(end, other.end))
  }

  /// The empty span at this one's start.
  package var startPoint: SourceSpan { SourceSpan(source: source, start: start, end: start) }

  /// The empty span at this one's end.
  package var endPoint: SourceSpan { SourceSpan(source: source, start: end, end: end) }

  /// Whether the span covers no byte.
  package var isEmpty: Bool { start == end }
}
