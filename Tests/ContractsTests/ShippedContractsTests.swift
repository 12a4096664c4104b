// The shipped contracts, against the shipped rulesets' schemas in a stock validator.

import Foundation
import ProvisoChecker
import ProvisoModel
import ProvisoSource
import Testing

@testable import ProvisoContracts

/// Files under a folder of the repository whose names end in one of several ways, in order.
private func files(under folder: String, endingIn endings: [String]) -> [String] {
  let path = repository.appendingPathComponent(folder).path
  let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
  return names.filter { name in endings.contains { name.hasSuffix($0) } }
    .sorted().map { "\(folder)/\($0)" }
}

private func bytes(of name: String) -> [UInt8]? {
  (try? Data(contentsOf: repository.appendingPathComponent(name))).map { [UInt8]($0) }
}

private func checkedRuleset(_ name: String) -> CheckedRuleset? {
  let source = SourceFile(id: SourceID(0), name: name, bytes: bytes(of: name) ?? [])
  return check(source) { name in bytes(of: name).map(LoadedBytes.bytes) ?? .notFound }.ruleset
}

struct ShippedContractsTests {
  private static let contracts = files(under: "contracts", endingIn: [".json"])

  @Test func everyShippedContractIsReadByAShippedRulesetWithoutComplaint() {
    var unread = Set(Self.contracts)
    for name in files(under: "rulesets", endingIn: [".proviso", ".proviso.md"]) {
      guard let ruleset = checkedRuleset(name) else { continue }
      for contract in Self.contracts where reading(of: contract, for: ruleset).diagnostics.isEmpty {
        unread.remove(contract)
      }
    }
    #expect(unread.sorted() == [])
  }

  @Test(arguments: files(under: "rulesets", endingIn: [".proviso", ".proviso.md"]))
  func theSchemaAcceptsWhatTheReaderAccepts(_ name: String) throws {
    guard let ruleset = checkedRuleset(name) else { return }
    let accepted = Self.contracts.filter { reading(of: $0, for: ruleset).contract != nil }
    let texts = accepted.map { String(decoding: bytes(of: $0) ?? [], as: UTF8.self) }
    let verdicts = try validate(texts, against: contractSchema(of: ruleset))
    #expect(verdicts == Array(repeating: "valid", count: texts.count))
  }

  private func reading(of contract: String, for ruleset: CheckedRuleset) -> ContractReading {
    let source = SourceFile(id: SourceID(900), name: contract, bytes: bytes(of: contract) ?? [])
    return readContract(source, for: ruleset)
  }
}
