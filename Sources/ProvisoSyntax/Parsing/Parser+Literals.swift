// Numbers with their units, texts with their escapes, and what stands in braces.

import ProvisoSource

extension Parser {
  /// Reads a number with the currency before it or the unit behind it.
  mutating func parseNumber() -> NumberSyntax {
    let start = index
    var unit: UnitSyntax?
    if kind() == .name {
      let name = takeName()
      unit = UnitSyntax(text: name.text, extent: name.extent)
    }
    let isBefore = unit != nil
    let text = text(token())
    advance()
    reportParts(behind: text)
    var scaleWord: NumberScaleWord?
    if let word = word(), let scale = NumberScaleWord(rawValue: word.rawValue) {
      scaleWord = scale
      advance()
    } else if let scale = foreignScale(isBehindCurrency: isBefore) {
      report(
        span(), meaning: "`\(scale.rawValue)`", "write `\(scale.rawValue)`",
        exactly: scale.rawValue)
      scaleWord = scale
      advance()
    }
    if !isBefore { unit = parseUnitBehindNumber() }
    return NumberSyntax(
      text: text, scaleWord: scaleWord, unit: unit, unitStandsBefore: isBefore,
      extent: extent(from: start))
  }

  /// Reports a number in parts, as in `1 000 000` or `1.000.000`, and passes over the rest of it.
  private mutating func reportParts(behind text: String) {
    let start = index
    var parts = [text]
    let isDotted = kind() == .dot
    guard text.prefix(4).allSatisfy({ $0.isNumber || (isDotted && $0 == ".") }),
      text.count <= (isDotted ? 7 : 3)
    else { return }
    while !rowMayFollow, kind(isDotted ? 1 : 0) == .number,
      !token(isDotted ? 1 : 0).isFirstOnLine, !isDotted || (kind() == .dot && isJoined(1))
    {
      let part = self.text(token(isDotted ? 1 : 0))
      guard part.count == 3, part.allSatisfy(\.isNumber) else { break }
      parts.append(part)
      advance()
      if isDotted { advance() }
    }
    guard parts.count > 1 else { return }
    let whole = extent(from: start - 1).span
    reportAlways(
      SyntaxCode.unexpectedText,
      "a number is written without \(isDotted ? "points between thousands" : "spaces")",
      at: whole, label: "this number",
      help: ["write `\(parts.joined(separator: "_").split(separator: ".").joined(separator: "_"))`"]
    )
    keepUnexpected(from: start)
  }

  /// The multiple that a short or foreign word behind a number stands for. Letters that are units
  /// too, such as `m`, only are one behind a currency.
  private func foreignScale(isBehindCurrency: Bool) -> NumberScaleWord? {
    guard kind() == .name, !token().isFirstOnLine else { return nil }
    switch text(token()).lowercased() {
    case "mio", "mln", "mill", "millions", "mn": return .million
    case "bn", "bln", "mrd", "billions": return .billion
    case "tn", "trillions": return .trillion
    case "thousands": return .thousand
    case "m" where isBehindCurrency: return .million
    case "k" where isBehindCurrency: return .thousand
    case "b" where isBehindCurrency: return .billion
    default: return nil
    }
  }

  /// Reports a comma that stands in a number, as in `5,000`; says whether one does.
  mutating func reportCommasInNumber() -> Bool {
    guard index > 0 else { return false }
    let first = tokens[significant[index - 1]]
    guard first.kind == .number else { return false }
    var parts = [text(first)]
    var ahead = 0
    while kind(ahead) == .comma, isJoined(ahead), kind(ahead + 1) == .number, isJoined(ahead + 1) {
      parts.append(text(token(ahead + 1)))
      ahead += 2
    }
    guard parts.count > 1 else { return false }
    let whole = SourceSpan(source: file.id, start: first.start, end: token(ahead - 1).end)
    let help =
      helpForCommas(in: parts.joined(separator: ",")) ?? "write `1_000_000.50` or `1000000.50`"
    report(
      SyntaxCode.unexpectedText, "a number is written without commas", at: whole,
      label: "this number", help: [help])
    return true
  }

