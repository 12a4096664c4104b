// Quantities written as text: `EUR 10 million`, `250 gCO2e/kWh`, `25%`, `-3`.

import ProvisoQuantities
import ProvisoSource

/// A quantity as its text says it, before anybody knows what is asked for.
struct WrittenQuantity {
  /// The number, `million` and its like multiplied out.
  let number: Fraction
  /// The place of its last digit: 100 000 for `1.2 million`.
  let place: Fraction
  /// The unit's symbol as written; nil where there is none.
  let unit: String?
  /// Whether the unit stands before the number, as only a currency may.
  let isUnitFirst: Bool
}

/// Why a text is not a quantity.
enum QuantityTextFailure: Error, Hashable {
  /// No number where one should stand: `ten`, the empty text. With a better way to write it.
  case notANumber(help: String)
  /// A number that outgrows its limits.
  case limit(DecimalTextFailure)
}

extension WrittenQuantity {
  /// Reads `NUMBER [thousand|million|billion|trillion] [UNIT]` or `CURRENCY NUMBER [million …]`.
  ///
  /// The parts are separated by spaces; only `%` may follow its number directly. The number is in
  /// JSON's form, with `_` allowed between digits; commas are refused, because `1,000` is a
  /// thousand to one reader and one to another.
  static func read(_ text: String) -> Result<WrittenQuantity, QuantityTextFailure> {
    var words = text.utf8.split(separator: 0x20).map { String(Substring($0)) }
    guard text.utf8.first != 0x20, text.utf8.last != 0x20 else {
      return .failure(.notANumber(help: "remove the spaces at its ends"))
    }
    var currency: String?
    if words.count > 1,
      CurrencyCode(text: words[0]) != nil || isNumber(words[1]) && !isNumber(words[0]),
      !words[0].hasSuffix("%")
    {
      currency = words.removeFirst()
    }
    guard var first = words.first else { return .failure(.notANumber(help: usualHelp)) }
    words.removeFirst()
    var unit = currency
    if currency == nil, first.hasSuffix("%") {
      first.removeLast()
      unit = "%"
    }
    switch Fraction.parse(decimal: first.utf8, underscoresAllowed: true) {
    case .failure(let failure):
      let rest = words.isEmpty ? "" : " " + shortened(words.joined(separator: " "))
      let around = (currency.map { shortened($0) + " " } ?? "", (unit == "%" ? "%" : "") + rest)
      return .failure(refusal(of: first, failure, around))
    case .success(var number):
      var place = Fraction.lastPlace(ofDecimal: first) ?? .one
      if let word = words.first, let factor = multiplier(word) {
        words.removeFirst()
        guard unit != "%", let product = try? number * factor,
          let scaledPlace = try? place * factor
        else {
          return .failure(.notANumber(help: usualHelp))
        }
        number = product
        place = scaledPlace
      }
      let rest = words.joined(separator: " ")
      if rest.isEmpty {
        return .success(
          WrittenQuantity(
            number: number, place: place, unit: unit, isUnitFirst: currency != nil))
      }
      guard unit == nil else {
        return .failure(.notANumber(help: "write one unit only, before or behind the number"))
      }
      return .success(
        WrittenQuantity(number: number, place: place, unit: rest, isUnitFirst: false))
    }
  }

  private static func isNumber(_ word: String) -> Bool {
    if case .success = Fraction.parse(decimal: word.utf8, underscoresAllowed: true) { return true }
    return false
  }

  /// The number words that rulesets know, too.
  static let multiplierWords = ["thousand", "million", "billion", "trillion"]

  private static func multiplier(_ word: String) -> Fraction? {
    switch word {
    case "thousand": Fraction(1_000)
    case "million": Fraction(1_000_000)
    case "billion": Fraction(1_000_000_000)
    case "trillion": Fraction(1_000_000_000_000)
    default: nil
    }
  }

  private static let usualHelp =
    #"write a number with its unit behind it or a currency before it: "250 kWh", "EUR 10 million""#

  private static func refusal(
    of text: String, _ failure: DecimalTextFailure, _ surroundings: (String, String)
  ) -> QuantityTextFailure {
    switch failure {
    case .tooManyDigits, .exponentOutOfRange: return .limit(failure)
    case .leadingZero:
      return .notANumber(help: "remove the zeros in front of `\(shortened(text))`")
    case .malformed:
      if let help = helpForCommas(in: text, surroundings: surroundings) {
        return .notANumber(help: help)
      }
      if text.hasPrefix("+") { return .notANumber(help: "remove the `+`") }
      if text.hasPrefix(".") { return .notANumber(help: "write `0\(shortened(text))`") }
      // A number with its unit behind it and no space: `250gCO2e/kWh`.
      let digits = text.prefix { "-._0123456789".contains($0) }
      if digits.endIndex < text.endIndex, isNumber(String(digits)) {
        let rest = text[digits.endIndex...]
        // A ratio as agreements print it: `3.50:1`.
        if rest == ":1" { return .notANumber(help: "write the ratio as one number: `\(digits)`") }
        // A quotient of numbers may not end: `1/3` has no decimal that is the same.
        if rest.first == "/", rest.dropFirst().first?.isNumber == true {
          return .notANumber(help: "write the number as a decimal: `0.5`, not a quotient")
        }
        guard rest.first?.isLetter == true else { return .notANumber(help: usualHelp) }
        let spaced = shortened("\(digits) \(rest)")
        return .notANumber(help: "put a space between number and unit: `\(spaced)`")
      }
      return .notANumber(help: usualHelp)
    }
  }
}
