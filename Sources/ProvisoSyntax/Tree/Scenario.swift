// Scenarios: facts, dates and what is expected of them.

package import ProvisoSource

/// `scenario "title" { … }`.
package struct ScenarioSyntax: SyntaxNode {
  /// One clause of a scenario.
  package enum Clause: SyntaxNode {
    /// `given { signed = 2021-03-01, … }`.
    case given(GivenSyntax)
    /// `as of 2021-12-31`.
    case asOf(ExpressionSyntax, Extent)
    /// `known at 2021-12-31`.
    case knownAt(ExpressionSyntax, Extent)
    /// `expect k breached, recall EUR 5`.
    case expect([ExpectationSyntax], Extent)

    package var extent: Extent {
      switch self {
      case .given(let node): node.extent
      case .asOf(_, let extent), .knownAt(_, let extent), .expect(_, let extent): extent
      }
    }
  }

  package let title: StringSyntax
  package let clauses: [Clause]
  package let extent: Extent
}

/// The facts of one contract: `given "C-1" { … }`; the label names it in a portfolio scenario.
package struct GivenSyntax: SyntaxNode {
  package let label: StringSyntax?
  package let entries: [AssignmentSyntax]
  package let extent: Extent
}

/// One thing a scenario expects.
package enum ExpectationSyntax: SyntaxNode {
  /// `k at 2024 breached because "…"`, with the consequences named behind it.
  case outcome(OutcomeExpectationSyntax)
  /// `coupon = EUR 5`.
  case value(ValueExpectationSyntax)

  package var extent: Extent {
    switch self {
    case .outcome(let node): node.extent
    case .value(let node): node.extent
    }
  }
}

/// The outcome of a condition, of one of its tests, or of a contract.
package struct OutcomeExpectationSyntax: SyntaxNode {
  /// Whose outcome it is.
  package enum Subject: Sendable {
    /// `contract`, with a label where there are several.
    case contract(StringSyntax?, Extent)
    /// A condition by name.
    case condition(NameSyntax)
  }

  /// The words an outcome can be.
  package enum Outcome: String, Sendable, CaseIterable {
    case met, breached, undetermined, pending, exempt, cured, waived
    case inCure = "in cure"
    case notApplicable = "not applicable"
    case notGoverned = "not governed"
  }

  package let subject: Subject
  /// The contract meant, where there are several: `k for "C-1" met`.
  package let contractLabel: StringSyntax?
  /// `at 2024`: the period or day of one test.
  package let point: ExpressionSyntax?
  /// Nil where no outcome could be read; the parser has reported it.
  package let outcome: Outcome?
  package let outcomeSpan: SourceSpan
  /// `because "…"`: words that must stand among the reasons.
  package let reasons: [StringSyntax]
  /// `recall EUR 1_000_000`.
  package let consequences: [ConsequenceSyntax]
  package let extent: Extent
}

/// The value of a determination or define.
package struct ValueExpectationSyntax: SyntaxNode {
  package let name: NameSyntax
  /// The contract meant, where there are several: `coupon for "C-1" = 225 bps`.
  package let contractLabel: StringSyntax?
  /// `at 2024`.
  package let point: ExpressionSyntax?
  /// `missing` where it was left out; the name `unknown` says that no value can be given.
  package let value: ExpressionSyntax
  package let extent: Extent
}
