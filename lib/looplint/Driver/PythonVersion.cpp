//===- PythonVersion.cpp - which Python a project supports ----------------===//
//
// A project says it in one of many places; those that can be read without
// running anything are read. A file that is broken says nothing here: that it
// is broken matters only to those whose file it is.
//
//===----------------------------------------------------------------------===//

#include "looplint/Driver/PythonVersion.h"

#include "ProjectFiles.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <algorithm>

using namespace looplint;
namespace path = llvm::sys::path;

/// Older ones differ in ways that no model describes.
static constexpr Version oldestKnown = 306;

std::optional<Version> looplint::parsePythonVersion(llvm::StringRef text) {
  llvm::StringRef rest = text.trim();
  bool isShort = rest.consume_front("py");
  unsigned major = 0;
  unsigned minor = 0;
  if (isShort) {
    // "py311": one digit, then the rest.
    if (rest.size() < 2 || rest.take_front(1).getAsInteger(10, major) ||
        rest.drop_front(1).getAsInteger(10, minor))
      return std::nullopt;
  } else if (rest.consumeInteger(10, major) || !rest.consume_front(".") ||
             rest.consumeInteger(10, minor) || !rest.empty()) {
    return std::nullopt;
  }
  if (major != 3 || minor > 99)
    return std::nullopt;
  return static_cast<Version>(major * 100 + minor);
}

std::string looplint::spellVersion(Version version) {
  return llvm::formatv("{0}.{1}", version / 100, version % 100).str();
}

/// The version at the start of one clause's number, "3.8.1" or "3.*" or "3".
static std::optional<Version> parseBound(llvm::StringRef number) {
  unsigned major = 0;
  unsigned minor = 0;
  number = number.trim();
  number.consume_front("v");
  if (number.consumeInteger(10, major))
    return std::nullopt;
  if (number.consume_front("."))
    (void)number.consumeInteger(10, minor);
  if (major > 3 || minor > 99)
    return std::nullopt;
  return std::max<Version>(static_cast<Version>(major * 100 + minor),
                           oldestKnown);
}

std::optional<Version> looplint::lowerBound(llvm::StringRef specifier) {
  std::optional<Version> bound;
  llvm::SmallVector<llvm::StringRef, 4> clauses;
  // `||` and `;` belong to Poetry and to markers: their first part is enough.
  specifier.split('|').first.split(';').first.split(clauses, ',');
  for (llvm::StringRef clause : clauses) {
    clause = clause.trim();
    // `>3.8` admits 3.8.1, so it is a bound of 3.8 as well.
    bool isLower = false;
    for (llvm::StringRef sign : {"===", "==", ">=", "~=", ">", "^", "~"})
      if (!isLower)
        isLower = clause.consume_front(sign);
    if (!isLower)
      continue;
    if (std::optional<Version> version = parseBound(clause))
      bound = std::max(bound.value_or(0), *version);
  }
  return bound;
}

static llvm::StringRef text(const TomlValue *value) {
  return value ? llvm::StringRef(value->string) : llvm::StringRef();
}

static std::optional<Version> versionInPyproject(llvm::StringRef folder) {
  std::optional<TomlValue> root = readPyproject(folder);
  if (!root)
    return std::nullopt;
  llvm::StringRef specifier =
      text(lookUp(*root, {"project", "requires-python"}));
  if (specifier.empty())
    specifier =
        text(lookUp(*root, {"tool", "poetry", "dependencies", "python"}));
  return lowerBound(specifier);
}

/// `python_requires = >=3.8` of setup.cfg, `python_requires=">=3.8"` of a
/// setup.py. Whatever computes it is not understood.
static std::optional<Version> readSetup(llvm::StringRef folder,
                                        llvm::StringRef name) {
  auto buffer = readProjectFile(folder, name);
  if (!buffer)
    return std::nullopt;
  llvm::StringRef text = buffer->getBuffer();
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    std::size_t at = line.find("python_requires");
    if (at == llvm::StringRef::npos || line.ltrim().starts_with("#"))
      continue;
    line = line.substr(at + llvm::StringRef("python_requires").size()).ltrim();
    if (!line.consume_front("="))
      continue;
    line = line.ltrim().ltrim("\"'");
    return lowerBound(line.take_until(
        [](char c) { return c == '"' || c == '\'' || c == '#'; }));
  }
  return std::nullopt;
}

std::optional<SupportedVersion>
looplint::findSupportedVersion(llvm::StringRef folder) {
  for (; !folder.empty(); folder = path::parent_path(folder)) {
    if (auto version = versionInPyproject(folder))
      return SupportedVersion{*version, "pyproject.toml"};
    for (llvm::StringRef name : {"setup.cfg", "setup.py"})
      if (auto version = readSetup(folder, name))
        return SupportedVersion{*version, name.str()};
  }
  return std::nullopt;
}
