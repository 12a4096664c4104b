// The published payments of interest, as Schedules/cases.csv holds them.

import Foundation
import ProvisoQuantities

/// Time over which interest accrued on one principal at one rate.
struct PublishedSpan {
  let start: String
  let end: String
  let principal: String
  let rate: String
}

/// One published payment or capitalisation of interest.
struct PublishedPayment {
  let contract: String
  let convention: String
  let currency: String
  let event: String
  let paid: String
  let published: String
  let carried: String
  var spans: [PublishedSpan]

  /// The contract file that asks for this payment, as JSON.
  var json: String {
    let spans = spans.map { span in
      """
      { "start": "\(span.start)", "end": "\(span.end)", "principal": "\(currency) \
      \(span.principal)", "rate": "\(percent(span.rate))" }
      """
    }
    return """
      { "id": "\(contract)-\(paid)", "signed": "\(spans.isEmpty ? paid : self.spans[0].start)",
        "convention": "\(convention == "30E360" ? "E30360" : convention)",
        "carried": "\(currency) \(carried)", "spans": [ \(spans.joined(separator: ", ")) ] }
      """
  }

  /// A rate in percent: its decimal point two places on.
  private func percent(_ rate: String) -> String {
    let isNegative = rate.hasPrefix("-")
    let parts = rate.drop { $0 == "-" }.split(separator: ".").map(String.init)
    let decimals = (parts.count > 1 ? parts[1] : "").padding(toLength: 2)
    let whole = (parts[0] + decimals.prefix(2)).drop { $0 == "0" }
    let rest = decimals.count > 2 ? "." + decimals.dropFirst(2) : ""
    return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : String(whole)) + rest + "%"
  }

  /// How far the exact interest may lie from the published one because figures were cut when they
  /// were printed: one unit in the last decimal of each, and what that makes of the interest.
  func tolerance() throws -> Fraction {
    var bound = try Self.unit(published) + Self.unit(carried) + Self.tenthDecimal
    // Capitalised interest is a difference of two printed principals.
    if event == "IPCI" { bound = try bound + Self.unit(published) }
    for span in spans {
      guard let start = CalendarDate(iso: span.start), let end = CalendarDate(iso: span.end),
        let principal = Fraction(exactText: span.principal),
        let rate = Fraction(exactText: span.rate)
      else { continue }
      // No convention in use makes more of a span than this.
      let years = try Fraction(start.days(to: end) + 3) / Fraction(360)
      let slack =
        try abs(principal) * Self.unit(span.rate) + abs(rate) * Self.unit(span.principal)
      bound = try bound + years * slack
    }
    return bound
  }

  private static let tenthDecimal =
    (try? Fraction(numerator: 1, denominator: 10_000_000_000)) ?? .zero

  /// A unit in the last decimal of a figure that fills the ten decimals or more the publisher
  /// prints, zeros at its end left out; none of one that is plainly whole or short.
  private static func unit(_ figure: String) throws -> Fraction {
    let decimals = figure.split(separator: ".").dropFirst().first?.count ?? 0
    guard decimals >= 7 else { return .zero }
    return try .one / Fraction(10).power(max(decimals, 10))
  }

  private func abs(_ value: Fraction) -> Fraction { value.sign < 0 ? -value : value }

  /// All of them, in the order of the file.
  static func all(in folder: URL) throws -> [PublishedPayment] {
    let text = try String(contentsOf: folder.appending(path: "cases.csv"), encoding: .utf8)
    var payments: [PublishedPayment] = []
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 11 else { throw Malformed(line: String(line)) }
      let span = PublishedSpan(start: cells[7], end: cells[8], principal: cells[9], rate: cells[10])
      if let last = payments.last, last.contract == cells[0], last.event == cells[3],
        last.paid == cells[4]
      {
        payments[payments.count - 1].spans.append(span)
      } else {
        payments.append(
          PublishedPayment(
            contract: cells[0], convention: cells[1], currency: cells[2], event: cells[3],
            paid: cells[4], published: cells[5], carried: cells[6], spans: [span]))
      }
    }
    return payments
  }

  /// A row that is none.
  struct Malformed: Error { let line: String }
}

extension String {
  fileprivate func padding(toLength length: Int) -> String {
    self + String(repeating: "0", count: Swift.max(0, length - count))
  }
}
