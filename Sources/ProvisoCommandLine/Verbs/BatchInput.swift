// The portfolio that a call names: lines of JSON or a table, from a file or standard input.

import ProvisoKit
import ProvisoModel

/// The lines of a portfolio, one contract each; those of a table as the JSON they stand for.
func portfolioLines(
  _ call: Call, _ editions: Editions, on console: any Console
) throws(CallFailure) -> LineReader {
  let name = call.operand(1) ?? ""
  guard isTable(name) else { return try lineReader(name, on: console) }
  let pieces = try tablePieces(
    name, call, editions.rulesets[0].checked, keepsRows: true, on: console)
  return LineReader(pieces, named: name)
}

/// The pieces of a portfolio, for a run in columns.
///
/// - Parameter records: Whether the results are recorded, so that exact bytes are asked for.
func portfolioPieces(
  _ call: Call, _ editions: Editions, records: Bool, on console: any Console
) throws(CallFailure) -> any PieceSource {
  let name = call.operand(1) ?? ""
  guard isTable(name) else { return try linePieces(name, on: console) }
  return try tablePieces(
    name, call, editions.rulesets[0].checked, keepsRows: records, on: console)
}

/// The lines of a portfolio in pieces, `-` being standard input.
func linePieces(_ name: String, on console: any Console) throws(CallFailure) -> any PieceSource {
  if name == "-" {
    if let descriptor = console.inputDescriptor {
      return PortfolioPieces(descriptor: descriptor, named: "standard input")
    }
    let bytes = try standardInput(of: console, limitBytes: Files.contractLimitBytes)
    return PortfolioPieces(bytes, named: "standard input")
  }
  do throws(FileFailure) {
    return try PortfolioPieces(name, from: console.files)
  } catch { throw CallFailure(error) }
}

/// The lines of a file, `-` being standard input.
func lineReader(_ name: String, on console: any Console) throws(CallFailure) -> LineReader {
  if name == "-" {
    let bytes = try standardInput(of: console, limitBytes: Files.contractLimitBytes)
    return LineReader(bytes, named: "standard input")
  }
  do throws(FileFailure) {
    return try LineReader(name, from: console.files)
  } catch { throw CallFailure(error) }
}

// MARK: - Tables

/// Whether a portfolio is a table of CSV: its name says so.
func isTable(_ name: String) -> Bool { name.hasSuffix(".csv") }

/// The files that a portfolio is read from: the table or the lines, the tables of lists in the
/// order in which they are given, and the mapping.
func portfolioFiles(_ call: Call) -> [PortfolioFile] {
  let name = call.operand(1) ?? ""
  let first = PortfolioFile(role: isTable(name) ? "table" : "lines", name: name)
  let lists = (call.value("lists") ?? "").split(separator: ",").compactMap { pair in
    let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
    return parts.count == 2 ? PortfolioFile(role: "list \(parts[0])", name: parts[1]) : nil
  }
  let mapping = call.value("mapping").map { [PortfolioFile(role: "mapping", name: $0)] }
  return [first] + lists + (mapping ?? [])
}

/// What a portfolio's files are called together: `firms.csv`, or `firms.csv, owners=owners.csv`.
func sourceName(_ files: [PortfolioFile]) -> String {
  files.map { file in
    if file.name == "-" { return "standard input" }
    guard let role = file.role.split(separator: " ").last, file.role != "table",
      file.role != "lines"
    else { return file.name }
    return "\(role)=\(file.name)"
  }.joined(separator: ", ")
}

/// Makes sure that what is only for tables is not asked of another portfolio.
///
/// - Parameter place: Which operand is the portfolio.
func checkTableOptions(_ call: Call, at place: Int = 1) throws(CallFailure) {
  let name = call.operand(place) ?? ""
  for option in ["lists", "mapping"] where call.value(option) != nil && !isTable(name) {
    throw CallFailure(
      "`--\(option)` is about a table, and `\(name)` is no `.csv` file",
      help: ["contracts of JSON hold their lists and field names themselves"])
  }
}

/// The rows of a table, and of the tables of its lists, as contracts.
///
/// - Parameter other: A second ruleset that they are read by.
func tablePieces(
  _ name: String, _ call: Call, _ ruleset: CheckedRuleset, and other: CheckedRuleset? = nil,
  keepsRows: Bool, on console: any Console
) throws(CallFailure) -> CsvPieces {
  let portfolio = try tables(of: name, call, on: console)
  do throws(FileFailure) {
    let pieces = try CsvPieces(
      portfolio, for: ruleset, and: other, keepsRows: keepsRows
    ) {
      (name) throws(FileFailure) in try LineReader(name, from: console.files)
    }
    for (file, headers) in pieces.unknownHeaders { tellOfUnknown(headers, of: file, on: console) }
    return pieces
  } catch { throw CallFailure(error) }
}

/// A table with the files that a call gives beside it.
func tables(
  of table: String, _ call: Call, on console: any Console
) throws(CallFailure) -> CsvPortfolio {
  var lists: [(path: String, file: String)] = []
  for pair in (call.value("lists") ?? "").split(separator: ",") {
    let parts = pair.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else {
      throw CallFailure(
        "`--lists \(pair)` lacks a file", help: ["write `--lists owners=OWNERS.csv`"])
    }
    lists.append((String(parts[0]), String(parts[1])))
  }
  do throws(FileFailure) {
    var mapping: [String: String] = [:]
    if let name = call.value("mapping") {
      mapping = try readMapping(name, LineReader(name, from: console.files))
    }
    return CsvPortfolio(table: table, lists: lists, mapping: mapping)
  } catch { throw CallFailure(error) }
}

/// Tells which columns nobody reads: a header that is misspelt leaves every contract without the
/// fact.
private func tellOfUnknown(
  _ headers: [UnknownHeader], of name: String, on console: any Console
) {
  guard !headers.isEmpty else { return }
  let shown = headers.prefix(10).map { "`\(printable($0.name))`" }.joined(separator: ", ")
  let more = headers.count > 10 ? " and \(headers.count - 10) more" : ""
  let meant = headers.prefix(10).compactMap { header in
    header.nearest.map { "`\($0)` for `\(printable(header.name))`" }
  }
  let help = meant.isEmpty ? "" : "write \(meant.joined(separator: ", ")) if that is meant, or "
  let columns = headers.count == 1 ? "the column is" : "these columns are"
  console.write(
    "\(printable(name)): no field is called \(shown)\(more); \(columns) not read\n"
      + "  \(help)give the field it stands for in a file of --mapping\n", to: .errors)
}
