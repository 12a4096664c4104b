// The JSON Schema of a ruleset's contracts, held against a stock validator and the reader.

import Foundation
import ProvisoModel
import ProvisoSource
import Testing

@testable import ProvisoContracts

/// What a stock validator says of texts: one line for each, `valid`, `not JSON` or the complaint.
func validate(_ texts: [String], against schema: String) throws -> [String] {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("proviso-schema-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let schemaFile = folder.appendingPathComponent("schema.json")
  try schema.write(to: schemaFile, atomically: true, encoding: .utf8)
  for (index, text) in texts.enumerated() {
    try text.write(
      to: folder.appendingPathComponent("\(index).json"), atomically: true, encoding: .utf8)
  }
  let program = """
    import json, sys
    from jsonschema import Draft202012Validator as Validator
    folder, count = sys.argv[1], int(sys.argv[2])
    schema = json.load(open(folder + "/schema.json", encoding="utf-8"))
    Validator.check_schema(schema)
    validator = Validator(schema)
    for index in range(count):
        try:
            contract = json.load(open(f"{folder}/{index}.json", encoding="utf-8"))
        except ValueError:
            print("not JSON")
            continue
        problem = next(iter(validator.iter_errors(contract)), None)
        print("valid" if problem is None else " ".join(problem.message.split())[:300])
    """
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", program, folder.path, String(texts.count)]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0, "python3 with the package jsonschema is needed")
  return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
}

struct ContractSchemaTests {
  /// Contracts that only a reader can refuse: no schema sees what is wrong with them.
  private static let beyondSchemas: Set<String> = [
    "E0903", "E0906", "E0907", "E0909", "E0910", "E0915", "E0920", "E0924", "E0925", "E0932",
    "E0933",
    "E0938", "E0940",
  ]

  @Test func acceptsWhatTheReaderAccepts() throws {
    var texts = ContractDiagnostics.pages.map(\.goodExample)
    texts += ContractFormsTests.quantities.map {
      "{ \"id\": \"L-1\", \"\($0.field)\": \($0.json) }"
    }
    texts += Self.shapes
    for text in texts {
      #expect(readContract(contractFile(text), for: sampleRuleset()).contract != nil, "\(text)")
    }
    let verdicts = try validate(texts, against: contractSchema(of: sampleRuleset()))
    try #require(verdicts.count == texts.count)
    for (text, verdict) in zip(texts, verdicts) { #expect(verdict == "valid", "\(text)") }
  }

  @Test func refusesWhatASchemaCanRefuse() throws {
    var texts: [(code: String, text: String)] = []
    for page in ContractDiagnostics.pages where page.code.rawValue.hasPrefix("E") {
      texts.append((page.code.rawValue, page.badExample))
    }
    for example in ContractRefusalsTests.cases {
      texts.append((example.code, "{ \"id\": \"L-1\", \"\(example.field)\": \(example.json) }"))
    }
    texts.removeAll { Self.beyondSchemas.contains($0.code) }
    // Quotients of units are let through: a pattern cannot tell which of them convert.
    texts.removeAll { $0.text.contains("gCO2/kWh") }
    #expect(texts.count > 70)
    let verdicts = try validate(texts.map(\.text), against: contractSchema(of: sampleRuleset()))
    try #require(verdicts.count == texts.count)
    for (text, verdict) in zip(texts, verdicts) { #expect(verdict != "valid", "\(text)") }
  }

  @Test func isTheSameTextEveryTime() {
    let first = contractSchema(of: sampleRuleset())
    #expect(contractSchema(of: sampleRuleset()) == first)
    #expect(JSONReader.read(Array(first.utf8)).problems.isEmpty)
  }

  /// Every shape, in one contract each.
  private static let shapes = [
    "{ \"id\": \"L-1\", \"$schema\": \"x\", \"note\": [1], \"unasked\": {} }",
    "{ \"id\": \"L-1\", \"price\": \"DKK 71.5 million\" }",
    "{ \"id\": \"L-1\", \"price\": { \"amount\": 5, \"currency\": \"DKK\" } }",
    """
    { "id": "L-1", "price": { "versions": [ { "value": "5 DKK", "from": "2021-01-01",
      "recorded": null } ] } }
    """,
    "{ \"id\": \"L-1\", \"repaid\": null, \"signed\": null, \"evidence\": null, \"waivers\": [] }",
    "{ \"id\": \"L-1\", \"repaid\": { \"value\": null, \"recorded\": \"2021-01-01\" } }",
    """
    { "id": "L-1", "emissions": { "2020": null, "2021": 5,
      "2022": { "value": "5 ktCO2e", "note": 1 }, "note": 2 } }
    """,
    #"{ "id": "L-1", "emissions": { "value": { "2021": 5 }, "recorded": "2022-01-01" } }"#,
    "{ \"id\": \"L-1\", \"ebitda\": { \"2021-Q4\": \"EUR -3 million\" } }",
    """
    { "id": "L-1", "redeemed": { "2021-03-01": "50%",
      "2022-03-01": { "versions": [ { "value": 100 } ] } } }
    """,
    """
    { "id": "L-1", "payouts": { "value": [ { "decided": "2021-01-01", "amount": 5 } ],
      "complete until": "2022-12-31" } }
    """,
    """
    { "id": "L-1", "borrower": { "name": "A", "extra": 1, "owners": [ { "share": 5,
      "owners": [ { "value": {}, "from": "2021-01-01" } ] } ] } }
    """,
    """
    { "id": "L-1", "regions": [ "DK", { "value": "NA" } ],
      "term": "1 year and 2 business days" }
    """,
    """
    { "id": "L-1", "budget_year": 2024, "quarter": "2024-H1", "sector": "D35.11",
      "purpose": "" }
    """,
    """
    { "id": "L-1", "owners": [ {} ], "assessments": [ { "field": "owners[0].is_sound",
      "value": false, "by": "auditor", "on": "2021-01-01", "why": "w",
      "expires": null } ] }
    """,
  ]
}
