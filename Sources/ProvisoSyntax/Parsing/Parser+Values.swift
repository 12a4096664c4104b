// Defines, determinations, parameters, lists and rates: what has a name and a value.

import ProvisoSource

extension Parser {
  mutating func parseDefine() -> DefineSyntax {
    let start = index
    advance()
    let name = parseName("a name for the define")
    let parameters = kind() == .leftParenthesis ? parseKeys() : []
    let title = parseOptionalString()
    let type = accept(.colon) ? parseType() : nil
    let body = parseDefineBody()
    let (exceptions, source) = parseExceptions()
    return DefineSyntax(
      name: name, title: title, parameters: parameters, type: type, body: body,
      exceptions: exceptions, source: source, extent: extent(from: start))
  }

  private mutating func parseDefineBody() -> DefineBodySyntax {
    let start = index
    guard accept(.from) else {
      expect(.equal, "=", "before the value")
      return .value(parseBody())
    }
    let from = parseSum()
    expect(.to, "before the last period")
    let to = parseSum()
    expect(.equal, "=", "before the first value")
    expect(.first, "before the first value")
    let first = parseExpression()
    expect(.comma, ",", "behind the first value")
    expect(.then, "before the value of every later period")
    let then = parseExpression()
    return .fold(
      FoldSyntax(from: from, to: to, first: first, then: then, extent: extent(from: start)))
  }

  mutating func parseDetermination() -> DeterminationSyntax {
    let start = index
    advance()
    let name = parseName("a name for the determination")
    let title = parseOptionalString()
    let type = accept(.colon) ? parseType() : nil
    expect(.equal, "=", "before the value")
    let value = parseBody()
    let (exceptions, source) = parseExceptions()
    return DeterminationSyntax(
      name: name, title: title, type: type, value: value, exceptions: exceptions, source: source,
      extent: extent(from: start))
  }

  private mutating func parseExceptions() -> ([ValueExceptionSyntax], StringSyntax?) {
    var exceptions: [ValueExceptionSyntax] = []
    var source: StringSyntax?
    while true {
      let start = index
      if accept(.unless) {
        let title = expectString("a title for the exception")
        let under = accept(.under) ? expectString("where the exception is written") : nil
        expect(.when, "before what makes the exception")
        let condition = parseExpression()
        expect(.arrow, "=>", "before the value")
        let value = parseBody()
        exceptions.append(
          ValueExceptionSyntax(
            title: title, under: under, condition: condition, value: value,
            extent: extent(from: start)))
      } else if source == nil, word() == .source, kind(1) == .string {
        advance()
        source = parseString()
      } else {
        return (exceptions, source)
      }
    }
  }

  mutating func parseParameter() -> ParameterSyntax {
    let start = index
    advance()
    let name = parseName("a name for the parameter")
    expect(.colon, ":", "before the type")
    let type = parseType()
    let isLinear = accept(.linear)
    let valuesStart = index
    let opened = span()
    let empty = TimelineSyntax(
      kind: isLinear ? .at : .from, entries: [], extent: missingExtent())
    guard expect(.leftBrace, "{", "before the values") else {
      return ParameterSyntax(
        name: name, type: type, values: isLinear ? .linear(empty, then: nil) : .steps(empty),
        extent: extent(from: start))
    }
    let (elements, timeline) = parseTimelineEntries(from: valuesStart)
    var then: ExpressionSyntax?
    if accept(.then) {
      then = parseExpression()
      _ = accept(.comma)
    }
    close(.rightBrace, "}", opened: opened)
    let whole = extent(from: valuesStart)
    let wanted: TimelineSyntax.Kind = isLinear ? .at : .from
    if timeline == nil || timeline?.0 != wanted || (then != nil && !isLinear) {
      reportAlways(
        SyntaxCode.parameterValues,
        isLinear
          ? "the values of a linear path stand `at` points in time"
          : "the values of a parameter hold `from` dates",
        at: elements.first?.span ?? whole.span, label: "not one",
        help: [
          isLinear
            ? "write `linear { 0% at 2019, 100% at 2045, then 100% }`"
            : "write `{ 250 from 2019-11-14, 100 from 2024-01-01 }`"
        ])
    }
    let node = TimelineSyntax(kind: wanted, entries: timeline?.1 ?? [], extent: whole)
    return ParameterSyntax(
      name: name, type: type, values: isLinear ? .linear(node, then: then) : .steps(node),
      extent: extent(from: start))
  }

