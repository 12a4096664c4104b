// A folder of a test's own, gone when the test is over.

import Foundation
import ProvisoKit

/// A fresh folder for one test.
final class ScratchFolder {
  /// Its path.
  let path: String

  /// Makes it.
  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("proviso-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The files as seen from it.
  var files: Files { Files(folder: path) }

  /// Puts a file into it, with the folders it needs.
  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// The text of a file in it.
  func text(of name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  /// Every name in it, hidden ones too.
  func everything() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// The failure of a body that should fail with one.
func fileFailure<Result>(_ body: () throws(FileFailure) -> Result) -> FileFailure? {
  do throws(FileFailure) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
