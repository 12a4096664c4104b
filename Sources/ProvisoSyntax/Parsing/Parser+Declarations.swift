// The file, and its declarations but for lists, tables, conditions and scenarios.

import ProvisoSource

extension Parser {
  /// Reads the whole file.
  mutating func parseFile() -> FileSyntax {
    var declarations: [DeclarationSyntax] = []
    while !isAtEnd {
      let before = index
      if let declaration = parseDeclaration() {
        declarations.append(declaration)
      } else {
        reportNoDeclaration()
        skipToDeclaration()
      }
      if index == before { advance() }
    }
    index = max(significant.count - 1, 0)
    let whole = Extent(tokens: 0..<tokens.count, span: file.span)
    return FileSyntax(
      declarations: declarations,
      unexpected: unexpected.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound },
      extent: whole)
  }

  private mutating func reportNoDeclaration() {
    if kind() == .rightBrace || kind() == .rightParenthesis || kind() == .rightBracket {
      report(
        SyntaxCode.unmatchedCloser, "\(found()) closes nothing", at: span(),
        label: "nothing is open here", help: ["leave it out, or open it before"])
      return
    }
    let declarations = Word.allCases.filter(\.beginsDeclaration)
    var help = ["a declaration begins with \(wordList(declarations))"]
    if kind() == .name {
      let found = text(token())
      if let meant = Word.declarationElsewhere[found.lowercased()] {
        help.insert("here it is called `\(meant.rawValue)`", at: 0)
      } else if let near = nearestName(to: found, among: declarations.map(\.rawValue)) {
        help.insert("did you mean `\(near)`?", at: 0)
      }
    }
    report(
      SyntaxCode.expectedDeclaration, "expected a declaration, found \(found())", at: span(),
      label: "no declaration begins like this", help: help)
  }

  private mutating func parseDeclaration() -> DeclarationSyntax? {
    let start = index
    guard let word = word(), word.beginsDeclaration else { return nil }
    if word == .portfolio {
      guard self.word(1) == .condition else { return nil }
      advance()
      return .condition(parseCondition(isPortfolio: true, from: start))
    }
    // A first word that is followed by nothing a declaration has is no declaration.
    guard kind(1) == .name || kind(1) == .string || kind(1) == .leftBrace else { return nil }
    switch word {
    case .ruleset: return .ruleset(parseRuleset())
    case .import:
      advance()
      let path = expectString("the path of the file")
      return .import(ImportSyntax(path: path, extent: extent(from: start)))
    case .unit: return .unit(parseUnitDeclaration())
    case .contract:
      let keywordSpan = span()
      advance()
      let fields = parseFields()
      return .contract(
        ContractSyntax(fields: fields, keywordSpan: keywordSpan, extent: extent(from: start)))
    case .record: return .record(parseRecord())
    case .type:
      advance()
      let name = parseName("a name for the type")
      expect(.equal, "=", "before the type")
      let type = parseType()
      return .type(TypeDeclarationSyntax(name: name, type: type, extent: extent(from: start)))
    case .list: return .list(parseListDeclaration())
    case .rates: return .rates(parseRates())
    case .parameter: return .parameter(parseParameter())
    case .table: return .table(parseTable())
    case .mission: return .mission(parseMission())
    case .conserve: return .conserve(parseConserve())
    case .exceptions: return .exceptions(parseExceptionGroup())
    case .define: return .define(parseDefine())
    case .determination: return .determination(parseDetermination())
    case .condition: return .condition(parseCondition(isPortfolio: false, from: start))
    case .scenario: return .scenario(parseScenario())
    default: return nil
    }
  }

  /// Reads the clauses between the braces of a declaration; `read` says no where none begins.
  mutating func parseClauses<Clause>(
    of owner: String, words: [Word], _ read: (inout Parser) -> Clause?
  ) -> [Clause] {
    let opened = span()
    guard expect(.leftBrace, "{", "before the clauses of \(owner)") else {
      return []
    }
    var clauses: [Clause] = []
    while kind() != .rightBrace, !isAtEnd {
      let before = index
      if let clause = read(&self) {
        clauses.append(clause)
        if kind() == .rightBrace || startsClause() { continue }
        if let word = word(), words.contains(word) { continue }
        if isAtEnd { break }
        reportUnexpected(behind: owner, words: words)
        skipToClause()
      } else {
        if startsDeclarationLine { break }
        reportUnknownClause(of: owner, words: words)
        advance()
        index = before
        skipToClause()
        if index == before { advance() }
      }
    }
    close(.rightBrace, "}", opened: opened)
    return clauses
  }

  private mutating func reportUnexpected(behind owner: String, words: [Word]) {
    if word() == .when {
      checkStrayWhen()
      return
    }
    if word() == .due {
      reportDue()
      return
    }
    if reportCommasInNumber() { return }
    var help = ["a clause of \(owner) begins with \(wordList(words))"]
    if kind() == .rightParenthesis || kind() == .rightBracket {
      report(
        SyntaxCode.unmatchedCloser, "\(found()) closes nothing", at: span(),
        label: "nothing is open here", help: ["leave it out, or open it before"])
      return
    }
    if let instead = strayHelp() {
      help = instead
    } else if kind() == .name,
      let near = nearestName(to: text(token()), among: words.map(\.rawValue))
    {
      help.insert("did you mean `\(near)`?", at: 0)
    }
    report(
      SyntaxCode.unexpectedText, "\(found()) does not belong here", at: span(),
      label: "the clause before this is complete", help: help)
  }

  private mutating func reportUnknownClause(of owner: String, words: [Word]) {
    var help = ["a clause of \(owner) begins with \(wordList(words))"]
    if !token().isFirstOnLine, let instead = strayHelp() {
      help = instead
    } else if kind() == .name,
      let near = nearestName(to: text(token()), among: words.map(\.rawValue))
    {
      help.insert("did you mean `\(near)`?", at: 0)
    }
    if word() == .due {
      reportDue()
      return
    }
    report(
      SyntaxCode.unknownClause, "expected a clause of \(owner), found \(found())", at: span(),
      label: "no clause begins like this", help: help)
  }

  private mutating func reportDue() {
    report(
      SyntaxCode.dueAlone, "`due` belongs to `tested`", at: span(), label: "stands alone",
      help: ["write `tested …, due 45 days after`"])
  }

  private func wordList(_ words: [Word]) -> String {
    let quoted = words.map { "`\($0.rawValue)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }

  // MARK: Small declarations

  private mutating func parseUnitDeclaration() -> UnitDeclarationSyntax {
    let start = index
    advance()
    let name = parseName("a name for the unit")
    var definition: NumberSyntax?
    if accept(.equal) {
      if kind() == .number {
        definition = parseNumber()
      } else {
        reportMissing(
          SyntaxCode.expectedExpression,
          "expected a number with its unit behind `=`, found \(found())",
          label: "a number is missing here", help: ["write `unit ktCO2e = 1000 tCO2e`"])
      }
    }
    return UnitDeclarationSyntax(name: name, definition: definition, extent: extent(from: start))
  }

  private mutating func parseRecord() -> RecordSyntax {
    let start = index
    advance()
    let name = parseName("a name for the record")
    let fields = parseFields()
    var identifiedBy: [NameSyntax] = []
    if accept(.identified, .by) {
      identifiedBy.append(parseName("the field that identifies"))
      while accept(.else) { identifiedBy.append(parseName("the field that identifies")) }
    }
    return RecordSyntax(
      name: name, fields: fields, identifiedBy: identifiedBy, extent: extent(from: start))
  }

  private mutating func parseRuleset() -> RulesetHeaderSyntax {
    let start = index
    advance()
    let name = parseName("a name for the ruleset")
    let title = parseOptionalString()
    let entries = parseClauses(
      of: "a ruleset", words: [.version, .issuer, .source, .governs, .months, .holidays]
    ) { $0.parseHeaderEntry() }
    return RulesetHeaderSyntax(
      name: name, title: title, entries: entries, extent: extent(from: start))
  }

  private mutating func parseHeaderEntry() -> RulesetHeaderSyntax.Entry? {
    let start = index
    switch word() {
    case .version:
      advance()
      let text = expectString("the version")
      return .version(text, extent(from: start))
    case .issuer:
      advance()
      let text = expectString("the issuer")
      return .issuer(text, extent(from: start))
    case .source:
      advance()
      let text = expectString("the source")
      return .source(text, extent(from: start))
    case .governs: return .governs(parseGoverns())
    case .months:
      advance()
      if accept(.roll, .over) { return .months(.rollOver, extent(from: start)) }
      if word() == .end, word(1) == .on, word(2) == .the, word(3) == .last, word(4) == .day {
        for _ in 0..<5 { advance() }
      } else {
        reportMissing(
          SyntaxCode.expectedWord,
          "expected what a month makes of a day it lacks, found \(found())",
          label: "which convention?",
          help: ["write `months end on the last day` or `months roll over`"])
        skipToClause()
      }
      return .months(.endOnLastDay, extent(from: start))
    case .holidays:
      advance()
      expect(.from, "before the file of holidays")
      let file = expectString("the file of holidays")
      return .holidays(file, extent(from: start))
    default: return nil
    }
  }

  private mutating func parseGoverns() -> GovernsSyntax {
    let start = index
    advance()
    let subject = parseOperand()
    var from: ExpressionSyntax?
    var until: ExpressionSyntax?
    if accept(.from) { from = parseSum() }
    if accept(.until) { until = parseSum() }
    if from == nil, until == nil {
      reportMissing(
        SyntaxCode.expectedWord, "expected `from` or `until`, found \(found())",
        label: "which contracts are governed?",
        help: ["write `governs signed from 2021-01-01 until 2023-01-01`"])
    }
    return GovernsSyntax(
      subject: subject, from: from, until: until, extent: extent(from: start))
  }

  private mutating func parseMission() -> MissionSyntax {
    let start = index
    advance()
    let name = parseName("a name for the mission")
    let title = parseOptionalString()
    let entries = parseClauses(
      of: "a mission", words: [.indicator, .baseline, .target, .path, .reported, .source]
    ) { $0.parseMissionEntry() }
    return MissionSyntax(name: name, title: title, entries: entries, extent: extent(from: start))
  }

  private mutating func parseMissionEntry() -> MissionSyntax.Entry? {
    let start = index
    switch word() {
    case .indicator:
      advance()
      let value = parseExpression()
      return .indicator(value, extent(from: start))
    case .baseline:
      advance()
      let value = parseExpression()
      return .baseline(value, extent(from: start))
    case .target:
      advance()
      let bound: MissionTargetSyntax.Direction? =
        accept(.at, .most) ? .atMost : accept(.at, .least) ? .atLeast : nil
      let amount = parseSum()
      let direction: MissionTargetSyntax.Direction? =
        bound ?? (accept(.reduction) ? .reduction : accept(.increase) ? .increase : nil)
      let date = accept(.by) ? parseSum() : nil
      return .target(
        MissionTargetSyntax(
          amount: amount, direction: direction, date: date, extent: extent(from: start)))
    case .path:
      advance()
      let name = parseName("`straight`, or the name of a parameter")
      return .path(name, extent(from: start))
    case .reported:
      advance()
      expect(.by, "behind `reported`")
      let text = expectString("who reports")
      return .reportedBy(text, extent(from: start))
    case .source:
      advance()
      let text = expectString("the source")
      return .source(text, extent(from: start))
    default: return nil
    }
  }
}
