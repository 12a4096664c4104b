// Rows of a CSV file (RFC 4180), one after the other, so that memory does not grow with the file.

/// One row: its cells, and the line it begins on.
package struct CsvRow: Sendable {
  package let line: Int
  package let cells: [[UInt8]]
  /// As it stands in the file, without its line end.
  package let text: [UInt8]
}

/// What is wrong with a CSV file as a whole.
package struct CsvFailure: Error, Hashable, Sendable {
  package let name: String
  package let line: Int
  package let message: String
  package let help: String
}

/// Reads rows: cells between commas, quoted where they hold a comma, a quote (written twice) or a
/// line break.
package struct CsvRows {
  let name: String
  private let source: LineSource
  private var line = 0

  /// The lines of a file as they are read; each without its line end, nil behind the last.
  package typealias LineSource = () -> [UInt8]?

  /// Reads rows out of lines.
  package init(_ name: String, _ source: @escaping LineSource) {
    self.name = name
    self.source = source
  }

  /// The next row; nil behind the last. Empty lines are passed over.
  package mutating func next() throws(CsvFailure) -> CsvRow? {
    while let text = source() {
      line += 1
      if text.isEmpty || text == [0x0D] { continue }
      return try row(text)
    }
    return nil
  }

  private mutating func row(_ text: [UInt8]) throws(CsvFailure) -> CsvRow {
    let first = line
    var cells: [[UInt8]] = []
    var cell: [UInt8] = []
    var rest = text[...]
    if first == 1, rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var whole = Array(rest)
    if rest.last == 0x0D { rest.removeLast() }
    var isQuoted = false
    var wasQuoted = false
    while true {
      guard let byte = rest.first else {
        guard isQuoted else { break }
        // The cell goes on in the next line.
        guard let more = source() else {
          throw failure(first, "the file ends inside a quoted cell", "close it with `\"`")
        }
        line += 1
        cell.append(0x0A)
        whole.append(0x0A)
        whole += more
        rest = more[...]
        if rest.last == 0x0D { rest.removeLast() }
        continue
      }
      rest = rest.dropFirst()
      if isQuoted {
        guard byte == 0x22 else {
          cell.append(byte)
          continue
        }
        if rest.first == 0x22 {
          cell.append(0x22)
          rest = rest.dropFirst()
        } else {
          isQuoted = false
          wasQuoted = true
        }
      } else if byte == 0x2C {
        cells.append(cell)
        cell = []
        wasQuoted = false
      } else if byte == 0x22, cell.isEmpty, !wasQuoted {
        isQuoted = true
      } else if byte == 0x22 || wasQuoted {
        throw failure(
          first, "a quote stands inside a cell",
          "put the whole cell in quotes, and write each quote in it twice")
      } else {
        cell.append(byte)
      }
    }
    cells.append(cell)
    if whole.last == 0x0D { whole.removeLast() }
    return CsvRow(line: first, cells: cells, text: whole)
  }

  /// A failure of this file.
  package func failure(_ line: Int, _ message: String, _ help: String) -> CsvFailure {
    CsvFailure(name: name, line: line, message: message, help: help)
  }
}
