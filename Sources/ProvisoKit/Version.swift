// The version of the engine.

/// The version that `proviso --version` tells; the newest entry of CHANGELOG.md has the same.
public let engineVersion = "0.1.0"
