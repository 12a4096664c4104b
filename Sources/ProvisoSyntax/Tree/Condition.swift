// Conditions: their clauses, tests, cures and consequences.

/// `condition NAME "title" { … }`, or with `portfolio` before it.
package struct ConditionSyntax: SyntaxNode {
  /// Whether it speaks of the whole portfolio.
  package let isPortfolio: Bool
  package let name: NameSyntax
  package let title: StringSyntax?
  /// The clauses in the order written; how many of each there may be is not the parser's affair.
  package let clauses: [ConditionClauseSyntax]
  package let extent: Extent
}

/// One clause of a condition.
package enum ConditionClauseSyntax: SyntaxNode {
  /// `serves net_zero`.
  case serves([NameSyntax], Extent)
  /// `kind direction, disclosure`.
  case kind([NameSyntax], Extent)
  /// `source "Schedule 2"`.
  case source(StringSyntax, Extent)
  /// `applies when p`.
  case appliesWhen(ExpressionSyntax, Extent)
  /// `for each p in payouts where q`.
  case forEach(ForEachSyntax)
  /// `tested quarterly, due 45 days after`.
  case tested(TestedSyntax)
  /// `requires p`.
  case requires(ExpressionSyntax, Extent)
  /// `forbids p`.
  case forbids(ExpressionSyntax, Extent)
  /// `unless "title" under "s. 4" when p`.
  case unless(ExemptionSyntax)
  /// `unless carve_outs(day)`: the exceptions of a group.
  case unlessGroup(ExpressionSyntax, Extent)
  /// `undetermined "reason" when p`.
  case undetermined(StringSyntax, when: ExpressionSyntax, Extent)
  /// `evidence report, verified or breached`.
  case evidence(EvidenceSyntax)
  /// `cure when p, within 6 months`.
  case cure(CureSyntax)
  /// `on breach recall 10% of disbursed`.
  case consequence(ConsequenceClauseSyntax)

  package var extent: Extent {
    switch self {
    case .serves(_, let extent), .kind(_, let extent), .source(_, let extent),
      .appliesWhen(_, let extent), .requires(_, let extent), .forbids(_, let extent),
      .unlessGroup(_, let extent), .undetermined(_, _, let extent):
      extent
    case .forEach(let node): node.extent
    case .tested(let node): node.extent
    case .unless(let node): node.extent
    case .evidence(let node): node.extent
    case .cure(let node): node.extent
    case .consequence(let node): node.extent
    }
  }
}

/// `for each variable in collection where filter`.
package struct ForEachSyntax: SyntaxNode {
  package let variable: NameSyntax
  package let collection: ExpressionSyntax
  package let filter: ExpressionSyntax?
  package let extent: Extent
}

/// `unless "title" under "s. 4" when p`.
package struct ExemptionSyntax: SyntaxNode {
  package let title: StringSyntax
  package let under: StringSyntax?
  package let condition: ExpressionSyntax
  package let extent: Extent
}

/// `evidence kind, level or breached`.
package struct EvidenceSyntax: SyntaxNode {
  package let kind: NameSyntax
  package let level: NameSyntax?
  /// Whether its lack is a breach.
  package let isBreachWhenLacking: Bool
  package let extent: Extent
}

/// When a condition is tested, and when it is due.
package struct TestedSyntax: SyntaxNode {
  package let schedule: ScheduleSyntax
  package let due: DueSyntax?
  package let extent: Extent
}

/// The days a condition is tested on.
package enum ScheduleSyntax: Sendable {
  /// Nothing readable; the parser has reported it.
  case missing(Extent)
  /// `on signed`.
  case on(ExpressionSyntax)
  /// `by 2021-12-31`.
  case by(ExpressionSyntax)
  /// `yearly from 2021 to 2024`.
  case periodic(PeriodLengthWord, from: ExpressionSyntax?, end: ScheduleEndSyntax?)
  /// `every 12 months from signed`.
  case every(ExpressionSyntax, from: ExpressionSyntax, end: ScheduleEndSyntax?)
  /// `continuously`.
  case continuously
}

/// The last bound of a schedule.
package enum ScheduleEndSyntax: Sendable {
  /// `to X`, included.
  case to(ExpressionSyntax)
  /// `until X`, excluded.
  case until(ExpressionSyntax)
}

/// When a test is due.
package enum DueSyntax: SyntaxNode {
  /// `due 45 days after`: after the test date.
  case after(duration: ExpressionSyntax, Extent)
  /// `due on 2025-04-30`.
  case on(ExpressionSyntax, Extent)

  package var extent: Extent {
    switch self {
    case .after(_, let extent), .on(_, let extent): extent
    }
  }
}

/// How a breach may be put right.
package struct CureSyntax: SyntaxNode {
  /// How long there is for it.
  package enum Limit: Sendable {
    /// Nothing readable; the parser has reported it.
    case missing(Extent)
    /// `within 6 months`.
    case within(ExpressionSyntax)
    /// `at any time`.
    case atAnyTime
  }

  /// `by payment x = E`: the amount that counts, by the name that `when` uses.
  package struct Payment: SyntaxNode {
    package let name: NameSyntax
    /// What was paid.
    package let paid: ExpressionSyntax
    package let extent: Extent
  }

  package let payment: Payment?
  /// `when p`; without it the requirement is tried again.
  package let condition: ExpressionSyntax?
  package let limit: Limit
  /// `at most twice`.
  package let atMost: TimesSyntax?
  /// `never twice in a row`.
  package let isNeverTwiceInARow: Bool
  package let extent: Extent
}

/// `once`, `twice`, `3 times`.
package enum TimesSyntax: Sendable {
  case once
  case twice
  case times(ExpressionSyntax)
}

/// `on breach VERB …`, `while in cure VERB …`.
package struct ConsequenceClauseSyntax: SyntaxNode {
  /// What sets it off.
  package enum Trigger: Sendable { case onBreach, onMet, onCure, whileInCure, whilePending }

  package let trigger: Trigger
  package let consequence: ConsequenceSyntax
  package let extent: Extent
}

/// What follows: `step up margin by 25 bps until met`.
package struct ConsequenceSyntax: SyntaxNode {
  /// What is done.
  package enum Verb: String, Sendable, CaseIterable {
    case suspend, release, reduce, recall, charge, pay
    case stepUp = "step up"
    case stepDown = "step down"
    case convert, refuse, publish
  }

  /// By how much something moves, or into what.
  package enum Change: Sendable {
    /// `by 25 bps`.
    case by(ExpressionSyntax)
    /// `by a factor of 1.10`.
    case byFactor(ExpressionSyntax)
    /// `to EUR 5 million`, `to grant`.
    case to(ExpressionSyntax)
  }

  /// Until when it lasts.
  package enum Until: Sendable {
    case met
    case date(ExpressionSyntax)
  }

  /// `when breached twice in a row`.
  package struct Frequency: SyntaxNode {
    package let times: TimesSyntax
    package let isInARow: Bool
    package let extent: Extent
  }

  package let verb: Verb
  package let verbExtent: Extent
  /// What is recalled, charged, suspended …; `publish` and `refuse` may take a text.
  package let object: ExpressionSyntax?
  package let change: Change?
  package let from: ExpressionSyntax?
  package let until: Until?
  package let frequency: Frequency?
  /// `in all`: replaces, does not add.
  package let isInAll: Bool
  package let extent: Extent
}