  private mutating func parseUnitBehindNumber() -> UnitSyntax? {
    let start = index
    if accept(.percent) { return UnitSyntax(text: "%", extent: extent(from: start)) }
    guard kind() == .name, !startsClause() else { return nil }
    if word() == .per, kind(1) == .name, text(token(1)) == "cent" {
      report(span().joined(with: span(1)), meaning: "`%`", "write `%`", exactly: "%")
      advance()
      advance()
      return UnitSyntax(text: "%", extent: extent(from: start))
    }
    if let word = word() {
      if word == .percentage, self.word(1) == .points || self.word(1) == .point {
        advance()
        advance()
        return UnitSyntax(text: "percentage points", extent: extent(from: start))
      }
      if word.endsNumber || word.durationUnit != nil { return nil }
      // `expect k at 2022 met`.
      if OutcomeExpectationSyntax.Outcome(rawValue: word.rawValue) != nil { return nil }
    }
    // The next row of a table may begin here.
    if rowMayFollow, kind(1) == .arrow || kind(1) == .comma { return nil }
    if rowMayFollow, isCurrencyText(), kind(1) == .number { return nil }
    if kind(1) == .colon || kind(1) == .leftParenthesis { return nil }
    return parseUnit()
  }

  /// Reads a unit: a name, and `/` or `*` and names joined to it.
  mutating func parseUnit() -> UnitSyntax {
    let start = index
    var text = takeName().text
    while kind() == .divide || kind() == .times, isJoined(0), kind(1) == .name, isJoined(1),
      word(1)?.isOperator != true
    {
      text += kind() == .divide ? "/" : "*"
      unitMarks.append(significant[index])
      advance()
      text += takeName().text
    }
    return UnitSyntax(text: text, extent: extent(from: start))
  }

  /// Reads a text and resolves its escapes.
  mutating func parseString() -> StringSyntax {
    let start = index
    let token = token()
    advance()
    var content = Array(file.bytes[token.start..<token.end])
    let markLength = ScalarReader.scalar(in: content, at: 0).length
    content.removeFirst(min(markLength, content.count))
    let isStraight = file.bytes[token.start] == UInt8(ascii: "\"")
    if isStraight {
      if content.last == UInt8(ascii: "\"") { content.removeLast() }
    } else {
      while let last = content.last, last >= 0x80 || last == 0x22 || last == 0x27 {
        content.removeLast()
        if last == 0x22 || last == 0x27 || last & 0xC0 == 0xC0 { break }
      }
    }
    let text = isStraight ? unescaped(content, at: token.start + 1) : content
    return StringSyntax(
      text: String(decoding: text, as: UTF8.self), isMissing: false, extent: extent(from: start))
  }

