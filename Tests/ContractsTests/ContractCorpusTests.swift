// The specimens of Tests/Corpus/contracts: one smallest file for each code, with its expected text.

import Foundation
import ProvisoModel
import ProvisoSource
import Testing

@testable import ProvisoContracts

/// The specimens' file names without their ending, in order.
func specimenNames() -> [String] {
  let folder = repository.appendingPathComponent("Tests/Corpus/contracts").path
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
}

struct ContractCorpusTests {
  private static let folder = repository.appendingPathComponent("Tests/Corpus/contracts")
  private static let isUpdating = ProcessInfo.processInfo.environment["PROVISO_UPDATE"] == "1"

  @Test(arguments: specimenNames())
  func aSpecimenSaysWhatIsExpected(_ name: String) throws {
    let file = Self.folder.appendingPathComponent("\(name).json")
    let bytes = [UInt8](try Data(contentsOf: file))
    let source = SourceFile(id: SourceID(0), name: "\(name).json", bytes: bytes)
    let reading = readContract(source, for: sampleRuleset())
    let text = reading.diagnostics.rendered(in: SourceFiles([source]))
    let expected = Self.folder.appendingPathComponent("\(name).expected.txt")
    if Self.isUpdating { try text.write(to: expected, atomically: true, encoding: .utf8) }
    #expect(text == (try String(contentsOf: expected, encoding: .utf8)))
    let code = name.prefix(5).uppercased()
    #expect(reading.diagnostics.contains { $0.code.rawValue == code })
  }

  @Test func everyCodeHasASpecimen() {
    let codes = Set(specimenNames().map { $0.prefix(5).uppercased() })
    let missing = ContractDiagnostics.pages.map(\.code.rawValue).filter { !codes.contains($0) }
    #expect(missing == [])
  }
}
