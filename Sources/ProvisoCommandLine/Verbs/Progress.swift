// How far a long run is, told to whoever watches it.

import ProvisoKit

/// A line that tells how far a run is, written over itself; only on a terminal.
final class Progress {
  private let console: any Console
  private let isShown: Bool
  private let size: Int
  private let start = Surroundings.milliseconds()
  private var last: Int
  private var isWritten = false

  /// Milliseconds between two lines.
  private static let interval = 500

  /// - Parameter name: The file, whose size tells how much is left.
  init(of name: String, on console: any Console) {
    self.console = console
    isShown = console.showsProgress
    size = console.files.size(of: name) ?? 0
    last = start
  }

  /// Tells how far it is, unless that was told just now.
  func tell(_ bytes: Int, _ contracts: Int) {
    guard isShown else { return }
    let now = Surroundings.milliseconds()
    guard now - last >= Self.interval else { return }
    last = now
    let spent = now - start
    var words = "\(contracts) contracts, \(contracts * 1_000 / max(1, spent)) a second"
    if size > bytes, bytes >> 10 > 0 {
      let left = spent * ((size - bytes) >> 10) / (bytes >> 10) / 1_000
      words += ", \((bytes >> 10) * 100 / max(1, size >> 10)) %, \(left + 1) s left"
    }
    isWritten = true
    console.write("\r\u{1B}[K\(words)", to: .errors)
  }

  /// Takes the line away.
  func end() {
    if isWritten { console.write("\r\u{1B}[K", to: .errors) }
  }
}
