// Why a ledger could not be read or written.

package import ProvisoLog

/// What stood in the way of using a ledger.
package enum LedgerFailure: Error, Hashable, Sendable {
  /// The file is not a ledger of ours; what it is, or what is wrong with it.
  case notALedger(String)
  /// It was made by a later version: its schema, and the one this version knows.
  case newerSchema(Int, known: Int)
  /// Something in it cannot be right: where, and what.
  case damaged(place: String, String)
  /// Another process holds it.
  case busy
  /// The disk, or the quota, is full.
  case full
  /// It may not be written.
  case readOnly
  /// There is no entry, run or checkpoint of that number.
  case absent(String)
  /// The key is not the ledger's: the key's name and the ledger's.
  case wrongKey(String, ledger: String)
  /// Something to be recorded is not what a ledger can hold.
  case notRecordable(String)
  /// A run that was cut off cannot be gone on with: why.
  case notResumable(String)
  /// SQLite could not do something, in its own words.
  case system(String)
  /// libcrypto failed.
  case crypto(CryptoFailure)

  /// What is wrong, in one lower-case sentence without a full stop.
  package var message: String {
    switch self {
    case .notALedger(let why): "it is not a ledger: \(why)"
    case .newerSchema(let found, let known):
      "it was made by a later version of Proviso (schema \(found); this one knows \(known))"
    case .damaged(let place, let what): "\(place): \(what)"
    case .busy: "another process is writing to it"
    case .full: "the disk is full: nothing of this step was recorded"
    case .readOnly: "it may not be written"
    case .absent(let what): "there is no \(what) in it"
    case .wrongKey(let name, let ledger):
      "the key `\(name)` is not that of the ledger, which is signed by `\(ledger)`"
    case .notRecordable(let why), .notResumable(let why): why
    case .system(let words): words
    case .crypto(let failure): failure.what
    }
  }
}

/// Runs a body that hashes or signs, its failure being told as the ledger's.
func hashing<Success: ~Copyable>(
  _ body: () throws(CryptoFailure) -> Success
) throws(LedgerFailure) -> Success {
  do throws(CryptoFailure) { return try body() } catch { throw .crypto(error) }
}

/// Runs a body that may fail and keeps its failure as a value, where a closure cannot throw it.
func attempt<Success, Failure: Error>(
  _ body: () throws(Failure) -> Success
) -> Result<Success, Failure> {
  do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
}
