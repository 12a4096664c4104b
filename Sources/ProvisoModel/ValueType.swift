// The static types of the language: what the checker proves and the evaluators rely on.

package import ProvisoQuantities

/// The type of a field, an expression, a parameter or a table key.
///
/// A quantity's unit is part of its type: at run time a quantity is a bare fraction in the
/// coherent base of that unit (grams for `tCO2e`, euros for `EUR`), so two quantities of one
/// dimension compare without conversion. The unit here is the one to print in.
package indirect enum ValueType: Hashable, Sendable {
  case boolean
  case text
  case date
  /// `date if any`: a date, none (has not happened), or unknown.
  case event
  /// A plain number, a percentage, a physical quantity or an amount in one fixed currency.
  case quantity(Unit)
  /// `count` and `integer`: a plain number that the contract reader requires to be whole.
  case wholeNumber
  /// A quotient of equal units: a plain number or a percentage, as it comes to be used.
  case ratio
  /// An amount that carries its currency.
  case money
  /// A span of the calendar; nil where the length is not known statically.
  case period(PeriodLength?)
  /// Calendar time: months, days, business days.
  case duration
  case country
  case currency
  case lei
  case nace
  case enumeration(EnumerationID)
  case record(RecordID)
  /// A member of `chain(…)`: the record's fields, and `through` and `depth`.
  case chainEntity(RecordID)
  case list(ValueType)
  /// One value per period: `EUR by quarter`.
  case series(ValueType, PeriodLength)
  /// A level that holds from dates: `percent by date`.
  case levels(ValueType)
  /// One contract out of `contracts`.
  case contract
  /// The checker has already reported a problem here; anything fits, nothing more is said.
  case unresolved

  /// The unit in which values of this type are printed, where they have one.
  package var displayUnit: Unit? {
    switch self {
    case .quantity(let unit): unit
    case .wholeNumber: .one
    case .ratio: .percent
    case .series(let element, _), .levels(let element), .list(let element): element.displayUnit
    default: nil
    }
  }

  /// Whether values of this type are fractions at run time.
  package var isQuantity: Bool {
    switch self {
    case .quantity, .wholeNumber, .ratio: true
    default: false
    }
  }
}
