//===- Discovery.cpp - which files a run is about -------------------------===//
//
// Every path given is walked by itself, with a stack of folders still to visit,
// and the sum of what was found is sorted: so the order of the paths and of the
// folder entries cannot matter. A folder has two names. `disk` is its real
// path, by which files are told apart and Git's patterns apply; `shown` is the
// path as the user wrote it, made absolute.
//
// Git's patterns form a chain: those of a folder come before those of the
// folder above, and at the end of the chain are the repository's and the
// user's. A repository inside another one begins a chain of its own.
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/Discovery.h"

#include "GitFiles.h"
#include "looplint/Source/CppFiles.h"
#include "looplint/Source/IgnorePatterns.h"
#include "looplint/Source/Notebook.h"
#include "looplint/Support/Id.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <system_error>
#include <tuple>
#include <utility>

using namespace looplint;
using llvm::SmallString;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

llvm::ArrayRef<StringRef> looplint::defaultExcludes() {
  // Those of ruff, so that two linters of one project see the same files.
  static constexpr StringRef excludes[] = {
      ".bzr",           ".direnv",       ".eggs",
      ".git",           ".git-rewrite",  ".hg",
      ".mypy_cache",    ".nox",          ".pants.d",
      ".pyenv",         ".pytest_cache", ".pytype",
      ".ruff_cache",    ".svn",          ".tox",
      ".venv",          ".vscode",       ".ipynb_checkpoints",
      "__pypackages__", "_build",        "buck-out",
      "dist",           "node_modules",  "site-packages",
      "venv",
  };
  return excludes;
}

//===----------------------------------------------------------------------===//
// Paths
//===----------------------------------------------------------------------===//

static std::string realPath(StringRef path) {
  SmallString<256> real;
  if (fs::real_path(path, real))
    return path.str();
  return real.str().str();
}

/// The path of something that lies in \p folder, relative to it.
static std::optional<StringRef> below(StringRef folder, StringRef path) {
  if (!path.consume_front(folder))
    return std::nullopt;
  if (folder.ends_with("/") || path.consume_front("/"))
    return path;
  return std::nullopt;
}

static std::string join(StringRef folder, StringRef name) {
  return (folder + (folder.ends_with("/") ? "" : "/") + name).str();
}

static std::string unreadable(std::error_code error) {
  return "cannot be read: " + error.message();
}

//===----------------------------------------------------------------------===//
// Walking
//===----------------------------------------------------------------------===//

namespace {
using IgnoreId = Id<struct IgnoreTag>; // Walk::ignores

/// One link of the chain of patterns.
struct Ignores {
  IgnorePatterns patterns;
  /// The folder they are relative to, a real path.
  std::string base;
  IgnoreId next;
};

struct Folder {
  std::string disk;
  std::string shown;
  IgnoreId ignores;
};

struct Candidate {
  /// What it is told apart by: its real path, if it has one.
  std::string disk;
  std::string shown;
  bool isLink = false;
  std::optional<std::string> unreadable;
};

class Walk {
public:
  Walk(StringRef workingDirectory, const DiscoveryOptions &options);

  llvm::Error addPath(StringRef given);
  DiscoveryResult takeResult();

private:
  void addFolder(std::string disk, std::string shown);
  void visit(Folder folder);
  void visitEntry(const Folder &folder, StringRef name, fs::file_type type);
  void addLink(std::string disk, std::string shown);

  IgnoreId ignoresAbove(StringRef folder);
  IgnoreId ignoresOfRepository(StringRef folder, StringRef gitDirectory);
  IgnoreId prepend(IgnorePatterns patterns, StringRef base, IgnoreId next);
  bool isIgnored(StringRef disk, IgnoreId id, bool isFolder) const;
  bool isExcluded(StringRef shown, bool isFolder) const;
  std::string display(StringRef shown) const;

  std::string workingDirectory;
  std::string realWorkingDirectory;
  std::string excludeRoot;
  IgnorePatterns excludes;
  bool respectGitignore;
  bool withCpp;

  std::vector<Ignores> ignores;
  std::vector<Folder> pending;
  std::vector<Candidate> found;
};
} // namespace

