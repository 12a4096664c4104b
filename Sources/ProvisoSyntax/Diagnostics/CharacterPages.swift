// The manual pages of what can be wrong with characters, numbers and texts.

import ProvisoSource

/// What can be wrong with characters, numbers and texts.
enum CharacterPages: DiagnosticRegistry {
  static let pages: [DiagnosticPage] = [
    DiagnosticPage(
      code: SyntaxCode.unknownCharacter, title: #"a character that is not part of the language"#,
      badExample: #"requires amount ~ EUR 5"#,
      goodExample: #"requires amount = EUR 5"#,
      reason: #"""
        Names are written with the letters a to z and A to Z, digits and `_`, so that two \#
        names that look alike are alike. Other writing stands in texts between quotation \#
        marks and in comments.
        """#),
    DiagnosticPage(
      code: SyntaxCode.invalidBytes, title: #"bytes that are not UTF-8"#,
      badExample: #"title "\xFF""#,
      goodExample: #"title "é""#,
      reason: #"""
        A ruleset is read as UTF-8 everywhere and for ever. Bytes of another encoding would \#
        read differently on another machine.
        """#),
    DiagnosticPage(
      code: SyntaxCode.unclosedString, title: #"a text that is not closed"#,
      badExample: #"issuer "Ministry of Finance"#,
      goodExample: #"issuer "Ministry of Finance""#,
      reason: #"""
        A text ends on the line it begins on, so that one forgotten quotation mark does not \#
        swallow the rules behind it.
        """#),
    DiagnosticPage(
      code: SyntaxCode.malformedNumber, title: #"a `_` that does not stand between digits"#,
      badExample: #"requires amount <= EUR 1__000"#,
      goodExample: #"requires amount <= EUR 1_000"#,
      reason: #"""
        `_` groups the digits of a long number. Anywhere else it is a slip of the keyboard, \#
        perhaps for a digit.
        """#),
    DiagnosticPage(
      code: SyntaxCode.joinedUnit, title: #"a number joined to the word behind it"#,
      badExample: #"requires share >= 25bps"#,
      goodExample: #"requires share >= 25 bps"#,
      reason: #"""
        A unit follows its number after a space, so that `1e6` and `5x` are never guessed \#
        at.
        """#),
    DiagnosticPage(
      code: SyntaxCode.impossibleDate, title: #"a date or period that does not exist"#,
      badExample: #"tested on 2023-02-29"#,
      goodExample: #"tested on 2023-02-28"#,
      reason: #"""
        Dates and periods are read strictly: a day that does not exist is neither the day \#
        before nor the day after, and `2024-13` is no subtraction.
        """#),
    DiagnosticPage(
      code: SyntaxCode.foreignOperator, title: #"an operator of another language"#,
      badExample: #"requires amount >= EUR 5 && amount != limit"#,
      goodExample: #"requires amount >= EUR 5 and amount <> limit"#,
      reason: #"""
        There is one spelling for each operator: `=`, `<>`, `<=`, `>=`, `-`, `*`, `/`, \#
        `and`, `or`, `not`. The signs of other languages are understood and offered in ours.
        """#),
    DiagnosticPage(
      code: SyntaxCode.typographicQuotes,
      title: #"a text between other marks than straight double ones"#,
      badExample: #"title “Cap”"#,
      goodExample: #"title "Cap""#,
      reason: #"""
        Word processors change quotation marks. Straight double ones are the same in every \#
        program.
        """#),
    DiagnosticPage(
      code: SyntaxCode.unknownEscape, title: #"a backslash that begins no escape"#,
      badExample: #"source "C:\acts""#,
      goodExample: #"source "C:\\acts""#,
      reason: #"""
        In a text `\"` is a quotation mark, `\\` a backslash, `\n` a line end and `\t` a \#
        tab. Anything else behind a backslash is probably a backslash that was meant as one.
        """#),
    DiagnosticPage(
      code: SyntaxCode.unclosedFence, title: #"a block in a literate file that is not closed"#,
      badExample: #"""
        ```proviso
        unit slot
        """#,
      goodExample: #"""
        ```proviso
        unit slot
        ```
        """#,
      reason: #"""
        Everything between the fences is the ruleset. Without the closing fence the prose \#
        behind it would be read as rules.
        """#),
    DiagnosticPage(
      code: SyntaxCode.noBlocks, title: #"a literate file without rules"#,
      badExample: #"""
        # Aid

        The rules follow.
        """#,
      goodExample: #"""
        # Aid

        ```proviso
        ruleset aid "Aid" { version "1" }
        ```
        """#,
      reason: #"""
        A file whose name ends in `.md` keeps its rules in blocks marked `proviso`. A file \#
        without one has nothing to check, which is hardly what was meant.
        """#),
  ]
}
