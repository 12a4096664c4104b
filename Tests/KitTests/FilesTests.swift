// Files: what is read, what is refused and how, and that nothing is ever half written.

import Foundation
import ProvisoKit
import Testing

@Suite struct FilesTests {
  @Test func readsAFileAsItIs() throws {
    let folder = try ScratchFolder()
    let bytes: [UInt8] = [0, 255, 13, 10, 0xC3]
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/raw"))
    #expect(try folder.files.read("raw", limitBytes: 5) == bytes)
    #expect(try folder.files.read(folder.path + "/raw", limitBytes: 5) == bytes)
    try folder.write("", to: "empty")
    #expect(try folder.files.read("empty", limitBytes: 0) == [])
  }

  @Test func readsAPipeToItsEndAndNoFurtherThanTheLimit() throws {
    let folder = try ScratchFolder()
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    let path = folder.path + "/pipe"
    for (count, isRead) in [(200_000, true), (200_001, false)] {
      let writer = Thread {
        let handle = FileHandle(forWritingAtPath: path)
        try? handle?.write(contentsOf: Data(repeating: 7, count: count))
        try? handle?.close()
      }
      signal(SIGPIPE, SIG_IGN)
      writer.start()
      let bytes = try? folder.files.read("pipe", limitBytes: 200_000)
      #expect(bytes?.count == (isRead ? count : nil))
    }
  }

  @Test func refusesWhatIsTooLarge() throws {
    let folder = try ScratchFolder()
    try folder.write(String(repeating: "x", count: 1 << 20) + "x", to: "big")
    let failure = fileFailure { () throws(FileFailure) in
      try folder.files.read("big", limitBytes: 1 << 20)
    }
    #expect(failure?.cause == .tooLarge(limitBytes: 1 << 20))
    #expect(failure?.message == "`big` is larger than 1 MiB")
  }

  struct Absence: Sendable, CustomTestStringConvertible {
    let name: String
    let cause: FileFailure.Cause
    var testDescription: String { name }
  }

  @Test(arguments: [
    Absence(name: "recovry.proviso", cause: .notFound(nearest: "recovery.proviso")),
    Absence(name: "lists/eu-list.cvs", cause: .notFound(nearest: "lists/eu-list.csv")),
    Absence(name: "./recovery.provisi", cause: .notFound(nearest: "./recovery.proviso")),
    Absence(name: "something else entirely", cause: .notFound(nearest: nil)),
    Absence(name: "list/eu-list.csv", cause: .noFolder("list")),
    Absence(name: "recovery.proviso/x", cause: .isNotFolder),
    Absence(name: "lists", cause: .isFolder),
    Absence(name: "", cause: .badName),
    Absence(name: "a\0b", cause: .badName),
  ])
  func saysWhyThereIsNothingToRead(_ absence: Absence) throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "recovery.proviso")
    try folder.write("", to: "lists/eu-list.csv")
    let failure = fileFailure { () throws(FileFailure) in
      try folder.files.read(absence.name, limitBytes: 10)
    }
    #expect(failure?.cause == absence.cause)
    #expect(failure?.message.contains("`\(absence.name)`") == true)
  }

  @Test func saysThatAFileMayNotBeRead() throws {
    // The superuser may read everything, so there is nothing to see as one.
    guard geteuid() != 0 else { return }
    let folder = try ScratchFolder()
    try folder.write("secret", to: "locked")
    chmod(folder.path + "/locked", 0)
    let failure = fileFailure { () throws(FileFailure) in
      try folder.files.read("locked", limitBytes: 10)
    }
    #expect(failure?.cause == .notPermitted)
  }

  @Test func writesWholeFilesAndLeavesNothingBehind() throws {
    let folder = try ScratchFolder()
    try folder.files.write(Array("first".utf8), to: "out.json")
    #expect(try folder.text(of: "out.json") == "first")
    chmod(folder.path + "/out.json", 0o640)
    try folder.files.write(Array("second".utf8), to: "out.json")
    #expect(try folder.text(of: "out.json") == "second")
    #expect(try folder.everything() == ["out.json"])
    var status = stat()
    #expect(stat(folder.path + "/out.json", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test func writesThroughALink() throws {
    let folder = try ScratchFolder()
    try folder.write("old", to: "real/target")
    #expect(symlink("real/target", folder.path + "/link") == 0)
    try folder.files.write(Array("new".utf8), to: "link")
    #expect(try folder.text(of: "real/target") == "new")
    var status = stat()
    #expect(lstat(folder.path + "/link", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func refusesToWriteWhereItCannot() throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "folder/inside")
    let onFolder = fileFailure { () throws(FileFailure) in
      try folder.files.write([1], to: "folder")
    }
    #expect(onFolder?.cause == .isFolder)
    let nowhere = fileFailure { () throws(FileFailure) in
      try folder.files.write([1], to: "missing/out")
    }
    #expect(nowhere?.cause == .noFolder("missing"))
    #expect(try folder.everything() == ["folder"])
  }

  @Test func walksAFolderInTheOrderOfItsNames() throws {
    let folder = try ScratchFolder()
    for name in ["b/z.proviso", "b/a.proviso.md", "a.proviso", "b/readme.md", ".hidden/x.proviso"] {
      try folder.write("", to: name)
    }
    #expect(symlink(folder.path, folder.path + "/b/loop") == 0)
    #expect(
      try folder.files.rulesets(under: ".") == ["./a.proviso", "./b/a.proviso.md", "./b/z.proviso"])
    #expect(folder.files.isFolder("b"))
    #expect(!folder.files.isFolder("a.proviso"))
    #expect(!folder.files.isFolder("missing"))
  }
}
