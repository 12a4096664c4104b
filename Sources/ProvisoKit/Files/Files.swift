// Reads files and folders: the only place where Proviso looks at a disk.

import Glibc
import ProvisoSource

/// The files of this machine, as seen from one folder.
public struct Files: Sendable {
  /// The folder that relative names start from; nil: the process's own.
  package let folder: String?
  /// Where to put what lasts no longer than a run.
  package let scratchFolder: String

  /// Sees files from a folder; without one, from where the process stands.
  public init(folder: String? = nil, scratchFolder: String = "/tmp") {
    self.folder = folder
    self.scratchFolder = scratchFolder
  }

  /// The most bytes a ruleset, or a list it reads, may have.
  package static let rulesetLimitBytes = 64 << 20
  /// The most bytes a contract may have.
  package static let contractLimitBytes = 256 << 20

  /// The bytes of a file.
  ///
  /// Pipes and devices are read to their end, within the limit.
  package func read(_ name: String, limitBytes: Int) throws(FileFailure) -> [UInt8] {
    let path = try path(of: name)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(name, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(name, errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileFailure(name: name, cause: .isFolder) }
    let expected = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    guard expected <= limitBytes else {
      throw FileFailure(name: name, cause: .tooLarge(limitBytes: limitBytes))
    }
    switch readAll(from: descriptor, expectedBytes: expected, limitBytes: limitBytes) {
    case .bytes(let bytes): return bytes
    case .tooLarge: throw FileFailure(name: name, cause: .tooLarge(limitBytes: limitBytes))
    case .failed(let code): throw failure(name, code)
    }
  }

  /// Whether a name stands for a folder.
  package func isFolder(_ name: String) -> Bool {
    guard let path = try? path(of: name) else { return false }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// How many bytes a file has; nil where a name stands for no file of a size.
  package func size(of name: String) -> Int? {
    guard let path = try? path(of: name) else { return nil }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// The names in a folder, but for hidden ones, in byte order.
  package func names(in name: String) throws(FileFailure) -> [String] {
    let path = try path(of: name)
    guard let listing = opendir(path) else { throw failure(name, errno) }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !found.hasPrefix(".") { names.append(found) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The path that the operating system knows a name by.
  func path(of name: String) throws(FileFailure) -> String {
    guard !name.isEmpty, !name.utf8.contains(0) else {
      throw FileFailure(name: name, cause: .badName)
    }
    guard let folder, !name.hasPrefix("/") else { return name }
    return folder + "/" + name
  }

  /// What an error number says of a file.
  func failure(_ name: String, _ code: Int32, isWriting: Bool = false) -> FileFailure {
    let cause: FileFailure.Cause
    switch code {
    case ENOENT: cause = absence(of: name)
    case EISDIR: cause = .isFolder
    case ENOTDIR: cause = .isNotFolder
    case EACCES, EPERM: cause = .notPermitted
    default: cause = .system(String(cString: strerror(code)).lowercasedInitial)
    }
    return FileFailure(name: name, cause: cause, isWriting: isWriting)
  }

  /// Why a name is not there: its folder is not, or the folder holds others, one perhaps near.
  private func absence(of name: String) -> FileFailure.Cause {
    let (parent, base) = splitPath(name)
    guard let siblings = try? names(in: parent.isEmpty ? "." : parent) else {
      return isFolder(parent) ? .notFound(nearest: nil) : .noFolder(parent)
    }
    guard let near = nearestName(to: base, among: siblings) else { return .notFound(nearest: nil) }
    if parent.isEmpty { return .notFound(nearest: near) }
    return .notFound(nearest: parent.hasSuffix("/") ? parent + near : parent + "/" + near)
  }
}

/// What reading a descriptor to its end gives.
package enum DescriptorReading: Sendable {
  /// All that was there.
  case bytes([UInt8])
  /// More than the limit.
  case tooLarge
  /// The error number of a read that failed.
  case failed(Int32)
}

/// Reads an open descriptor to its end.
///
/// - Parameter expectedBytes: A guess of the size that saves copying; 0 where there is none.
package func readAll(
  from descriptor: Int32, expectedBytes: Int, limitBytes: Int
) -> DescriptorReading {
  var bytes: [UInt8] = []
  // One byte more than expected, so that the end is seen without another round.
  bytes.reserveCapacity(min(expectedBytes, limitBytes) + 1)
  while true {
    let room = max(bytes.capacity - bytes.count, 1 << 16)
    var failure: Int32?
    let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      var got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      while got < 0, errno == EINTR {
        got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      }
      if got < 0 { failure = errno }
      count = max(got, 0)
    }
    if let failure { return .failed(failure) }
    if piece.isEmpty { return .bytes(bytes) }
    if bytes.isEmpty { bytes = piece } else { bytes += piece }
    if bytes.count > limitBytes { return .tooLarge }
  }
}

/// The folder part of a path and the rest: `("a/b", "c")` of `a/b/c`, `("", "c")` of `c`.
package func splitPath(_ path: String) -> (folder: String, base: String) {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
  let base = String(path[path.utf8.index(after: slash)...])
  return slash == path.startIndex ? ("/", base) : (String(path[..<slash]), base)
}

extension String {
  /// The same text with a small first letter, as messages begin.
  fileprivate var lowercasedInitial: String { prefix(1).lowercased() + dropFirst() }
}
