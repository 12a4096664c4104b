// What a ruleset is made of: the declarations, but for conditions, tables and scenarios.

package import ProvisoSource

/// The whole of a ruleset file.
package struct FileSyntax: SyntaxNode {
  /// The declarations in the order written.
  package let declarations: [DeclarationSyntax]
  /// What the parser could not place, in order; it has reported every piece.
  package let unexpected: [Extent]
  package let extent: Extent
}

/// One declaration of a ruleset.
package enum DeclarationSyntax: SyntaxNode {
  case ruleset(RulesetHeaderSyntax)
  case `import`(ImportSyntax)
  case unit(UnitDeclarationSyntax)
  case contract(ContractSyntax)
  case record(RecordSyntax)
  case type(TypeDeclarationSyntax)
  case list(ListSyntax)
  case rates(RatesSyntax)
  case parameter(ParameterSyntax)
  case table(TableSyntax)
  case mission(MissionSyntax)
  case define(DefineSyntax)
  case determination(DeterminationSyntax)
  case condition(ConditionSyntax)
  case conserve(ConserveSyntax)
  case exceptions(ExceptionGroupSyntax)
  case scenario(ScenarioSyntax)

  package var extent: Extent {
    switch self {
    case .ruleset(let node): node.extent
    case .import(let node): node.extent
    case .unit(let node): node.extent
    case .contract(let node): node.extent
    case .record(let node): node.extent
    case .type(let node): node.extent
    case .list(let node): node.extent
    case .rates(let node): node.extent
    case .parameter(let node): node.extent
    case .table(let node): node.extent
    case .mission(let node): node.extent
    case .define(let node): node.extent
    case .determination(let node): node.extent
    case .condition(let node): node.extent
    case .conserve(let node): node.extent
    case .exceptions(let node): node.extent
    case .scenario(let node): node.extent
    }
  }
}

/// `ruleset NAME "title" { … }`.
package struct RulesetHeaderSyntax: SyntaxNode {
  /// One entry between the braces.
  package enum Entry: SyntaxNode {
    /// `version "2021.1"`.
    case version(StringSyntax, Extent)
    /// `issuer "Ministry of Finance"`.
    case issuer(StringSyntax, Extent)
    /// `source "Act no. 1 of 2021"`.
    case source(StringSyntax, Extent)
    /// `governs signed from 2021-01-01 until 2023-01-01`.
    case governs(GovernsSyntax)
    /// `months end on the last day` or `months roll over`.
    case months(MonthsWord, Extent)
    /// `holidays from "lists/target2-holidays.csv"`.
    case holidays(StringSyntax, Extent)

    package var extent: Extent {
      switch self {
      case .version(_, let extent), .issuer(_, let extent), .source(_, let extent),
        .months(_, let extent), .holidays(_, let extent):
        extent
      case .governs(let node): node.extent
      }
    }
  }

  /// What a month makes of a day it lacks.
  package enum MonthsWord: Sendable { case endOnLastDay, rollOver }

  package let name: NameSyntax
  package let title: StringSyntax?
  package let entries: [Entry]
  package let extent: Extent
}

/// Which contracts the ruleset governs, by a date.
package struct GovernsSyntax: SyntaxNode {
  /// The date asked about, such as `signed`.
  package let subject: ExpressionSyntax
  /// The first day, included.
  package let from: ExpressionSyntax?
  /// The end, excluded.
  package let until: ExpressionSyntax?
  package let extent: Extent
}

/// `import "path/to/shared.proviso"`.
package struct ImportSyntax: SyntaxNode {
  package let path: StringSyntax
  package let extent: Extent
}

/// `unit slot` or `unit ktCO2e = 1000 tCO2e`.
package struct UnitDeclarationSyntax: SyntaxNode {
  package let name: NameSyntax
  /// What the unit equals, where it is not a new base.
  package let definition: NumberSyntax?
  package let extent: Extent
}

/// `contract { … }`.
package struct ContractSyntax: SyntaxNode {
  package let fields: [FieldSyntax]
  /// The word `contract`.
  package let keywordSpan: SourceSpan
  package let extent: Extent
}

/// `name : type`.
package struct FieldSyntax: SyntaxNode {
  package let name: NameSyntax
  package let type: TypeSyntax
  /// `assessed by "tax officer"`.
  package let assessor: StringSyntax?
  /// `elected by "borrower"`.
  package let elector: StringSyntax?
  /// `best evidence decides`.
  package let bestEvidence: Extent?
  /// `as published`.
  package let asPublished: Extent?
  package let extent: Extent
}

/// A type as written.
package indirect enum TypeSyntax: SyntaxNode {
  /// No type was written; the parser has reported it.
  case missing(Extent)
  /// `EUR`, `tCO2e`, `EUR/tCO2e`, `percent`, `count`, `text`, `date`, `Company`.
  case named(UnitSyntax)
  /// `date if any`.
  case dateIfAny(Extent)
  /// `one of { loan, grant }`.
  case oneOf([NameSyntax], Extent)
  /// `list of Payout or empty dated decided`.
  case list(ListTypeSyntax)
  /// `EUR by quarter`.
  case series(element: TypeSyntax, length: PeriodLengthWord, Extent)
  /// `percent by date`.
  case level(element: TypeSyntax, Extent)

  package var extent: Extent {
    switch self {
    case .missing(let extent), .dateIfAny(let extent), .oneOf(_, let extent),
      .series(_, _, let extent), .level(_, let extent):
      extent
    case .named(let node): node.extent
    case .list(let node): node.extent
    }
  }
}

