// Types, and the fields and keys that have them.

import ProvisoSource

extension Parser {
  /// Reads a type with `by year` or `by date` behind it.
  mutating func parseType() -> TypeSyntax {
    let start = index
    guard enter() else { return .missing(missingExtent()) }
    defer { leave() }
    let type = parseSimpleType(from: start)
    guard word() == .by, kind(1) == .name, kind(2) != .colon else { return type }
    if word(1) == .date {
      advance()
      advance()
      return .level(element: type, extent(from: start))
    }
    if let length = word(1)?.periodLength {
      advance()
      advance()
      return .series(element: type, length: length, extent(from: start))
    }
    advance()
    report(
      SyntaxCode.expectedType, "expected a length of period behind `by`, found \(found())",
      at: span(), label: "not a length of period",
      help: ["write `by year`, `by half-year`, `by quarter`, `by month` or `by date`"])
    advance()
    return type
  }

  /// The text of the type read last, behind the two words it began with.
  private func typeText(from start: Int) -> String {
    guard start + 2 < index else { return "tCO2e" }
    let (first, last) = (tokens[significant[start + 2]], tokens[significant[index - 1]])
    return shorten(String(decoding: file.bytes[first.start..<last.end], as: UTF8.self))
  }

  private mutating func parseSimpleType(from start: Int) -> TypeSyntax {
    if accept(.list, .of) {
      let element = parseType()
      var isEmpty = false
      if word() == .or, word(1) == .empty {
        advance()
        advance()
        isEmpty = true
      }
      var dating: NameSyntax?
      if word() == .dated, kind(1) == .name, kind(1) != .colon {
        advance()
        dating = takeName()
      }
      return .list(
        ListTypeSyntax(
          element: element, isEmptyWhenAbsent: isEmpty, datedBy: dating,
          extent: extent(from: start)))
    }
    if kind() == .name, text(token()) == "series", word(1) == .of {
      let words = span().joined(with: span(1))
      advance()
      advance()
      let type = parseSimpleType(from: start)
      report(
        words, meaning: "`by year`, behind the type,",
        "write `\(typeText(from: start)) by year`, or `by quarter`, `by month` or `by date`")
      return type
    }
    if accept(.one, .of) {
      return .oneOf(parseNamesInBraces("one of the values"), extent(from: start))
    }
    if word() == .date {
      if word(1) == .if {
        advance()
        advance()
        expect(.any, "behind `date if`")
        return .dateIfAny(extent(from: start))
      }
      return .named(parseUnit())
    }
    if kind() == .percent {
      report(
        SyntaxCode.expectedType, "a percentage is declared `percent`", at: span(),
        label: "`%` follows a number", help: ["write `percent`"],
        fixIts: [FixIt(replace: span(), with: "percent", isSafe: true)])
      advance()
      return .named(UnitSyntax(text: "percent", extent: extent(from: start)))
    }
    guard isPlainName(), !(token().isFirstOnLine && startsClause()) else {
      reportMissing(
        SyntaxCode.expectedType, "expected a type, found \(found())", label: "which type?",
        help: [
          kind() == .leftBrace
            ? "fields together are a record with a name: declare `record Owner { … }`, and write "
              + "`Owner` or `list of Owner` here"
            : "such as `EUR`, `percent`, `date`, `text`, `list of Owner` or `one of { a, b }`"
        ])
      return .missing(missingExtent())
    }
    return .named(parseUnit())
  }

  /// Reads names between braces and commas.
  mutating func parseNamesInBraces(_ purpose: String) -> [NameSyntax] {
    let opened = span()
    guard expect(.leftBrace, "{", "before the names") else { return [] }
    var names: [NameSyntax] = []
    while kind() != .rightBrace, !isAtEnd, !startsDeclarationLine {
      guard kind() == .name else {
        report(
          SyntaxCode.expectedName, "expected \(purpose), found \(found())", at: span(),
          label: "not a name", help: ["values of an enumeration are names without quotes"])
        skipToSeparator()
        if accept(.comma) { continue }
        break
      }
      let before = index
      names.append(parseName(purpose))
      // A clause's word at a line's start is left to the clause: `{ loan, grant` and `requires …`.
      if index == before { break }
      if accept(.comma) || kind() == .name { continue }
      if kind() != .rightBrace { expect(.comma, ",", "between two names") }
      if kind() != .rightBrace {
        skipToSeparator()
        if !accept(.comma) { break }
      }
    }
    close(.rightBrace, "}", opened: opened)
    return names
  }

