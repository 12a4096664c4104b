// Cuts bytes into tokens: never fails, loses nothing, says which bytes are no part of the language.

import ProvisoSource

/// Cuts the ruleset parts of a file into tokens.
///
/// What lies between the parts (in a literate file, the prose) is trivia.
struct Lexer {
  let file: SourceFile
  let bytes: [UInt8]
  private(set) var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  private var triviaStart = 0
  private var sawLineEnd = true

  init(file: SourceFile) {
    self.file = file
    bytes = file.bytes
    tokens.reserveCapacity(bytes.count / 4 + 1)
  }

  /// Cuts the parts, which are sorted and do not overlap.
  mutating func run(parts: [Range<Int>]) {
    for part in parts {
      var index = part.lowerBound
      if part.lowerBound > 0 { sawLineEnd = true }
      while index < part.upperBound {
        index = step(from: index, limit: part.upperBound)
      }
    }
    append(.endOfFile, from: bytes.count, to: bytes.count)
  }

  private mutating func append(_ kind: TokenKind, from start: Int, to end: Int) {
    tokens.append(
      Token(
        kind: kind, triviaStart: triviaStart, start: start, end: end, isFirstOnLine: sawLineEnd))
    triviaStart = end
    sawLineEnd = false
  }

  func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(source: file.id, start: start, end: end)
  }

  /// Reads one token or one piece of trivia and returns where the next begins, further on.
  private mutating func step(from index: Int, limit: Int) -> Int {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "\n"):
      sawLineEnd = true
      return index + 1
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      return index + 1
    case UInt8(ascii: "#"):
      return lineEnd(from: index, limit: limit)
    case UInt8(ascii: "\""):
      return lexString(from: index, limit: limit)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return lexNumber(from: index, limit: limit)
    default:
      if isNameStart(byte) { return lexName(from: index, limit: limit) }
      return lexPunctuation(from: index, limit: limit)
    }
  }

  func lineEnd(from index: Int, limit: Int) -> Int {
    var end = index
    while end < limit, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    // A carriage return before the line end belongs to the line end.
    if end < limit, end > index, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return end
  }

  private mutating func lexName(from start: Int, limit: Int) -> Int {
    var end = start
    while end < limit, isNamePart(bytes[end]) { end += 1 }
    // `half-year`, `half-yearly` and `half-years` are one word each.
    if end - start == 4, Array(bytes[start..<end]) == Array("half".utf8), end < limit,
      bytes[end] == UInt8(ascii: "-")
    {
      var tail = end + 1
      while tail < limit, isNamePart(bytes[tail]) { tail += 1 }
      let word = String(decoding: bytes[end + 1..<tail], as: UTF8.self)
      if ["year", "yearly", "years"].contains(word) { end = tail }
    }
    append(.name, from: start, to: end)
    return end
  }

  private mutating func lexString(from start: Int, limit: Int) -> Int {
    var index = start + 1
    while index < limit {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        append(.string, from: start, to: index + 1)
        return index + 1
      case UInt8(ascii: "\\") where index + 1 < limit && bytes[index + 1] != UInt8(ascii: "\n"):
        index += 2
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        return endUnclosedString(from: start, to: index)
      default:
        let scalar = ScalarReader.scalar(in: bytes, at: index)
        if !scalar.isValid {
          report(
            SyntaxCode.invalidBytes, "a text holds a byte that is not UTF-8",
            span(index, index + 1), "byte \(hexadecimal(bytes[index]))",
            help: ["save the file as UTF-8"])
        }
        index += scalar.length
      }
    }
    return endUnclosedString(from: start, to: limit)
  }

  private mutating func endUnclosedString(from start: Int, to end: Int) -> Int {
    let end = min(end, bytes.count)
    report(
      SyntaxCode.unclosedString, "a text is not closed before the end of the line",
      span(start, end), "begins here",
      help: ["close it with `\"`; a long text stands on one line"])
    append(.string, from: start, to: end)
    return end
  }

  private mutating func lexNumber(from start: Int, limit: Int) -> Int {
    var end = digits(from: start, limit: limit)
    if end - start == 4, end < limit, bytes[end] == UInt8(ascii: "-"),
      let calendarEnd = lexCalendar(from: start, hyphen: end, limit: limit)
    {
      return calendarEnd
    }
    if end + 1 < limit, bytes[end] == UInt8(ascii: "."), isDigit(bytes[end + 1]) {
      end = digits(from: end + 1, limit: limit)
    }
    append(.number, from: start, to: end)
    let text = bytes[start..<end]
    let isMisplaced = text.indices.contains { index in
      text[index] == UInt8(ascii: "_")
        && (index + 1 == end || !isDigit(text[index + 1]) || !isDigit(text[index - 1]))
    }
    if isMisplaced {
      report(
        SyntaxCode.malformedNumber, "`_` stands between two digits of a number",
        span(start, end), "this number", help: ["write `1_000_000`"])
    }
    if end < limit, isNameStart(bytes[end]) {
      var tail = end
      while tail < limit, isNamePart(bytes[tail]) { tail += 1 }
      let word = String(decoding: bytes[end..<tail], as: UTF8.self)
      let number = String(decoding: text, as: UTF8.self)
      report(
        SyntaxCode.joinedUnit, "a number and the word behind it need a space",
        span(start, tail), "joined here",
        help: ["write `\(number) \(word)`"],
        fixIt: FixIt(replace: span(start, tail), with: "\(number) \(word)", isSafe: true))
    }
    return end
  }

  /// Reads `2021-03-01`, `2024-Q1`, `2024-H1` or `2024-03`; nil where the hyphen is a minus.
  private mutating func lexCalendar(from start: Int, hyphen: Int, limit: Int) -> Int? {
    var end = hyphen + 1
    while end < limit, isNamePart(bytes[end]) || isDateHyphen(end, limit: limit) { end += 1 }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    switch CalendarText(text) {
    case .date:
      append(.date, from: start, to: end)
    case .period:
      append(.period, from: start, to: end)
    case .impossible(let reason):
      // A day that does not exist keeps the kind of a date, so that one mistake is one message.
      report(
        SyntaxCode.impossibleDate, reason, span(start, end), "no such day or period",
        help: ["dates are written `2021-03-01`, periods `2024-Q1`, `2024-H1` or `2024-03`"])
      append(.date, from: start, to: end)
    case .neither:
      return nil
    }
    return end
  }

  private func isDateHyphen(_ index: Int, limit: Int) -> Bool {
    bytes[index] == UInt8(ascii: "-") && index + 1 < limit && isDigit(bytes[index + 1])
  }

  private func digits(from start: Int, limit: Int) -> Int {
    var end = start
    while end < limit, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: "_") { end += 1 }
    return end
  }

  private mutating func lexPunctuation(from start: Int, limit: Int) -> Int {
    let next: UInt8 = start + 1 < limit ? bytes[start + 1] : 0
    let kind: TokenKind?
    var length = 1
    switch bytes[start] {
    case UInt8(ascii: "{"): kind = .leftBrace
    case UInt8(ascii: "}"): kind = .rightBrace
    case UInt8(ascii: "("): kind = .leftParenthesis
    case UInt8(ascii: ")"): kind = .rightParenthesis
    case UInt8(ascii: "["): kind = .leftBracket
    case UInt8(ascii: "]"): kind = .rightBracket
    case UInt8(ascii: ","): kind = .comma
    case UInt8(ascii: ":"): kind = .colon
    case UInt8(ascii: "."): kind = .dot
    case UInt8(ascii: "+"): kind = .plus
    case UInt8(ascii: "-"): kind = .minus
    case UInt8(ascii: "*"): kind = .times
    case UInt8(ascii: "/") where next == UInt8(ascii: "/"):
      report(
        SyntaxCode.foreignOperator, "a note begins with `#` here, not with `//`",
        span(start, start + 2), "not an operator of the language", help: ["write `#`"],
        fixIt: FixIt(replace: span(start, start + 2), with: "#", isSafe: true))
      return lineEnd(from: start, limit: limit)
    case UInt8(ascii: "/"): kind = .divide
    case UInt8(ascii: "^"): kind = .power
    case UInt8(ascii: "%"): kind = .percent
    case UInt8(ascii: "=") where next == UInt8(ascii: ">"): (kind, length) = (.arrow, 2)
    case UInt8(ascii: "=") where next == UInt8(ascii: "="):
      return foreign(start, 2, as: .equal, meant: "=")
    case UInt8(ascii: "=") where next == UInt8(ascii: "<"):
      return foreign(start, 2, as: .lessOrEqual, meant: "<=")
    case UInt8(ascii: "="): kind = .equal
    case UInt8(ascii: "<") where next == UInt8(ascii: "="): (kind, length) = (.lessOrEqual, 2)
    case UInt8(ascii: "<") where next == UInt8(ascii: ">"): (kind, length) = (.notEqual, 2)
    case UInt8(ascii: "<"): kind = .less
    case UInt8(ascii: ">") where next == UInt8(ascii: "="): (kind, length) = (.greaterOrEqual, 2)
    case UInt8(ascii: ">"): kind = .greater
    case UInt8(ascii: "!") where next == UInt8(ascii: "="):
      return foreign(start, 2, as: .notEqual, meant: "<>")
    case UInt8(ascii: "!"): return foreign(start, 1, as: .name, meant: "not")
    case UInt8(ascii: "&") where next == UInt8(ascii: "&"):
      return foreign(start, 2, as: .name, meant: "and")
    case UInt8(ascii: "|") where next == UInt8(ascii: "|"):
      return foreign(start, 2, as: .name, meant: "or")
    default: return lexStranger(from: start, limit: limit)
    }
    append(kind ?? .invalid, from: start, to: start + length)
    return start + length
  }

  /// Keeps an operator of another language as the one that was meant, and says how to write it.
  private mutating func foreign(
    _ start: Int, _ length: Int, as kind: TokenKind, meant: String
  ) -> Int {
    let written = String(decoding: bytes[start..<start + length], as: UTF8.self)
    report(
      SyntaxCode.foreignOperator, "`\(written)` is written `\(meant)` here",
      span(start, start + length), "not an operator of the language",
      help: ["write `\(meant)`"],
      fixIt: FixIt(
        replace: span(start, start + length), with: kind == .name ? "\(meant) " : meant,
        isSafe: true))
    append(kind, from: start, to: start + length)
    return start + length
  }

  /// The currency that a sign mostly stands for.
  private func currencySign(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x24: "USD"
    case 0xA3: "GBP"
    case 0xA5: "JPY"
    case 0x20AC: "EUR"
    default: nil
    }
  }

  /// Reads bytes that begin no token: a typographic character, another script, or no UTF-8.
  private mutating func lexStranger(from start: Int, limit: Int) -> Int {
    let first = ScalarReader.scalar(in: bytes, at: start)
    switch first.value {
    case 0xFEFF where start == 0:
      // A byte order mark in front is trivia.
      return start + first.length
    case 0x00A0, 0x2009, 0x202F:
      report(
        SyntaxCode.foreignOperator, "a space here is not an ordinary space",
        span(start, start + first.length), "a non-breaking or thin space",
        help: ["write an ordinary space"],
        fixIt: FixIt(replace: span(start, start + first.length), with: " ", isSafe: true))
      return start + first.length
    case 0x2212, 0x2013: return foreign(start, first.length, as: .minus, meant: "-")
    case 0x00D7: return foreign(start, first.length, as: .times, meant: "*")
    case 0x00F7: return foreign(start, first.length, as: .divide, meant: "/")
    case 0x2264: return foreign(start, first.length, as: .lessOrEqual, meant: "<=")
    case 0x2265: return foreign(start, first.length, as: .greaterOrEqual, meant: ">=")
    case 0x2260: return foreign(start, first.length, as: .notEqual, meant: "<>")
    case 0x201C, 0x201D, 0x201E, 0x00AB, 0x2018, 0x2019, 0x27:
      return lexTypographicString(from: start, limit: limit)
    default: break
    }
    var end = start + first.length
    while end < limit, !isKnownByte(bytes[end]) {
      let scalar = ScalarReader.scalar(in: bytes, at: end)
      if scalar.isValid != first.isValid { break }
      end += scalar.length
    }
    end = min(end, max(limit, start + 1))
    if first.isValid {
      let text = String(decoding: bytes[start..<end], as: UTF8.self)
      report(
        SyntaxCode.unknownCharacter, "`\(printable(text))` is not part of the language",
        span(start, end), "unknown here",
        help: [
          currencySign(first.value).map {
            "write the currency by its three letters, before the number: `\($0) 5`"
          }
            ?? "names have the letters a to z and A to Z, digits and `_`; other writing stands "
            + "between `\"` and `\"` or behind `#`"
        ])
    } else {
      report(
        SyntaxCode.invalidBytes, "the file is not UTF-8 here", span(start, end),
        "byte \(hexadecimal(bytes[start]))", help: ["save the file as UTF-8"])
    }
    append(.invalid, from: start, to: end)
    return end
  }

  private mutating func lexTypographicString(from start: Int, limit: Int) -> Int {
    let lineEnd = lineEnd(from: start, limit: limit)
    let markLength = ScalarReader.scalar(in: bytes, at: start).length
    var index = start + markLength
    var isClosed = false
    while index < lineEnd, !isClosed {
      let scalar = ScalarReader.scalar(in: bytes, at: index)
      index += scalar.length
      isClosed = [0x201C, 0x201D, 0x00BB, 0x2018, 0x2019, 0x27, 0x22].contains(scalar.value)
    }
    index = isClosed ? min(index, limit) : min(start + markLength, limit)
    report(
      SyntaxCode.typographicQuotes, "a text stands between straight double quotation marks",
      span(start, index), isClosed ? "these marks are others" : "this mark is another",
      help: ["write `\"…\"`"])
    append(isClosed ? .string : .invalid, from: start, to: index)
    return index
  }

  mutating func report(
    _ code: DiagnosticCode, _ message: String, _ span: SourceSpan, _ label: String,
    help: [String] = [], fixIt: FixIt? = nil
  ) {
    guard diagnostics.count < Parser.diagnosticLimit else { return }
    diagnostics.append(
      Diagnostic(
        code: code, message: message, primary: LabelledSpan(span, label), help: help,
        fixIts: fixIt.map { [$0] } ?? []))
  }
}

private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return "0x" + (byte < 16 ? "0" : "") + digits
}

/// A short piece of unknown writing that is safe to show on a terminal.
private func printable(_ text: String) -> String {
  let scalars = text.unicodeScalars.prefix(12).map { scalar in
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar == "`"
      || (0x200B...0x200F).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
      ? "U+" + String(scalar.value, radix: 16, uppercase: true) : String(Character(scalar))
  }
  return scalars.joined() + (text.unicodeScalars.count > 12 ? "…" : "")
}

func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

func isNameStart(_ byte: UInt8) -> Bool {
  (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
    || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")) || byte == UInt8(ascii: "_")
}

func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

/// Whether a byte can begin a token or trivia.
private func isKnownByte(_ byte: UInt8) -> Bool {
  isNamePart(byte) || (byte < 0x80 && " \t\r\n#\"{}()[],:.+-*/^%=<>!&|'".utf8.contains(byte))
}