Walk::Walk(StringRef workingDirectory, const DiscoveryOptions &options)
    : workingDirectory(workingDirectory),
      realWorkingDirectory(realPath(workingDirectory)),
      excludeRoot(options.excludeRoot.empty() ? workingDirectory.str()
                                              : options.excludeRoot),
      respectGitignore(options.respectGitignore), withCpp(options.withCpp) {
  if (!options.exclude)
    for (StringRef pattern : defaultExcludes())
      excludes.add(pattern);
  for (const auto &patterns :
       {options.exclude.value_or(std::vector<std::string>()),
        options.extendExclude})
    for (StringRef pattern : patterns) {
      // Natural in a configuration, though no path in Git begins so.
      pattern.consume_front("./");
      excludes.add(pattern);
    }
}

llvm::Error Walk::addPath(StringRef given) {
  SmallString<256> shown(given);
  path::make_absolute(workingDirectory, shown);
  // Behind a symbolic link `..` is not the folder before it.
  if (llvm::is_contained(llvm::make_range(path::begin(shown), path::end(shown)),
                         ".."))
    shown = realPath(shown);
  path::remove_dots(shown);

  fs::file_status status;
  const std::error_code error = fs::status(shown, status);
  if (error == std::errc::no_such_file_or_directory ||
      error == std::errc::not_a_directory)
    return llvm::createStringError(error, "`%s` does not exist",
                                   given.str().c_str());

  const std::string disk = realPath(shown);
  if (error)
    found.push_back({disk, shown.str().str(), false, unreadable(error)});
  else if (status.type() != fs::file_type::directory_file)
    found.push_back({disk, shown.str().str(), disk != shown, std::nullopt});
  else
    addFolder(disk, shown.str().str());
  return llvm::Error::success();
}

void Walk::addFolder(std::string disk, std::string shown) {
  const IgnoreId above = respectGitignore ? ignoresAbove(disk) : IgnoreId();
  pending.push_back({std::move(disk), std::move(shown), above});
  while (!pending.empty()) {
    Folder next = std::move(pending.back());
    pending.pop_back();
    visit(std::move(next));
  }
}

void Walk::visit(Folder folder) {
  struct Entry {
    std::string name;
    fs::file_type type;
  };

  std::vector<Entry> entries;
  bool hasGit = false;
  bool hasGitignore = false;
  std::error_code error;
  for (fs::directory_iterator at(folder.disk, error, /*follow_symlinks=*/false),
       end;
       !error && at != end; at.increment(error)) {
    const StringRef name = path::filename(at->path());
    hasGit |= name == ".git";
    hasGitignore |= name == ".gitignore";
    entries.push_back({name.str(), at->type()});
  }
  if (error)
    found.push_back({folder.disk, folder.shown, false, unreadable(error)});

  if (hasGit && respectGitignore)
    if (const std::string git = gitDirectory(folder.disk); !git.empty())
      folder.ignores = ignoresOfRepository(folder.disk, git);
  if (hasGitignore && respectGitignore)
    folder.ignores =
        prepend(folderIgnorePatterns(folder.disk), folder.disk, folder.ignores);
  for (const Entry &entry : entries)
    visitEntry(folder, entry.name, entry.type);
}

void Walk::visitEntry(const Folder &folder, StringRef name,
                      fs::file_type type) {
  const bool isWanted =
      name.ends_with(".py") || isNotebook(name) || (withCpp && isCppFile(name));
  std::string disk = join(folder.disk, name);
  // Not every file system tells the type with the name.
  if (type == fs::file_type::type_unknown) {
    fs::file_status status;
    if (!fs::status(disk, status, /*follow=*/false))
      type = status.type();
  }

  const bool isFolder = type == fs::file_type::directory_file;
  const bool isLink = type == fs::file_type::symlink_file;
  // Pipes and sockets would block the run, whatever their name.
  if (!isFolder &&
      (!isWanted || (!isLink && type != fs::file_type::regular_file)))
    return;
  std::string shown = join(folder.shown, name);
  if (isExcluded(shown, isFolder) || isIgnored(disk, folder.ignores, isFolder))
    return;

  if (isFolder)
    pending.push_back({std::move(disk), std::move(shown), folder.ignores});
  else if (isLink)
    addLink(std::move(disk), std::move(shown));
  else
    found.push_back({std::move(disk), std::move(shown), false, std::nullopt});
}

