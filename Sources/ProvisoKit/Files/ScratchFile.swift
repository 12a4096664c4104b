// A file without a name, for what a run does not keep in memory.

import Glibc

/// Words on a disk, for as long as this lives.
///
/// The file is taken out of its folder as soon as it is open, so that nothing of it stays, however
/// the process ends.
final class ScratchFile {
  private let descriptor: Int32
  private let files: Files
  private let limitWords: Int
  private(set) var wordCount = 0

  /// Opens one in the folder for what is passing; nil where that cannot be done.
  ///
  /// - Parameter limitWords: How many words it takes at most.
  init?(_ files: Files, limitWords: Int = .max) {
    self.limitWords = limitWords
    var path = Array("\(files.scratchFolder)/proviso.XXXXXX".utf8CString)
    descriptor = path.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    self.files = files
    guard descriptor >= 0 else { return nil }
    path.withUnsafeBufferPointer { _ = $0.baseAddress.map { unlink($0) } }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds words at the end; false where they could not all be written, and none then counts.
  func append(_ words: ArraySlice<UInt64>) -> Bool {
    guard words.count <= limitWords - wordCount else { return false }
    let start = wordCount * 8
    let isWhole = words.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
        let count = pwrite(descriptor, rest.baseAddress, rest.count, start + written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
    if isWhole { wordCount += words.count }
    return isWhole
  }

  /// The words of some places.
  func words(_ places: Range<Int>) throws(FileFailure) -> [UInt64] {
    var code: Int32?
    let words = [UInt64](unsafeUninitializedCapacity: places.count) { room, filled in
      let bytes = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(room)[..<(places.count * 8)])
      var got = 0
      while got < bytes.count, code == nil {
        let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[got...])
        let count = pread(descriptor, rest.baseAddress, rest.count, places.lowerBound * 8 + got)
        if count > 0 {
          got += count
        } else if count == 0 || errno != EINTR {
          code = count == 0 ? EIO : errno
        }
      }
      filled = got / 8
    }
    if let code { throw files.failure(files.scratchFolder, code) }
    return words
  }
}
