// Values as machine words: by these codes columns, constants and tables speak of the same thing.

package import ProvisoModel
import ProvisoQuantities

/// The words that stand for values other than numbers.
package enum WordCode {
  /// An event that has not happened: later than every day.
  package static let none = Int64.max
  /// A text that the plan does not mention.
  package static let otherText: Int64 = -1

  /// The word of a value that needs no dictionary; nil for numbers, texts and what has no column.
  package static func word(of value: Value) -> Int64? {
    switch value {
    case .boolean(let value): value ? 1 : 0
    case .date(let date): Int64(date.dayNumber)
    case .none: none
    case .country(let code): Int64(code.number)
    case .currency(let code): Int64(code.number)
    case .nace(let code): Int64(code.number)
    case .member(let position): Int64(position)
    case .period(let period): Int64(period.number)
    case .quantity, .money, .text, .duration, .lei: nil
    }
  }
}
