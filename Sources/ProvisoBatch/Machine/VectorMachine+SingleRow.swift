// One row alone: the commonest operations without what a loop over many rows needs around it.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// Works out an operation for a single row, if it is one of the commonest and nothing in it
  /// overflows; false, and nothing of use in the result, where the general way has to be taken.
  ///
  /// It says what that way says: both are held to the interpreter by the same tests.
  @inline(__always)
  func runSingle(
    _ step: UnsafePointer<MachineStep<Word>>, into result: Register<Word>,
    _ chunk: borrowing ColumnChunk
  ) -> Bool {
    switch step.pointee.operation {
    case .load(let position):
      let (word, isUnknown) = cell(position, step.pointee.list, chunk)
      result.words[0] = Word(truncatingIfNeeded: word)
      result.unknown[0] = isUnknown
    case .fill: return result.filledCount > 0
    case .isTrue(let position):
      let (word, isUnknown) = cell(position, step.pointee.list, chunk)
      result.set(0, held: word != 0 ? 1 : 0, unknown: isUnknown, full: 1)
    case .compareConstant(let operand, let test):
      let place = registers[places[operand].register]
      let holds = test.holds(place.words[0])
      result.set(0, held: holds ? 1 : 0, unknown: place.unknown[0], full: 1)
    case .compare(let how, let left, let right):
      guard !places[left].hasDenominator, !places[right].hasDenominator else { return false }
      let first = registers[places[left].register]
      let second = registers[places[right].register]
      let (value, overflows) = first.words[0].multipliedReportingOverflow(by: how.left)
      let (other, otherOverflows) = second.words[0].multipliedReportingOverflow(by: how.right)
      guard !overflows, !otherOverflows else { return false }
      let holds = how.comparison.holds(value, other)
      result.set(
        0, held: holds ? 1 : 0, unknown: first.unknown[0] | second.unknown[0], full: 1)
    case .sum(let left, let leftFactor, let right, let rightFactor):
      guard !step.pointee.hasDenominator else { return false }
      let first = registers[places[left].register]
      let second = registers[places[right].register]
      let (value, overflows) = first.words[0].multipliedReportingOverflow(by: leftFactor)
      let (other, otherOverflows) = second.words[0].multipliedReportingOverflow(by: rightFactor)
      let (sum, sumOverflows) = value.addingReportingOverflow(other)
      guard !overflows, !otherOverflows, !sumOverflows else { return false }
      result.words[0] = sum
      result.unknown[0] = first.unknown[0] | second.unknown[0]
    case .product(let left, let right):
      guard !step.pointee.hasDenominator else { return false }
      let first = registers[places[left].register]
      let second = registers[places[right].register]
      let (value, overflows) = first.words[0].multipliedReportingOverflow(by: second.words[0])
      guard !overflows else { return false }
      result.words[0] = value
      result.unknown[0] = first.unknown[0] | second.unknown[0]
    default: return runWord(step, into: result, 1)
    }
    return true
  }

  /// The same for up to 64 rows, whose truths are in one word.
  @inline(__always)
  func runWord(
    _ step: UnsafePointer<MachineStep<Word>>, into result: Register<Word>, _ count: Int
  ) -> Bool {
    let full = fullWord(count)
    switch step.pointee.operation {
    case .and(let operands):
      var (holds, fails): (UInt64, UInt64) = (full, 0)
      for index in operands.positions {
        holds &= yes(program.operands[index])[0]
        fails |= no(program.operands[index])[0]
      }
      result.yes[0] = holds
      result.no[0] = fails
    case .or(let operands):
      var (holds, fails): (UInt64, UInt64) = (0, full)
      for index in operands.positions {
        holds |= yes(program.operands[index])[0]
        fails &= no(program.operands[index])[0]
      }
      result.yes[0] = holds
      result.no[0] = fails
    default: return false
    }
    return true
  }

  /// The word of a column in the row, or in the only member, that is under way, and 1 where it is
  /// unknown.
  @inline(__always)
  private func cell(
    _ position: Int, _ list: Int?, _ chunk: borrowing ColumnChunk
  ) -> (word: Int64, unknown: UInt64) {
    if let list {
      let storage = program.layout.storage[list]
      return chunk.members[storage].cell(position, range(of: list).lowerBound)
    }
    return chunk.rows.cell(position, firstRow)
  }
}

extension ColumnTable {
  /// A column's word in a row, and 1 where it is unknown.
  @inline(__always)
  fileprivate func cell(_ column: Int, _ row: Int) -> (word: Int64, unknown: UInt64) {
    (
      words[column * capacity + row],
      unknown[column * stride + row / 64] >> UInt64(row % 64) & 1
    )
  }
}

extension ConstantTest {
  /// Whether a word passes it.
  @inline(__always)
  func holds(_ word: Word) -> Bool {
    switch self {
    case .atMost(let bound): word <= bound
    case .atLeast(let bound): word >= bound
    case .equal(let bound): word == bound
    case .notEqual(let bound): word != bound
    case .always(let value): value
    }
  }
}
