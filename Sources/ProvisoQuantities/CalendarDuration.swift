// Calendar time as contracts state it: months, days and business days, kept apart.

/// A length of calendar time; none of its parts converts into another.
package struct CalendarDuration: Hashable, Sendable {
  /// Months, twelve for each year.
  package let months: Int
  /// Calendar days.
  package let days: Int
  /// Days that are neither weekend nor listed holiday.
  package let businessDays: Int

  /// A duration by its parts.
  package init(months: Int = 0, days: Int = 0, businessDays: Int = 0) {
    self.months = months
    self.days = days
    self.businessDays = businessDays
  }

  /// No time at all.
  package static let zero = CalendarDuration()

  /// The duration the other way in time; nil when a part has no opposite.
  package var reversed: CalendarDuration? {
    guard months != .min, days != .min, businessDays != .min else { return nil }
    return CalendarDuration(months: -months, days: -days, businessDays: -businessDays)
  }
}

extension CalendarDuration: CustomStringConvertible {
  /// The duration in words: `6 months`, `2 years`, `1 month and 5 business days`.
  ///
  /// Whole years are said in years; `18 months` stays months.
  package var description: String {
    var phrases: [String] = []
    if months != 0 && months.isMultiple(of: 12) {
      phrases.append(Self.phrase(months / 12, "year"))
    } else if months != 0 {
      phrases.append(Self.phrase(months, "month"))
    }
    if days != 0 { phrases.append(Self.phrase(days, "day")) }
    if businessDays != 0 { phrases.append(Self.phrase(businessDays, "business day")) }
    return phrases.isEmpty ? "0 days" : phrases.joined(separator: " and ")
  }

  private static func phrase(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count.magnitude == 1 ? "" : "s")"
  }
}
