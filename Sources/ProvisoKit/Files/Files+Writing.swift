// Writes files whole or not at all.

import Glibc

extension Files {
  /// Writes a file so that a reader sees the old contents or the new, never a part.
  ///
  /// The bytes go to a new file in the same folder, which then takes the name. A link is followed
  /// to the file it stands for, and an existing file keeps its mode. A pipe or a device cannot be
  /// replaced and is written to.
  package func write(_ bytes: [UInt8], to name: String) throws(FileFailure) {
    var target = try path(of: name)
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw FileFailure(name: name, cause: .isFolder, isWriting: true)
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      let descriptor = open(target, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure(name, errno, isWriting: true) }
      defer { close(descriptor) }
      if let code = writeAll(bytes, to: descriptor) {
        throw failure(name, code, isWriting: true)
      }
      return
    }
    if exists {
      // Renaming ignores the file's own mode, so it is asked for first.
      guard access(target, W_OK) == 0 else { throw failure(name, errno, isWriting: true) }
      if let resolved = realpath(target, nil) {
        target = String(cString: resolved)
        free(resolved)
      }
    }
    try replace(target, named: name, with: bytes, mode: exists ? status.st_mode & 0o7777 : nil)
  }

  private func replace(
    _ target: String, named name: String, with bytes: [UInt8], mode: mode_t?
  ) throws(FileFailure) {
    let (folder, base) = splitPath(target)
    let hidden = ".\(base.prefix(100)).\(getpid()).partial"
    let draft = folder.isEmpty ? hidden : folder + "/" + hidden
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(name, errno, isWriting: true) }
    var code = writeAll(bytes, to: descriptor)
    if code == nil, let mode, fchmod(descriptor, mode) != 0 { code = errno }
    if code == nil, fsync(descriptor) != 0 { code = errno }
    if close(descriptor) != 0, code == nil { code = errno }
    if code == nil, rename(draft, target) != 0 { code = errno }
    if let code {
      unlink(draft)
      throw failure(name, code, isWriting: true)
    }
  }
}

/// Writes all bytes to an open descriptor; the error number where it fails.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress
      let count = Glibc.write(descriptor, start, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
