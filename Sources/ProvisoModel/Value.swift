// A single known value: what a fact, a literal, a parameter or a table cell holds.

package import ProvisoQuantities

/// A known scalar value. Unknown is not a value: it is an answer with reasons (see `Answer`).
package enum Value: Hashable, Sendable {
  case boolean(Bool)
  /// In the coherent base of the unit of its static type; a percentage as a fraction of one.
  case quantity(Fraction)
  /// An amount in major units of its own currency.
  case money(Fraction, CurrencyCode)
  case text(String)
  case date(CalendarDate)
  case period(Period)
  case duration(CalendarDuration)
  case country(CountryCode)
  case currency(CurrencyCode)
  case lei(LegalEntityIdentifier)
  case nace(NaceCode)
  /// The position of a member in its enumeration.
  case member(Int)
  /// An event that, as far as the file knows, has not happened.
  case none
}
