// Interest by a determination, compared with the published schedules of 150 loan contracts.

import Foundation
import ProvisoInterpreter
import ProvisoKit
import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoTestSupport
import Testing

@Suite("Interest as published")
struct PublishedScheduleTests {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appending(path: "Schedules")

  /// Contracts whose schedules are not this arithmetic, with the reason.
  static let others = [
    "ann26": "it ends a second before midnight, and its last day counts in full",
    "clm07": "interest stops on the day of the notice, and is paid 31 days later",
    "clm08": "interest stops on the day of the notice, and is paid 31 days later",
    "clm10": "its last day is a Sunday, and interest runs to the Friday before",
    "lam09": "two printed rates differ from the rates that were used in the twelfth decimal",
    "lam16": "interest is on a fixed base and not on the principal",
    "lam17": "interest is on the principal of an earlier day",
    "lam25": "interest is multiplied by an index",
    "lam26": "interest is multiplied by an index",
    "nam15": "interest is on the principal of an earlier day",
    "pam06": "payments move to a business day, and interest runs to the day before the move",
    "pam08": "payments move to a business day, and interest runs to the day before the move",
    "pam25": "it ends a second before midnight, and its last day counts in full",
  ]

  private func ruleset() throws -> LoadedRuleset {
    let loading = try loadRuleset(
      named: "interest.proviso", from: Files(folder: Self.folder.path))
    #expect(loading.diagnostics.rendered(in: loading.sources) == "")
    return try #require(loading.ruleset)
  }

  @Test("the determination gives the published interest of 137 contracts")
  func agreement() throws {
    let ruleset = try ruleset()
    var contracts: [String] = []
    var disagreeing: [String: String] = [:]
    for payment in try PublishedPayment.all(in: Self.folder) {
      if contracts.last != payment.contract { contracts.append(payment.contract) }
      let loading = try ruleset.contract(Array(payment.json.utf8), named: payment.contract)
      #expect(loading.diagnostics.rendered(in: loading.sources) == "")
      let contract = try #require(loading.contract).contract
      let day = try readDate(payment.paid)
      let verdict = ruleset.evaluator.evaluate(
        contract, asOf: day, knownAt: day, tracing: .verdictsOnly)
      guard case .known(.money(let interest, _))? = verdict.determinations.first?.value,
        let published = Fraction(exactText: payment.published)
      else {
        disagreeing[payment.contract] = "unknown on \(payment.paid)"
        continue
      }
      let difference = try interest - published
      let distance = difference.sign < 0 ? -difference : difference
      if distance > (try payment.tolerance()) {
        disagreeing[payment.contract] = "\(payment.paid): \(interest) and \(payment.published)"
      }
    }
    let agreeing = contracts.filter { disagreeing[$0] == nil }
    #expect(contracts.count == 150)
    #expect(agreeing.count >= 100)
    #expect(agreeing.count == 137)
    #expect(
      disagreeing.keys.sorted() == Self.others.keys.sorted(), "\(disagreeing)")
  }

  @Test("every step of a determination follows from the ones below it")
  func derivations() throws {
    let ruleset = try ruleset()
    var seen: Set<String> = []
    for payment in try PublishedPayment.all(in: Self.folder)
    where seen.insert(payment.contract).inserted {
      let loading = try ruleset.contract(Array(payment.json.utf8), named: payment.contract)
      let contract = try #require(loading.contract).contract
      let day = try readDate(payment.paid)
      let verdict = ruleset.evaluator.evaluate(
        contract, asOf: day, knownAt: day, tracing: .withDerivations)
      #expect(DerivationRechecker.problems(in: verdict, of: ruleset.checked) == [])
    }
  }

  @Test("its own scenarios pass")
  func scenarios() throws {
    let report = try ruleset().scenarioReport()
    #expect(report.scenarios.count == 2)
    #expect(report.scenarios.flatMap(\.failures).isEmpty)
  }
}
