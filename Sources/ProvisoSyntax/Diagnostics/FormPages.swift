// The manual pages of what can be missing from the forms that are spelled with words.

import ProvisoSource

/// What can be missing from the forms that are spelled with words.
enum FormPages: DiagnosticRegistry {
  static let pages: [DiagnosticPage] = [
    DiagnosticPage(
      code: SyntaxCode.missingOtherwise, title: #"a choice without `otherwise`"#,
      badExample: #"define rate = 5% when sme"#,
      goodExample: #"define rate = 5% when sme, otherwise 10%"#,
      reason: #"""
        A choice gives a value in every case. What holds in the remaining ones is part of \#
        the rule.
        """#),
    DiagnosticPage(
      code: SyntaxCode.foreignIf, title: #"a choice that begins with `if`"#,
      badExample: #"define rate = if sme then 5% else 10%"#,
      goodExample: #"define rate = 5% when sme, otherwise 10%"#,
      reason: #"""
        The language has one form of choice, which names the value first, as tables of rates \#
        do.
        """#),
    DiagnosticPage(
      code: SyntaxCode.isNot, title: #"`is not` before a question"#,
      badExample: #"requires amount is not known"#,
      goodExample: #"requires not amount is known"#,
      reason: #"""
        `is not` reads as a negation of many things. `not` before the question negates it, \#
        and nothing else.
        """#),
    DiagnosticPage(
      code: SyntaxCode.quantifierWithoutWhere, title: #"`some` or `no` without `where`"#,
      badExample: #"requires no o in owners"#,
      goodExample: #"requires no o in owners where o.share > 25%"#,
      reason: #"""
        `no o in owners` alone could ask for an empty list or for owners without a property. \#
        `where` says which members are meant; whether there are any is `count(owners) = 0`.
        """#),
    DiagnosticPage(
      code: SyntaxCode.everyWithoutSatisfies, title: #"`every` without `satisfies`"#,
      badExample: #"requires every o in owners where o.share > 25%"#,
      goodExample: #"requires every o in owners satisfies o.share > 25%"#,
      reason: #"""
        `every` has a filter (`where`) and a demand (`satisfies`). With the filter alone \#
        nothing is asked of anyone.
        """#),
    DiagnosticPage(
      code: SyntaxCode.emptyLimbs, title: #"limbs between braces that are not there"#,
      badExample: #"requires all of { }"#,
      goodExample: #"requires all of { "small" : sme }"#,
      reason: #"""
        A rule of no limbs would always hold.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedSchedule, title: #"a `tested` that does not say when"#,
      badExample: #"tested sometimes"#,
      goodExample: #"tested yearly"#,
      reason: #"""
        A condition is tested on days that can be computed: on or by a date, in periods, \#
        every so often, or continuously.
        """#),
    DiagnosticPage(
      code: SyntaxCode.dueAlone, title: #"`due` outside of `tested`"#,
      badExample: #"""
        tested quarterly
        due 45 days after
        """#,
      goodExample: #"tested quarterly, due 45 days after"#,
      reason: #"""
        The due date belongs to the test: it says by when the test of each period must be \#
        answered.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedCure, title: #"a cure without a time"#,
      badExample: #"cure when sme"#,
      goodExample: #"cure when sme, within 6 months"#,
      reason: #"""
        A cure that says nothing of its time leaves open whether a breach may still be put \#
        right today.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedVerb, title: #"a consequence that does nothing known"#,
      badExample: #"on breach fine EUR 5"#,
      goodExample: #"on breach charge EUR 5"#,
      reason: #"""
        Consequences have few verbs, so that amounts can be added up and reports can group \#
        them.
        """#),
    DiagnosticPage(
      code: SyntaxCode.expectedOutcome, title: #"an expectation that names no outcome"#,
      badExample: #"expect cap fulfilled"#,
      goodExample: #"expect cap met"#,
      reason: #"""
        A scenario expects one of the outcomes the language has, or a value.
        """#),
    DiagnosticPage(
      code: SyntaxCode.parameterValues, title: #"values of a parameter without their dates"#,
      badExample: #"parameter cap : EUR { 5 }"#,
      goodExample: #"parameter cap : EUR { 5 from 2020-01-01 }"#,
      reason: #"""
        A parameter is a value that the law sets and changes. From which day each value \#
        holds is half of it; a value that never changes is a `define`.
        """#),
    DiagnosticPage(
      code: SyntaxCode.rowWidth, title: #"a row with more or fewer results than columns"#,
      badExample: #"""
        year = 1, 2
        sme => 225
        """#,
      goodExample: #"""
        year = 1, 2
        sme => 225, 325
        """#,
      reason: #"""
        With a key laid across, every row gives one result for every column. A row that is \#
        short says nothing of some case.
        """#),
    DiagnosticPage(
      code: SyntaxCode.foreignPhrase, title: #"words for what has a sign or another form here"#,
      badExample: #"requires staff is at least 90 persons"#,
      goodExample: #"requires staff >= 90 persons"#,
      reason: #"""
        Contracts say one thing in many ways: at least, no fewer than, not below. Here each \#
        comparison has one spelling, so that two people who read a rule read the same. The \#
        usual phrases are understood and offered in it.
        """#),
  ]
}
