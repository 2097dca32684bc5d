//===- Store.h - all that is known, by name -------------------------------===//
//
// Two layers: an image (the built-in models, immutable, decoded on demand) and
// what files added to it. An entity that a file adds or refines lives in the
// upper layer as a whole, so that a look-up ends at the first layer that knows
// the name.
//
// The build's model compiler is a Store without an image: it adds files and
// writes what it then holds.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_STORE_H
#define LOOPLINT_LIB_MODELS_STORE_H

#include "ImageWriter.h"
#include "Library.h"

#include <mutex>

namespace looplint::models {

class Store {
public:
  Store() = default;
  /// \p image has to outlive the store.
  explicit Store(llvm::StringRef image);

  /// Adds a library or refines what is known: functions and objects as a
  /// whole, a type's methods, attributes and hooks one by one.
  void add(Library library);

  /// Only for a store without an image.
  std::string image() { return writeImage(added, lists); }

  /// \p name itself where no alias applies; else kept in \p storage.
  llvm::StringRef canonical(llvm::StringRef name,
                            llvm::SmallVectorImpl<char> &storage) const;
  const ApiFunction *function(llvm::StringRef name) const;
  const ApiType *type(llvm::StringRef name) const;
  const ApiObject *object(llvm::StringRef name) const;
  bool knowsModule(llvm::StringRef name) const;
  llvm::ArrayRef<const ApiType *> loopTypes() const;
  llvm::ArrayRef<const ApiType *> awaitableTypes() const;
  const Lists &theLists() const { return lists; }

  /// Sorted names of what one table and the added layer hold.
  std::vector<llvm::StringRef> functionNames() const;
  std::vector<llvm::StringRef> typeNames() const;
  std::vector<llvm::StringRef> objectNames() const;

private:
  llvm::StringRef alias(llvm::StringRef name) const;
  std::uint16_t addInfo(LibraryInfo info);
  void addModules(llvm::StringRef name);
  void addWords(const Library &library);
  void addType(TypeModel model);
  void addTypes(std::vector<TypeModel> models, std::uint16_t number);
  void addStaticMethods(llvm::ArrayRef<std::string> functions);
  ApiType &mutableType(llvm::StringRef name);
  void resolve(std::string &typeName) const;
  void resolveTypes(Library &library) const;

  LazyTable<ApiFunction> functions;
  LazyTable<ApiType> types;
  LazyTable<ApiObject> objects;
  TableView aliases;
  TableView modules;
  Entities added;
  Lists lists;

  void findListed() const;

  mutable std::once_flag listedOnce;
  mutable std::vector<const ApiType *> loops;
  mutable std::vector<const ApiType *> awaitables;
};

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_STORE_H