void Walk::addLink(std::string disk, std::string shown) {
  // Emacs locks `a.py` by a link `.#a.py` that leads nowhere.
  if (path::filename(shown).starts_with(".#"))
    return;

  fs::file_status status;
  if (const std::error_code error = fs::status(disk, status))
    found.push_back(
        {std::move(disk), std::move(shown), true,
         "is a symbolic link that cannot be followed: " + error.message()});
  else if (status.type() == fs::file_type::regular_file)
    found.push_back({realPath(disk), std::move(shown), true, std::nullopt});
}

//===----------------------------------------------------------------------===//
// What is passed over
//===----------------------------------------------------------------------===//

IgnoreId Walk::prepend(IgnorePatterns patterns, StringRef base, IgnoreId next) {
  if (patterns.empty())
    return next;
  const IgnoreId id(static_cast<std::uint32_t>(ignores.size()));
  ignores.push_back({std::move(patterns), base.str(), next});
  return id;
}

IgnoreId Walk::ignoresOfRepository(StringRef folder, StringRef git) {
  return prepend(repositoryIgnorePatterns(git), folder,
                 prepend(userIgnorePatterns(git), folder, IgnoreId()));
}

/// The chain for \p folder as its parents make it. Without a repository above,
/// the parents have no say.
IgnoreId Walk::ignoresAbove(StringRef folder) {
  std::vector<StringRef> between;
  for (StringRef parent = path::parent_path(folder); !parent.empty();
       parent = path::parent_path(parent)) {
    between.push_back(parent);
    const std::string git = gitDirectory(parent);
    if (git.empty())
      continue;

    IgnoreId chain = ignoresOfRepository(parent, git);
    for (StringRef each : llvm::reverse(between))
      chain = prepend(folderIgnorePatterns(each), each, chain);
    return chain;
  }
  return {};
}

bool Walk::isIgnored(StringRef disk, IgnoreId id, bool isFolder) const {
  for (; id; id = ignores[id.index()].next) {
    const Ignores &link = ignores[id.index()];
    const std::optional<StringRef> relative = below(link.base, disk);
    if (!relative)
      continue;
    if (std::optional<bool> decided = link.patterns.decide(*relative, isFolder))
      return *decided;
  }
  return false;
}

bool Walk::isExcluded(StringRef shown, bool isFolder) const {
  const std::optional<StringRef> relative = below(excludeRoot, shown);
  return excludes.decide(relative.value_or(shown), isFolder).value_or(false);
}

//===----------------------------------------------------------------------===//
// The result
//===----------------------------------------------------------------------===//

std::string Walk::display(StringRef shown) const {
  for (StringRef folder : {workingDirectory, realWorkingDirectory})
    if (std::optional<StringRef> relative = below(folder, shown))
      return relative->str();
  return shown.str();
}

DiscoveryResult Walk::takeResult() {
  // Of several ways to a file the one without a link comes first, then the one
  // whose path sorts first.
  llvm::sort(found, [](const Candidate &left, const Candidate &right) {
    return std::tie(left.disk, left.isLink, left.shown) <
           std::tie(right.disk, right.isLink, right.shown);
  });
  found.erase(llvm::unique(found,
                           [](const Candidate &left, const Candidate &right) {
                             return left.disk == right.disk;
                           }),
              found.end());

  DiscoveryResult result;
  result.files.reserve(found.size());
  for (Candidate &candidate : found)
    result.files.push_back({display(candidate.shown), std::move(candidate.disk),
                            std::move(candidate.unreadable)});
  llvm::sort(result.files, [](const FoundFile &left, const FoundFile &right) {
    return left.path < right.path;
  });
  return result;
}

llvm::Expected<DiscoveryResult>
looplint::discover(llvm::ArrayRef<std::string> paths,
                   const DiscoveryOptions &options) {
  SmallString<256> workingDirectory(options.workingDirectory);
  if (workingDirectory.empty())
    if (const std::error_code error = fs::current_path(workingDirectory))
      return llvm::createStringError(error, "no working directory: %s",
                                     error.message().c_str());

  Walk walk(workingDirectory, options);
  llvm::Error errors = llvm::Error::success();
  for (const std::string &path : paths)
    errors = llvm::joinErrors(std::move(errors), walk.addPath(path));
  if (errors)
    return errors;
  return walk.takeResult();
}