  // MARK: Lists and rates

  mutating func parseListDeclaration() -> ListSyntax {
    let start = index
    advance()
    let name = parseName("a name for the list")
    expect(.of, "behind the name of a list")
    let type = parseType()
    let members: ListSyntax.Members
    if accept(.from) {
      let file = expectString("the file of the list")
      var entries: [ListSyntax.Entry] = []
      if kind() == .leftBrace {
        entries = parseClauses(of: "a list", words: [.entries, .dated]) { $0.parseListEntry() }
      }
      members = .file(file, entries: entries)
    } else if kind() == .equal || kind() == .leftBrace {
      expect(.equal, "=", "before the members of a list")
      members = .inline(parseListMembers())
    } else {
      reportMissing(
        SyntaxCode.expectedWord, "expected `from` or `=` behind the type, found \(found())",
        label: "where do the members come from?",
        help: ["write `from \"lists/file.csv\"`, or `= { PA, VU }`"])
      members = .inline([])
    }
    return ListSyntax(name: name, elementType: type, members: members, extent: extent(from: start))
  }

  private mutating func parseListEntry() -> ListSyntax.Entry? {
    let start = index
    if accept(.entries) {
      expect(.in, "before the column")
      let column = parseColumn()
      return .column(column, extent(from: start))
    }
    guard accept(.dated) else { return nil }
    expect(.by, "behind `dated`")
    let name = parseName("a name for the dating")
    let from = parseColumn()
    let until = accept(.until) ? parseColumn() : nil
    return .dating(name: name, from: from, until: until, extent(from: start))
  }

  /// Reads the name of a column, in quotes where it is no name.
  private mutating func parseColumn() -> NameSyntax {
    guard kind() == .string else { return parseName("the name of a column") }
    let string = parseString()
    return NameSyntax(text: string.text, extent: string.extent)
  }

  private mutating func parseListMembers() -> [ListSyntax.MemberSyntax] {
    let opened = span()
    guard expect(.leftBrace, "{", "before the members") else { return [] }
    var members: [ListSyntax.MemberSyntax] = []
    while kind() != .rightBrace, !isAtEnd, !startsDeclarationLine {
      let start = index
      let value = parseOperand()
      var spells: [ListSyntax.SpellSyntax] = []
      while word() == .from || word() == .by {
        let spellStart = index
        let dating = accept(.by) ? parseName("the name of a dating") : nil
        expect(.from, "before the first day of a spell")
        let from = parseSum()
        let until = accept(.until) ? parseSum() : nil
        spells.append(
          ListSyntax.SpellSyntax(
            dating: dating, from: from, until: until, extent: extent(from: spellStart)))
      }
      members.append(
        ListSyntax.MemberSyntax(value: value, spells: spells, extent: extent(from: start)))
      if accept(.comma) { continue }
      if kind() == .rightBrace { break }
      expect(.comma, ",", "between two members")
      skipToSeparator()
      if !accept(.comma) { break }
    }
    close(.rightBrace, "}", opened: opened)
    return members
  }

  mutating func parseRates() -> RatesSyntax {
    let start = index
    advance()
    let name = parseName("a name for the rates")
    expect(.from, "before the file of the rates")
    let file = expectString("the file of the rates")
    let entries = parseClauses(of: "rates", words: [.quoted, .dates, .currencies, .rates]) {
      $0.parseRatesEntry()
    }
    return RatesSyntax(name: name, file: file, entries: entries, extent: extent(from: start))
  }

  private mutating func parseRatesEntry() -> RatesSyntax.Entry? {
    let start = index
    let first = word()
    switch first {
    case .quoted:
      advance()
      if accept(.currency) {
        expect(.per, "behind `currency`")
        let base = parseName("the currency the rates are quoted against")
        return .quoted(.currencyPerBase(base: base), extent(from: start))
      }
      let base = parseName("the currency the rates are quoted in")
      expect(.per, "behind the currency")
      expect(.currency, "behind `per`")
      return .quoted(.basePerCurrency(base: base), extent(from: start))
    case .dates, .currencies, .rates:
      advance()
      expect(.in, "before the column")
      let column = parseColumn()
      let whole = extent(from: start)
      return first == .dates
        ? .dates(column, whole)
        : first == .currencies ? .currencies(column, whole) : .rates(column, whole)
    default: return nil
    }
  }
}
