// swift-tools-version: 6.2

// Every room of Proviso, in the order of the data flow. A room may import only what is listed
// here, so the compiler holds the one-way flow of docs/architecture.md. There are no package
// dependencies: the toolchain and C libraries that Debian keeps are all there is.

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

func room(
  _ name: String, imports: [String], settings more: [SwiftSetting] = []
) -> Target {
  .target(
    name: "Proviso\(name)",
    dependencies: imports.map { Target.Dependency(stringLiteral: $0) },
    swiftSettings: settings + more)
}

func tests(_ name: String, imports: [String], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: imports.map { Target.Dependency(stringLiteral: $0) },
    exclude: exclude,
    swiftSettings: settings)
}

let everyRoom = [
  "ProvisoQuantities", "ProvisoSource", "ProvisoModel", "ProvisoSyntax", "ProvisoChecker",
  "ProvisoContracts", "ProvisoInterpreter", "ProvisoPlan", "ProvisoBatch", "ProvisoReports",
  "ProvisoLog", "ProvisoLedger",
  "ProvisoKit",
]

let package = Package(
  name: "proviso",
  products: [.executable(name: "proviso", targets: ["proviso"])],
  targets: [
    // C libraries of the distribution.
    .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // The ground floor.
    room("Quantities", imports: ["CGMP"]),
    room("Source", imports: []),
    room("Model", imports: ["ProvisoQuantities", "ProvisoSource"]),

    // Source text to checked ruleset.
    room("Syntax", imports: ["ProvisoSource"]),
    room(
      "Checker",
      imports: ["ProvisoModel", "ProvisoQuantities", "ProvisoSource", "ProvisoSyntax"]),

    // Contract bytes to facts, by the checked ruleset's own schema.
    room("Contracts", imports: ["ProvisoModel", "ProvisoQuantities", "ProvisoSource"]),

    // Facts and checked ruleset to verdicts.
    room("Interpreter", imports: ["ProvisoModel", "ProvisoQuantities"]),

    // Checked ruleset to column operations, and these over columns of contracts.
    room("Plan", imports: ["ProvisoModel", "ProvisoQuantities"]),
    // A line being read is a value that may not outlive its bytes, and has to say so.
    room(
      "Batch", imports: ["ProvisoModel", "ProvisoPlan", "ProvisoQuantities"],
      settings: [.enableExperimentalFeature("Lifetimes")]),

    // Verdicts to explanations, in words, JSON and HTML.
    room("Reports", imports: ["ProvisoModel", "ProvisoQuantities", "ProvisoSource"]),

    // Results to a record that cannot be changed unseen: a log of bytes, and what we write in it.
    room("Log", imports: ["CCrypto"]),
    room("Ledger", imports: ["CSQLite", "CZlib", "ProvisoLog", "ProvisoReports"]),

    // The front door, and the command line behind it.
    room("Kit", imports: everyRoom.filter { $0 != "ProvisoKit" }),
    room(
      "CommandLine",
      imports: [
        "ProvisoKit", "ProvisoLedger", "ProvisoLog", "ProvisoModel", "ProvisoReports",
        "ProvisoSource",
      ]),
    .executableTarget(
      name: "proviso", dependencies: ["ProvisoCommandLine"], swiftSettings: settings),

    // Tests, one target a room, and those that walk the whole house.
    .target(
      name: "ProvisoTestSupport",
      dependencies: everyRoom.map { Target.Dependency(stringLiteral: $0) },
      path: "Tests/ProvisoTestSupport",
      swiftSettings: settings),
    // Mutated inputs through the whole pipeline, by seed; no part of the product.
    .executableTarget(
      name: "ProvisoFuzz",
      dependencies: (everyRoom + ["ProvisoTestSupport"]).map {
        Target.Dependency(stringLiteral: $0)
      },
      path: "Tests/Fuzz",
      swiftSettings: settings),
    tests("Quantities", imports: ["ProvisoQuantities", "ProvisoTestSupport"]),
    tests("Source", imports: ["ProvisoSource", "ProvisoTestSupport"]),
    tests("Syntax", imports: ["ProvisoSyntax", "ProvisoSource", "ProvisoTestSupport"]),
    tests("Checker", imports: everyRoom + ["ProvisoTestSupport"]),
    tests("Contracts", imports: everyRoom + ["ProvisoTestSupport"]),
    tests("Fuzz", imports: ["ProvisoFuzz"]),
    tests("Interpreter", imports: everyRoom + ["ProvisoTestSupport"]),
    tests(
      "Reports", imports: everyRoom + ["ProvisoTestSupport"], exclude: ["Snapshots"]),
    tests("Log", imports: ["ProvisoLog"], exclude: ["Vectors"]),
    tests(
      "Ledger",
      imports: [
        "CSQLite", "LedgerDrill", "ProvisoKit", "ProvisoLedger", "ProvisoLog", "ProvisoReports",
      ]),
    tests("Kit", imports: everyRoom + ["ProvisoTestSupport"]),
    tests(
      "CommandLine", imports: everyRoom + ["ProvisoCommandLine", "ProvisoTestSupport"],
      exclude: ["Samples", "Transcripts"]),
    tests("Corpus", imports: everyRoom + ["ProvisoTestSupport"]),
    tests(
      "Documentation",
      imports: everyRoom + ["CSQLite", "ProvisoCommandLine", "ProvisoTestSupport"]),
    tests(
      "Interest", imports: everyRoom + ["ProvisoTestSupport"], exclude: ["Schedules"]),
    tests("Property", imports: everyRoom + ["ProvisoTestSupport"]),
    tests("Plan", imports: everyRoom + ["ProvisoTestSupport"]),
    tests("Batch", imports: everyRoom + ["ProvisoTestSupport"]),
    tests("Differential", imports: everyRoom + ["ProvisoTestSupport"]),
    tests("Tidy", imports: ["ProvisoTestSupport"]),

    // Interpreter against executor, over more pairs than the tests take; no part of the product.
    .executableTarget(
      name: "ProvisoAgreement",
      dependencies: (everyRoom + ["ProvisoTestSupport"]).map {
        Target.Dependency(stringLiteral: $0)
      },
      path: "Tests/Agreement",
      swiftSettings: settings),

    // What `make bench` runs over portfolios; no part of the product.
    .executableTarget(
      name: "ProvisoPortfolioBench",
      dependencies: everyRoom.map { Target.Dependency(stringLiteral: $0) },
      path: "Tests/PortfolioBench",
      exclude: ["w1"],
      swiftSettings: settings),

    // Records as fast as it goes: to be killed and to be measured; no part of the product.
    .executableTarget(
      name: "LedgerDrill",
      dependencies: [
        "ProvisoKit", "ProvisoLedger", "ProvisoLog", "ProvisoModel", "ProvisoQuantities",
        "ProvisoSource",
      ],
      path: "Tests/LedgerDrill",
      swiftSettings: settings),

    // What `make bench` runs; no part of the product.
    .executableTarget(
      name: "ProvisoBench",
      dependencies: everyRoom.map { Target.Dependency(stringLiteral: $0) },
      path: "Tests/Benchmarks",
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
