// Reads the dates of a call.

import ProvisoKit

/// The dates that a call asks about.
func question(of call: Call) throws(CallFailure) -> Question {
  guard let asOf = call.value("as-of") else {
    throw CallFailure(
      "no date is given: a contract is checked as of a day",
      help: ["write `--as-of DATE`, for example `--as-of 2024-12-31`"])
  }
  do throws(DateTextFailure) {
    let knownAt = call.value("known-at")
    return try Question(
      asOf: readDate(asOf),
      knownAt: knownAt.map { (text) throws(DateTextFailure) in try readDate(text) })
  } catch {
    let option = error.text == asOf ? "--as-of" : "--known-at"
    let what = error.isImpossible ? "is not in the calendar" : "is not a date"
    let near = error.suggestion.map { suggestion in
      error.isImpossible
        ? "its month ends with `\(suggestion)`" : "write `\(option) \(suggestion)`"
    }
    let help = near ?? "write year, month and day: `\(option) 2024-12-31`"
    throw CallFailure("`\(error.text)` after `\(option)` \(what)", help: [help])
  }
}
