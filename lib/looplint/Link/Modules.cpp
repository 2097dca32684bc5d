//===- Modules.cpp - which file an import means ---------------------------===//
//
// Python finds modules along sys.path, which nobody hands to a linter. What
// can be seen is the layout: a folder with `__init__.py` is part of a package,
// and the folder above the outermost package is where an import path starts.
// So `import a.b` means a file that ends in `a/b.py` or `a/b/__init__.py`,
// counted from a folder that is no package itself; of several, the one that
// shares the most leading folders with the importing file. Folders without
// `__init__.py` serve as namespace packages in the same way.
//
//===----------------------------------------------------------------------===//

#include "looplint/Link/Program.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"

using namespace looplint;

static llvm::StringRef folderOf(llvm::StringRef path) {
  std::size_t slash = path.rfind('/');
  return slash == llvm::StringRef::npos ? "" : path.take_front(slash);
}

static constexpr llvm::StringLiteral notebookEnding = ".ipynb";

/// "pkg/mod.py" → "pkg/mod", "pkg/__init__.py" → "pkg".
static llvm::StringRef modulePath(llvm::StringRef path) {
  if (!path.consume_back(notebookEnding))
    path.consume_back(".py");
  if (path == "__init__")
    return "";
  path.consume_back("/__init__");
  return path;
}

static llvm::StringRef lastComponent(llvm::StringRef path, char separator) {
  std::size_t at = path.rfind(separator);
  return at == llvm::StringRef::npos ? path : path.drop_front(at + 1);
}

void Program::nameModules() {
  llvm::StringSet<> packageFolders;
  for (const Summary &summary : summaries)
    if (lastComponent(summary.path, '/') == "__init__.py")
      packageFolders.insert(folderOf(summary.path));

  for (std::uint32_t f = 0; f < fileCount(); ++f) {
    llvm::StringRef path = summaries[f].path;
    packages.push_back(lastComponent(path, '/') == "__init__.py");

    llvm::StringRef whole = modulePath(path);
    llvm::StringRef root = folderOf(whole);
    while (!root.empty() && packageFolders.contains(root))
      root = folderOf(root);
    std::string name =
        (root.empty() ? whole : whole.drop_front(root.size() + 1)).str();
    std::replace(name.begin(), name.end(), '/', '.');
    moduleNames.push_back(std::move(name));
    // No import means a notebook.
    if (!path.ends_with(notebookEnding))
      byLastComponent[lastComponent(whole, '/')].push_back(FileId(f));
  }
}

static std::size_t sharedFolders(llvm::StringRef left, llvm::StringRef right) {
  std::size_t folders = 0;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (left[i] != right[i])
      break;
    folders += left[i] == '/';
  }
  return folders;
}

/// Whether \p whole ends in \p wanted at a folder's boundary.
static bool endsInPath(llvm::StringRef whole, llvm::StringRef wanted) {
  return whole.ends_with(wanted) &&
         (whole.size() == wanted.size() ||
          whole[whole.size() - wanted.size() - 1] == '/');
}

std::optional<FileId> Program::findAbsolute(FileId importer,
                                            llvm::StringRef dotted) const {
  auto candidates = byLastComponent.find(lastComponent(dotted, '.'));
  if (candidates == byLastComponent.end())
    return std::nullopt;

  std::string wanted = dotted.str();
  std::replace(wanted.begin(), wanted.end(), '.', '/');
  llvm::StringRef from = summaries[importer.index()].path;
  llvm::StringRef ownFolder = folderOf(from);
  std::optional<FileId> best;
  std::size_t bestScore = 0;
  for (FileId candidate : candidates->second) {
    llvm::StringRef path = summaries[candidate.index()].path;
    llvm::StringRef whole = modulePath(path);
    if (!endsInPath(whole, wanted) || describedByModel[candidate.index()])
      continue;
    // The path has to start where the candidate's own package starts, or in
    // the folder of the importing file, which a script sees.
    llvm::StringRef name = moduleNames[candidate.index()];
    llvm::StringRef root =
        whole.drop_back(std::min(whole.size(), wanted.size() + 1));
    bool startsAtRoot = name.size() <= dotted.size();
    bool isScriptFolder =
        root == ownFolder &&
        !llvm::StringRef(moduleNames[importer.index()]).contains('.');
    if (!startsAtRoot && !isScriptFolder)
      continue;
    // A bare name in some unrelated folder is more likely another library.
    if (!ownFolder.starts_with(root) && dotted.find('.') == dotted.npos &&
        !isPackage(candidate) && !root.ends_with("src"))
      continue;
    std::size_t score = 2 + 2 * sharedFolders(path, from) + startsAtRoot;
    if (score > bestScore) {
      bestScore = score;
      best = candidate;
    }
  }
  return best;
}

std::optional<FileId> Program::findModule(FileId importer,
                                          llvm::StringRef dotted,
                                          unsigned dots) const {
  if (dots == 0)
    return findAbsolute(importer, dotted);

  // `from ..x import y`: one dot is the package that the file stands in.
  llvm::StringRef folder = folderOf(summaries[importer.index()].path);
  for (unsigned i = 1; i < dots; ++i)
    folder = folderOf(folder);
  llvm::SmallString<128> wanted(folder);
  if (!dotted.empty()) {
    if (!wanted.empty())
      wanted += '/';
    for (char c : dotted)
      wanted += c == '.' ? '/' : c;
  }
  auto candidates =
      byLastComponent.find(lastComponent(llvm::StringRef(wanted), '/'));
  if (candidates == byLastComponent.end())
    return std::nullopt;
  for (FileId candidate : candidates->second)
    if (modulePath(summaries[candidate.index()].path) == wanted)
      return candidate;
  return std::nullopt;
}

/// Whether the file defines anything that a model of that module speaks of.
static bool definesModelled(const Summary &file, llvm::StringRef module,
                            const ModelSet &models) {
  for (const Operation &operation : file.operations)
    if (operation.kind == OperationKind::ImportAll)
      return true;
  for (const Variable &variable :
       file.variablesOf(file.function(FunctionId(0)))) {
    std::string name =
        models.canonical((module + "." + file.string(variable.name)).str());
    if (models.function(name) || models.type(name))
      return true;
  }
  return false;
}

/// Where a folder holds many libraries that models describe, it is the standard
/// library or an installation, and an import of one means the model. A folder
/// with one of them is that library's own repository, whose code says more than
/// any model, or a file of the user's that only has its name.
void Program::hideModelledLibraries(const ModelSet &models) {
  llvm::StringMap<llvm::StringSet<>> librariesIn;
  std::vector<std::pair<std::uint32_t, llvm::StringRef>> candidates;
  for (std::uint32_t f = 0; f < fileCount(); ++f) {
    llvm::StringRef module = moduleNames[f];
    if (summaries[f].functions.empty() || !models.knowsModule(module) ||
        !definesModelled(summaries[f], module, models))
      continue;
    llvm::StringRef whole = modulePath(summaries[f].path);
    llvm::StringRef root =
        whole.drop_back(std::min(whole.size(), module.size()));
    librariesIn[root].insert(module.split('.').first);
    candidates.emplace_back(f, root);
  }
  static constexpr unsigned fewestInInstallation = 5;
  for (auto [file, root] : candidates)
    if (librariesIn[root].size() >= fewestInInstallation)
      describedByModel[file] = true;
}
