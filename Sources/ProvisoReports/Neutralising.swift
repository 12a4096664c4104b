// Neutralising: text from outside made harmless before it reaches a terminal, a page or a file.

/// Text with every character that could steer a terminal or turn the reading direction spelled out.
///
/// Control characters, line and paragraph separators, direction marks, zero-width marks and
/// non-characters become `\u{1B}`; line ends and tabs become `\n` and `\t`. All else stays.
package func neutralised(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
  guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if isUnsafe(scalar) {
      result += spelledOut(scalar)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether a scalar may not be written raw in any of our outputs.
func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x1F, 0x7F...0x9F: true
  // Direction marks, embeddings, overrides and isolates.
  case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
  // Line and paragraph separators, zero-width and invisible marks, tag characters.
  case 0x2028, 0x2029, 0x200B, 0x2060...0x2064, 0xFEFF, 0xE0000...0xE007F: true
  // Interlinear marks and non-characters, which XML forbids.
  case 0xFFF9...0xFFFB, 0xFDD0...0xFDEF: true
  default: scalar.value & 0xFFFE == 0xFFFE
  }
}

private func spelledOut(_ scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  case 0x09: "\\t"
  case 0x0A: "\\n"
  case 0x0D: "\\r"
  default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }
}

/// Text cut to a number of scalars, with an ellipsis in place of what was cut.
package func shortened(_ text: String, to limit: Int) -> String {
  // No text has more scalars than bytes.
  if text.utf8.count <= limit { return text }
  let scalars = text.unicodeScalars
  guard let cut = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
    cut != scalars.endIndex
  else { return text }
  return String(scalars[..<cut]) + "…"
}

/// Text with runs of white space as single blanks: a clause written over several lines, in one.
///
/// Comments of the rule language (`# …` to the end of the line) are dropped, text in quotes stays.
package func onOneLine(_ source: String) -> String {
  // Every character that matters here is one byte.
  var result: [UInt8] = []
  result.reserveCapacity(source.utf8.count)
  var isInQuotes = false
  var isInComment = false
  var needsBlank = false
  for byte in source.utf8 {
    let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    if isInComment {
      isInComment = !isLineEnd
      continue
    }
    if !isInQuotes, byte == UInt8(ascii: "#") {
      isInComment = true
      needsBlank = true
      continue
    }
    if isLineEnd || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
      if isInQuotes && !isLineEnd {
        result.append(byte)
      } else {
        needsBlank = true
        if isLineEnd { isInQuotes = false }
      }
      continue
    }
    if needsBlank && !result.isEmpty { result.append(UInt8(ascii: " ")) }
    needsBlank = false
    if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
    result.append(byte)
  }
  return String(decoding: result, as: UTF8.self)
}

/// Text as the content or the quoted attribute of an HTML or XML element, neutralised.
package func markupEscaped(_ text: String) -> String {
  let safe = neutralised(text)
  if !safe.utf8.contains(where: markupBytes.contains) { return safe }
  var result = ""
  for scalar in safe.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private let markupBytes = Array("&<>\"'".utf8)

/// Text as words of a Markdown paragraph or table cell, neutralised.
package func markdownEscaped(_ text: String) -> String {
  let safe = neutralised(text)
  if !safe.utf8.contains(where: markdownBytes.contains) { return safe }
  var result: [UInt8] = []
  for byte in safe.utf8 {
    if markdownBytes.contains(byte) { result.append(UInt8(ascii: "\\")) }
    result.append(byte)
  }
  return String(decoding: result, as: UTF8.self)
}

/// What Markdown takes for a mark of its own.
private let markdownBytes = Array("\\`*_{}[]<>#|~!&$".utf8)

/// Text as a code span of Markdown that its own backticks cannot leave, neutralised.
package func markdownCode(_ text: String) -> String {
  let content = neutralised(text)
  var longest = 0
  var run = 0
  for byte in content.utf8 {
    run = byte == UInt8(ascii: "`") ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: longest + 1)
  let needsBlanks = longest > 0 || content.isEmpty
  let padding = needsBlanks ? " " : ""
  let hasBar = content.utf8.contains(UInt8(ascii: "|"))
  return fence + padding + (hasBar ? content.replacing("|", with: "\\|") : content) + padding
    + fence
}
