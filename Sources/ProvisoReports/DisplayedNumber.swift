// Numbers in print: exact where they end soon, else cut on the right side of a threshold.

import ProvisoQuantities

/// A number for a reader: exact where at most twelve decimals say it, else cut.
///
/// A cut number has at least three significant digits and as many more as it takes to stand, as
/// printed, on the same side of `threshold` as the exact one; it never equals a threshold that it
/// is not equal to.
func displayText(
  of value: Fraction, against threshold: Fraction?, minimumDigits: Int = 0, grouped: Bool
) -> (text: String, isExact: Bool) {
  if let places = value.decimalPlaces, places <= 12 {
    return (decimal(value, max(places, minimumDigits), grouped), true)
  }
  let limit = 60
  for digits in max(1, minimumDigits)..<limit {
    guard let rounded = cut(value, digits, .halfUp), rounded.isSignificant(digits) else { continue }
    guard let threshold, value != threshold else {
      return (decimal(rounded, digits, grouped), false)
    }
    if rounded != threshold, (rounded < threshold) == (value < threshold) {
      return (decimal(rounded, digits, grouped), false)
    }
  }
  // So near the threshold, or to zero, that only rounding away from it keeps the sides apart.
  let isBelow = threshold.map { value < $0 } ?? (value.sign < 0)
  let away: RoundingMode = isBelow == (value.sign < 0) ? .up : .down
  let rounded = cut(value, limit, away) ?? value
  return (decimal(rounded, limit, grouped), false)
}

private func cut(_ value: Fraction, _ digits: Int, _ mode: RoundingMode) -> Fraction? {
  guard let step = try? Fraction(10).power(-digits) else { return nil }
  return try? value.rounded(to: step, mode)
}

extension Fraction {
  /// Whether the number, cut to `digits` decimals, shows at least three digits that count.
  fileprivate func isSignificant(_ digits: Int) -> Bool {
    guard let scale = try? Fraction(10).power(digits), let steps = try? magnitude * scale else {
      return false
    }
    return steps >= .hundred
  }
}

/// A terminating number with exactly `digits` decimals, thousands set off by commas.
private func decimal(_ value: Fraction, _ digits: Int, _ grouped: Bool) -> String {
  let text = value.magnitude.description
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  let whole = parts.first.map(String.init) ?? "0"
  let decimals = parts.count > 1 ? String(parts[1]) : ""
  var result = value.sign < 0 ? "-" : ""
  for (position, digit) in whole.utf8.enumerated() {
    let left = whole.utf8.count - position
    if grouped && position > 0 && left.isMultiple(of: 3) { result += "," }
    result.unicodeScalars.append(Unicode.Scalar(digit))
  }
  if digits > 0 {
    result += "." + decimals + String(repeating: "0", count: max(0, digits - decimals.utf8.count))
  }
  return result
}
