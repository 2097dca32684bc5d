//===- Program.h - all files as one program -------------------------------===//
//
// Linking numbers every function, class and operation of all summaries in one
// sequence, interns their names in one table, and answers which file an import
// means. What a name holds is not decided here: it depends on what runs, and
// Context follows that.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LINK_PROGRAM_H
#define LOOPLINT_LINK_PROGRAM_H

#include "looplint/Models/Models.h"
#include "looplint/Program/Summary.h"
#include "looplint/Source/Location.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace looplint {

using Symbol = Id<struct SymbolTag>;             // an interned name
using FunctionKey = Id<struct FunctionKeyTag>;   // a function of the program
using ClassKey = Id<struct ClassKeyTag>;         // a class of the program
using OperationKey = Id<struct OperationKeyTag>; // an operation of the program

/// Interned names of the whole program; equal ids, equal spelling.
class Symbols {
public:
  Symbol intern(llvm::StringRef text);
  /// Invalid where \p text was never interned.
  Symbol find(llvm::StringRef text) const;
  llvm::StringRef operator[](Symbol symbol) const {
    return spellings[symbol.index()];
  }

private:
  llvm::StringMap<std::uint32_t> index;
  std::vector<llvm::StringRef> spellings;
};

/// What a linkage of C++ means (Function::linkage).
struct Entity {
  enum Kind : std::uint8_t { Function, Class, Variable } kind = Function;
  FileId file;
  std::uint32_t index = 0; // of the file's functions, classes or globals
};

/// Read-only after link(), apart from `symbols`, which only grows.
class Program {
public:
  explicit Program(std::vector<Summary> summaries);

  std::uint32_t fileCount() const {
    return static_cast<std::uint32_t>(summaries.size());
  }
  std::uint32_t functionCount() const { return functionStart.back(); }
  std::uint32_t classCount() const { return classStart.back(); }
  std::uint32_t operationCount() const { return operationStart.back(); }

  const Summary &summary(FileId file) const { return summaries[file.index()]; }

  FileId fileOf(FunctionKey key) const { return functionFile[key.index()]; }
  FileId fileOf(ClassKey key) const { return classFile[key.index()]; }
  FileId fileOf(OperationKey key) const;
  FunctionId local(FunctionKey key) const;
  ClassId local(ClassKey key) const;
  OperationId local(OperationKey key) const;

  const Function &function(FunctionKey key) const;
  const Class &classOf(ClassKey key) const;
  const Operation &operation(OperationKey key) const;

  FunctionKey key(FileId file, FunctionId id) const {
    return FunctionKey(functionStart[file.index()] + id.index());
  }
  ClassKey key(FileId file, ClassId id) const {
    return ClassKey(classStart[file.index()] + id.index());
  }
  OperationKey key(FileId file, std::uint32_t operation) const {
    return OperationKey(operationStart[file.index()] + operation);
  }
  /// The function that is the module's top level.
  FunctionKey module(FileId file) const { return key(file, FunctionId(0)); }

  Symbol symbol(FileId file, StringId id) const {
    return symbolOf[file.index()][id.index()];
  }
  /// The module variable of that name; noVariable where there is none.
  std::uint32_t globalVariable(FileId file, Symbol name) const;
  static constexpr std::uint32_t noVariable = 0xFFFF'FFFF;

  /// The first definition of that linkage; null where the program has none, or
  /// where it is a library's that models describe.
  const Entity *findEntity(Symbol linkage) const;
  /// Another definition of the function is the one that is meant by its
  /// linkage: a header's, that several translation units have lowered.
  bool isRepeated(FunctionKey key) const;

  /// "pkg.mod"; what `python -m` would be given.
  llvm::StringRef moduleName(FileId file) const {
    return moduleNames[file.index()];
  }
  bool isPackage(FileId file) const { return packages[file.index()]; }
  /// The file that `import dotted` (or `from` \p dots `dotted import …`) means
  /// in \p importer; none where it is not part of the program.
  std::optional<FileId> findModule(FileId importer, llvm::StringRef dotted,
                                   unsigned dots) const;
  /// "Pool.go" for people.
  llvm::StringRef displayName(FunctionKey key) const;
  /// The same as people of its language write it: "Loop::run", "Loop::~Loop".
  std::string spelledName(FunctionKey key) const;

  /// Ends the program; its files may be linked again.
  std::vector<Summary> takeSummaries() && { return std::move(summaries); }

  mutable Symbols symbols;

private:
  friend Program link(std::vector<Summary>, const ModelSet &);

  void nameModules();
  void indexGlobals();
  void indexEntities();
  std::optional<FileId> findAbsolute(FileId importer,
                                     llvm::StringRef dotted) const;
  void hideModelledLibraries(const ModelSet &models);
  void hideVendoredLibraries(const ModelSet &models);
  llvm::StringRef nameOf(const Entity &entity) const;

  std::vector<Summary> summaries;
  // Index of the first function (class, operation) of each file, and the end.
  std::vector<std::uint32_t> functionStart, classStart, operationStart;
  // The file of each function and class: asked for all the time.
  std::vector<FileId> functionFile, classFile;
  std::vector<std::vector<Symbol>> symbolOf;
  std::vector<std::string> moduleNames;
  std::vector<bool> packages;
  // Files by the last component of their module path.
  llvm::StringMap<std::vector<FileId>> byLastComponent;
  // Files whose module is described by a model, and better by it.
  std::vector<bool> describedByModel;
  // Per file: module variables by name.
  std::vector<llvm::DenseMap<std::uint32_t, std::uint32_t>> globals;
  llvm::DenseMap<std::uint32_t, Entity> entities; // by linkage
  // Linkages of what a library in the program's folders defines, which models
  // describe better.
  llvm::DenseSet<std::uint32_t> vendored;
};

/// Joins the files of a run; the index of a summary is its FileId.
Program link(std::vector<Summary> summaries, const ModelSet &models);

} // namespace looplint

#endif // LOOPLINT_LINK_PROGRAM_H
