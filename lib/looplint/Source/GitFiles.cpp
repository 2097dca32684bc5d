//===- GitFiles.cpp - where Git keeps its ignore patterns -----------------===//

#include "GitFiles.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

#include <optional>

using namespace looplint;
using llvm::SmallString;
using llvm::StringRef;
using llvm::Twine;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

/// The contents of a small file; none if it is not there or not to be read,
/// which Git passes over as well.
static std::optional<std::string> contentsOf(const Twine &file) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return std::nullopt;
  return (*buffer)->getBuffer().str();
}

static std::string resolved(StringRef base, StringRef relative) {
  SmallString<256> result(relative);
  path::make_absolute(base, result);
  path::remove_dots(result, /*remove_dot_dot=*/true);
  return result.str().str();
}

std::string looplint::gitDirectory(StringRef folder) {
  std::string result = (folder + "/.git").str();
  if (std::optional<std::string> link = contentsOf(result)) {
    StringRef target = *link;
    if (!target.consume_front("gitdir: "))
      return {};
    result = resolved(folder, target.rtrim("\r\n"));
  }
  // An empty .git folder is no repository.
  return fs::exists(result + "/HEAD") ? result : std::string();
}

//===----------------------------------------------------------------------===//
// core.excludesFile
//===----------------------------------------------------------------------===//

/// A value as `git config` writes it: quotes may stand anywhere, a backslash
/// escapes, `#` and `;` begin a comment.
static std::string configValue(StringRef text) {
  std::string value;
  std::size_t kept = 0; // blanks at the end count only inside quotes
  bool isQuoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '"') {
      isQuoted = !isQuoted;
      kept = value.size();
      continue;
    }
    if (!isQuoted && (c == '#' || c == ';'))
      break;
    if (c == '\\' && at + 1 < text.size())
      c = text[++at];
    value += c;
    if (isQuoted || (c != ' ' && c != '\t'))
      kept = value.size();
  }
  value.resize(kept);
  return value;
}

/// The last core.excludesFile in a configuration file. Included files are not
/// read.
static std::optional<std::string> excludesFileIn(const Twine &file) {
  const std::optional<std::string> contents = contentsOf(file);
  if (!contents)
    return std::nullopt;

  std::optional<std::string> result;
  bool isCore = false;
  for (StringRef rest = *contents; !rest.empty();) {
    StringRef line;
    std::tie(line, rest) = rest.split('\n');
    line = line.trim();
    if (line.consume_front("[")) {
      StringRef section;
      std::tie(section, line) = line.split(']');
      isCore = section.trim().equals_insensitive("core");
      line = line.ltrim();
    }
    const auto [key, value] = line.split('=');
    if (isCore && key.trim().equals_insensitive("excludesfile"))
      result = configValue(value.ltrim());
  }
  return result;
}

/// The user's configuration folder for Git, or empty.
static std::string userFolder(StringRef home) {
  if (std::optional<std::string> folder =
          llvm::sys::Process::GetEnv("XDG_CONFIG_HOME");
      folder && !folder->empty())
    return *folder + "/git";
  return home.empty() ? std::string() : (home + "/.config/git").str();
}

IgnorePatterns looplint::userIgnorePatterns(StringRef gitDirectory) {
  const std::string home =
      llvm::sys::Process::GetEnv("HOME").value_or(std::string());
  const std::string folder = userFolder(home);

  // Later files win, as in Git.
  std::string file = folder.empty() ? folder : folder + "/ignore";
  for (const std::string &config :
       {std::string("/etc/gitconfig"), folder + "/config", home + "/.gitconfig",
        (gitDirectory + "/config").str()})
    if (std::optional<std::string> named = excludesFileIn(config))
      file = *std::move(named);

  if (StringRef(file).starts_with("~/"))
    file = home + file.substr(1);
  return IgnorePatterns::parse(contentsOf(file).value_or(std::string()));
}

IgnorePatterns looplint::repositoryIgnorePatterns(StringRef gitDirectory) {
  // A worktree has a Git directory of its own but shares this file.
  std::string common = gitDirectory.str();
  if (std::optional<std::string> link = contentsOf(gitDirectory + "/commondir"))
    common = resolved(gitDirectory, StringRef(*link).rtrim("\r\n"));
  return IgnorePatterns::parse(
      contentsOf(common + "/info/exclude").value_or(std::string()));
}

IgnorePatterns looplint::folderIgnorePatterns(StringRef folder) {
  const std::string file = (folder + "/.gitignore").str();
  fs::file_status status;
  if (fs::status(file, status, /*follow=*/false) ||
      status.type() != fs::file_type::regular_file)
    return {};
  return IgnorePatterns::parse(contentsOf(file).value_or(std::string()));
}
