// Folders that a test may change.

import Foundation

/// A folder of a test's own, which is removed with the value that made it.
final class SampleFolder {
  /// Where it is.
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("proviso-\(UUID().uuidString)")

  /// An empty one.
  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// One with the files of a sample, or of all samples.
  init(copying name: String) throws {
    let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Samples").appendingPathComponent(name)
    try FileManager.default.copyItem(at: samples, to: url)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
