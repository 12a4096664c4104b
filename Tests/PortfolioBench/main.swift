// Times a portfolio through the columnar executor: from lines, and from columns in memory.
//
// usage: ProvisoPortfolioBench RULESET PORTFOLIO DATE [--threads N] [--runs N] [--out FILE]
//        [--memory CONTRACTS] [--one CONTRACTS [--from row|contract|line|derivation]]
//
// Prints one line a measurement, each a JSON object: what was measured, contracts, seconds of every
// run, and the SHA-256 of each verdict column. `--out` writes the verdicts as CSV; `--memory` reads
// so many contracts into columns first and times the operations alone; `--one` asks for the
// verdicts of so many contracts one by one.

import Glibc
import ProvisoBatch
import ProvisoKit
import ProvisoModel

let words = Array(CommandLine.arguments.dropFirst())
/// The value of an option.
func option(_ name: String) -> String? {
  guard let place = words.firstIndex(of: name), place + 1 < words.count else { return nil }
  return words[place + 1]
}
let threads = option("--threads").flatMap { Int($0) } ?? 1
let runs = option("--runs").flatMap { Int($0) } ?? 1
let out = option("--out")
let memory = option("--memory").flatMap { Int($0) }
let one = option("--one").flatMap { Int($0) }
let arguments = Array(words.prefix { !$0.hasPrefix("--") })
guard arguments.count == 3 else {
  complain("usage: ProvisoPortfolioBench RULESET PORTFOLIO DATE [--threads N] [--runs N] …")
}
let files = Files()
let question = Question(asOf: try readDate(arguments[2]))
guard let ruleset = try loadRuleset(named: arguments[0], from: files).ruleset else {
  complain("\(arguments[0]) does not check")
}
let columnar = ColumnarRuleset(ruleset, question)
let names = ruleset.checked.conditions.map(\.name)
for (index, plan) in columnar.plan.conditions.enumerated() {
  if case .interpreted(let construct) = plan {
    complainSoftly("\(names[index]) is left to the interpreter: \(construct)")
  }
}

if let one {
  try timeOne(one)
} else if let memory {
  try timeColumns(memory)
} else {
  try timeLines()
}

/// From the lines of a file to verdict columns.
func timeLines() throws {
  var seconds: [String] = []
  var columns: [[UInt8]] = []
  var counts = (rows: 0, rejected: 0, interpreted: 0)
  for run in 0..<runs {
    columns = names.map { _ in [] }
    counts = (0, 0, 0)
    var table: [UInt8] =
      run == 0 && out != nil ? Array("id,\(names.joined(separator: ","))\n".utf8) : []
    let start = now()
    let failure = checkColumns(
      columnar, try PortfolioPieces(arguments[1], from: files), threads: threads
    ) { piece in
      for index in columns.indices { columns[index] += piece.verdicts.conditions[index] }
      counts.rows += piece.rows.count
      counts.rejected += piece.rejected.count
      counts.interpreted += piece.interpretedCount
      if run == 0, out != nil { write(piece, &table) }
      return true
    }
    seconds.append(secondsText(now() - start))
    if let failure { complain("\(failure)") }
    if run == 0, let out { try files.write(table, to: out) }
  }
  say(
    "lines", counts.rows, seconds, columns,
    ", \"rejected\": \(counts.rejected), \"interpreted\": \(counts.interpreted)")
}

/// From columns in memory to verdict columns.
func timeColumns(_ contracts: Int) throws {
  let pieces = try PortfolioPieces(arguments[1], from: files)
  var reader = PlainLineReader(columnar.layout)
  var chunks: [ColumnChunk] = []
  var chunk = ColumnChunk(layout: columnar.layout, capacity: 8_256)
  var count = 0
  while count < contracts, let piece = pieces.next() {
    var start = 0
    while start < piece.count, count < contracts {
      let end = piece.bytes[start..<piece.count].firstIndex(of: 0x0A) ?? piece.count
      guard reader.read(piece.bytes.span, from: start, to: end, into: &chunk) != nil else {
        complain("a line is not plain")
      }
      count += 1
      start = end + 1
      guard chunk.isFull else { continue }
      chunks.append(chunk)
      chunk = ColumnChunk(layout: columnar.layout, capacity: 8_256)
    }
  }
  if chunk.count > 0 { chunks.append(chunk) }
  var seconds: [String] = []
  var columns: [[UInt8]] = []
  for _ in 0..<runs {
    columns = names.map { _ in [] }
    let start = now()
    for index in columns.indices { columns[index].reserveCapacity(count) }
    let next = Counter()
    let all = chunks
    workInOrder(
      threads: threads,
      next: {
        next.value += 1
        return next.value <= all.count ? next.value - 1 : nil
      }, makeWorker: { Executor(columnar.layout) },
      work: { executor, index in executor.verdicts(of: all[index]) },
      finish: { verdicts in
        for index in columns.indices { columns[index] += verdicts.conditions[index] }
        return true
      })
    seconds.append(secondsText(now() - start))
  }
  say("columns", count, seconds, columns, "")
}

/// One contract after the other.
func timeOne(_ contracts: Int) throws {
  let pieces = try PortfolioPieces(arguments[1], from: files)
  var lines: [[UInt8]] = []
  while lines.count < contracts, let piece = pieces.next() {
    let text = piece.bytes[..<piece.count]
    for line in text.split(separator: 0x0A).prefix(contracts - lines.count) {
      lines.append(Array(line) + Array(repeating: 0, count: PlainLineReader.padding))
    }
  }
  for entry in OneContractEntry.allCases
  where option("--from") == nil || option("--from") == entry.rawValue {
    let times = timeOneByOne(entry, lines, columnar)
    let quantiles = [("p50", 500), ("p99", 990)].map { name, thousandths in
      ", \"\(name)\": \(times.quantile(thousandths))"
    }
    say(
      "one contract", lines.count, [], times.columns,
      ", \"from\": \"\(entry.rawValue)\"\(quantiles.joined())")
  }
}

/// A number that a closure counts up.
final class Counter { var value = 0 }

func write(_ piece: CheckedPiece, _ table: inout [UInt8]) {
  for row in piece.rows.indices {
    table += Array(piece.id(row).utf8)
    for column in piece.verdicts.conditions {
      let outcome = OutcomeByte.outcome(column[row])?.rawValue ?? ""
      table += Array(",\(outcome)".utf8)
    }
    table.append(0x0A)
  }
}

func secondsText(_ nanoseconds: UInt64) -> String {
  let text = String(nanoseconds % 1_000_000_000)
  return "\(nanoseconds / 1_000_000_000)." + String(repeating: "0", count: 9 - text.count) + text
}

func say(_ what: String, _ count: Int, _ seconds: [String], _ columns: [[UInt8]], _ more: String) {
  let hashes = zip(names, columns).map { name, column in
    "\"\(name)\": \"\(Digest(of: column)?.text.split(separator: ":").last ?? "")\""
  }
  print(
    "{\"measured\": \"\(what)\", \"threads\": \(threads), \"contracts\": \(count), \"seconds\": [\(seconds.joined(separator: ", "))]\(more), \"sha256\": {\(hashes.joined(separator: ", "))}}"
  )
}

/// Monotonic time in nanoseconds.
func now() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

func complainSoftly(_ remark: String) { _ = writeAll(Array((remark + "\n").utf8), to: 2) }

func complain(_ remark: String) -> Never {
  complainSoftly(remark)
  exit(2)
}
