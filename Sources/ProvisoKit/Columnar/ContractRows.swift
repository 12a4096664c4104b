// The rows of tables that one contract stands in, as one text: what its digest is over.
//
// The header of the table and the contract's row. Where lists come from files of their own there
// follows for each, in the order of their paths, an empty line, `list` and its path, that file's
// header and the contract's rows; where headers stand for other fields, an empty line, `mapping`,
// and these headers with their fields. Every line has its line end. Rows stand as they do in their
// files; none is an empty line, so that no two contracts give the same text.

package import ProvisoModel

/// Writes the rows of contracts as texts, and reads such a text.
package enum ContractRows {
  /// What is the same for every contract of a portfolio.
  struct Frame: Sendable {
    private let header: [UInt8]
    /// By path: what stands before the rows of a list, and its place among the lists.
    private let lists: [(place: Int, before: [UInt8])]
    private let mapping: [UInt8]

    init(header: CsvRow, lists: [(path: String, header: CsvRow?)], mapping: [String: String]) {
      self.header = header.text + [0x0A]
      let order = lists.indices.sorted {
        lists[$0].path.utf8.lexicographicallyPrecedes(lists[$1].path.utf8)
      }
      self.lists = order.map { place in
        let title = Array("\nlist \(lists[place].path)\n".utf8)
        return (place, title + (lists[place].header.map { $0.text + [0x0A] } ?? []))
      }
      var rows = ""
      var seen: Set<String> = []
      for header in [header] + order.compactMap({ lists[$0].header }) {
        for cell in header.cells {
          let written = String(decoding: cell, as: UTF8.self)
          guard let field = mapping[written], seen.insert(written).inserted else { continue }
          rows += csvRow([written, field])
        }
      }
      self.mapping = rows.isEmpty ? [] : Array("\nmapping\n\(rows)".utf8)
    }

    /// The text of a contract.
    ///
    /// - Parameter taken: By list, in the order given: its rows of the contract.
    func text(of row: CsvRow, _ taken: [[UInt8]]) -> [UInt8] {
      var text = header
      text += row.text
      text.append(0x0A)
      for list in lists {
        text += list.before
        text += taken[list.place]
      }
      text += mapping
      return text
    }
  }

  /// The contract that stands in such a text, as a ruleset reads tables; nil where it is none.
  package static func contract(_ text: [UInt8], for ruleset: CheckedRuleset) -> ContractText? {
    guard let parts = parts(of: text), let table = parts.first else { return nil }
    var lists: [CsvList] = []
    var mapping: [String: String] = [:]
    for part in parts.dropFirst() {
      guard let title = part.first.map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
      let lines = Array(part.dropFirst())
      if title.hasPrefix("list ") {
        let path = String(title.dropFirst("list ".count))
        lists.append(CsvList(path: path, rows: CsvRows(path, source(lines))))
      } else if title == "mapping" {
        let reader = LineReader(Array(lines.joined(separator: [0x0A])), named: title)
        guard let read = try? readMapping(title, reader) else { return nil }
        mapping = read
      } else {
        return nil
      }
    }
    do throws(CsvFailure) {
      var contracts = try CsvContracts(
        CsvRows("the table", source(table)), lists: lists, ruleset: ruleset, mapping: mapping,
        keepsRows: true)
      // Whatever was read too kindly does not come out again.
      guard let (_, json) = try contracts.next(), contracts.contractRows == text else { return nil }
      guard try contracts.next() == nil else { return nil }
      return ContractText(json: json, rows: text)
    } catch { return nil }
  }

  private static func source(_ lines: [[UInt8]]) -> CsvRows.LineSource {
    var rest = lines.makeIterator()
    return { rest.next() }
  }

  /// The lines of each part; an empty line stands between two, and inside a quoted cell none does.
  private static func parts(of text: [UInt8]) -> [[[UInt8]]]? {
    guard text.last == 0x0A else { return nil }
    var parts: [[[UInt8]]] = [[]]
    var isQuoted = false
    for line in text.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.isEmpty, !isQuoted {
        parts.append([])
        continue
      }
      if !line.count(where: { $0 == 0x22 }).isMultiple(of: 2) { isQuoted.toggle() }
      parts[parts.count - 1].append(Array(line))
    }
    return parts
  }
}
