// Dated lists, rates, parameters and decision tables.

/// `list NAME of type from "file.csv" { … }` or `list NAME of type = { … }`.
package struct ListSyntax: SyntaxNode {
  /// Where the members come from.
  package enum Members: Sendable {
    /// A CSV file, with what is said of its columns.
    case file(StringSyntax, entries: [Entry])
    /// Members in the text.
    case inline([MemberSyntax])
  }

  /// What is said of a file's columns.
  package enum Entry: SyntaxNode {
    /// `entries in iso_country_code`: the column that holds the member.
    case column(NameSyntax, Extent)
    /// `dated by published oj_from until oj_until`.
    case dating(name: NameSyntax, from: NameSyntax, until: NameSyntax?, Extent)

    package var extent: Extent {
      switch self {
      case .column(_, let extent), .dating(_, _, _, let extent): extent
      }
    }
  }

  /// One member in the text, with its spells; without spells it is always listed.
  package struct MemberSyntax: SyntaxNode {
    package let value: ExpressionSyntax
    package let spells: [SpellSyntax]
    package let extent: Extent
  }

  /// `by published from 2020-02-27 until 2021-10-12`.
  package struct SpellSyntax: SyntaxNode {
    package let dating: NameSyntax?
    package let from: ExpressionSyntax
    package let until: ExpressionSyntax?
    package let extent: Extent
  }

  package let name: NameSyntax
  package let elementType: TypeSyntax
  package let members: Members
  package let extent: Extent
}

/// `rates NAME from "file.csv" { … }`.
package struct RatesSyntax: SyntaxNode {
  /// Which way the rates are quoted.
  package enum Quotation: Sendable {
    /// `quoted currency per EUR`: so many units of the other currency for one of the base.
    case currencyPerBase(base: NameSyntax)
    /// `quoted EUR per currency`: so many units of the base for one of the other currency.
    case basePerCurrency(base: NameSyntax)
  }

  /// One entry between the braces.
  package enum Entry: SyntaxNode {
    case quoted(Quotation, Extent)
    /// `dates in day`.
    case dates(NameSyntax, Extent)
    /// `currencies in code`.
    case currencies(NameSyntax, Extent)
    /// `rates in value`.
    case rates(NameSyntax, Extent)

    package var extent: Extent {
      switch self {
      case .quoted(_, let extent), .dates(_, let extent), .currencies(_, let extent),
        .rates(_, let extent):
        extent
      }
    }
  }

  package let name: NameSyntax
  package let file: StringSyntax
  package let entries: [Entry]
  package let extent: Extent
}

/// `parameter NAME : type { … }`.
package struct ParameterSyntax: SyntaxNode {
  package let name: NameSyntax
  package let type: TypeSyntax
  package let values: ParameterValuesSyntax
  package let extent: Extent
}

/// How a parameter's value moves in time.
package enum ParameterValuesSyntax: Sendable {
  /// `{ 250 from 2019-11-14, 100 from 2024-01-01 }`.
  case steps(TimelineSyntax)
  /// `linear { 0% at 2019, 100% at 2045, then 100% }`.
  case linear(TimelineSyntax, then: ExpressionSyntax?)
}

/// `table NAME(key: type, …) : type …`.
package struct TableSyntax: SyntaxNode {
  package let name: NameSyntax
  package let keys: [KeySyntax]
  package let resultType: TypeSyntax
  package let content: TableContentSyntax
  package let extent: Extent
}

/// Where a table's rows are.
package enum TableContentSyntax: Sendable {
  /// `from "tables/grid.csv"`.
  case file(StringSyntax)
  /// `sme, 2 to 3 => 325`.
  case rows([TableRowSyntax])
  /// `year = 1, 2 to 3` and below it `sme => 225, 325`: the last key laid across.
  case crosswise(CrosswiseTableSyntax)
}

/// One row: a cell for every key, and the result.
package struct TableRowSyntax: SyntaxNode {
  package let cells: [CellSyntax]
  package let result: TableResultSyntax
  package let extent: Extent
}

/// A table with its last key laid across.
package struct CrosswiseTableSyntax: SyntaxNode {
  /// One row: a cell for every key but the last, and a result for every column.
  package struct Row: SyntaxNode {
    package let cells: [CellSyntax]
    package let results: [TableResultSyntax]
    package let extent: Extent
  }

  /// The key laid across.
  package let acrossKey: NameSyntax
  package let columns: [CellSyntax]
  package let rows: [Row]
  package let extent: Extent
}

/// What a row gives.
package enum TableResultSyntax: SyntaxNode {
  /// A value, perhaps a record or a choice.
  case value(ExpressionSyntax)
  /// `undetermined "reason"`.
  case undetermined(StringSyntax, Extent)

  package var extent: Extent {
    switch self {
    case .value(let node): node.extent
    case .undetermined(_, let extent): extent
    }
  }
}

/// What a row asks of one key.
package enum CellSyntax: SyntaxNode {
  /// One value.
  case value(ExpressionSyntax)
  /// `2 to 3`, both included.
  case range(from: ExpressionSyntax, to: ExpressionSyntax, Extent)
  /// `8 or more`.
  case orMore(ExpressionSyntax, Extent)
  /// `over 5`.
  case over(ExpressionSyntax, Extent)
  /// `under 5`.
  case under(ExpressionSyntax, Extent)
  /// `from A until B`: A included, B excluded.
  case fromUntil(from: ExpressionSyntax, until: ExpressionSyntax, Extent)
  /// `other`: what no row above names.
  case other(Extent)
  /// `any`.
  case any(Extent)

  package var extent: Extent {
    switch self {
    case .value(let node): node.extent
    case .range(_, _, let extent), .orMore(_, let extent), .over(_, let extent),
      .under(_, let extent), .fromUntil(_, _, let extent), .other(let extent), .any(let extent):
      extent
    }
  }
}
