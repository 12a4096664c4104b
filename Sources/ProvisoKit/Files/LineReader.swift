// Reads a file line by line, so that a portfolio of any size needs the memory of one line.

import Glibc

/// One line of a file, counted from 1.
package enum FileLine: Sendable {
  case line(Int, [UInt8])
  /// A line over the limit; it was passed over to its end.
  case tooLong(Int)
  /// A row of a table that stands for no contract, with the reason.
  case broken(Int, String)
}

/// The lines of a file or of bytes at hand, in order, without their line ends.
package final class LineReader {
  /// As it was named.
  let name: String
  private let limitBytes: Int
  private let descriptor: Int32?
  private var buffer: [UInt8]
  private var position = 0
  private var number = 0
  private var isAtEnd: Bool
  /// The rows of a table, where the lines are made out of them.
  private let table: CsvPieces?

  private static let pieceBytes = 1 << 18

  /// Reads from a file.
  package init(
    _ name: String, from files: Files, limitBytes: Int = Files.contractLimitBytes
  ) throws(FileFailure) {
    let path = try files.path(of: name)
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw files.failure(name, errno) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(opened)
      throw FileFailure(name: name, cause: .isFolder)
    }
    self.name = name
    self.limitBytes = limitBytes
    descriptor = opened
    buffer = []
    isAtEnd = false
    table = nil
  }

  /// The line given last as a contract: its bytes, or the rows of a table that it stands for.
  package func contract(_ line: [UInt8]) -> ContractText {
    let rows = table?.contractRows ?? []
    return ContractText(json: line, rows: rows.isEmpty ? nil : rows)
  }

  /// The rows of a table, as the lines they stand for.
  package init(_ table: CsvPieces, named name: String) {
    self.name = name
    limitBytes = Files.contractLimitBytes
    descriptor = nil
    buffer = []
    isAtEnd = true
    self.table = table
  }

  /// Reads from bytes at hand.
  package init(_ bytes: [UInt8], named name: String, limitBytes: Int = Files.contractLimitBytes) {
    self.name = name
    self.limitBytes = limitBytes
    descriptor = nil
    buffer = bytes
    isAtEnd = true
    table = nil
  }

  deinit {
    if let descriptor { close(descriptor) }
  }

  /// The next line; nil behind the last.
  package func next() throws(FileFailure) -> FileLine? {
    if let table {
      let line = table.nextLine()
      if line == nil, let failure = table.failure { throw failure }
      return line
    }
    var isTooLong = false
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        number += 1
        let line = Array(buffer[position..<end])
        position = end + 1
        return isTooLong || line.count > limitBytes ? .tooLong(number) : .line(number, line)
      }
      if isAtEnd {
        guard isTooLong || position < buffer.count else { return nil }
        number += 1
        let line = Array(buffer[position...])
        position = buffer.count
        return isTooLong || line.count > limitBytes ? .tooLong(number) : .line(number, line)
      }
      // Of a line that is too long nothing needs to be kept.
      if isTooLong || buffer.count - position > limitBytes {
        isTooLong = true
        position = buffer.count
      }
      buffer.removeFirst(position)
      position = 0
      searched = buffer.count
      try fill()
    }
  }

  private func fill() throws(FileFailure) {
    guard let descriptor else {
      isAtEnd = true
      return
    }
    var code: Int32?
    let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceBytes) { piece, count in
      var got = Glibc.read(descriptor, piece.baseAddress, piece.count)
      while got < 0, errno == EINTR {
        got = Glibc.read(descriptor, piece.baseAddress, piece.count)
      }
      if got < 0 { code = errno }
      count = max(got, 0)
    }
    if let code { throw Files().failure(name, code) }
    if piece.isEmpty { isAtEnd = true }
    buffer += piece
  }
}
