// Contracts that are given to perform recorded entries again with, read as a stream.

import ProvisoContracts
import ProvisoLog
import ProvisoModel
import ProvisoSource

/// A file of contracts: one of JSON, lines of JSON, or a table with the files beside it.
///
/// It may be of any size: it is read from its beginning as often as it takes, and nothing is kept.
package struct GivenContracts {
  private enum Form {
    case single
    case lines
    case table(CsvPortfolio)
  }
  private let name: String
  private let form: Form
  private let open: (String) throws(FileFailure) -> LineReader

  /// A file of contracts; its name says its form.
  ///
  /// - Parameter tables: Where the name ends in `.csv`: it and the files beside it.
  package init(_ name: String, tables: CsvPortfolio? = nil, from files: Files) {
    self.name = name
    form = Self.form(of: name, tables)
    open = { (name) throws(FileFailure) in try LineReader(name, from: files) }
  }

  /// Contracts at hand, for tests.
  package init(_ bytes: [UInt8], named name: String) {
    self.name = name
    form = Self.form(of: name, nil)
    open = { (name) throws(FileFailure) in LineReader(bytes, named: name) }
  }

  private static func form(of name: String, _ tables: CsvPortfolio?) -> Form {
    if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return .lines }
    guard name.hasSuffix(".csv") else { return .single }
    return .table(tables ?? CsvPortfolio(table: name, lists: [], mapping: [:]))
  }

  /// Whether what a contract's JSON is depends on who reads it, as that of a row does.
  var dependsOnRuleset: Bool { if case .table = form { true } else { false } }

  /// The contracts from the first on, as a ruleset reads them.
  func stream(for ruleset: CheckedRuleset) throws(FileFailure) -> Stream {
    switch form {
    case .single: return Stream(single: try open(name))
    case .lines: return Stream(lines: try open(name))
    case .table(let portfolio):
      let pieces = try CsvPieces(portfolio, for: ruleset, keepsRows: true, open: open)
      return Stream(lines: LineReader(pieces, named: name))
    }
  }

  /// Contracts one after the other.
  final class Stream {
    private let lines: LineReader
    private let isSingle: Bool
    /// How many contracts were given.
    private(set) var count = 0

    fileprivate init(lines: LineReader) {
      self.lines = lines
      isSingle = false
    }

    /// All lines are one contract.
    fileprivate init(single: LineReader) {
      lines = single
      isSingle = true
    }

    /// The next contract; nil behind the last. Lines that are too long, and rows that stand for
    /// none, are passed over.
    func next() throws(FileFailure) -> ContractText? {
      var whole: [UInt8] = []
      while let line = try lines.next() {
        if isSingle {
          guard case .line(_, let bytes) = line,
            whole.count + bytes.count <= Files.contractLimitBytes
          else {
            throw FileFailure(
              name: lines.name, cause: .tooLarge(limitBytes: Files.contractLimitBytes))
          }
          whole += bytes
          whole.append(0x0A)
          continue
        }
        guard case .line(_, let bytes) = line else { continue }
        let contract = lines.contract(bytes)
        guard !contract.bytes.isEmpty else { continue }
        count += 1
        return contract
      }
      guard isSingle, count == 0, !contractBytes(whole).isEmpty else { return nil }
      count = 1
      return ContractText(json: whole)
    }
  }
}

extension ContractText {
  /// The digests by which an entry may name it, beside that of its exact bytes: before rows had
  /// bytes of their own, a row was named by the JSON that it stands for.
  var digests: [LogHash] {
    let texts = rows.map { [$0, json] } ?? [contractBytes(json)]
    return texts.compactMap { text in text.withUnsafeBytes { try? LogHash(of: $0) } }
  }
}
