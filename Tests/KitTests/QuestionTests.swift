// The dates of a question: which texts are dates, and what the others are told.

import ProvisoKit
import ProvisoQuantities
import Testing

@Suite struct QuestionTests {
  @Test func knownAtIsAsOfUnlessSaid() throws {
    let (early, late) = (try readDate("2021-03-01"), try readDate("2024-02-29"))
    #expect(Question(asOf: late).knownAt == late)
    #expect(Question(asOf: late, knownAt: early).knownAt == early)
    #expect(Question(asOf: early, knownAt: late).knownAt == late)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    var suggestion: String?
    var isImpossible = false
    var testDescription: String { text }
  }

  @Test(arguments: [
    Case(text: "2021-3-1", suggestion: "2021-03-01"),
    Case(text: "2021/03/01", suggestion: "2021-03-01"),
    Case(text: "31.12.2023", suggestion: "2023-12-31"),
    Case(text: "31/12/2023", suggestion: "2023-12-31"),
    Case(text: "07.07.2023", suggestion: "2023-07-07"),
    // The third of April or the fourth of March: not to be guessed.
    Case(text: "03/04/2023"),
    Case(text: "12/31/2023"),
    Case(text: "2023-02-29", suggestion: "2023-02-28", isImpossible: true),
    Case(text: "2024-02-30", suggestion: "2024-02-29", isImpossible: true),
    Case(text: "2023-04-31", suggestion: "2023-04-30", isImpossible: true),
    Case(text: "2023-13-01", isImpossible: true),
    Case(text: "2023-00-10", isImpossible: true),
    Case(text: "0000-01-01", isImpossible: true),
    Case(text: "today"),
    Case(text: "2023"),
    Case(text: ""),
    Case(text: "2021-03-01 "),
    Case(text: "--"),
    Case(text: "99999999999999999999-01-01"),
  ])
  func saysWhatADateLooksLike(_ test: Case) {
    do throws(DateTextFailure) {
      let date = try readDate(test.text)
      Issue.record("\(test.text) was read as \(date)")
    } catch {
      #expect(error.suggestion == test.suggestion)
      #expect(error.isImpossible == test.isImpossible)
      #expect(error.text == test.text)
    }
  }
}
