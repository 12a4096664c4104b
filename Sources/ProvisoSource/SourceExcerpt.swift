// One line of source as it is shown: tabs widened, control bytes made visible, long lines cut.

/// A line of source made fit for a terminal, with a map from byte offsets to terminal columns.
package struct SourceExcerpt: Sendable {
  /// The line as shown.
  package let text: String
  /// The first byte shown and, for every byte of the line from there on, its column.
  private let firstOffset: Int
  private let columns: [Int]
  private let width: Int

  /// Cuts a line so that a range of it can be seen.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - line: The line's bytes, without its end.
  ///   - focus: What should be seen.
  ///   - width: The most terminal cells, counted without the marks of a cut.
  package init(bytes: [UInt8], line: Range<Int>, focus: Range<Int>, width: Int) {
    var start = line.lowerBound
    let beforeFocus = max(focus.lowerBound - line.lowerBound, 0)
    let length = line.count
    if length > width, beforeFocus > width / 2 {
      start = min(max(focus.lowerBound - width / 3, line.lowerBound), line.upperBound)
      // Not in the middle of a scalar.
      while start < line.upperBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
    }
    var text = start > line.lowerBound ? "…" : ""
    var column = start > line.lowerBound ? 1 : 0
    var columns: [Int] = []
    var index = start
    while index < line.upperBound {
      let scalar = ScalarReader.scalar(in: bytes, at: index)
      let (shown, cells) = SourceExcerpt.shown(scalar.value, at: column)
      if column + cells > width {
        text += "…"
        break
      }
      text += shown
      for _ in 0..<scalar.length { columns.append(column) }
      column += cells
      index += scalar.length
    }
    columns.append(column)
    self.text = text
    self.columns = columns
    firstOffset = start
    self.width = column
  }

  /// The terminal column of a byte offset, clamped to what is shown.
  package func column(of offset: Int) -> Int {
    let index = offset - firstOffset
    if index < 0 { return 0 }
    return index < columns.count ? columns[index] : width
  }

  /// A text on one line, with control characters made visible, so that a hostile file cannot
  /// write to the terminal.
  package static func singleLine(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { result += shown(scalar.value, at: 0, tabWidth: 1).0 }
    return result
  }

  /// What is shown for a scalar, and how many cells it takes.
  private static func shown(
    _ value: UInt32, at column: Int, tabWidth: Int = 4
  ) -> (String, Int) {
    switch value {
    case 0x09:
      let cells = tabWidth - column % tabWidth
      return (String(repeating: " ", count: cells), cells)
    case 0x00...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
      return ("\u{FFFD}", 1)
    default:
      guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
      return (String(Character(scalar)), ScalarReader.cells(of: value))
    }
  }
}
