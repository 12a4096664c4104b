// Outcomes in words: a condition's outcome with the test it comes from, and with the latest one.

package import ProvisoModel
package import ProvisoQuantities

/// How a test is told apart from the others of its condition: period, member or test date.
package func testLabel(_ test: TestVerdict) -> String? {
  switch (test.period, test.member) {
  case (let period?, let member?): "\(period.description), \(member)"
  case (let period?, nil): period.description
  case (nil, let member?): member
  case (nil, nil): test.testDate?.iso
  }
}

/// The same for a reader: a member that has no identity goes by its date.
package func testTitle(_ test: TestVerdict) -> String? {
  guard let title = test.memberTitle else { return testLabel(test) }
  return test.period.map { "\($0.description), \(title)" } ?? title
}

/// Whether a test goes by a name a person would use: its label, period, member or test date.
package func isTest(_ test: TestVerdict, called name: String) -> Bool {
  testLabel(test) == name || testTitle(test) == name || test.period?.description == name
    || test.member == name || test.memberTitle == name || test.testDate?.iso == name
}

/// The outcome of a condition as its line shows it: `breached (2021); now met`.
///
/// The worst test is named where there are several; the latest test due by the reporting date
/// stands beside it where it came out differently. Tests of one day are no history: what is said
/// to be so now was due after all that was worse.
package func outcomeLine(_ verdict: ConditionVerdict, asOf: CalendarDate) -> Prose {
  guard verdict.tests.count > 1 else {
    return verdict.tests.isEmpty
      ? "\(words: verdict.outcome.rawValue), nothing to test" : "\(words: verdict.outcome.rawValue)"
  }
  var result: Prose = "\(words: verdict.outcome.rawValue)"
  let worst = verdict.tests.filter { $0.outcome == verdict.outcome }
  if worst.count == verdict.tests.count {
    return "\(result) (\(verdict.tests.count) tests)"
  }
  let labels = worst.compactMap(testTitle).map { "\(data: $0)" as Prose }
  if !labels.isEmpty { result += " (\(labels.enumerated(upTo: 3)))" }
  var latest: TestVerdict?
  for test in verdict.tests {
    guard let due = test.dueDate, due <= asOf else { continue }
    if let other = latest?.dueDate, other > due { continue }
    latest = test
  }
  let lastWorst = worst.compactMap(\.dueDate).max()
  if let latest, latest.outcome != verdict.outcome, let due = latest.dueDate,
    lastWorst.map({ $0 < due }) ?? true
  {
    result += "; now \(words: latest.outcome.rawValue)"
  }
  return result
}

/// How an outcome is shown at a glance, the same in every output.
package enum OutcomeTone: String, Hashable, Sendable {
  case bad
  case open
  case good
  case quiet

  /// The tone of an outcome; undecided is never good.
  package init(_ outcome: Outcome) {
    switch outcome {
    case .breached: self = .bad
    case .undetermined, .inCure, .pending: self = .open
    case .met, .cured, .exempt, .waived: self = .good
    case .notApplicable, .notGoverned: self = .quiet
    }
  }

  /// The escape sequence that begins the tone on a terminal.
  var terminalStart: String {
    switch self {
    case .bad: "\u{1B}[1;31m"
    case .open: "\u{1B}[33m"
    case .good: "\u{1B}[32m"
    case .quiet: "\u{1B}[2m"
    }
  }
}
