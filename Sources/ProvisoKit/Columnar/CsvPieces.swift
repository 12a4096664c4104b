// A portfolio in a table of CSV, and in tables of its lists, as the JSON lines it stands for.

import ProvisoBatch
package import ProvisoModel

/// A table file, and the files beside it.
package struct CsvPortfolio: Sendable {
  package let table: String
  /// By the path of the list in the contract: the file of its rows, in the order of the contracts.
  package let lists: [(path: String, file: String)]
  /// By header: the field that it stands for.
  package let mapping: [String: String]

  /// Names the files.
  package init(
    table: String, lists: [(path: String, file: String)], mapping: [String: String]
  ) {
    self.table = table
    self.lists = lists
    self.mapping = mapping
  }
}

/// What went wrong while lines were read for somebody who cannot be told at once.
private final class Trouble {
  var failure: FileFailure?
}

/// Turns the rows of a table into lines, one after the other.
package final class CsvPieces: PieceSource {
  private var contracts: CsvContracts
  private let table: String
  private let trouble: Trouble
  private var nextPlace = 1
  private var isAtEnd = false

  private static let pieceBytes = 2 << 20

  /// Opens the files and reads their headers.
  ///
  /// - Parameters:
  ///   - other: A second ruleset that the contracts are read by, whose fields are read too.
  ///   - keepsRows: Whether the rows of each contract are asked for, beside its line.
  ///   - open: Opens a file by its name.
  package init(
    _ portfolio: CsvPortfolio, for ruleset: CheckedRuleset, and other: CheckedRuleset? = nil,
    keepsRows: Bool = false,
    open: (String) throws(FileFailure) -> LineReader
  ) throws(FileFailure) {
    let trouble = Trouble()
    self.trouble = trouble
    table = portfolio.table
    var lists: [CsvList] = []
    for list in portfolio.lists {
      lists.append(
        CsvList(path: list.path, rows: Self.rows(list.file, try open(list.file), trouble)))
    }
    let rows = Self.rows(portfolio.table, try open(portfolio.table), trouble)
    do throws(CsvFailure) {
      contracts = try CsvContracts(
        rows, lists: lists, ruleset: ruleset, and: other, mapping: portfolio.mapping,
        keepsRows: keepsRows)
    } catch {
      throw trouble.failure ?? FileFailure(error)
    }
  }

  private static func rows(_ name: String, _ lines: LineReader, _ trouble: Trouble) -> CsvRows {
    CsvRows(name) {
      do throws(FileFailure) {
        switch try lines.next() {
        case .line(_, let bytes): return bytes
        case .tooLong(let line), .broken(let line, _):
          trouble.failure = FileFailure(
            name: name,
            cause: .malformed(
              line: line, "it is longer than \(Files.contractLimitBytes >> 20) MiB", "cut it"))
          return nil
        case nil: return nil
        }
      } catch {
        trouble.failure = error
        return nil
      }
    }
  }

  /// Headers that stand for nothing the ruleset knows, by file.
  package var unknownHeaders: [(file: String, headers: [UnknownHeader])] {
    contracts.unknownHeaders
  }

  /// The rows that the line given last stands for, as its contract's digest takes them; empty where
  /// they are not kept.
  package var contractRows: [UInt8] { contracts.contractRows }

  /// Why reading stopped before the end.
  package var failure: FileFailure? { trouble.failure }

  /// The next contract as a line, numbered as in the table; nil behind the last.
  package func nextLine() -> FileLine? {
    if isAtEnd { return nil }
    do throws(CsvFailure) {
      if let (line, text) = try contracts.next(), trouble.failure == nil {
        return .line(line, text)
      }
    } catch {
      // A row that is wrong stops nothing; a list in another order than its contracts does.
      if error.name == table { return .broken(error.line, "\(error.message): \(error.help)") }
      trouble.failure = trouble.failure ?? FileFailure(error)
    }
    isAtEnd = true
    return nil
  }

  /// Some lines together; nil behind the last.
  package func next() -> PortfolioPiece? {
    var bytes: [UInt8] = []
    var numbers: [Int] = []
    var broken: [Int: String] = [:]
    var contractRows: [Int: [UInt8]] = [:]
    while bytes.count < Self.pieceBytes, let line = nextLine() {
      switch line {
      case .line(let number, let text):
        numbers.append(number)
        if !contracts.contractRows.isEmpty { contractRows[bytes.count] = contracts.contractRows }
        bytes += text
      case .broken(let number, let reason):
        broken[numbers.count] = reason
        numbers.append(number)
      case .tooLong(let number):
        numbers.append(number)
      }
      bytes.append(0x0A)
    }
    guard !numbers.isEmpty, trouble.failure == nil else { return nil }
    let count = bytes.count
    bytes += [UInt8](repeating: 0, count: PlainLineReader.padding)
    let first = nextPlace
    nextPlace += numbers.count
    return PortfolioPiece(
      bytes: bytes, count: count, firstLine: first, isTooLong: false, lineNumbers: numbers,
      broken: broken, contractRows: contractRows)
  }
}

/// Reads which field each header of a foreign table stands for: a table of two columns, the header
/// and the field.
package func readMapping(
  _ name: String, _ lines: LineReader
) throws(FileFailure) -> [String: String] {
  var mapping: [String: String] = [:]
  var rows = CsvRows(name) { () -> [UInt8]? in
    guard let line = try? lines.next(), case .line(_, let bytes) = line else { return nil }
    return bytes
  }
  do throws(CsvFailure) {
    while let row = try rows.next() {
      guard row.cells.count == 2 else {
        throw rows.failure(
          row.line, "this row has \(row.cells.count) cells, and two are needed",
          "write the header and the field it stands for: `country of home,home`")
      }
      let header = String(decoding: row.cells[0], as: UTF8.self)
      guard mapping[header] == nil else {
        throw rows.failure(row.line, "`\(header)` stands here twice", "remove one of the rows")
      }
      mapping[header] = String(decoding: row.cells[1], as: UTF8.self)
    }
  } catch { throw FileFailure(error) }
  return mapping
}

extension FileFailure {
  /// What is wrong with a table.
  init(_ failure: CsvFailure) {
    self.init(
      name: failure.name, cause: .malformed(line: failure.line, failure.message, failure.help))
  }
}
