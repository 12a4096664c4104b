// The forms of expression that are spelled with words.

package import ProvisoSource

/// `member in collection`, with the dating and the day where the collection is a dated list.
package struct MembershipSyntax: SyntaxNode {
  /// Which spell of a dated list counts: `by published + 3 months`.
  package struct Dating: SyntaxNode {
    package let name: NameSyntax
    /// `3 months`, where a shift is given.
    package let shift: ExpressionSyntax?
    /// Whether the shift is taken away instead of added.
    package let isSubtracted: Bool
    package let extent: Extent
  }

  /// When the member is looked for.
  package enum Moment: Sendable {
    /// `on signed`.
    case on(ExpressionSyntax)
    /// `at any time from signed to as_of`.
    case atAnyTime(from: ExpressionSyntax, to: ExpressionSyntax)
  }

  package let member: ExpressionSyntax
  package let collection: ExpressionSyntax
  package let dating: Dating?
  package let moment: Moment?
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// `event by deadline`.
package struct HappenedBySyntax: SyntaxNode {
  package let event: ExpressionSyntax
  package let deadline: ExpressionSyntax
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// A question about what is known, or about another condition.
package struct IsTestSyntax: SyntaxNode {
  /// What is asked.
  package enum Question: Sendable {
    /// `is known`.
    case known
    /// `is none`.
    case none
    /// `is met`.
    case met
    /// `is breached`.
    case breached
    /// `is not applicable`.
    case notApplicable
    /// `is verified`, or another level of assurance.
    case level(NameSyntax)
  }

  package let subject: ExpressionSyntax
  package let question: Question
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// `base at point`.
package struct AtSyntax: SyntaxNode {
  package let base: ExpressionSyntax
  package let point: ExpressionSyntax
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// `series over 4 quarters to period`.
package struct WindowSyntax: SyntaxNode {
  package let series: ExpressionSyntax
  /// `4 quarters`: always a `duration` or, where the number is missing, `missing`.
  package let length: ExpressionSyntax
  /// The last period of the window, included.
  package let end: ExpressionSyntax
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// `first to last`, both included, or `series from first to last`.
package struct RangeSyntax: SyntaxNode {
  /// The series whose values are meant, where one stands before `from`.
  package let series: ExpressionSyntax?
  package let first: ExpressionSyntax
  package let last: ExpressionSyntax
  package let extent: Extent
}

/// A value held under a cap or over a floor.
package struct LimitedSyntax: SyntaxNode {
  /// `capped at` or `floored at`.
  package enum Kind: Sendable { case capped, floored }

  package let value: ExpressionSyntax
  package let kind: Kind
  package let limit: ExpressionSyntax
  /// What the limit is called in explanations.
  package let title: StringSyntax?
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// `value else replacement`.
package struct FallbackSyntax: SyntaxNode {
  package let value: ExpressionSyntax
  package let replacement: ExpressionSyntax
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// `value converted to EUR by rates on day`.
package struct ConvertedSyntax: SyntaxNode {
  package let value: ExpressionSyntax
  package let currency: NameSyntax
  package let rates: NameSyntax
  package let day: ExpressionSyntax
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// The part of an amount on one side of a bound.
package struct PartSyntax: SyntaxNode {
  /// `above` or `up to`.
  package enum Side: Sendable { case above, upTo }

  package let amount: ExpressionSyntax
  package let side: Side
  package let bound: ExpressionSyntax
  package let extent: Extent
}

/// Values by cases, in order.
package struct ChoiceSyntax: SyntaxNode {
  /// One value and when it is taken.
  package struct Branch: SyntaxNode {
    package let value: ExpressionSyntax
    package let condition: ExpressionSyntax
    package let extent: Extent
  }

  /// One branch or more.
  package let branches: [Branch]
  /// What `otherwise` gives; `missing` where it was left out.
  package let otherwise: ExpressionSyntax
  package let extent: Extent
}

/// A rule of several limbs.
package struct LimbsSyntax: SyntaxNode {
  /// How many limbs must hold.
  package enum Quota: Sendable {
    case all, any, none
    /// `at least N of`.
    case atLeast(ExpressionSyntax)
  }

  /// One limb.
  package struct Limb: SyntaxNode {
    /// The label, where one is written.
    package let label: StringSyntax?
    package let truth: ExpressionSyntax
    package let extent: Extent
  }

  package let quota: Quota
  package let limbs: [Limb]
  /// The words before the brace.
  package let headSpan: SourceSpan
  package let extent: Extent
}

/// `some`, `no` or `every` over a collection.
package struct QuantifiedSyntax: SyntaxNode {
  /// The word it begins with.
  package enum Quantifier: String, Sendable { case some, no, every }

  package let quantifier: Quantifier
  package let variable: NameSyntax
  package let collection: ExpressionSyntax
  /// `where`: for `some` and `no` the asked-for truth, for `every` the filter.
  package let filter: ExpressionSyntax?
  /// `satisfies`: only for `every`, and always there (`missing` where it was left out).
  package let requirement: ExpressionSyntax?
  package let extent: Extent
}

/// One figure over a collection.
package struct AggregateSyntax: SyntaxNode {
  /// What is computed.
  package enum Function: String, Sendable, CaseIterable { case count, sum, min, max, average }

  /// What it is computed over.
  package enum Source: Sendable {
    /// `term for variable in collection where filter`; `count` has no term.
    case members(
      term: ExpressionSyntax?, variable: NameSyntax, collection: ExpressionSyntax,
      filter: ExpressionSyntax?)
    /// `ebitda over 4 quarters to period`, `1 to 5`, a list: one argument, itself a collection.
    case collection(ExpressionSyntax)
  }

  package let function: Function
  package let functionName: NameSyntax
  package let source: Source
  package let extent: Extent
}

/// Every entity reached through lists within lists.
package struct ChainSyntax: SyntaxNode {
  /// What is followed or computed on the way.
  package enum Rule: Sendable {
    /// `product of share`: adds `through`.
    case product(of: ExpressionSyntax)
    /// `each share > 50%`: goes on only where this is true.
    case each(ExpressionSyntax)
  }

  package let list: ExpressionSyntax
  package let rules: [Rule]
  package let extent: Extent
}

/// A value rounded to a step.
package struct RoundSyntax: SyntaxNode {
  /// What happens to what lies between two steps.
  package enum Mode: Sendable, CaseIterable { case halfUp, halfEven, up, down }

  package let value: ExpressionSyntax
  package let step: ExpressionSyntax
  /// The mode, where one is named.
  package let mode: Mode?
  package let extent: Extent
}

/// The calendar's own units.
package enum DurationUnit: String, Sendable, CaseIterable {
  case days, businessDays, months, quarters, halfYears, years
}

/// A length of calendar time.
package struct DurationSyntax: SyntaxNode {
  /// How many: a number without unit, a name, or an expression in parentheses.
  package let amount: ExpressionSyntax
  package let unit: DurationUnit
  package let extent: Extent
}

/// `duration after day`.
package struct AfterSyntax: SyntaxNode {
  package let duration: ExpressionSyntax
  package let day: ExpressionSyntax
  package let extent: Extent
}

/// `years completed from A to B`.
package struct ElapsedSyntax: SyntaxNode {
  /// Whether a unit counts when it is over or when it has begun.
  package enum Counting: Sendable { case completed, started }

  /// `days`, `months` or `years`.
  package let unit: DurationUnit
  package let counting: Counting
  package let from: ExpressionSyntax
  package let to: ExpressionSyntax
  package let extent: Extent
}

/// `year fraction from A to B by "30E/360 ISDA" maturing on D`.
package struct YearFractionSyntax: SyntaxNode {
  package let from: ExpressionSyntax
  package let to: ExpressionSyntax
  /// The day-count convention by its published name.
  package let convention: StringSyntax
  package let maturity: ExpressionSyntax?
  package let extent: Extent
}

/// `year of day`: the period of a length that holds a day.
package struct PeriodOfSyntax: SyntaxNode {
  package let length: PeriodLengthWord
  package let day: ExpressionSyntax
  package let extent: Extent
}

/// The lengths a period can have, as words.
package enum PeriodLengthWord: String, Sendable, CaseIterable {
  case year
  case halfYear = "half-year"
  case quarter
  case month
}
