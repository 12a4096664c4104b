// The manual pages of what can be wrong with names and imports.

import ProvisoSource

/// E02: names, declarations and imports.
enum NamePages: DiagnosticRegistry {
  static let unknownName = DiagnosticPage(
    code: "E0201", title: "a name that nothing declares",
    badExample: "requires ammount <= EUR 10 million",
    goodExample: "requires amount <= EUR 10 million",
    reason: """
      A rule may speak only of what the ruleset declares. A misspelt name would otherwise be a \
      fact that no contract ever gives, and the condition would stay undetermined for ever.
      """)
  static let declaredTwice = DiagnosticPage(
    code: "E0202", title: "a name declared twice",
    badExample: """
      contract { amount : EUR }
      parameter amount : EUR { 5 from 2020-01-01 }
      """,
    goodExample: """
      contract { amount : EUR }
      parameter least_amount : EUR { 5 from 2020-01-01 }
      """,
    reason: """
      Fields, lists, parameters, tables, defines, determinations and conditions share one set of \
      names, also across imported files, so that a name in a rule has one meaning.
      """)
  static let reservedName = DiagnosticPage(
    code: "E0203", title: "a name that the language keeps for itself",
    badExample: "contract { period : text }",
    goodExample: "contract { loan_period : text }",
    reason: """
      `period`, `test_date`, `as_of`, `contracts` and `previous` have a meaning of their own in \
      rules, `id`, `evidence`, `waivers`, `assessments`, `value` and `versions` in contract \
      files, and `signed` is always the date of signature.
      """)
  static let importNotRead = DiagnosticPage(
    code: "E0204", title: "a file that cannot be read",
    badExample: "import \"vocabulary.proviso\"",
    goodExample: "import \"shared/vocabulary.proviso\"",
    reason: """
      Imports, lists, tables, rates and holidays are looked for beside the file that names them. \
      A ruleset is only as good as everything it reads, so a missing file stops it.
      """)
  static let importCycle = DiagnosticPage(
    code: "E0205", title: "files that import each other in a circle",
    badExample: """
      # a.proviso
      import "b.proviso"
      # b.proviso
      import "a.proviso"
      """,
    goodExample: """
      # a.proviso
      import "shared.proviso"
      # b.proviso
      import "shared.proviso"
      """,
    reason: """
      What two files both need belongs in a third. A circle has no order in which it could be \
      read.
      """)
  static let unknownType = DiagnosticPage(
    code: "E0206", title: "a type or unit that nothing declares",
    badExample: "contract { amount : EURO }",
    goodExample: "contract { amount : EUR }",
    reason: """
      A field's type is a unit (`EUR`, `tCO2e`, `percent`), a kind of value (`text`, `date`, \
      `country`), or a `type` or `record` of the ruleset.
      """)
  static let unknownField = DiagnosticPage(
    code: "E0207", title: "a field that the record does not have",
    badExample: "requires borrower.contry <> PA",
    goodExample: "requires borrower.country <> PA",
    reason: "A record has the fields it declares and no others.")
  static let noHeader = DiagnosticPage(
    code: "E0208", title: "a ruleset without its header",
    badExample: "contract { amount : EUR }",
    goodExample: """
      ruleset aid "Recovery aid" { version "1" }
      contract { amount : EUR }
      """,
    reason: """
      A verdict is recorded with the name and version of the ruleset that gave it, so the file \
      that is checked begins with them.
      """)
  static let secondHeader = DiagnosticPage(
    code: "E0209", title: "a second ruleset header",
    badExample: """
      ruleset a "A" { version "1" }
      ruleset b "B" { version "1" }
      """,
    goodExample: "ruleset a \"A\" { version \"1\" }",
    reason: "One ruleset has one header. A file that is imported brings declarations and has none.")
  static let wrongKind = DiagnosticPage(
    code: "E0210", title: "a name used as something it is not",
    badExample: "requires step_up > 0 bps",
    goodExample: "requires step_up(size) > 0 bps",
    reason: """
      A table is called with its keys, a list is asked with `in`, a condition with `is met`, and \
      a determination is an answer that rules do not read.
      """)
  static let defineCycle = DiagnosticPage(
    code: "E0211", title: "defines that use each other in a circle",
    badExample: """
      define a : EUR = b + EUR 1
      define b : EUR = a + EUR 1
      """,
    goodExample: """
      define a : EUR = amount
      define b : EUR = a + EUR 1
      """,
    reason: """
      The language has no recursion, so that every ruleset comes to an end. A value that builds \
      on the period before is written as a series: `by year from 2021 to 2030 = first X, then \
      Y`.
      """)
  static let definesTooDeep = DiagnosticPage(
    code: "E0212", title: "defines that use each other too deeply",
    badExample: "define d33 : EUR = d32 + EUR 1      # … down to d1",
    goodExample: "define total : EUR = amount + EUR 33",
    reason: """
      A define may rest on defines 64 deep. Nobody can follow an explanation deeper than that.
      """)
  static let entryTwice = DiagnosticPage(
    code: "E0213", title: "an entry given twice",
    badExample: "ruleset a \"A\" { version \"1\" version \"2\" }",
    goodExample: "ruleset a \"A\" { version \"2\" }",
    reason: """
      Where one entry is meant, a second would have to be ignored or to overrule the first; both \
      are guesses.
      """)
  static let notHere = DiagnosticPage(
    code: "E0214", title: "a name that means nothing at this place",
    badExample: "parameter limit : EUR { amount from 2021-01-01 }",
    goodExample: "parameter limit : EUR { 500_000 from 2021-01-01 }",
    reason: """
      Reference data (parameters, lists, tables) holds for every contract and cannot read one. \
      `test_date` exists only in a test, `contracts` only over a portfolio, `previous` only in a \
      series.
      """)
  static let ambiguousMember = DiagnosticPage(
    code: "E0215", title: "a name with two readings",
    badExample: """
      contract { kind : one of { grant, loan }  grant : one of { grant, loan } }
      … requires kind = grant
      """,
    goodExample: "… requires kind = grant_kind      # the field, renamed",
    reason: """
      Here the name could be the member of the enumeration or the field of the same type. The \
      checker shows both and never picks one.
      """)
  static let missingVersion = DiagnosticPage(
    code: "E0216", title: "a ruleset without a version",
    badExample: "ruleset aid \"Recovery aid\" { issuer \"Ministry of Finance\" }",
    goodExample: """
      ruleset aid "Recovery aid" { version "2021.1" issuer "Ministry of Finance" }
      """,
    reason: """
      An auditor who reads a verdict years later must see by which version of the rules it was \
      given.
      """)
  static let unusedDeclaration = DiagnosticPage(
    code: "W0201", title: "a declaration that nothing uses",
    badExample: "parameter limit : EUR { 500_000 from 2021-01-01 }      # and no rule reads it",
    goodExample: "requires amount <= limit",
    reason: """
      What no rule reads has no effect, and a reader will think it has one. Usually a condition \
      was meant to read it.
      """)
  static let shadowing = DiagnosticPage(
    code: "W0202", title: "a variable that hides another name",
    badExample: "requires no amount in payouts where amount.paid > EUR 0",
    goodExample: "requires no p in payouts where p.paid > EUR 0",
    reason: """
      Inside the collection the name means the member, outside it the field. A reader aloud \
      cannot hear the difference.
      """)

  static let pages = [
    unknownName, declaredTwice, reservedName, importNotRead, importCycle, unknownType, unknownField,
    noHeader, secondHeader, wrongKind, defineCycle, definesTooDeep, entryTwice, notHere,
    ambiguousMember, missingVersion, unusedDeclaration, shadowing,
  ]
}