  private mutating func unescaped(_ content: [UInt8], at offset: Int) -> [UInt8] {
    guard content.contains(UInt8(ascii: "\\")) else { return content }
    var result: [UInt8] = []
    var position = 0
    while position < content.count {
      let byte = content[position]
      guard byte == UInt8(ascii: "\\"), position + 1 < content.count else {
        result.append(byte)
        position += 1
        continue
      }
      switch content[position + 1] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result.append(content[position + 1])
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
      default:
        let length = ScalarReader.scalar(in: content, at: position + 1).length
        let place = SourceSpan(
          source: file.id, start: offset + position, end: offset + position + 1 + length)
        reportAlways(
          SyntaxCode.unknownEscape, "`\(file.text(of: place))` has no meaning in a text",
          at: place, label: "not an escape",
          help: ["the escapes are `\\\"`, `\\\\`, `\\n` and `\\t`; a backslash itself is `\\\\`"])
        result += content[position + 1..<min(position + 1 + length, content.count)]
        position += 1 + length
        continue
      }
      position += 2
    }
    return result
  }

  // MARK: Braces

  /// Reads what stands in braces: a record, a set, or values along time.
  mutating func parseBraced() -> ExpressionSyntax {
    let start = index
    if startsAssignment(1) || (kind(1) == .rightBrace) {
      let entries = inBrackets { $0.parseAssignments() }
      return .record(RecordLiteralSyntax(entries: entries, extent: extent(from: start)))
    }
    let opened = span()
    advance()
    let (elements, timeline) = parseTimelineEntries(from: start)
    close(.rightBrace, "}", opened: opened)
    if let (kind, entries) = timeline {
      return .timeline(TimelineSyntax(kind: kind, entries: entries, extent: extent(from: start)))
    }
    return .set(ElementsSyntax(elements: elements, extent: extent(from: start)))
  }

  /// Whether a field and `=` stand some tokens ahead: `a.b =`.
  func startsAssignment(_ ahead: Int) -> Bool {
    var position = ahead
    guard kind(position) == .name || kind(position) == .string else { return false }
    if word(position) == .complete, word(position + 1) == .until { position += 1 }
    position += 1
    // Longer paths are read as assignments too; a look this far keeps the cost bounded.
    while kind(position) == .dot, kind(position + 1) == .name, position < ahead + 64 {
      position += 2
    }
    return kind(position) == .equal
  }

  /// Reads `{ field = value, … }`.
  mutating func parseAssignments() -> [AssignmentSyntax] {
    let opened = span()
    guard expect(.leftBrace, "{", "before the values") else { return [] }
    var entries: [AssignmentSyntax] = []
    while kind() != .rightBrace, !isAtEnd, !startsDeclarationLine {
      let before = index
      entries.append(parseAssignment())
      if accept(.comma) { continue }
      if kind() == .rightBrace { break }
      if startsAssignment(0), index > before {
        expect(.comma, ",", "between two values")
        continue
      }
      report(
        SyntaxCode.unexpectedText, "expected `,` or `}`, found \(found())", at: span(),
        label: "not part of the value", help: ["values in braces are separated by commas"])
      skipToSeparator()
      if !accept(.comma) { break }
    }
    close(.rightBrace, "}", opened: opened)
    return entries
  }

  private mutating func parseAssignment() -> AssignmentSyntax {
    let start = index
    var path: [NameSyntax] = []
    repeat {
      let nameStart = index
      if kind() == .string {
        let string = parseString()
        path.append(NameSyntax(text: string.text, extent: string.extent))
      } else if word() == .complete, word(1) == .until {
        advance()
        advance()
        path.append(NameSyntax(text: "complete until", extent: extent(from: nameStart)))
      } else if kind() == .name {
        path.append(takeName())
      } else {
        path.append(parseName("the name of a field"))
      }
    } while accept(.dot)
    if !accept(.equal) {
      reportMissing(
        SyntaxCode.expectedMark, "expected `=` behind the name of a field, found \(found())",
        label: "`=` is missing here",
        help: [
          word() == .at
            ? "write a series in one: `field = { VALUE at 2022, VALUE at 2023 }`"
            : "write `field = value`"
        ])
      if kind() == .colon { advance() }
    }
    let value = startsOperand() ? parseExpression() : missingExpression()
    checkStrayWhen()
    return AssignmentSyntax(path: path, value: value, extent: extent(from: start))
  }

  /// Values along time, or nothing of the kind.
  typealias Timeline = (TimelineSyntax.Kind, [TimelineSyntax.Entry])

  /// Reads values between commas, each perhaps with `at POINT` or `from DATE` behind it.
  ///
  /// Values with and without points are not mixed: the first decides.
  mutating func parseTimelineEntries(from start: Int) -> ([ExpressionSyntax], Timeline?) {
    var elements: [ExpressionSyntax] = []
    var entries: [TimelineSyntax.Entry] = []
    var timelineKind: TimelineSyntax.Kind?
    while kind() != .rightBrace, word() != .then, !isAtEnd {
      let before = index
      let value = parseTimelineValue()
      if timelineKind == nil, elements.isEmpty {
        timelineKind = word() == .at ? .at : word() == .from ? .from : nil
      }
      if let expected = timelineKind {
        expect(expected == .at ? .at : .from, "behind the value")
        let point = expected == .at ? parseOperand() : parseSum()
        entries.append(
          TimelineSyntax.Entry(value: value, point: point, extent: extent(from: before)))
      } else {
        elements.append(value)
      }
      if accept(.comma) { continue }
      if kind() == .rightBrace || word() == .then { break }
      report(
        SyntaxCode.unexpectedText, "expected `,` or `}`, found \(found())", at: span(),
        label: "not part of the value", help: [helpOnBraces])
      if startsDeclarationLine { break }
      skipToSeparator()
      if !accept(.comma) { break }
    }
    return (elements, timelineKind.map { ($0, entries) })
  }

  /// What to write behind a value in braces; a period with a colon is how JSON has it.
  private var helpOnBraces: String {
    kind() == .colon
      ? "write the period behind its value: `{ VALUE at 2022, VALUE at 2023 }`"
      : "values in braces are separated by commas"
  }

  private mutating func parseTimelineValue() -> ExpressionSyntax {
    let saved = (atEndsExpression, rowMayFollow)
    (atEndsExpression, rowMayFollow) = (true, false)
    let value = parseExpression()
    (atEndsExpression, rowMayFollow) = saved
    return value
  }
}
