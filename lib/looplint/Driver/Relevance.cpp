//===- Relevance.cpp - which files can matter -----------------------------===//
//
// Parsing is most of the work, and most files have nothing to do with loops.
// A file matters on its own if it mentions a trigger word: without one it can
// neither name a library that a model describes nor contain a coroutine. It
// matters through others in both directions: a file that imports one that
// matters may call it, on a thread or from a script, and a file that is
// imported may call what it is given. So what matters are the connected parts
// of the graph of imports that contain a trigger word.
//
// Imports are found without parsing, and an import is taken to mean every file
// that its name could mean. Both err on one side: a file too many costs time,
// one too few would cost findings. Following imports of parsed files only was
// rejected: it misses the callers, and needs as many rounds as chains are long.
//
//===----------------------------------------------------------------------===//

#include "Relevance.h"

#include "ImportScan.h"
#include "Parallel.h"
#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/IntEqClasses.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"

using namespace looplint;

namespace {

/// Files by the path of their module: "a/b" for a/b.py and a/b/__init__.py.
class ModuleIndex {
public:
  explicit ModuleIndex(const Sources &sources);

  /// Calls \p visit with every file that an import in \p importer can mean,
  /// its packages included.
  template <typename Visit>
  void visitMeant(FileId importer, const MentionedImport &import,
                  Visit visit) const;

private:
  template <typename Visit>
  void visitEndingIn(llvm::StringRef wanted, Visit visit) const;

  const Sources &sources;
  std::vector<llvm::StringRef> modulePaths;
  llvm::StringMap<std::vector<FileId>> byLastComponent;
};

} // namespace

static llvm::StringRef lastComponent(llvm::StringRef path) {
  std::size_t slash = path.rfind('/');
  return slash == llvm::StringRef::npos ? path : path.drop_front(slash + 1);
}

static llvm::StringRef folderOf(llvm::StringRef path) {
  std::size_t slash = path.rfind('/');
  return slash == llvm::StringRef::npos ? "" : path.take_front(slash);
}

ModuleIndex::ModuleIndex(const Sources &sources) : sources(sources) {
  for (std::uint32_t f = 0; f < sources.size(); ++f) {
    llvm::StringRef path = sources.file(FileId(f)).path();
    path.consume_back(".py");
    path.consume_back("/__init__");
    modulePaths.push_back(path);
    byLastComponent[lastComponent(path)].emplace_back(f);
  }
}

template <typename Visit>
void ModuleIndex::visitEndingIn(llvm::StringRef wanted, Visit visit) const {
  auto candidates = byLastComponent.find(lastComponent(wanted));
  if (candidates == byLastComponent.end())
    return;
  for (FileId candidate : candidates->second) {
    llvm::StringRef path = modulePaths[candidate.index()];
    if (path.consume_back(wanted) && (path.empty() || path.ends_with("/")))
      visit(candidate);
  }
}

template <typename Visit>
void ModuleIndex::visitMeant(FileId importer, const MentionedImport &import,
                             Visit visit) const {
  llvm::SmallString<128> wanted;
  if (import.dots > 0) {
    llvm::StringRef folder = folderOf(sources.file(importer).path());
    for (unsigned i = 1; i < import.dots; ++i)
      folder = folderOf(folder);
    wanted = folder;
    visitEndingIn(wanted, visit);
  }
  auto descend = [&](llvm::StringRef component) {
    if (!wanted.empty())
      wanted += '/';
    wanted += component;
    visitEndingIn(wanted, visit);
  };
  llvm::SmallVector<llvm::StringRef, 8> components;
  llvm::StringRef(import.module)
      .split(components, '.', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef component : components)
    descend(component);

  std::size_t length = wanted.size();
  for (const std::string &name : import.names) {
    descend(name);
    wanted.resize(length);
  }
}

std::vector<bool> looplint::findRelevant(const Sources &sources,
                                         const TriggerWords &triggers,
                                         unsigned jobs) {
  // Flags of their own bytes: the threads write neighbours at the same time.
  std::vector<char> mentions(sources.size());
  std::vector<std::vector<MentionedImport>> imports(sources.size());
  inParallel(jobs, sources.size(), [&](std::size_t f) {
    FileId file(static_cast<std::uint32_t>(f));
    if (isCppFile(sources.file(file).path()))
      return; // compile commands say which of them matter
    llvm::StringRef text = sources.file(file).text();
    mentions[f] = triggers.appearIn(text) ? 1 : 0;
    imports[f] = scanImports(text);
  });

  ModuleIndex index(sources);
  llvm::IntEqClasses connected(sources.size());
  for (std::uint32_t f = 0; f < sources.size(); ++f)
    for (const MentionedImport &import : imports[f])
      index.visitMeant(FileId(f), import,
                       [&](FileId meant) { connected.join(f, meant.index()); });

  std::vector<bool> leaderMatters(sources.size());
  for (std::uint32_t f = 0; f < sources.size(); ++f)
    if (mentions[f] != 0)
      leaderMatters[connected.findLeader(f)] = true;
  std::vector<bool> matters(sources.size());
  for (std::uint32_t f = 0; f < sources.size(); ++f)
    matters[f] = leaderMatters[connected.findLeader(f)] &&
                 !sources.file(FileId(f)).failure();
  return matters;
}
