// Ledgers as files: making, opening and locking them, and reading their bytes.

import Glibc
package import ProvisoLedger
package import ProvisoLog

extension Files {
  /// Makes a ledger where no file is, and signs its first checkpoint.
  package func makeLedger(
    named name: String, key: SigningKey, now: String
  ) throws(LedgerAccessFailure) {
    let path = try ledgerPath(name)
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw LedgerAccessFailure(
          "there is a file `\(name)` already, and a ledger is never made over one")
      }
      throw LedgerAccessFailure(failure(name, errno, isWriting: true))
    }
    close(descriptor)
    do throws(LedgerFailure) {
      try Ledger.create(
        path: path,
        record: LedgerRecord(key: key.verifier, created: now, engine: engineVersion), key: key)
    } catch {
      // What was begun holds nothing yet.
      for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
      throw LedgerAccessFailure(error, ledger: name)
    }
  }

  /// Opens a ledger for reading.
  ///
  /// Others may be writing to it. Where neither it nor its folder may be written, it is read as
  /// the file that it is, which SQLite can only do while nobody writes.
  package func openLedger(named name: String) throws(LedgerAccessFailure) -> Ledger {
    let path = try existingLedger(name)
    let (folder, _) = splitPath(path)
    let isWritable =
      access(path, W_OK) == 0 && access(folder.isEmpty ? "." : folder, W_OK) == 0
    let isQuiet = access(path + "-wal", F_OK) != 0
    return try onLedger(name) { () throws(LedgerFailure) in
      try Ledger(path: path, isWritable || !isQuiet ? .read : .readUnchanging)
    }
  }

  /// Opens a ledger for writing to it; whoever calls holds its lock.
  func openLedgerForWriting(named name: String) throws(LedgerAccessFailure) -> Ledger {
    let path = try existingLedger(name)
    return try onLedger(name) { () throws(LedgerFailure) in try Ledger(path: path, .write) }
  }

  /// Verifies a ledger: all that it holds, and every byte of its file where nobody is writing.
  package func verifyLedger(
    named name: String, _ knowledge: VerificationKnowledge
  ) throws(LedgerAccessFailure) -> VerificationResult {
    let path = try existingLedger(name)
    var result = VerificationResult()
    do throws(LedgerAccessFailure) {
      let ledger = try openLedger(named: name)
      result = try onLedger(name) { () throws(LedgerFailure) in try ledger.verify(knowledge) }
    } catch {
      // A file that cannot be read as a ledger is the very thing that is looked for here.
      switch error.cause {
      case .damaged(let place, let what): result.add(LedgerFinding(.wrong, place, what))
      case .notALedger(let why): result.add(LedgerFinding(.wrong, "the file", why))
      default: throw error
      }
    }
    for finding in try fileFindings(path, name, result) { result.add(finding) }
    return result
  }

  private func fileFindings(
    _ path: String, _ name: String, _ result: VerificationResult
  ) throws(LedgerAccessFailure) -> [LedgerFinding] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LedgerAccessFailure(failure(name, errno)) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0, access(path + "-wal", F_OK) != 0 else {
      return [
        LedgerFinding(
          .remark, "the file",
          "another process uses it, so the bytes between its rows were not looked at")
      ]
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw LedgerAccessFailure(failure(name, errno)) }
    let pages = FilePages(byteCount: Int(status.st_size)) { offset, count in
      [UInt8](unsafeUninitializedCapacity: max(count, 1)) { buffer, initialized in
        let got = pread(descriptor, buffer.baseAddress, count, off_t(offset))
        initialized = max(got, 0)
      }
    }
    return walkPages(of: pages, writtenBy: result.sqliteVersions)
  }

  // MARK: The lock

  /// Runs a body while this process is the only one that records in a ledger.
  ///
  /// The lock is the operating system's and goes with the process, however that ends.
  ///
  /// - Parameter isWaiting: Called once, when another process holds the lock.
  func withLedgerLock<Success>(
    _ name: String, isWaiting: () -> Void,
    _ body: () throws(LedgerAccessFailure) -> Success
  ) throws(LedgerAccessFailure) -> Success {
    let path = try existingLedger(name)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LedgerAccessFailure(failure(name, errno)) }
    // Closed behind the body: closing it ends the locks that SQLite holds on the same file.
    defer { close(descriptor) }
    var tries = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw LedgerAccessFailure(failure(name, errno))
      }
      tries += 1
      if tries == 20 { isWaiting() }
      guard tries < Files.lockTries else {
        throw LedgerAccessFailure(
          "the ledger `\(name)` is held by another process, which has not let it go in ten minutes")
      }
      usleep(50_000)
    }
    return try body()
  }

  /// Twenty a second, for ten minutes.
  private static let lockTries = 12_000

  /// Whether some process holds a ledger's lock.
  package func isLedgerLocked(_ name: String) -> Bool {
    guard let path = try? ledgerPath(name) else { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  func ledgerPath(_ name: String) throws(LedgerAccessFailure) -> String {
    do throws(FileFailure) { return try path(of: name) } catch { throw LedgerAccessFailure(error) }
  }

  /// The path of a ledger that is there, and is a file that may be read.
  private func existingLedger(_ name: String) throws(LedgerAccessFailure) -> String {
    let path = try ledgerPath(name)
    var status = stat()
    guard stat(path, &status) == 0 else {
      let missing = failure(name, errno)
      throw LedgerAccessFailure(
        missing.message,
        help: missing.help.isEmpty
          ? ["`proviso ledger init --ledger \(name) --key KEYFILE` makes one"] : missing.help)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw LedgerAccessFailure("`\(name)` is not a file, so it is not a ledger")
    }
    guard access(path, R_OK) == 0 else { throw LedgerAccessFailure(failure(name, errno)) }
    return path
  }
}
