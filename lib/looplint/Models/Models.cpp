//===- Models.cpp - look-ups in the models --------------------------------===//

#include "looplint/Models/Models.h"

#include "ModelTables.h"
#include "looplint/Models/Glob.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallString.h"

#include <algorithm>

using namespace looplint;
using namespace looplint::models;

const Effect *ApiFunction::find(EffectKind kind) const {
  for (const Effect &effect : effects)
    if (effect.kind == kind)
      return &effect;
  return nullptr;
}

ModelSet::ModelSet() : tables(std::make_unique<Tables>()) {}

ModelSet::ModelSet(std::unique_ptr<Tables> tables)
    : tables(std::move(tables)) {}

ModelSet::~ModelSet() = default;
ModelSet::ModelSet(ModelSet &&) noexcept = default;
ModelSet &ModelSet::operator=(ModelSet &&) noexcept = default;

llvm::Error ModelSet::add(llvm::MemoryBufferRef file, llvm::StringRef origin) {
  llvm::Expected<Library> library = readLibrary(file, origin);
  if (!library)
    return library.takeError();
  tables->store.add(std::move(*library));
  return llvm::Error::success();
}

std::string ModelSet::canonical(llvm::StringRef name) const {
  llvm::SmallString<64> storage;
  return tables->store.canonical(name, storage).str();
}

llvm::StringRef
ModelSet::canonical(llvm::StringRef name,
                    llvm::SmallVectorImpl<char> &storage) const {
  return tables->store.canonical(name, storage);
}

const ApiFunction *ModelSet::function(llvm::StringRef name) const {
  return tables->store.function(name);
}

const ApiType *ModelSet::type(llvm::StringRef name) const {
  return tables->store.type(name);
}

const Returned *ModelSet::object(llvm::StringRef name) const {
  const ApiObject *object = tables->store.object(name);
  return object ? &object->value : nullptr;
}

bool ModelSet::knowsModule(llvm::StringRef name) const {
  return tables->store.knowsModule(name);
}

llvm::ArrayRef<const ApiType *> ModelSet::loopTypes() const {
  return tables->store.loopTypes();
}

llvm::ArrayRef<const ApiType *> ModelSet::awaitableTypes() const {
  return tables->store.awaitableTypes();
}

std::vector<llvm::StringRef> ModelSet::functionNames() const {
  return tables->store.functionNames();
}

std::vector<llvm::StringRef> ModelSet::typeNames() const {
  return tables->store.typeNames();
}

std::vector<llvm::StringRef> ModelSet::objectNames() const {
  return tables->store.objectNames();
}

const LibraryInfo &ModelSet::libraryOfObject(llvm::StringRef name) const {
  return libraries()[tables->store.object(name)->library];
}

llvm::ArrayRef<EntryRule> ModelSet::entryRules() const {
  return tables->store.theLists().entries;
}

llvm::ArrayRef<LibraryInfo> ModelSet::libraries() const {
  return tables->store.theLists().libraries;
}

const ApiFunction *ModelSet::functionAlike(llvm::StringRef name) const {
  for (const auto &[pattern, target] : tables->store.theLists().patterns)
    if (matchesGlob(name, pattern))
      return function(target);
  return nullptr;
}

const std::vector<std::string> &ModelSet::defines() const {
  return tables->store.theLists().defines;
}

llvm::ArrayRef<std::string> ModelSet::triggerWords() const {
  return tables->store.theLists().words;
}

//===----------------------------------------------------------------------===//
// Members
//===----------------------------------------------------------------------===//

namespace {

/// A type on the way from a class to its bases.
struct Visit {
  const ApiType *type;
  unsigned nextBase; // counted from the last one
};

} // namespace

/// \p type and its bases in the order in which Python searches them: a class
/// before its bases, and bases from left to right as far as that allows. That
/// is a depth-first walk from right to left, read backwards. Ends for cyclic
/// bases, too. The search of a single class, by far the most frequent, visits
/// nothing else: the caller tries that first.
static llvm::SmallVector<const ApiType *, 8> searchOrder(const Store &store,
                                                         const ApiType &type) {
  llvm::SmallVector<const ApiType *, 8> finished;
  llvm::SmallPtrSet<const ApiType *, 8> seen = {&type};
  llvm::SmallVector<Visit, 8> path = {{&type, 0}};
  while (!path.empty()) {
    Visit &visit = path.back();
    const std::vector<std::string> &bases = visit.type->bases;
    if (visit.nextBase == bases.size()) {
      finished.push_back(visit.type);
      path.pop_back();
      continue;
    }
    const ApiType *base =
        store.type(bases[bases.size() - 1 - visit.nextBase++]);
    if (base && seen.insert(base).second)
      path.push_back({base, 0});
  }
  std::ranges::reverse(finished);
  return finished;
}

/// The first result of \p ask, asked of \p name and its bases in order.
template <typename Ask>
static auto firstInOrder(const Store &store, llvm::StringRef name, Ask ask)
    -> decltype(ask(*store.type(name))) {
  const ApiType *type = store.type(name);
  if (!type)
    return nullptr;
  if (auto found = ask(*type))
    return found;
  if (type->bases.empty())
    return nullptr;
  const auto order = searchOrder(store, *type);
  for (const ApiType *base : llvm::drop_begin(order))
    if (auto found = ask(*base))
      return found;
  return nullptr;
}

template <typename Element>
static const Element *entryOf(const llvm::StringMap<Element> &map,
                              llvm::StringRef key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->getValue();
}

const ApiFunction *ModelSet::method(llvm::StringRef type,
                                    llvm::StringRef name) const {
  return firstInOrder(tables->store, type, [&](const ApiType &each) {
    return entryOf(each.methods, name);
  });
}

const Returned *ModelSet::attribute(llvm::StringRef type,
                                    llvm::StringRef name) const {
  return firstInOrder(tables->store, type, [&](const ApiType &each) {
    return entryOf(each.attributes, name);
  });
}

/// A name wins over a pattern, else what is written first.
static const Effect *hookOf(const ApiType &type, llvm::StringRef method) {
  for (const auto &[name, effect] : type.entries)
    if (name == method)
      return &effect;
  for (const auto &[pattern, effect] : type.entries)
    if (matchesGlob(method, pattern))
      return &effect;
  return nullptr;
}

const Effect *ModelSet::hook(llvm::StringRef type,
                             llvm::StringRef method) const {
  return firstInOrder(tables->store, type, [&](const ApiType &each) {
    return hookOf(each, method);
  });
}

bool ModelSet::derivesFrom(llvm::StringRef type, llvm::StringRef base) const {
  if (type == base)
    return true;
  return firstInOrder(tables->store, type, [&](const ApiType &each) {
    return llvm::is_contained(each.bases, base) ? &each : nullptr;
  });
}
