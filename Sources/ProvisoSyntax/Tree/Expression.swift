// Expressions as they were written: one case for every form of the language.

package import ProvisoSource

/// An expression.
///
/// Chains of one precedence are flat (`a + b - c` is one `sum`), and the depth of the tree is
/// limited by the parser, so that walking and releasing it needs little stack.
package indirect enum ExpressionSyntax: SyntaxNode {
  /// Nothing stands where an expression should; the parser has reported it.
  case missing(Extent)
  /// `1_000`, `25%`, `80 EUR/tCO2e`, `EUR 10 million`.
  case number(NumberSyntax)
  /// `"Holdco"`.
  case string(StringSyntax)
  /// `2021-03-01`: a day that exists.
  case date(LiteralSyntax)
  /// `2024-Q1`, `2024-H1`, `2024-03`; a whole year is a number.
  case period(LiteralSyntax)
  /// `true`, `false`.
  case boolean(BooleanSyntax)
  /// `none`.
  case none(Extent)
  /// `amount`, `period`, `as_of`, `contracts`.
  case name(NameSyntax)
  /// `borrower.owners`, `period.end`.
  case member(MemberSyntax)
  /// `reduction(2019, period)`, `min(a, b)`: any call without a form of its own.
  case call(CallSyntax)
  /// `( … )`.
  case parenthesized(ParenthesizedSyntax)
  /// `(size, year)`: two or more values in parentheses, for `(k1, k2) in table`.
  case tuple(ElementsSyntax)
  /// `[ a, b ]`.
  case list(ElementsSyntax)
  /// `{ loan, grant }`.
  case set(ElementsSyntax)
  /// `{ name = "Holdco", country = PA }`.
  case record(RecordLiteralSyntax)
  /// `{ 100 tCO2e at 2019, 50 tCO2e at 2024 }`, `{ 0% from 2021-01-01, 100% from 2023-01-01 }`.
  case timeline(TimelineSyntax)
  /// `-x`.
  case negated(UnarySyntax)
  /// `not p`.
  case not(UnarySyntax)
  /// `a + b - c`.
  case sum(SumSyntax)
  /// `a * b / c`, `10% of x`.
  case product(ProductSyntax)
  /// `x ^ 2`.
  case power(PowerSyntax)
  /// `a <= b`.
  case comparison(ComparisonSyntax)
  /// `p and q and r`.
  case and(ElementsSyntax)
  /// `p or q or r`.
  case or(ElementsSyntax)
  /// `c in L by published + 3 months on signed`, `D in 2020`, `(k1, k2) in table`.
  case membership(MembershipSyntax)
  /// `repaid by 2021-12-31`: the event has happened by then.
  case happenedBy(HappenedBySyntax)
  /// `x is known`, `c.k is met`.
  case isTest(IsTestSyntax)
  /// `emissions at 2024`.
  case at(AtSyntax)
  /// `ebitda over 4 quarters to period`.
  case window(WindowSyntax)
  /// `1 to 5`, where a collection may stand.
  case range(RangeSyntax)
  /// `x capped at y "title"`, `x floored at y`.
  case limited(LimitedSyntax)
  /// `x else y`.
  case fallback(FallbackSyntax)
  /// `x converted to EUR by ecb_rates on signed`.
  case converted(ConvertedSyntax)
  /// `part of x above y`, `part of x up to y`.
  case part(PartSyntax)
  /// `a when p, b when q, otherwise c`.
  case choice(ChoiceSyntax)
  /// `all of { "label" : p, … }`.
  case limbs(LimbsSyntax)
  /// `no o in owners where p`, `every o in owners where p satisfies q`.
  case quantified(QuantifiedSyntax)
  /// `sum(o.share for o in owners where p)`, `count(o in owners where p)`.
  case aggregate(AggregateSyntax)
  /// `chain(owners, product of share)`.
  case chain(ChainSyntax)
  /// `round(x, to EUR 0.01, half up)`.
  case round(RoundSyntax)
  /// `6 months`, `5 business days`, `notice days`.
  case duration(DurationSyntax)
  /// `30 days after signed`.
  case after(AfterSyntax)
  /// `years completed from signed to as_of`.
  case elapsed(ElapsedSyntax)
  /// `year fraction from signed to as_of by "actual/360"`.
  case yearFraction(YearFractionSyntax)
  /// `year of signed`.
  case periodOf(PeriodOfSyntax)
}

