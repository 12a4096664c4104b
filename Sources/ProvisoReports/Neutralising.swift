// Neutralising: text from outside made harmless before it reaches a terminal, a page or a file.

/// Text with every character that could steer a terminal or turn the reading direction spelled out.
///
/// Control characters, line and paragraph separators, direction marks, zero-width marks and
/// non-characters become `\u{1B}`; line ends and tabs become `\n` and `\t`. All else stays.
package func neutralised(_ text: String) -> String {
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
  var result = ""
  var isInQuotes = false
  var isInComment = false
  var needsBlank = false
  for scalar in source.unicodeScalars {
    let isLineEnd = scalar == "\n" || scalar == "\r"
    if isInComment {
      isInComment = !isLineEnd
      continue
    }
    if !isInQuotes, scalar == "#" {
      isInComment = true
      needsBlank = true
      continue
    }
    if isLineEnd || scalar == " " || scalar == "\t" {
      if isInQuotes && !isLineEnd {
        result.unicodeScalars.append(scalar)
      } else {
        needsBlank = true
        if isLineEnd { isInQuotes = false }
      }
      continue
    }
    if needsBlank && !result.isEmpty { result += " " }
    needsBlank = false
    if scalar == "\"" { isInQuotes.toggle() }
    result.unicodeScalars.append(scalar)
  }
  return result
}

/// Text as the content or the quoted attribute of an HTML or XML element, neutralised.
package func markupEscaped(_ text: String) -> String {
  var result = ""
  for scalar in neutralised(text).unicodeScalars {
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

/// Text as words of a Markdown paragraph or table cell, neutralised.
package func markdownEscaped(_ text: String) -> String {
  var result = ""
  for scalar in neutralised(text).unicodeScalars {
    switch scalar {
    case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "~", "!", "&", "$":
      result += "\\"
    default: break
    }
    result.unicodeScalars.append(scalar)
  }
  return result
}

/// Text as a code span of Markdown that its own backticks cannot leave, neutralised.
package func markdownCode(_ text: String) -> String {
  let content = neutralised(text)
  var longest = 0
  var run = 0
  for scalar in content.unicodeScalars {
    run = scalar == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: longest + 1)
  let needsBlanks = longest > 0 || content.isEmpty
  let padding = needsBlanks ? " " : ""
  return fence + padding + content.replacing("|", with: "\\|") + padding + fence
}
