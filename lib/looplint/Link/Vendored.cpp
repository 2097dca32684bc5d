//===- Vendored.cpp - libraries of C++ whose sources are in the program ---===//
//
// A project may carry a library's sources along, and a library's own tests lie
// beside them. What a loop does down there, between queues, descriptors and
// wake-ups, models tell better than the code, so the library's names mean the
// models. The evidence is the bulk: a program that defines most of what a model
// speaks of holds the library. One that defines a few of these names has
// functions of its own that are called so, or stands in for the library in a
// test.
//
//===----------------------------------------------------------------------===//

#include "looplint/Link/Program.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/StringSet.h"

#include <map>

using namespace looplint;

namespace {

/// What the program defines of one library.
struct Holdings {
  llvm::StringSet<> functions;
  llvm::StringSet<> types;
};

} // namespace

// Fewer names may be a coincidence, whatever part of the library they are.
static constexpr unsigned fewestNames = 3;

static bool isMost(const llvm::StringSet<> &defined, unsigned known) {
  return defined.size() >= fewestNames && defined.size() * 2 >= known;
}

/// Without the types that tell overloads and instances of templates apart.
static std::string modelledName(llvm::StringRef qualified,
                                const ModelSet &models) {
  llvm::StringRef plain = qualified.take_until(
      [](char letter) { return letter == '(' || letter == '<'; });
  return models.canonical((cppNamePrefix + plain).str());
}

/// The number of the library that a model describes the entity of, noted in \p
/// held; nothing where none does.
static std::optional<std::uint16_t>
libraryOf(const std::string &name, Entity::Kind kind, const ModelSet &models,
          std::map<std::uint16_t, Holdings> &held) {
  if (kind == Entity::Class) {
    const ApiType *type = models.type(name);
    if (!type)
      return std::nullopt;
    held[type->library].types.insert(name);
    return type->library;
  }
  if (const ApiFunction *function = models.function(name)) {
    held[function->library].functions.insert(name);
    return function->library;
  }
  auto [owner, member] = llvm::StringRef(name).rsplit('.');
  const ApiType *type = models.type(owner);
  if (!type)
    return std::nullopt;
  if (type->methods.contains(member))
    held[type->library].functions.insert(name);
  return type->library;
}

llvm::StringRef Program::nameOf(const Entity &entity) const {
  const Summary &file = summary(entity.file);
  if (entity.kind == Entity::Class)
    return file.string(file.classOf(ClassId(entity.index)).qualifiedName);
  return file.string(file.function(FunctionId(entity.index)).qualifiedName);
}

void Program::hideVendoredLibraries(const ModelSet &models) {
  std::map<std::uint16_t, Holdings> held;
  llvm::DenseMap<std::uint32_t, std::uint16_t> candidates; // by linkage
  for (const auto &[linkage, entity] : entities) {
    // What has no external linkage ends in the path of its file.
    bool isLocal =
        symbols[Symbol(linkage)].ends_with("@" + summary(entity.file).path);
    if (entity.kind == Entity::Variable || isLocal)
      continue;
    std::string name = modelledName(nameOf(entity), models);
    if (auto library = libraryOf(name, entity.kind, models, held))
      candidates[linkage] = *library;
  }
  for (auto [linkage, number] : candidates) {
    const LibraryInfo &library = models.libraries()[number];
    const Holdings &found = held[number];
    if (isMost(found.functions, library.functions) ||
        isMost(found.types, library.types))
      vendored.insert(linkage);
  }
}