/// `list of element [or empty] [dated field]`.
package struct ListTypeSyntax: SyntaxNode {
  package let element: TypeSyntax
  /// Whether an absent list counts as empty.
  package let isEmptyWhenAbsent: Bool
  /// The member's field that dates it.
  package let datedBy: NameSyntax?
  package let extent: Extent
}

/// `record NAME { … } identified by lei else name`.
package struct RecordSyntax: SyntaxNode {
  package let name: NameSyntax
  package let fields: [FieldSyntax]
  /// The identifying fields, the best first; empty where there are none.
  package let identifiedBy: [NameSyntax]
  package let extent: Extent
}

/// `type Size = one of { sme, large }`.
package struct TypeDeclarationSyntax: SyntaxNode {
  package let name: NameSyntax
  package let type: TypeSyntax
  package let extent: Extent
}

/// `conserve NAME "title" { whole … parts … }`: the parts must add up to the whole.
package struct ConserveSyntax: SyntaxNode {
  /// One part.
  package enum Part: SyntaxNode {
    /// A determination, a define, a field or any amount.
    case amount(ExpressionSyntax)
    /// `suspend by milestones`: what the consequences of a condition with this verb come to.
    case consequences(ConsequenceSyntax.Verb, of: NameSyntax, Extent)

    package var extent: Extent {
      switch self {
      case .amount(let value): value.extent
      case .consequences(_, _, let extent): extent
      }
    }
  }

  /// One entry between the braces.
  package enum Entry: SyntaxNode {
    /// `whole instalment`.
    case whole(ExpressionSyntax, Extent)
    /// `parts released, suspended, reduced`.
    case parts([Part], Extent)
    /// `source "Art. 24(6)"`.
    case source(StringSyntax, Extent)

    package var extent: Extent {
      switch self {
      case .whole(_, let extent), .parts(_, let extent), .source(_, let extent): extent
      }
    }
  }

  package let name: NameSyntax
  package let title: StringSyntax?
  package let entries: [Entry]
  package let extent: Extent
}

/// `mission NAME "title" { … }`.
package struct MissionSyntax: SyntaxNode {
  /// One entry between the braces.
  package enum Entry: SyntaxNode {
    case indicator(ExpressionSyntax, Extent)
    case baseline(ExpressionSyntax, Extent)
    case target(MissionTargetSyntax)
    /// `path straight` or `path reduction_path`.
    case path(NameSyntax, Extent)
    case reportedBy(StringSyntax, Extent)
    case source(StringSyntax, Extent)

    package var extent: Extent {
      switch self {
      case .indicator(_, let extent), .baseline(_, let extent), .reportedBy(_, let extent),
        .source(_, let extent), .path(_, let extent):
        extent
      case .target(let node): node.extent
      }
    }
  }

  package let name: NameSyntax
  package let title: StringSyntax?
  package let entries: [Entry]
  package let extent: Extent
}

/// `target 100% reduction by 2045-12-31`, `target at least 37% by 2027-12-31`.
package struct MissionTargetSyntax: SyntaxNode {
  /// Which way a share of the baseline is meant, or on which side of a value to be.
  package enum Direction: String, Sendable {
    case reduction, increase
    case atMost = "at most"
    case atLeast = "at least"
  }

  package let amount: ExpressionSyntax
  package let direction: Direction?
  package let date: ExpressionSyntax?
  package let extent: Extent
}

/// `define NAME(parameters) : type = value`.
package struct DefineSyntax: SyntaxNode {
  package let name: NameSyntax
  package let title: StringSyntax?
  package let parameters: [KeySyntax]
  package let type: TypeSyntax?
  package let body: DefineBodySyntax
  package let exceptions: [ValueExceptionSyntax]
  package let source: StringSyntax?
  package let extent: Extent
}

/// What a define computes.
package enum DefineBodySyntax: Sendable {
  /// An expression, perhaps a choice.
  case value(ExpressionSyntax)
  /// `by year from A to B = first X, then Y`.
  case fold(FoldSyntax)
}

/// A value that grows from period to period.
package struct FoldSyntax: SyntaxNode {
  package let from: ExpressionSyntax
  package let to: ExpressionSyntax
  package let first: ExpressionSyntax
  package let then: ExpressionSyntax
  package let extent: Extent
}

/// `name : type` in parentheses: a parameter of a define or a key of a table.
package struct KeySyntax: SyntaxNode {
  package let name: NameSyntax
  package let type: TypeSyntax
  package let extent: Extent
}

/// `determination NAME "title" : type = value`.
package struct DeterminationSyntax: SyntaxNode {
  package let name: NameSyntax
  package let title: StringSyntax?
  package let type: TypeSyntax?
  package let value: ExpressionSyntax
  package let exceptions: [ValueExceptionSyntax]
  package let source: StringSyntax?
  package let extent: Extent
}

/// `unless "title" under "s. 4" when p => value`.
package struct ValueExceptionSyntax: SyntaxNode {
  package let title: StringSyntax
  package let under: StringSyntax?
  package let condition: ExpressionSyntax
  package let value: ExpressionSyntax
  package let extent: Extent
}
