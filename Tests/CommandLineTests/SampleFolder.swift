// Folders of samples that a test may change.

import Foundation

/// A folder of its own with the files of a sample.
func copyOfSamples(_ name: String) throws -> URL {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("proviso-\(UUID().uuidString)")
  let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Samples/\(name)")
  try FileManager.default.copyItem(at: samples, to: folder)
  return folder
}
