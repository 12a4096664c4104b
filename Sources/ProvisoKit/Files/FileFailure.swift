// Why a file could not be read or written, and what to do about it.

/// A file that could not be read or written.
public struct FileFailure: Error, Hashable, Sendable {
  /// What stood in the way.
  public enum Cause: Hashable, Sendable {
    /// There is no file of this name; the nearest name in its folder, if one is near.
    case notFound(nearest: String?)
    /// Not even the folder it should be in exists; the folder as it was named.
    case noFolder(String)
    /// It is a folder where a file is needed, or a file where a folder is.
    case isFolder, isNotFolder
    /// The operating system does not let this user read or write it.
    case notPermitted
    /// It holds more than the limit, in bytes.
    case tooLarge(limitBytes: Int)
    /// The name is empty or has a zero byte in it.
    case badName
    /// What it holds is wrong: the line, what is wrong with it, and what to write instead.
    case malformed(line: Int, String, String)
    /// Anything else, in the operating system's words.
    case system(String)
  }

  /// The file as it was named.
  public let name: String
  /// What stood in the way.
  public let cause: Cause
  /// Whether it was to be written, not read.
  public let isWriting: Bool

  /// Says what stood in the way of reading or writing a file.
  public init(name: String, cause: Cause, isWriting: Bool = false) {
    self.name = name
    self.cause = cause
    self.isWriting = isWriting
  }

  /// What is wrong, in one lower-case sentence without a full stop.
  public var message: String {
    switch cause {
    case .notFound: "there is no file `\(name)`"
    case .noFolder(let folder): "there is no folder `\(folder)`, so no file `\(name)`"
    case .isFolder: "`\(name)` is a folder, and a file is needed here"
    case .isNotFolder: "a part of the path `\(name)` is a file, not a folder"
    case .notPermitted:
      isWriting
        ? "`\(name)` may not be written: permission denied"
        : "`\(name)` may not be read: permission denied"
    case .tooLarge(let limit): "`\(name)` is larger than \(limit >> 20) MiB"
    case .badName: "`\(name)` cannot be the name of a file"
    case .malformed(let line, let words, _): "`\(name)`, line \(line): \(words)"
    case .system(let words):
      isWriting ? "`\(name)` cannot be written: \(words)" : "`\(name)` cannot be read: \(words)"
    }
  }

  /// What to do next; empty where there is nothing to add.
  public var help: [String] {
    switch cause {
    case .notFound(let nearest?): ["did you mean `\(nearest)`?"]
    case .tooLarge: ["a ruleset, a list or a contract of this size is probably the wrong file"]
    case .malformed(_, _, let help): [help]
    case .notFound, .noFolder, .isFolder, .isNotFolder, .notPermitted, .badName, .system: []
    }
  }

  /// The reason in a few words, for a message that already names the file.
  package var shortReason: String {
    switch cause {
    case .notFound, .noFolder: "there is no such file"
    case .isFolder: "it is a folder"
    case .isNotFolder: "a part of its path is a file"
    case .notPermitted: "permission denied"
    case .tooLarge(let limit): "it is larger than \(limit >> 20) MiB"
    case .badName: "this cannot be the name of a file"
    case .malformed(let line, let words, _): "line \(line): \(words)"
    case .system(let words): words
    }
  }
}
