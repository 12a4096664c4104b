// A portfolio checked line by line by the interpreter: several threads, answers in file order.

import ProvisoKit
import ProvisoModel
import ProvisoReports

/// A portfolio that is being checked.
final class BatchChecking {
  private let lines: LineReader
  private let shown: String
  private let threads: Int
  private let progress: Progress
  private(set) var run: PortfolioRun
  private(set) var files: BatchFiles
  private(set) var status = ExitStatus.good
  private(set) var readCount = 0
  private(set) var rejectedCount = 0
  /// The first bytes of the first line.
  private(set) var opening: [UInt8] = []
  /// Why reading ended before the last line.
  private var readFailure: CallFailure?

  init(
    lines: LineReader, shown: String, run: consuming PortfolioRun, files: BatchFiles, threads: Int,
    progress: Progress
  ) {
    self.lines = lines
    self.shown = shown
    self.run = run
    self.files = files
    self.threads = threads
    self.progress = progress
  }

  /// Takes the verdict of a version on a contract.
  typealias Take = (ContractVerdict, _ edition: Int, ContractText) throws(CallFailure) -> Void

  /// Lines that one thread examines together, each with the contract that it is the text of.
  private struct Piece: Sendable {
    var lines: [(line: FileLine, text: ContractText)] = []
    var byteCount = 0
    /// As many as keep a thread busy for longer than it takes to hand them over, and no more bytes
    /// than all threads together can hold.
    var isFull: Bool { lines.count >= 64 || byteCount >= 1 << 18 }
  }

  /// Checks all lines, by several threads; verdicts are handed over in the order of the file.
  func checkAll(_ take: @escaping Take) throws(CallFailure) {
    let examiner = run.examiner
    let shown = shown
    var failure: CallFailure?
    var byteCount = 0
    workInOrder(
      threads: threads,
      next: { self.nextPiece() },
      makeWorker: {},
      work: { (_, piece: Piece) in
        (
          piece.lines.map { (line: examiner.examine($0.line, of: shown), text: $0.text) },
          piece.byteCount
        )
      },
      finish: { found, count in
        do throws(CallFailure) {
          for (line, text) in found {
            if let line { try self.finish(line, text, take) }
          }
        } catch { failure = error }
        byteCount += count
        self.progress.tell(byteCount, self.readCount)
        return failure == nil
      })
    progress.end()
    if let failure = failure ?? readFailure { throw failure }
  }

  /// The next lines; nil behind the last, and behind those that were read before a failure.
  private func nextPiece() -> Piece? {
    guard readFailure == nil else { return nil }
    var piece = Piece()
    do throws(FileFailure) {
      while !piece.isFull, let line = try lines.next() {
        var bytes: [UInt8] = []
        if case .line(_, let found) = line { bytes = found }
        if opening.isEmpty { opening = Array(bytes.prefix(64)) }
        piece.byteCount += bytes.count + 1
        piece.lines.append((line, lines.contract(bytes)))
      }
    } catch { readFailure = CallFailure(error) }
    return piece.lines.isEmpty ? nil : piece
  }

  private func finish(
    _ line: ExaminedLine, _ text: ContractText, _ take: Take
  ) throws(CallFailure) {
    let found: ExitStatus
    switch run.take(line) {
    case .verdict(let verdict, let edition):
      readCount += 1
      found = ExitStatus(verdict)
      if run.isListed(verdict, edition: edition) { try files.write(verdict, edition: edition) }
      try take(verdict, edition, text)
    case .rejected(let contract):
      rejectedCount += 1
      found = .notGoverned
      try files.write(contract)
    }
    if let failure = run.failure { throw CallFailure(failure) }
    if found.isWorse(than: status) { status = found }
  }

  /// Makes the files appear.
  func finishFiles() throws(CallFailure) { try files.finish() }
}