/// A number as written, with what stands around it.
package struct NumberSyntax: SyntaxNode {
  /// The digits as written, with `_` and the point: `1_000.50`. Never signed.
  package let text: String
  /// `thousand`, `million`, `billion` or `trillion`, where one follows.
  package let scaleWord: NumberScaleWord?
  /// The unit, where there is one: `%`, `bps`, `percentage points`, `EUR`, `EUR/tCO2e`.
  package let unit: UnitSyntax?
  /// Whether the unit is a currency before the number.
  package let unitStandsBefore: Bool
  package let extent: Extent
}

/// A word that multiplies the number before it.
package enum NumberScaleWord: String, Sendable, CaseIterable {
  case thousand, million, billion, trillion

  /// The power of ten it stands for.
  package var exponent: Int {
    switch self {
    case .thousand: 3
    case .million: 6
    case .billion: 9
    case .trillion: 12
    }
  }
}

/// A unit as written, without spaces: `EUR/tCO2e`; only `percentage points` has two words.
package struct UnitSyntax: SyntaxNode {
  /// The unit's text; `percentage point` is given as `percentage points`.
  package let text: String
  package let extent: Extent
}

/// A literal that is one token: a date or a period.
package struct LiteralSyntax: SyntaxNode {
  /// The literal as written.
  package let text: String
  package let extent: Extent
}

/// `true` or `false`.
package struct BooleanSyntax: SyntaxNode {
  package let value: Bool
  package let extent: Extent
}

/// A value and the fields taken from it, from left to right.
package struct MemberSyntax: SyntaxNode {
  package let base: ExpressionSyntax
  /// One name or more: `b`, `c` in `a.b.c`.
  package let names: [NameSyntax]
  package let extent: Extent
}

/// A call of a define, a table or a plain function by name.
package struct CallSyntax: SyntaxNode {
  package let function: NameSyntax
  package let arguments: [ExpressionSyntax]
  package let extent: Extent
}

/// An expression in parentheses.
package struct ParenthesizedSyntax: SyntaxNode {
  package let content: ExpressionSyntax
  package let extent: Extent
}

/// Several expressions side by side.
package struct ElementsSyntax: SyntaxNode {
  package let elements: [ExpressionSyntax]
  package let extent: Extent
}

/// A record in the text: `{ name = "Holdco", borrower.country = PA }`.
package struct RecordLiteralSyntax: SyntaxNode {
  package let entries: [AssignmentSyntax]
  package let extent: Extent
}

/// `borrower.owners = […]`: a field, perhaps of a field, and its value.
package struct AssignmentSyntax: SyntaxNode {
  /// One name or more, from the outside in. Operator words may be names here.
  package let path: [NameSyntax]
  package let value: ExpressionSyntax
  package let extent: Extent
}

/// Values along time, in braces.
package struct TimelineSyntax: SyntaxNode {
  /// One value and where it stands.
  package struct Entry: SyntaxNode {
    package let value: ExpressionSyntax
    package let point: ExpressionSyntax
    package let extent: Extent
  }

  /// Whether the values stand `at` points or hold `from` dates.
  package enum Kind: Sendable { case at, from }

  package let kind: Kind
  /// One entry or more, in the order written.
  package let entries: [Entry]
  package let extent: Extent
}

/// An operator before its operand.
package struct UnarySyntax: SyntaxNode {
  package let operand: ExpressionSyntax
  /// The operator's own place.
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// A chain of additions and subtractions, from left to right.
package struct SumSyntax: SyntaxNode {
  /// A term behind the first, with the operator before it.
  package struct Term: Sendable {
    package let isSubtracted: Bool
    package let operatorSpan: SourceSpan
    package let operand: ExpressionSyntax
  }

  package let first: ExpressionSyntax
  /// One term or more.
  package let rest: [Term]
  package let extent: Extent
}

/// A chain of `*`, `/` and `of`, from left to right.
package struct ProductSyntax: SyntaxNode {
  /// The operator before a factor.
  package enum Operator: String, Sendable {
    case times = "*"
    case divided = "/"
    case of = "of"
  }

  /// A factor behind the first, with the operator before it.
  package struct Factor: Sendable {
    package let operation: Operator
    package let operatorSpan: SourceSpan
    package let operand: ExpressionSyntax
  }

  package let first: ExpressionSyntax
  /// One factor or more.
  package let rest: [Factor]
  package let extent: Extent
}

/// `base ^ exponent`.
package struct PowerSyntax: SyntaxNode {
  package let base: ExpressionSyntax
  package let exponent: ExpressionSyntax
  package let operatorSpan: SourceSpan
  package let extent: Extent
}

/// Two values compared.
package struct ComparisonSyntax: SyntaxNode {
  /// The six comparisons as they are spelled.
  package enum Operator: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package let left: ExpressionSyntax
  package let operation: Operator
  package let operatorSpan: SourceSpan
  package let right: ExpressionSyntax
  package let extent: Extent
}
