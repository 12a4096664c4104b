// Comma-separated files as RFC 4180 describes them, with the place of every cell.

import ProvisoSource

/// One cell: its text without quotes, and where it stands.
struct CsvCell {
  let text: String
  let span: SourceSpan
}

/// A file of cells: a header and rows of the same width.
struct CsvTable {
  let header: [CsvCell]
  let rows: [[CsvCell]]

  /// The position of a column by its header.
  func column(_ name: String) -> Int? { header.firstIndex { $0.text == name } }
}

/// What keeps bytes from being such a file.
struct CsvProblem: Error {
  let message: String
  let span: SourceSpan
}

/// Reads a file: quoted cells may hold commas, line ends and doubled quotes; LF and CRLF both end a
/// row; a byte order mark and empty lines are skipped.
///
/// - Complexity: O(*n*) in the number of bytes.
func readCsv(_ file: SourceFile) -> Result<CsvTable, CsvProblem> {
  var reader = CsvReader(file: file)
  return reader.read()
}

private struct CsvReader {
  let file: SourceFile
  private let bytes: [UInt8]
  private var offset = 0

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(file: SourceFile) {
    self.file = file
    bytes = file.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  mutating func read() -> Result<CsvTable, CsvProblem> {
    var header: [CsvCell]?
    var rows: [[CsvCell]] = []
    do throws(CsvProblem) {
      while offset < bytes.count {
        if skipEmptyLine() { continue }
        let row = try readRow()
        guard let head = header else {
          header = row
          continue
        }
        guard row.count == head.count else {
          throw CsvProblem(
            message: "this row has \(row.count) cells, and the header has \(head.count)",
            span: span(row))
        }
        rows.append(row)
      }
    } catch {
      return .failure(error)
    }
    guard let header else {
      return .failure(CsvProblem(message: "this file is empty", span: file.span.startPoint))
    }
    var seen = Set<String>()
    for cell in header where !seen.insert(cell.text).inserted {
      return .failure(
        CsvProblem(message: "two columns are called `\(cell.text)`", span: cell.span))
    }
    return .success(CsvTable(header: header, rows: rows))
  }

  private func span(_ row: [CsvCell]) -> SourceSpan {
    guard let first = row.first, let last = row.last else { return file.span.startPoint }
    return first.span.joined(with: last.span)
  }

  private mutating func skipEmptyLine() -> Bool {
    if bytes[offset] == Self.lineFeed {
      offset += 1
      return true
    }
    if bytes[offset] == Self.carriageReturn, offset + 1 < bytes.count,
      bytes[offset + 1] == Self.lineFeed
    {
      offset += 2
      return true
    }
    return false
  }

  private mutating func readRow() throws(CsvProblem) -> [CsvCell] {
    var cells: [CsvCell] = []
    while true {
      cells.append(offset < bytes.count && bytes[offset] == Self.quote ? try quoted() : plain())
      guard offset < bytes.count else { return cells }
      if bytes[offset] == Self.comma {
        offset += 1
        continue
      }
      if !skipEmptyLine() { offset += 1 }
      return cells
    }
  }

  private mutating func plain() -> CsvCell {
    let start = offset
    while offset < bytes.count, bytes[offset] != Self.comma, bytes[offset] != Self.lineFeed {
      if bytes[offset] == Self.carriageReturn, offset + 1 < bytes.count,
        bytes[offset + 1] == Self.lineFeed
      {
        break
      }
      offset += 1
    }
    return CsvCell(
      text: String(decoding: bytes[start..<offset], as: UTF8.self),
      span: SourceSpan(source: file.id, start: start, end: offset))
  }

  private mutating func quoted() throws(CsvProblem) -> CsvCell {
    let start = offset
    var text: [UInt8] = []
    offset += 1
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      guard byte == Self.quote else {
        text.append(byte)
        continue
      }
      if offset < bytes.count, bytes[offset] == Self.quote {
        text.append(byte)
        offset += 1
        continue
      }
      let span = SourceSpan(source: file.id, start: start, end: offset)
      if offset < bytes.count, bytes[offset] != Self.comma, bytes[offset] != Self.lineFeed,
        bytes[offset] != Self.carriageReturn
      {
        throw CsvProblem(
          message: "a closing quote is followed by more text", span: span.endPoint)
      }
      return CsvCell(text: String(decoding: text, as: UTF8.self), span: span)
    }
    throw CsvProblem(
      message: "a quoted cell has no end",
      span: SourceSpan(source: file.id, start: start, end: start + 1))
  }
}
