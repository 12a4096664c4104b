// Tells where a clause or a declaration begins: by its first word and what follows it.

extension Parser {
  /// Whether a clause or declaration begins some tokens ahead.
  ///
  /// The word alone is not enough, since `source`, `kind` and the others are ordinary names
  /// elsewhere: what follows must fit too. A name before another clause is no clause of its own:
  /// in `requires kind source "s. 4"` the field `kind` is required. Such names are looked at one
  /// behind another, a few at most.
  func startsClause(_ ahead: Int = 0, looks: Int = 4) -> Bool {
    guard let word = word(ahead) else { return false }
    let next = self.word(ahead + 1)
    switch word {
    case .unless: return kind(ahead + 1) == .string || usesGroup(ahead)
    case .source, .version, .issuer, .undetermined:
      return kind(ahead + 1) == .string
    case .serves, .kind, .evidence, .quoted, .governs, .expect:
      return isPlainName(ahead + 1) && (looks == 0 || !startsClause(ahead + 1, looks: looks - 1))
    case .applies: return next == .when
    case .tested:
      return next == .on || next == .by || next == .every || next == .continuously
        || next?.schedule != nil
    case .path:
      // Only what ends a mission, or its next entry, stands behind the name of a path.
      return isPlainName(ahead + 1)
        && (kind(ahead + 2) == .rightBrace
          || (looks > 0 && startsClause(ahead + 2, looks: looks - 1)))
    case .target where next == .at:
      return self.word(ahead + 2) == .most || self.word(ahead + 2) == .least
    case .requires, .forbids, .indicator, .baseline, .target:
      return startsOperand(ahead + 1) && (looks == 0 || !startsClause(ahead + 1, looks: looks - 1))
    case .on:
      return (next == .breach || next == .met || next == .cure)
        && (self.word(ahead + 2)?.isVerb == true
          || Word.verbElsewhere[text(token(ahead + 2)).lowercased()] != nil)
    case .while: return next == .in || next == .pending
    case .cure:
      return next == .when || next == .within || next == .at
        || (next == .by && self.word(ahead + 2) == .payment)
    case .for: return next == .each
    case .months: return next == .end || next == .roll
    case .holidays: return next == .from
    case .reported, .identified, .dated: return next == .by
    case .whole, .parts:
      return startsOperand(ahead + 1) && (looks == 0 || !startsClause(ahead + 1, looks: looks - 1))
    case .given: return kind(ahead + 1) == .leftBrace || kind(ahead + 1) == .string
    case .as: return next == .of
    case .known: return next == .at
    case .entries, .dates, .currencies: return next == .in
    default: return startsDeclaration(ahead)
    }
  }

  /// Whether a declaration begins some tokens ahead.
  func startsDeclaration(_ ahead: Int = 0) -> Bool {
    guard let word = word(ahead), word.beginsDeclaration else { return false }
    let named = kind(ahead + 1) == .name
    let then = kind(ahead + 2)
    switch word {
    case .contract: return kind(ahead + 1) == .leftBrace
    case .import, .scenario: return kind(ahead + 1) == .string
    case .portfolio: return self.word(ahead + 1) == .condition
    case .ruleset, .condition, .conserve, .mission:
      return named && (then == .string || then == .leftBrace)
    case .record: return named && then == .leftBrace
    case .exceptions: return named && (then == .leftBrace || then == .leftParenthesis)
    case .type: return named && then == .equal
    case .list: return named && self.word(ahead + 2) == .of
    case .rates:
      return self.word(ahead + 1) == .in || (named && self.word(ahead + 2) == .from)
    case .parameter: return named && then == .colon
    case .table: return named && then == .leftParenthesis
    case .define, .determination:
      return named
        && (then == .string || then == .leftParenthesis || then == .colon || then == .equal)
    case .unit: return named && isPlainName(ahead + 1) && !(token(ahead + 1).isFirstOnLine)
    default: return false
    }
  }

  /// Whether a declaration begins at the current token and on a line of its own.
  var startsDeclarationLine: Bool { token().isFirstOnLine && startsDeclaration() }

  /// Whether a name stands some tokens ahead that is not an operator word.
  func isPlainName(_ ahead: Int = 0) -> Bool {
    kind(ahead) == .name && word(ahead)?.isOperator != true
  }

  /// Whether an operand can begin some tokens ahead.
  func startsOperand(_ ahead: Int = 0) -> Bool {
    switch kind(ahead) {
    case .number, .date, .period, .string, .leftParenthesis, .leftBracket, .leftBrace, .minus:
      return true
    case .name:
      guard let word = word(ahead), word.isOperator else { return true }
      return word == .not || (word == .at && self.word(ahead + 1) == .least)
    default: return false
    }
  }

  /// Skips to where a clause begins on a line of its own, to the brace that closes the body, or
  /// to the next declaration; keeps what it skipped.
  mutating func skipToClause() {
    let start = index
    var level = 0
    while !isAtEnd {
      switch kind() {
      case .leftParenthesis, .leftBrace, .leftBracket: level += 1
      case .rightParenthesis, .rightBracket: level = max(level - 1, 0)
      case .rightBrace:
        if level == 0 {
          keepUnexpected(from: start)
          return
        }
        level -= 1
      default:
        let isStart = level == 0 ? startsClause() : startsDeclaration()
        if index > start, token().isFirstOnLine, isStart {
          keepUnexpected(from: start)
          return
        }
      }
      advance()
    }
    keepUnexpected(from: start)
  }

  /// Skips to the next declaration on a line of its own; keeps what it skipped.
  mutating func skipToDeclaration() {
    let start = index
    advance()
    while !isAtEnd, !startsDeclarationLine { advance() }
    keepUnexpected(from: start)
  }

  /// Skips to a comma or closing bracket of the current level, or to the next declaration.
  mutating func skipToSeparator() {
    let start = index
    var level = 0
    loop: while !isAtEnd {
      switch kind() {
      case .leftParenthesis, .leftBrace, .leftBracket: level += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        if level == 0 { break loop }
        level -= 1
      case .comma: if level == 0 { break loop }
      default: if startsDeclarationLine { break loop }
      }
      advance()
    }
    keepUnexpected(from: start)
  }
}
