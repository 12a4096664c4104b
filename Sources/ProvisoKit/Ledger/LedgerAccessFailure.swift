// Why a ledger, a key or a proof could not be used, in words for whoever called.

package import ProvisoLedger
import ProvisoLog

/// A ledger, a key, a checkpoint or a proof that could not be used.
package struct LedgerAccessFailure: Error, Hashable, Sendable {
  /// What is wrong, in one lower-case sentence without a full stop.
  package let message: String
  /// What to do next, one suggestion a line.
  package let help: [String]
  /// What the ledger itself said, where it did.
  package let cause: LedgerFailure?

  /// A failure in words.
  package init(_ message: String, help: [String] = []) {
    self.message = message
    self.help = help
    cause = nil
  }

  /// What a ledger of a name says.
  package init(_ failure: LedgerFailure, ledger name: String) {
    cause = failure
    switch failure {
    case .wrongKey, .notRecordable, .notResumable, .crypto: message = failure.message
    case .readOnly: message = "the ledger `\(name)` may not be written"
    case .busy: message = "the ledger `\(name)` is held by another process"
    case .full:
      message = "the disk of the ledger `\(name)` is full: what was committed before stays"
    default: message = "the ledger `\(name)`: \(failure.message)"
    }
    help =
      switch failure {
      case .damaged: ["`proviso ledger verify --ledger \(name)` looks at all of it"]
      case .newerSchema: ["use the version of Proviso that it was made with, or a later one"]
      case .wrongKey: ["`--key FILE` takes the key that the ledger was made with"]
      case .notResumable:
        [
          "`proviso ledger runs --ledger \(name)` tells which run was cut off, and how it began",
          "without `--resume` a run of its own is recorded, and the one that was cut off is closed",
        ]
      case .full: ["make room, then run the same command again"]
      default: []
      }
  }

  init(_ failure: FileFailure) {
    message = failure.message
    help = failure.help
    cause = nil
  }

  init(_ failure: CryptoFailure) {
    self.init(failure.what)
  }
}

/// Runs a body on a ledger of a name.
func onLedger<Success>(
  _ name: String, _ body: () throws(LedgerFailure) -> Success
) throws(LedgerAccessFailure) -> Success {
  do throws(LedgerFailure) { return try body() } catch {
    throw LedgerAccessFailure(error, ledger: name)
  }
}

func withCrypto<Success>(
  _ body: () throws(CryptoFailure) -> Success
) throws(LedgerAccessFailure) -> Success {
  do throws(CryptoFailure) { return try body() } catch { throw LedgerAccessFailure(error) }
}
