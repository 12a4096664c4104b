// Times one contract at a time: how long until its verdicts are there, without their derivation.

import Glibc
import ProvisoBatch
import ProvisoContracts
import ProvisoKit
import ProvisoModel
import ProvisoSource

/// What a contract is when the time begins.
enum OneContractEntry: String, CaseIterable {
  /// A row of columns.
  case row
  /// A contract that the general reader has read.
  case contract
  /// The text of a line.
  case line
  /// A contract that has been read; the interpreter decides it and writes down every step.
  case derivation
}

/// Nanoseconds for each of some contracts, and the verdicts by condition.
struct OneContractTimes {
  var nanoseconds: [UInt64] = []
  var columns: [[UInt8]]

  /// The time that a share of the contracts, in thousandths, does not go over.
  func quantile(_ thousandths: Int) -> UInt64 {
    let sorted = nanoseconds.sorted()
    return sorted.isEmpty ? 0 : sorted[(sorted.count - 1) * thousandths / 1_000]
  }
}

/// Asks for the verdicts of one contract after the other.
///
/// - Parameter lines: The contracts, each with its padding behind it.
func timeOneByOne(
  _ entry: OneContractEntry, _ lines: [[UInt8]], _ columnar: ColumnarRuleset
) -> OneContractTimes {
  var executor = Executor(columnar.layout)
  var reader = PlainLineReader(columnar.layout)
  var chunk = ColumnChunk(layout: columnar.layout, capacity: 64)
  var contracts: [Contract?] = []
  var times = OneContractTimes(columns: columnar.plan.conditions.map { _ in [] })
  var bytes: [UInt8] = []
  for index in lines.indices {
    // What is asked about was read just before, 64 at a time: who asks about a contract has it at
    // hand, and not out of the processor's reach behind thousands of others.
    if index % 64 == 0 {
      let next = lines[index..<min(index + 64, lines.count)]
      switch entry {
      case .row:
        chunk.removeAll()
        for line in next {
          _ = reader.read(
            line.span, from: 0, to: line.count - PlainLineReader.padding, into: &chunk)
        }
      case .contract, .derivation:
        contracts = next.map { read($0, for: columnar.ruleset.checked) }
      case .line: break
      }
    }
    let start = now()
    switch entry {
    case .row: executor.outcomes(of: index % 64, in: chunk, into: &bytes)
    case .contract:
      chunk.removeAll()
      if let contract = contracts[index % 64] { chunk.append(contract) }
      executor.outcomes(of: 0, in: chunk, into: &bytes)
    case .derivation:
      guard let contract = contracts[index % 64] else { break }
      let verdict = columnar.ruleset.evaluator.evaluate(
        contract, asOf: columnar.question.asOf, knownAt: columnar.question.knownAt,
        tracing: .withDerivations)
      bytes = verdict.conditions.map { OutcomeByte.byte($0.outcome) }
    case .line:
      chunk.removeAll()
      let line = lines[index]
      _ = reader.read(line.span, from: 0, to: line.count - PlainLineReader.padding, into: &chunk)
      executor.outcomes(of: 0, in: chunk, into: &bytes)
    }
    times.nanoseconds.append(now() - start)
    for condition in bytes.indices { times.columns[condition].append(bytes[condition]) }
  }
  return times
}

private func read(_ line: [UInt8], for checked: CheckedRuleset) -> Contract? {
  let bytes = Array(line.dropLast(PlainLineReader.padding))
  let file = SourceFile(id: SourceID(checked.sources.count), name: "", bytes: bytes)
  return readContract(file, for: checked).contract
}
