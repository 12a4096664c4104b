// A test before it is decided: what it is about, its test date and its due date.

import ProvisoModel
import ProvisoQuantities

/// A date that a test needs: a day, an event that has not happened, or unknown.
enum TestDay: Sendable {
  case day(CalendarDate)
  /// Later than every date.
  case none
  case unknown(ReasonSet)

  init(_ found: Found, orElse reasons: ReasonSet) {
    switch found.answer {
    case .known(.date(let date)): self = .day(date)
    case .known(.period(let period)): self = .day(period.end)
    case .known(.none): self = .none
    case .known: self = .unknown(reasons)
    case .between(_, _, let reasons), .unknown(let reasons): self = .unknown(reasons)
    }
  }

  var date: CalendarDate? { if case .day(let date) = self { date } else { nil } }

  /// Why it is unknown; none when it is not.
  var reasons: ReasonSet { if case .unknown(let reasons) = self { reasons } else { .none } }

  /// Whether it lies after a day; an event that has not happened does.
  func isAfter(_ day: CalendarDate) -> Bool {
    switch self {
    case .day(let date): date > day
    case .none: true
    case .unknown: false
    }
  }
}

/// One test that a schedule lists. Nothing changes in it once it is listed; it is handed on more
/// often than it is made, so it is a reference.
final class PlannedTest {
  var period: Period?
  /// The member, for a condition `for each`.
  var member: ListMember?
  var memberName: String?
  /// What a member without an identity is called for a reader.
  var memberTitle: String?
  /// T.
  var testDay: TestDay
  /// D; nil: as the condition's `due` says.
  var dueDay: TestDay?
  /// Why it is undetermined whatever it would find: a `where` or a list that is unknown.
  var doubt = ReasonSet.none
  /// `tested by`: it holds if it held on any day up to T.
  var holdsOnAnyDay = false

  init(testDay: TestDay) { self.testDay = testDay }
}
