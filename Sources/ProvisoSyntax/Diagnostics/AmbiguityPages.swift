// The manual pages of what reads two ways and needs parentheses.

import ProvisoSource

/// What reads two ways and needs parentheses.
enum AmbiguityPages: DiagnosticRegistry {
  static let pages: [DiagnosticPage] = [
    DiagnosticPage(
      code: SyntaxCode.mixedAndOr, title: #"`and` and `or` mixed without parentheses"#,
      badExample: #"requires sme and young or rural"#,
      goodExample: #"requires (sme and young) or rural"#,
      reason: #"""
        Laws are fought over here. Instead of a rule of precedence that one reader knows and \#
        the other does not, both readings are shown and the writer chooses.
        """#),
    DiagnosticPage(
      code: SyntaxCode.quantifierJoined, title: #"`some`, `no` or `every` joined by `and` or `or`"#,
      badExample: #"""
        requires sme and no o in owners where o.share > 25% and young
        """#,
      goodExample: #"""
        requires sme and (no o in owners where o.share > 25%) and young
        """#,
      reason: #"""
        What stands behind `where` or `satisfies` runs on as far as it can. Parentheses show \#
        where it ends.
        """#),
    DiagnosticPage(
      code: SyntaxCode.chainedComparison, title: #"a comparison of a comparison"#,
      badExample: #"requires EUR 5 < amount < limit"#,
      goodExample: #"requires EUR 5 < amount and amount < limit"#,
      reason: #"""
        A comparison is true or false, and that is not compared again. Between two bounds \#
        stand two comparisons.
        """#),
    DiagnosticPage(
      code: SyntaxCode.limitInSum,
      title: #"""
        `capped at`, `floored at`, `else` or `converted to` in a sum
        """#,
      badExample: #"requires amount + limit capped at EUR 5 > EUR 1"#,
      goodExample: #"requires (amount + limit) capped at EUR 5 > EUR 1"#,
      reason: #"""
        One reader caps the last term, the other the whole sum. Parentheses settle it.
        """#),
    DiagnosticPage(
      code: SyntaxCode.divisionOf, title: #"`/` before `of`"#,
      badExample: #"requires amount / 10% of limit > 1"#,
      goodExample: #"requires amount / (10% of limit) > 1"#,
      reason: #"""
        `a / 10% of b` is read as a division by a share of `b` and as a share of a quotient. \#
        The two differ.
        """#),
    DiagnosticPage(
      code: SyntaxCode.chainedPower, title: #"a power of a power"#,
      badExample: #"define x = 2 ^ 3 ^ 2"#,
      goodExample: #"define x = 2 ^ (3 ^ 2)"#,
      reason: #"""
        Mathematicians read from the right, programs often from the left.
        """#),
    DiagnosticPage(
      code: SyntaxCode.pointShift, title: #"`+` or `-` behind a point in time"#,
      badExample: #"requires emissions at period - 1 > 5"#,
      goodExample: #"requires emissions at (period - 1) > 5"#,
      reason: #"""
        Behind `at`, `to` and `after` stands one name, literal, call or parenthesis. Who \#
        writes `at period - 1` usually means the period before, and would be given the value \#
        less one.
        """#),
    DiagnosticPage(
      code: SyntaxCode.choiceNeedsParentheses,
      title: #"a choice without parentheses inside another expression"#,
      badExample: #"requires max(amount when sme, otherwise limit) > EUR 5"#,
      goodExample: #"""
        requires max((amount when sme, otherwise limit), EUR 1) > EUR 5
        """#,
      reason: #"""
        The commas of a choice would be taken for those around it. It stands free only where \#
        it is the whole of a define, a determination or a result.
        """#),
  ]
}
