// What follows from a breach, a met condition or a cure.

import ProvisoSource

extension Parser {
  mutating func parseConsequenceClause() -> ConditionClauseSyntax? {
    let start = index
    var trigger: ConsequenceClauseSyntax.Trigger?
    if word() == .on {
      switch word(1) {
      case .breach: trigger = .onBreach
      case .met: trigger = .onMet
      case .cure: trigger = .onCure
      default: trigger = nil
      }
      advance()
      if trigger != nil { advance() }
    } else {
      advance()
      if accept(.in, .cure) {
        trigger = .whileInCure
      } else if accept(.pending) || accept(.in, .pending) {
        trigger = .whilePending
      }
    }
    if trigger == nil { reportTrigger(behind: start) }
    // What follows is read whatever sets it off, for scenarios may speak of it.
    let known = trigger ?? .onBreach
    guard let consequence = parseConsequence() else {
      if trigger != nil { reportVerb() }
      skipToClause()
      let missing = ConsequenceSyntax(
        verb: .publish, verbExtent: missingExtent(), object: .missing(missingExtent()),
        change: nil, from: nil, until: nil, frequency: nil, isInAll: false,
        extent: missingExtent())
      return .consequence(
        ConsequenceClauseSyntax(
          trigger: known, consequence: missing, extent: extent(from: start)))
    }
    return .consequence(
      ConsequenceClauseSyntax(
        trigger: known, consequence: consequence, extent: extent(from: start)))
  }

  /// Reports that nothing that sets a consequence off stands behind `on` or `while`, and goes on
  /// behind the word that does.
  private mutating func reportTrigger(behind start: Int) {
    var help = ["write `on breach`, `on met`, `on cure`, `while in cure` or `while pending`"]
    let isAWord = index > start && kind() == .name && !startsClause() && word()?.isVerb != true
    if isAWord {
      let meant = ["breach", "met", "cure"].first { text(token()).hasPrefix($0) }
      if let meant {
        help = ["write `on \(meant)`" + (meant == "cure" ? " or `while in cure`" : "")]
      }
    }
    reportMissing(
      SyntaxCode.expectedWord, "expected what sets the consequence off, found \(found())",
      label: "on what?", help: help)
    let skipped = index
    if isAWord { advance() }
    keepUnexpected(from: skipped)
  }

  private mutating func reportVerb() {
    let verbs = ConsequenceSyntax.Verb.allCases.map(\.rawValue)
    var help = ["the verbs are \(verbs.map { "`\($0)`" }.joined(separator: ", "))"]
    if kind() == .name, let meant = Word.verbElsewhere[text(token()).lowercased()] {
      help.insert("here it is called `\(meant)`", at: 0)
    } else if kind() == .name, let near = nearestName(to: text(token()), among: verbs) {
      help.insert("did you mean `\(near)`?", at: 0)
    }
    reportMissing(
      SyntaxCode.expectedVerb, "expected what is done, found \(found())",
      label: "not a consequence", help: help)
  }

  /// Reads a verb with what it speaks of, or nothing where no verb stands.
  mutating func parseConsequence() -> ConsequenceSyntax? {
    let start = index
    guard let word = word(), word.isVerb else { return nil }
    let verb: ConsequenceSyntax.Verb
    if word == .step {
      guard self.word(1) == .up || self.word(1) == .down else { return nil }
      advance()
      verb = self.word() == .up ? .stepUp : .stepDown
    } else {
      guard let known = ConsequenceSyntax.Verb(rawValue: word.rawValue) else { return nil }
      verb = known
    }
    advance()
    let verbExtent = extent(from: start)
    let object = startsOperand() && !startsClause() ? parseSum() : nil
    var change: ConsequenceSyntax.Change?
    var from: ExpressionSyntax?
    var until: ConsequenceSyntax.Until?
    var frequency: ConsequenceSyntax.Frequency?
    var isInAll = false
    loop: while !startsClause() {
      let before = index
      switch self.word() {
      case .by where change == nil:
        advance()
        if self.word() == .a, self.word(1) == .factor, self.word(2) == .of {
          for _ in 0..<3 { advance() }
          change = .byFactor(parseProduct())
        } else {
          change = .by(parseSum())
        }
      case .to where change == nil:
        advance()
        change = .to(parseSum())
      case .from where from == nil:
        advance()
        from = parseSum()
      case .until where until == nil:
        advance()
        until = accept(.met) ? .met : .date(parseSum())
      case .when where frequency == nil:
        advance()
        expect(.breached, "behind `when`")
        let times = parseTimes()
        var isInARow = false
        if self.word() == .in, self.word(1) == .a, self.word(2) == .row {
          for _ in 0..<3 { advance() }
          isInARow = true
        }
        frequency = ConsequenceSyntax.Frequency(
          times: times, isInARow: isInARow, extent: extent(from: before))
      case .in where self.word(1) == .all && !isInAll:
        advance()
        advance()
        isInAll = true
      default: break loop
      }
    }
    return ConsequenceSyntax(
      verb: verb, verbExtent: verbExtent, object: object, change: change, from: from,
      until: until, frequency: frequency, isInAll: isInAll, extent: extent(from: start))
  }
}
