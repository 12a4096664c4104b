// Exceptions: those of one condition, and groups of them that conditions share.

import ProvisoSource

extension Parser {
  /// `exceptions NAME(parameters) { unless … }`.
  mutating func parseExceptionGroup() -> ExceptionGroupSyntax {
    let start = index
    advance()
    let name = parseName("a name for the group")
    let parameters = kind() == .leftParenthesis ? parseKeys() : []
    let exemptions = parseClauses(of: "a group of exceptions", words: [.unless]) {
      parser -> ExemptionSyntax? in
      parser.word() == .unless ? parser.parseExemption() : nil
    }
    return ExceptionGroupSyntax(
      name: name, parameters: parameters, exemptions: exemptions, extent: extent(from: start))
  }

  /// `unless "title" when p`, or `unless NAME(arguments)` for the exceptions of a group.
  mutating func parseUnless() -> ConditionClauseSyntax {
    let start = index
    guard usesGroup() else { return .unless(parseExemption()) }
    advance()
    let group = parseOperand()
    return .unlessGroup(group, extent(from: start))
  }

  /// Whether `unless` stands some tokens ahead with the name of a group behind it: what follows the
  /// name then is its arguments, the end of the condition or another clause, and no operator.
  func usesGroup(_ ahead: Int = 0) -> Bool {
    guard word(ahead) == .unless, isPlainName(ahead + 1) else { return false }
    switch kind(ahead + 2) {
    case .leftParenthesis, .rightBrace, .endOfFile: return true
    default: break
    }
    switch word(ahead + 2) {
    case .on:
      let next = word(ahead + 3)
      return next == .breach || next == .met || next == .cure
    case .for: return word(ahead + 3) == .each
    default: return isPlainName(ahead + 2)
    }
  }

  mutating func parseExemption() -> ExemptionSyntax {
    let start = index
    advance()
    let title = expectString("a title for the exception")
    let under = accept(.under) ? expectString("where the exception is written") : nil
    expect(.when, "before what makes the exception")
    let condition = parseExpression()
    return ExemptionSyntax(
      title: title, under: under, condition: condition, extent: extent(from: start))
  }
}