  /// Reads the fields of a contract or record in braces.
  mutating func parseFields() -> [FieldSyntax] {
    let opened = span()
    guard expect(.leftBrace, "{", "before the fields") else { return [] }
    var fields: [FieldSyntax] = []
    while kind() != .rightBrace, !isAtEnd {
      if startsDeclarationLine, kind(1) != .colon { break }
      guard kind() == .name, kind(1) == .colon || isPlainName() else {
        report(
          SyntaxCode.unexpectedText, "expected a field `name : type`, found \(found())",
          at: span(), label: "not a field", help: strayFieldHelp())
        let before = index
        skipToField()
        if index == before { advance() }
        continue
      }
      fields.append(parseField())
      _ = accept(.comma)
    }
    close(.rightBrace, "}", opened: opened)
    return fields
  }

  private mutating func skipToField() {
    let start = index
    var level = 0
    while !isAtEnd {
      if kind() == .leftBrace { level += 1 }
      if kind() == .rightBrace {
        if level == 0 { break }
        level -= 1
      }
      if level == 0, index > start {
        if kind() == .name, kind(1) == .colon { break }
        if startsDeclarationLine { break }
      }
      advance()
    }
    keepUnexpected(from: start)
  }

  private mutating func parseField() -> FieldSyntax {
    let start = index
    let name = takeName()
    expect(.colon, ":", "between a field and its type")
    let type = parseType()
    var assessor: StringSyntax?
    var elector: StringSyntax?
    var bestEvidence: Extent?
    var asPublished: Extent?
    while let word = fieldWord() {
      _ = accept(.comma)
      let wordStart = index
      advance()
      switch word {
      case .assessed:
        expectSecondWord(.by, "behind `assessed`")
        assessor = expectString("who assesses this")
      case .elected:
        expectSecondWord(.by, "behind `elected`")
        elector = expectString("whose choice this is")
      case .best:
        expectSecondWord(.evidence, "behind `best`")
        expect(.decides, "behind `best evidence`")
        bestEvidence = extent(from: wordStart)
      default:
        expectSecondWord(.published, "behind `as`")
        asPublished = extent(from: wordStart)
      }
    }
    return FieldSyntax(
      name: name, type: type, assessor: assessor, elector: elector, bestEvidence: bestEvidence,
      asPublished: asPublished, extent: extent(from: start))
  }

  /// The word that begins something said of a field behind its type, with or without a comma:
  /// `assessed by`, `elected by`, `best evidence decides`, `as published`.
  private func fieldWord() -> Word? {
    let ahead = kind() == .comma ? 1 : 0
    guard let word = word(ahead), kind(ahead + 1) != .colon else { return nil }
    switch (word, self.word(ahead + 1)) {
    case (.assessed, .by), (.elected, .by), (.best, .evidence), (.as, .published): return word
    // Behind a comma, with another word where the second should stand: a slip of the pen.
    case (.assessed, _), (.elected, _), (.best, _), (.as, _):
      return ahead == 1 && kind(2) == .name && kind(3) != .colon ? word : nil
    default: return nil
    }
  }

  /// Reads the second word of what is said of a field; another word in its place is kept aside.
  private mutating func expectSecondWord(_ word: Word, _ purpose: String) {
    if self.word() == word { return advance() }
    expect(word, purpose)
    guard kind() == .name, kind(1) != .colon else { return }
    let start = index
    advance()
    keepUnexpected(from: start)
  }

  /// Reads `(name: type, …)`.
  mutating func parseKeys() -> [KeySyntax] {
    let opened = span()
    guard expect(.leftParenthesis, "(", "before the keys") else { return [] }
    var keys: [KeySyntax] = []
    while kind() != .rightParenthesis, !isAtEnd, !startsDeclarationLine {
      let start = index
      let name = parseName("a name")
      guard kind() == .colon else {
        expect(.colon, ":", "between a name and its type")
        keys.append(
          KeySyntax(name: name, type: .missing(missingExtent()), extent: extent(from: start)))
        skipToSeparator()
        if accept(.comma) { continue }
        break
      }
      advance()
      let type = parseType()
      keys.append(KeySyntax(name: name, type: type, extent: extent(from: start)))
      if accept(.comma) { continue }
      if kind() != .rightParenthesis { expect(.comma, ",", "between two keys") }
      if kind() != .rightParenthesis {
        skipToSeparator()
        if !accept(.comma) { break }
      }
    }
    close(.rightParenthesis, ")", opened: opened)
    return keys
  }
}
