// Swift text with its comments and strings blanked out, so that a scan sees only code.

/// The code of a Swift file: comments and string contents are spaces, and lines stay lines.
///
/// What stands in an interpolation is code. Strings with `#` around them are blanked whole.
func codeOnly(_ text: String) -> String {
  let bytes = Array(text.utf8)
  var output = [UInt8]()
  output.reserveCapacity(bytes.count)
  var index = 0
  /// For each string that an interpolation is in: its quotes, and the parentheses open since.
  var strings: [(quotes: Int, depth: Int)] = []

  func starts(_ word: String, at offset: Int) -> Bool {
    bytes[offset...].starts(with: word.utf8)
  }
  func blank(_ count: Int) {
    for byte in bytes[index..<min(index + count, bytes.count)] {
      output.append(byte == 0x0A ? 0x0A : 0x20)
    }
    index += count
  }
  /// Goes on in a string until its end or an interpolation.
  func skipString(quotes: Int) {
    let end = quotes == 3 ? "\"\"\"" : "\""
    while index < bytes.count {
      if starts("\\(", at: index) {
        blank(2)
        strings.append((quotes, 1))
        return
      }
      if starts("\\", at: index) {
        blank(2)
      } else if starts(end, at: index) {
        blank(quotes)
        return
      } else {
        blank(1)
      }
    }
  }

  while index < bytes.count {
    if starts("//", at: index) {
      while index < bytes.count, bytes[index] != 0x0A { blank(1) }
    } else if starts("/*", at: index) {
      while index < bytes.count, !starts("*/", at: index) { blank(1) }
      blank(2)
    } else if starts("#\"", at: index) {
      blank(2)
      while index < bytes.count, !starts("\"#", at: index) { blank(1) }
      blank(2)
    } else if starts("\"\"\"", at: index) {
      blank(3)
      skipString(quotes: 3)
    } else if starts("\"", at: index) {
      blank(1)
      skipString(quotes: 1)
    } else {
      let byte = bytes[index]
      output.append(byte)
      index += 1
      guard let open = strings.last else { continue }
      if byte == UInt8(ascii: "(") { strings[strings.count - 1].depth += 1 }
      if byte == UInt8(ascii: ")") {
        strings[strings.count - 1].depth -= 1
        if open.depth == 1 {
          strings.removeLast()
          skipString(quotes: open.quotes)
        }
      }
    }
  }
  return String(decoding: output, as: UTF8.self)
}
