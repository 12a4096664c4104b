// The manual pages of what can be wrong with the shape of declarations and clauses.

import ProvisoSource

/// What can be wrong with the shape of declarations and clauses.
enum ShapePages: DiagnosticRegistry {
  static let pages: [DiagnosticPage] = [
    DiagnosticPage(
      code: SyntaxCode.expectedDeclaration, title: #"text where a declaration should begin"#,
      badExample: #"conditon cap { requires sme }"#,
      goodExample: #"condition cap { requires sme }"#,
      reason: #"""
        A ruleset is a row of declarations, each of which begins with its own word. What \#
        begins otherwise is misspelt or stands outside its braces.
        """#),
    DiagnosticPage(
      code: SyntaxCode.unknownClause, title: #"a clause that its declaration does not have"#,
      badExample: #"condition cap { require sme }"#,
      goodExample: #"condition cap { requires sme }"#,
      reason: #"""
        Every clause begins with a word that says what it does. A misspelt one would \#
        otherwise be lost, and with it a part of the rule.
        """#),
    DiagnosticPage(
      code: SyntaxCode.unexpectedText, title: #"text behind a complete clause or value"#,
      badExample: #"requires sme young"#,
      goodExample: #"requires sme and young"#,
      reason: #"""
        What is written is either part of the rule or a mistake. Nothing is skipped.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedMark, title: #"a mark that is missing"#,
      badExample: #"unless "Small" when sme EUR 5"#,
      goodExample: #"unless "Small" when sme => EUR 5"#,
      reason: #"""
        Commas separate values, `:` stands before a type, `=` before a value and `=>` before \#
        a result.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedWord, title: #"a word that is missing"#,
      badExample: #"applies sme"#,
      goodExample: #"applies when sme"#,
      reason: #"""
        The clauses are sentences. The small words tell a reader what comes next, and the \#
        parser too.
        """#),
    DiagnosticPage(
      code: SyntaxCode.unclosedBracket, title: #"a bracket that is not closed"#,
      badExample: #"requires (amount + limit <= EUR 5"#,
      goodExample: #"requires (amount + limit) <= EUR 5"#,
      reason: #"""
        Both ends of a bracket must be there: where it closes decides what the rule says.
        """#),
    DiagnosticPage(
      code: SyntaxCode.unmatchedCloser, title: #"a bracket that closes nothing"#,
      badExample: #"requires amount <= limit)"#,
      goodExample: #"requires amount <= limit"#,
      reason: #"""
        A closing bracket without its opening one means that one of the two stands in the \#
        wrong place.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedName, title: #"a name that is missing"#,
      badExample: #"condition "Cap" { requires sme }"#,
      goodExample: #"condition cap "Cap" { requires sme }"#,
      reason: #"""
        Everything that is declared has a name of its own beside its title, so that other \#
        rules, scenarios and results can speak of it.
        """#),
    DiagnosticPage(
      code: SyntaxCode.reservedName, title: #"an operator word as a name"#,
      badExample: #"define when = amount"#,
      goodExample: #"define moment = amount"#,
      reason: #"""
        Words such as `at`, `by`, `when` and `of` join values. A field may have such a name, \#
        behind `.` and before `:`; a declaration may not, since rules could not speak of it.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedText, title: #"a text that is missing"#,
      badExample: #"source s. 4(2)"#,
      goodExample: #"source "s. 4(2)""#,
      reason: #"""
        Titles, sources and reasons are free text, and stand in quotation marks so that they \#
        are never taken for rules.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedExpression, title: #"a value that is missing"#,
      badExample: #"requires amount <="#,
      goodExample: #"requires amount <= limit"#,
      reason: #"""
        An operator needs a value on each of its sides.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedType, title: #"a type that is missing"#,
      badExample: #"contract { amount : }"#,
      goodExample: #"contract { amount : EUR }"#,
      reason: #"""
        Every field has a type: units and kinds of value are checked before the first \#
        contract is read.
        """#),
    DiagnosticPage(
      code: SyntaxCode.nestingTooDeep, title: #"nesting of more than 128 levels"#,
      badExample: #"requires ((((((…))))))"#,
      goodExample: #"""
        define inner = …
        …
        requires inner
        """#,
      reason: #"""
        A limit keeps every ruleset readable in bounded time and space. No sentence of a law \#
        is nested so deep; a part of it has a name.
        """#),
  ]
}
