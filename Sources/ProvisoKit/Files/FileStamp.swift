// Whether a file is still the one that it was, without reading it again.

import Glibc

/// What the operating system says of a file's bytes: which file it is, its size, and when it was
/// last written or changed, to the nanosecond.
package struct FileStamp: Hashable, Sendable {
  private let numbers: [Int]

  fileprivate init(_ status: stat) {
    numbers = [
      Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino),
      Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
      status.st_ctim.tv_nsec,
    ]
  }
}

extension Files {
  /// The stamp of a file; nil where there is none, or it is no file that can be read twice.
  package func stamp(of name: String) -> FileStamp? {
    guard let path = try? path(of: name) else { return nil }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileStamp(status)
  }
}
