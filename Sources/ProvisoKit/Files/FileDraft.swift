// Writes a file piece by piece that nevertheless appears whole or not at all.

import Glibc

/// A file under construction beside the one it will take the place of.
///
/// Until `finish` the old contents stay; a draft that is given up leaves nothing behind.
package final class FileDraft {
  private let name: String
  private let files: Files
  private let target: String
  private let draft: String?
  private let mode: mode_t?
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var isFinished = false

  /// Begins a file. A pipe or a device cannot be replaced and is written to.
  package init(_ name: String, in files: Files) throws(FileFailure) {
    var target = try files.path(of: name)
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw FileFailure(name: name, cause: .isFolder, isWriting: true)
    }
    self.name = name
    self.files = files
    if exists, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
      draft = nil
      mode = nil
    } else {
      if exists {
        guard access(target, W_OK) == 0 else { throw files.failure(name, errno, isWriting: true) }
        if let resolved = realpath(target, nil) {
          target = String(cString: resolved)
          free(resolved)
        }
      }
      let (folder, base) = splitPath(target)
      let hidden = ".\(base.prefix(100)).\(getpid()).partial"
      let path = folder.isEmpty ? hidden : folder == "/" ? "/" + hidden : folder + "/" + hidden
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      draft = path
      mode = exists ? status.st_mode & 0o7777 : nil
    }
    self.target = target
    guard descriptor >= 0 else {
      isFinished = true
      throw files.failure(name, errno, isWriting: true)
    }
  }

  deinit {
    guard !isFinished else { return }
    close(descriptor)
    if let draft { unlink(draft) }
  }

  /// Adds text.
  package func write(_ text: String) throws(FileFailure) { try write(Array(text.utf8)) }

  /// Adds bytes.
  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    pending += bytes
    if pending.count >= 1 << 16 { try flush() }
  }

  private func flush() throws(FileFailure) {
    if let code = writeAll(pending, to: descriptor) {
      throw files.failure(name, code, isWriting: true)
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Puts the file in its place.
  package func finish() throws(FileFailure) {
    try flush()
    var code: Int32?
    if let mode, fchmod(descriptor, mode) != 0 { code = errno }
    if code == nil, draft != nil, fsync(descriptor) != 0 { code = errno }
    if close(descriptor) != 0, code == nil { code = errno }
    isFinished = true
    if code == nil, let draft, rename(draft, target) != 0 { code = errno }
    guard let code else { return }
    if let draft { unlink(draft) }
    throw files.failure(name, code, isWriting: true)
  }
}
