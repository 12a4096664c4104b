// Runs the examples of docs/contract-format.md.

import Foundation
import ProvisoModel
import ProvisoSource
import Testing

@testable import ProvisoContracts

/// A fenced block of the page.
struct PageExample: CustomTestStringConvertible {
  /// The codes it is refused with; none for one that is read.
  let codes: [String]
  let text: String
  let line: Int
  var testDescription: String { "docs/contract-format.md:\(line)" }
}

/// The root of the repository, found from this file.
let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The blocks of the page whose info string starts with a word.
func pageExamples(_ language: String) -> [PageExample] {
  let path = repository.appendingPathComponent("docs/contract-format.md")
  let page = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
  var examples: [PageExample] = []
  var open: (words: [String], text: String, line: Int)?
  for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    if line.hasPrefix("```"), let block = open {
      if block.words.first == language {
        examples.append(
          PageExample(codes: Array(block.words.dropFirst()), text: block.text, line: block.line))
      }
      open = nil
    } else if line.hasPrefix("```") {
      open = (line.dropFirst(3).split(separator: " ").map(String.init), "", index + 1)
    } else if open != nil {
      open?.text += line + "\n"
    }
  }
  return examples
}

struct ContractFormatPageTests {
  @Test func thePageHasItsExamples() {
    #expect(pageExamples("json").count >= 25)
    #expect(pageExamples("proviso").count == 1)
  }

  @Test(arguments: pageExamples("json"))
  func everyExampleIsReadOrRefusedAsItSays(_ example: PageExample) {
    let reading = readContract(contractFile(example.text), for: sampleRuleset())
    let errors = reading.diagnostics.filter { $0.severity == .error }.map(\.code.rawValue)
    #expect(errors.sorted() == example.codes)
    #expect((reading.contract == nil) == !example.codes.isEmpty)
  }

  @Test func aStockValidatorAcceptsEveryExampleThatIsRead() throws {
    let texts = pageExamples("json").filter(\.codes.isEmpty).map(\.text)
    let verdicts = try validate(texts, against: contractSchema(of: sampleRuleset()))
    #expect(verdicts == Array(repeating: "valid", count: texts.count))
  }
}
